"""JSON bodies compared: every field, each by the rule that applies to it."""

from collections.abc import Callable
from typing import Any

from syncproof.contracts.pact.difference import ABSENT, Difference
from syncproof.contracts.pact.matchers import demand, demanded, kind_of, same
from syncproof.contracts.pact.node import shown
from syncproof.contracts.pact.paths import Place
from syncproof.contracts.pact.rules import Found, Rule, Rules, Variant
from syncproof.contracts.validation import pointer

EACH = ("values", "eachValue", "eachKey")
"""Matchers under which a map may have any members."""
Differences = list[Difference]


class JsonComparison:
    """One comparison. ``strict``: a member that nobody expects is a difference (requests), else it may be there."""

    def __init__(self, rules: Rules, *, strict: bool, root: Place = ("body",)) -> None:
        self._rules, self._strict, self._root = rules, strict, root

    def compare(self, place: Place, expected: Any, actual: Any) -> Differences:
        """All differences at a place and below."""
        if isinstance(expected, dict | list):
            if kind_of(expected) != kind_of(actual):
                what = f"{kind_of(expected)} is expected, not {kind_of(actual)} {shown(actual)}"
                return [self._differs(place, expected, actual, "type", what)]
            return (
                self._map(place, expected, actual)
                if isinstance(expected, dict)
                else self._list(place, expected, actual)
            )
        return self._value(place, expected, actual)

    def _differs(self, place: Place, expected: Any, actual: Any, rule: str, text: str) -> Difference:
        return Difference(pointer((*self._root, *place)), expected, actual, rule, text)

    # --- values ------------------------------------------------------------------------------------

    def _value(self, place: Place, expected: Any, actual: Any) -> Differences:
        found = self._rules.best(place)
        if found is not None:
            return self._judged(place, found, expected, actual)
        if same(expected, actual):
            return []
        text = f"{shown(expected)} is expected, not {shown(actual)}"
        return [self._differs(place, expected, actual, "equality", text)]

    def _judged(self, place: Place, found: Found, expected: Any, actual: Any) -> Differences:
        missed = demanded(found, expected, actual)
        return [self._differs(place, expected, actual, rule.text, why) for rule, why in missed]

    def _by_rules(self, found: Found, judge: Callable[[Rule], Differences]) -> Differences:
        """What the rules of a map or list find; with OR nothing, if one of them finds nothing."""
        found_by = [judge(rule) for rule in found.rules]
        if found.any and not all(found_by):
            return []
        return list({(each.pointer, each.text): each for each in _flat(found_by)}.values())

    # --- maps --------------------------------------------------------------------------------------

    def _map(self, place: Place, expected: dict[str, Any], actual: dict[str, Any]) -> Differences:
        if not expected and self._strict and actual:
            return [
                self._differs(place, expected, actual, "equality", f"an empty object is expected, not {shown(actual)}")
            ]
        found = self._rules.best(place)
        if found is None:
            return self._members(place, expected, actual)
        return self._by_rules(found, lambda rule: self._map_by(rule, found, place, expected, actual))

    def _map_by(
        self, rule: Rule, found: Found, place: Place, expected: dict[str, Any], actual: dict[str, Any]
    ) -> Differences:
        if found.cascaded or rule.kind not in EACH:
            why = demand(rule, expected, actual, cascaded=found.cascaded)
            own = [self._differs(place, expected, actual, rule.text, why)] if why else []
            return own + self._members(place, expected, actual)
        if rule.kind == "values":
            return self._like_template(place, expected, actual)
        if rule.kind == "eachKey":
            return self._each_key(rule, place, actual) + self._common(place, expected, actual)
        return self._each_value(rule, place, expected, actual)

    def _members(self, place: Place, expected: dict[str, Any], actual: dict[str, Any]) -> Differences:
        """Members by name: those that lack, those that are too many, and those that both have."""
        result: Differences = []
        if not self._rules.direct(place, EACH):
            for key in expected.keys() - actual.keys():
                result.append(self._differs((*place, key), expected[key], ABSENT, "equality", f"{key!r} is missing"))
            for key in sorted(actual.keys() - expected.keys()) if self._strict else ():
                result.append(self._differs((*place, key), ABSENT, actual[key], "equality", f"{key!r} is not expected"))
        return result + self._common(place, expected, actual)

    def _common(self, place: Place, expected: dict[str, Any], actual: dict[str, Any]) -> Differences:
        both = (key for key in expected if key in actual)
        return _flat(self.compare((*place, key), expected[key], actual[key]) for key in both)

    def _like_template(self, place: Place, expected: dict[str, Any], actual: dict[str, Any]) -> Differences:
        """Every member like the expected one of its name, or like the first one."""
        if not expected:
            return []
        first = next(iter(expected.values()))
        return _flat(self.compare((*place, key), expected.get(key, first), actual[key]) for key in actual)

    def _each_key(self, rule: Rule, place: Place, actual: dict[str, Any]) -> Differences:
        example = rule.settings.get("value", "")
        missed = ((key, demanded(Found(rule.rules, any=False, cascaded=False), example, key)) for key in actual)
        return [
            self._differs((*place, key), ABSENT, key, each.text, f"the name {why}")
            for key, whys in missed
            for each, why in whys
        ]

    def _each_value(self, rule: Rule, place: Place, expected: dict[str, Any], actual: dict[str, Any]) -> Differences:
        first = next(iter(expected.values()), rule.settings.get("value"))
        return _flat(self._under((*place, key), rule, expected.get(key, first), actual[key]) for key in actual)

    def _under(self, place: Place, rule: Rule, expected: Any, actual: Any) -> Differences:
        """A value under ``eachValue``: its rules hold there and below, where the file has none of its own."""
        inner = JsonComparison(self._rules.plus(place, rule.rules), strict=self._strict, root=self._root)
        return inner.compare(place, expected, actual)

    # --- lists -------------------------------------------------------------------------------------

    def _list(self, place: Place, expected: list[Any], actual: list[Any]) -> Differences:
        found = self._rules.best(place)
        if found is not None:
            return self._by_rules(found, lambda rule: self._list_by(rule, found, place, expected, actual))
        result = self._elements(place, expected, actual)
        if len(expected) != len(actual):
            text = f"{len(expected)} elements are expected, not {len(actual)}"
            result.append(self._differs(place, expected, actual, "equality", text))
        return result

    def _list_by(self, rule: Rule, found: Found, place: Place, expected: list[Any], actual: list[Any]) -> Differences:
        if rule.kind == "arrayContains":
            return _flat(self._contained(variant, place, expected, actual) for variant in rule.variants)
        if rule.kind == "eachValue" and not found.cascaded:
            examples = _stretched(expected or [rule.settings.get("value")], len(actual))
            pairs = enumerate(zip(examples, actual, strict=False))
            return _flat(self._under((*place, index), rule, *pair) for index, pair in pairs)
        why = demand(rule, expected, actual, cascaded=found.cascaded)
        own = [self._differs(place, expected, actual, rule.text, why)] if why else []
        return own + self._elements(place, _stretched(expected, len(actual)), actual)

    def _elements(self, place: Place, expected: list[Any], actual: list[Any]) -> Differences:
        """Elements by index; one that lacks is a difference, unless a rule says of how many there may be."""
        pairs = enumerate(zip(expected, actual, strict=False))
        result = _flat(self.compare((*place, index), *pair) for index, pair in pairs)
        for index in range(len(actual), len(expected)):
            if self._rules.best((*place, index)) is None:
                text = f"element {index} is missing"
                result.append(self._differs((*place, index), expected[index], ABSENT, "equality", text))
        return result

    def _contained(self, variant: Variant, place: Place, expected: list[Any], actual: list[Any]) -> Differences:
        """Nothing, if one element is like this example under its own rules."""
        example = expected[variant.index] if variant.index < len(expected) else None
        inner = JsonComparison(variant.rules, strict=self._strict)
        if any(not inner.compare((), example, one) for one in actual):
            return []
        text = f"no element is like {shown(example)}"
        return [self._differs(place, example, actual, "arrayContains", text)]


def _stretched(expected: list[Any], length: int) -> list[Any]:
    """The expected elements, the first one again for each further actual one."""
    return expected + expected[:1] * max(0, length - len(expected))


def _flat(lists: Any) -> Differences:
    return [difference for differences in lists for difference in differences]
