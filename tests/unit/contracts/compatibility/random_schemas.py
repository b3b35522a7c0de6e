"""Random schemas over a small world, changes of them, and documents of that world."""

import random

import hypothesis.strategies as st

NAMES = ["a", "b", "ab", "ba"]
PATTERNS = ["^a", "b$", "^a*$", "^(a|b){1,2}$", "ab", "[^a]", "^$", "^a.?$", "a(?=b)"]
NUMBERS = [-1, 0, 0.5, 1, 1.5, 2, 3, 4, 6]
STRINGS = ["", "a", "b", "ab", "ba", "aa", "abb", "c"]
SCALARS = [None, True, False, *NUMBERS, *STRINGS]
VALUES = [*SCALARS, [], [1], [1, 1], ["a", 1], {}, {"a": 1}, {"a": "a", "b": 2}]
DRAFTS = {7: "http://json-schema.org/draft-07/schema#", 2020: "https://json-schema.org/draft/2020-12/schema"}
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]

names, patterns, small = st.sampled_from(NAMES), st.sampled_from(PATTERNS), st.integers(0, 3)
numbers, values = st.sampled_from(NUMBERS), st.sampled_from(VALUES)


def keywords(inner, draft=2020):
    """Every keyword that says something, with a strategy for its value."""
    several, named = st.lists(inner, min_size=1, max_size=3), st.dictionaries(names, inner, max_size=3)
    lists = st.dictionaries(names, st.lists(names, unique=True, max_size=2), max_size=2)
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
        **dict.fromkeys(["allOf", "anyOf", "oneOf"], several),
        "uniqueItems": st.booleans(),
        "required": st.lists(names, unique=True, max_size=2),
        "properties": named,
        "patternProperties": st.dictionaries(patterns, inner, max_size=2),
        **(old_keywords(inner, several, named, lists) if draft == 7 else new_keywords(inner, several, named, lists)),
    }


def old_keywords(inner, several, named, lists):
    """What only draft 7 has."""
    return {
        "$ref": st.sampled_from(["#/$defs/x", "#/$defs/y", "#"]),
        "items": inner | several,
        "additionalItems": inner,
        "dependencies": named | lists,
    }


def new_keywords(inner, several, named, lists):
    """What draft 7 has not, or has otherwise."""
    return {
        **dict.fromkeys(["unevaluatedProperties", "unevaluatedItems"], inner),
        "prefixItems": several,
        **dict.fromkeys(["minContains", "maxContains"], small),
        "dependentRequired": lists,
        "dependentSchemas": named,
        "dependencies": named | lists,  # which 2020-12 has no longer
        "$ref": st.sampled_from(["#/$defs/x", "#/$defs/y", "#", "z"]),
        "$dynamicRef": st.sampled_from(["#n", "z#n"]),
    }


@st.composite
def objects(draw, inner, draft=2020):
    """A few keywords of one schema."""
    table = keywords(inner, draft)
    chosen = draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=4, unique=True))
    return {keyword: draw(table[keyword]) for keyword in chosen}


simple = st.booleans() | st.just({}) | st.sampled_from([{"type": each} for each in TYPES])
plain = {
    draft: st.recursive(simple, lambda inner, draft=draft: objects(inner, draft), max_leaves=6) for draft in DRAFTS
}


@st.composite
def schemas(draw):
    """A document with definitions that may be referred to from inside, and so may refer to themselves."""
    draft = draw(st.sampled_from([7, 2020, 2020]))
    within = {"x": {"type": ["object", "number"], "properties": {"a": draw(plain[draft])}}, "y": draw(plain[draft])}
    if draft == 7:
        return {"$schema": DRAFTS[7], **draw(objects(plain[7], 7)), "$defs": within}
    other = {
        "$id": "z",
        "$dynamicAnchor": "n",
        "properties": {"b": {"$dynamicRef": "#n"}},
        "minProperties": draw(small),
    }
    return {
        "$schema": DRAFTS[2020],
        "$dynamicAnchor": "n",
        **draw(objects(plain[2020])),
        "$defs": {**within, "z": other},
    }


@st.composite
def changes(draw, schema):
    """The schema with one thing removed, added or replaced somewhere in it."""
    draft = 7 if schema["$schema"] == DRAFTS[7] else 2020
    changed = draw(
        _changed({each: value for each, value in schema.items() if each[:1] != "$" or each == "$ref"}, 0, draft)
    )
    kept = {each: schema[each] for each in ("$schema", "$dynamicAnchor") if each in schema}
    within = schema["$defs"]
    if draw(st.booleans()):
        within = {**within, "x": draw(_changed(within["x"], 0, draft))}
    return {**kept, **(changed if isinstance(changed, dict) else {"allOf": [changed]}), "$defs": within}


@st.composite
def _changed(draw, schema, depth, draft):  # noqa: PLR0911  one line for each kind of change
    if not isinstance(schema, dict) or not schema:
        return draw(plain[draft])
    keyword = draw(st.sampled_from(sorted(schema)))
    value = schema[keyword]
    act = draw(st.sampled_from(["inside", "inside", "remove", "replace", "add"]))
    table = keywords(plain[draft], draft)
    if act == "inside" and isinstance(value, dict) and depth < 4:
        if keyword in {"properties", "patternProperties", "dependentSchemas"} and value:
            name = draw(st.sampled_from(sorted(value)))
            return {**schema, keyword: {**value, name: draw(_changed(value[name], depth + 1, draft))}}
        if keyword in {
            "items",
            "contains",
            "additionalItems",
            "unevaluatedItems",
            "unevaluatedProperties",
            "not",
            "if",
            "then",
            "else",
            "additionalProperties",
            "propertyNames",
        }:
            return {**schema, keyword: draw(_changed(value, depth + 1, draft))}
    if act == "inside" and keyword in {"allOf", "anyOf", "oneOf", "prefixItems"} and value:
        index = draw(st.integers(0, len(value) - 1))
        return {
            **schema,
            keyword: [*value[:index], draw(_changed(value[index], depth + 1, draft)), *value[index + 1 :]],
        }
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
