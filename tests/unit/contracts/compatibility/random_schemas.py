"""Random schemas over a small world, changes of them, and documents of that world."""

import random

import hypothesis.strategies as st

NAMES = ["a", "b", "ab", "ba"]
PATTERNS = ["^a", "b$", "^a*$", "^(a|b){1,2}$", "ab", "[^a]", "^$", "^a.?$", "a(?=b)"]
NUMBERS = [-1, 0, 0.5, 1, 1.5, 2, 3, 4, 6]
STRINGS = ["", "a", "b", "ab", "ba", "aa", "abb", "c"]
SCALARS = [None, True, False, *NUMBERS, *STRINGS]
VALUES = [*SCALARS, [], [1], [1, 1], ["a", 1], {}, {"a": 1}, {"a": "a", "b": 2}]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]

names, patterns, small = st.sampled_from(NAMES), st.sampled_from(PATTERNS), st.integers(0, 3)
numbers, values = st.sampled_from(NUMBERS), st.sampled_from(VALUES)


def keywords(inner):
    """Every keyword of 2020-12 that says something, with a strategy for its value."""
    several, named = st.lists(inner, min_size=1, max_size=3), st.dictionaries(names, inner, max_size=3)
    return {
        "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True),
        "enum": st.lists(values, min_size=1, max_size=4, unique_by=repr),
        "const": values,
        **dict.fromkeys(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], numbers),
        "multipleOf": st.sampled_from([0.5, 1, 1.5, 2, 3]),
        **dict.fromkeys(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"], small),
        "pattern": patterns,
        "format": st.sampled_from(["date", "email"]),
        **dict.fromkeys(
            ["items", "contains", "propertyNames", "additionalProperties", "not", "if", "then", "else"], inner
        ),
        **dict.fromkeys(["unevaluatedProperties", "unevaluatedItems"], inner),
        **dict.fromkeys(["prefixItems", "allOf", "anyOf", "oneOf"], several),
        **dict.fromkeys(["minContains", "maxContains"], small),
        "uniqueItems": st.booleans(),
        "required": st.lists(names, unique=True, max_size=2),
        "properties": named,
        "patternProperties": st.dictionaries(patterns, inner, max_size=2),
        "dependentRequired": st.dictionaries(names, st.lists(names, unique=True, max_size=2), max_size=2),
        "dependentSchemas": named,
        "$ref": st.sampled_from(["#/$defs/x", "#/$defs/y"]),
    }


@st.composite
def objects(draw, inner):
    """A few keywords of one schema."""
    table = keywords(inner)
    chosen = draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=4, unique=True))
    return {keyword: draw(table[keyword]) for keyword in chosen}


plain = st.recursive(
    st.booleans() | st.just({}) | st.sampled_from([{"type": each} for each in TYPES]), objects, max_leaves=6
)


@st.composite
def schemas(draw):
    """A document with two definitions that may be referred to from inside, and so may refer to themselves."""
    root = draw(objects(plain))
    return {**root, "$defs": {"x": {"type": ["object", "number"], "properties": {"a": draw(plain)}}, "y": draw(plain)}}


@st.composite
def changes(draw, schema):
    """The schema with one thing removed, added or replaced somewhere in it."""
    changed = draw(_changed(schema, 0))
    return changed if isinstance(changed, dict) else {"allOf": [changed], "$defs": schema["$defs"]}


@st.composite
def _changed(draw, schema, depth):  # noqa: PLR0911  one line for each kind of change
    if not isinstance(schema, dict) or not schema:
        return draw(plain)
    keyword = draw(st.sampled_from(sorted(schema)))
    value = schema[keyword]
    act = draw(st.sampled_from(["inside", "inside", "remove", "replace", "add"]))
    table = keywords(plain)
    if act == "inside" and isinstance(value, dict) and depth < 4:
        if keyword in {"properties", "$defs", "patternProperties", "dependentSchemas"} and value:
            name = draw(st.sampled_from(sorted(value)))
            return {**schema, keyword: {**value, name: draw(_changed(value[name], depth + 1))}}
        if keyword in {"items", "contains", "not", "if", "then", "else", "additionalProperties", "propertyNames"}:
            return {**schema, keyword: draw(_changed(value, depth + 1))}
    if act == "inside" and keyword in {"allOf", "anyOf", "oneOf", "prefixItems"}:
        index = draw(st.integers(0, len(value) - 1))
        return {**schema, keyword: [*value[:index], draw(_changed(value[index], depth + 1)), *value[index + 1 :]]}
    if act == "add" or keyword not in table:
        keyword = draw(st.sampled_from(sorted(table)))
        return {**schema, keyword: draw(table[keyword])}
    if act == "remove":
        return {each: inner for each, inner in schema.items() if each != keyword} or True
    return {**schema, keyword: draw(table[keyword])}


def documents(seed: int, count: int):
    """Documents of the same world, the small ones first."""
    chance = random.Random(seed)
    yield from VALUES
    for _ in range(count):
        yield _document(chance, 3)


def _document(chance, depth):
    kind = chance.random()
    if depth == 0 or kind < 0.3:
        return chance.choice(SCALARS)
    if kind < 0.6:
        return [_document(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return {name: _document(chance, depth - 1) for name in chance.sample(NAMES, chance.randint(0, 3))}
