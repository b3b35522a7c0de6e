"""The rules of draft 7 and 2020-12, keyword by keyword: what each says in atoms."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.resources import DRAFT_7, DRAFT_2020, Place
from syncproof.contracts.compatibility.terms import Atom, Node
from syncproof.contracts.compatibility.unevaluated import unevaluated_items, unevaluated_properties
from syncproof.contracts.compatibility.values import exact, key

if TYPE_CHECKING:
    from syncproof.contracts.compatibility.compiler import Compiler, Scope

NO_OBJECT = frozenset({"null", "boolean", "number", "string", "array"})
NEW_FORMATS = {"duration", "uuid"}
SIZES = {"Length": "string", "Items": "array", "Properties": "object"}


@dataclass(slots=True)
class Here:
    """One schema object while it is compiled."""

    compiler: "Compiler"
    schema: dict[str, Any]
    place: Place
    scope: "Scope"

    def atoms(self, keyword: str, value: Any) -> Iterator[Atom]:
        table = OF_DRAFT[self.compiler.draft]
        if keyword in table:
            yield from table[keyword](self, (str(self.place.down(keyword)), keyword), value)

    def sub(self, *parts: str | int) -> Node:
        return self.compiler.node(self.place.down(*parts), self.scope)

    def subs(self, keyword: str) -> tuple[Node, ...]:
        return tuple(self.sub(keyword, index) for index in range(len(self.schema[keyword])))


At = tuple[str, str]
Rule = Callable[[Here, At, Any], Iterator[Atom]]


def _type(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Types(*at, frozenset([value] if isinstance(value, str) else value))


def _enum(here: Here, at: At, value: Any) -> Iterator[Atom]:
    values = tuple(value) if at[1] == "enum" else (value,)
    yield t.Enum(*at, frozenset(map(key, values)), values)


def _bound(here: Here, at: At, value: Any) -> Iterator[Atom]:
    of: type[t.Least | t.Most] = t.Least if at[1].endswith("nimum") else t.Most
    yield of(*at, "number", exact(value), at[1].startswith("exclusive"))


def _size(here: Here, at: At, value: Any) -> Iterator[Atom]:
    of: type[t.Least | t.Most] = t.Least if at[1].startswith("min") else t.Most
    yield of(*at, SIZES[at[1][3:]], exact(value))


def _multiple(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Multiple(*at, exact(value))


def _pattern(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Pattern(*at, value)


def _claim(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Claim(*at, at[1], json.dumps(value))


def _format(here: Here, at: At, value: Any) -> Iterator[Atom]:
    """A format that draft 7 has not says nothing there to readers who check it in 2020-12."""
    yield from _claim(here, at, value)
    if value in NEW_FORMATS and here.compiler.draft == DRAFT_2020:
        yield t.Claim(*at, "format of 2020-12", json.dumps(value))


def _media(here: Here, at: At, value: Any) -> Iterator[Atom]:
    """What is of this type is the string, or what an encoding beside it makes of the string."""
    yield t.Claim(*at, at[1], json.dumps([value, here.schema.get("contentEncoding")]))


def _prefix(here: Here, at: At, value: Any) -> Iterator[Atom]:
    for index in range(len(value)):
        yield t.Item(f"{at[0]}/{index}", at[1], index, here.sub(at[1], index))


def _items(here: Here, at: At, value: Any) -> Iterator[Atom]:
    if isinstance(value, list):
        yield from _prefix(here, at, value)
    else:
        start = len(here.schema.get("prefixItems", ())) if here.compiler.draft == DRAFT_2020 else 0
        yield t.Rest(*at, start, here.sub("items"))


def _additional_items(here: Here, at: At, value: Any) -> Iterator[Atom]:
    if isinstance(here.schema.get("items"), list):
        yield t.Rest(*at, len(here.schema["items"]), here.sub("additionalItems"))


def _contains(here: Here, at: At, value: Any) -> Iterator[Atom]:
    bounds = here.schema if here.compiler.draft == DRAFT_2020 else {}
    node, least = here.sub("contains"), int(bounds.get("minContains", 1))
    if least:
        yield t.Some(*_beside(here, "minContains", bounds, at), least, node)
    if "maxContains" in bounds:
        yield t.Few(*_beside(here, "maxContains", bounds, at), int(bounds["maxContains"]), node)


def _beside(here: Here, keyword: str, bounds: dict[str, Any], at: At) -> At:
    return (str(here.place.down(keyword)), keyword) if keyword in bounds else at


def _unique(here: Here, at: At, value: Any) -> Iterator[Atom]:
    if value:
        yield t.Unique(*at)


def _required(here: Here, at: At, value: Any) -> Iterator[Atom]:
    for index, name in enumerate(value):
        yield t.Required(f"{at[0]}/{index}", at[1], name)


def _properties(here: Here, at: At, value: Any) -> Iterator[Atom]:
    for name in value:
        place = str(here.place.down(at[1], name))
        yield t.Property(place, at[1], name, here.sub(at[1], name))


def _patterns(here: Here, at: At, value: Any) -> Iterator[Atom]:
    for text in value:
        place = str(here.place.down(at[1], text))
        yield t.Others(place, at[1], frozenset(), frozenset(), frozenset([text]), here.sub(at[1], text))


def _additional(here: Here, at: At, value: Any) -> Iterator[Atom]:
    names, patterns = here.schema.get("properties", ()), here.schema.get("patternProperties", ())
    yield t.Others(*at, frozenset(names), frozenset(patterns), frozenset(), here.sub(at[1]))


def _names(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Names(*at, here.sub(at[1]))


def _dependent(here: Here, at: At, value: Any) -> Iterator[Atom]:
    for name, wanted in value.items():
        place = str(here.place.down(at[1], name))
        absent = t.single(t.Not(place, at[1], t.single(t.Required(place, at[1], name))))
        if isinstance(wanted, list):
            needs = Node(("needs", tuple(wanted)), place, tuple(t.Required(place, at[1], each) for each in wanted))
            yield t.Either(place, at[1], (absent, needs))
        else:
            yield t.Either(place, at[1], (absent, here.sub(at[1], name), t.single(t.Types(names=NO_OBJECT))))


def _several(of: type[t.All | t.Either | t.One]) -> Rule:
    def rule(here: Here, at: At, value: Any) -> Iterator[Atom]:
        yield of(*at, here.subs(at[1]))

    return rule


def _not(here: Here, at: At, value: Any) -> Iterator[Atom]:
    yield t.Not(*at, here.sub("not"))


def _if(here: Here, at: At, value: Any) -> Iterator[Atom]:
    then = here.sub("then") if "then" in here.schema else t.TRUE
    otherwise = here.sub("else") if "else" in here.schema else t.TRUE
    yield t.Choice(*at, here.sub("if"), then, otherwise)


def _reference(here: Here, at: At, value: Any) -> Iterator[Atom]:
    target = here.compiler.target(here.place, here.scope, at[1])
    yield t.All(*at, (here.compiler.node(target, here.scope),))


def _unevaluated(here: Here, at: At, value: Any) -> Iterator[Atom]:
    of = unevaluated_items if at[1] == "unevaluatedItems" else unevaluated_properties
    yield from of(here.compiler, here.place, here.scope, at)


COMMON: dict[str, Rule] = {
    "$ref": _reference,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _bound),
    **dict.fromkeys((f"{end}{of}" for end in ("min", "max") for of in SIZES), _size),
    "multipleOf": _multiple,
    "pattern": _pattern,
    "format": _format,
    "items": _items,
    "contains": _contains,
    "uniqueItems": _unique,
    "required": _required,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "dependencies": _dependent,
    "allOf": _several(t.All),
    "anyOf": _several(t.Either),
    "oneOf": _several(t.One),
    "not": _not,
    "if": _if,
}
OF_DRAFT: dict[str, dict[str, Rule]] = {
    DRAFT_7: {
        **COMMON,
        "additionalItems": _additional_items,
        "contentEncoding": _claim,
        "contentMediaType": _media,
    },
    DRAFT_2020: {
        **COMMON,
        "$dynamicRef": _reference,
        "prefixItems": _prefix,
        "dependentRequired": _dependent,
        "dependentSchemas": _dependent,
        "unevaluatedItems": _unevaluated,
        "unevaluatedProperties": _unevaluated,
    },
}
