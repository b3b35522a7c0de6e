"""XML bodies compared: elements, attributes and text, each by the rule that applies to it.

Rules name elements with an index (``$.order[0].line[*]``), attributes ``['@id']`` and text ``['#text']``.
"""

from xml.parsers import expat

from syncproof.contracts.pact.difference import ABSENT, Difference
from syncproof.contracts.pact.matchers import demand, demanded_text
from syncproof.contracts.pact.node import shown
from syncproof.contracts.pact.paths import Place
from syncproof.contracts.pact.rules import Rules
from syncproof.contracts.validation import pointer

Differences = list[Difference]
PREFIXED = 2
"""Blanks in a name that the parser gives with namespace and prefix."""


class NoXml(ValueError):
    """A body that is said to be XML and is none, or has a document type (which could hide anything)."""


class Element:
    """One element: name with its namespace, the name that it was written with, attributes, children, own text."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        space, _, rest = name.rpartition(" ") if name.count(" ") < PREFIXED else name.rpartition(" ")[0].rpartition(" ")
        prefix = name.rpartition(" ")[2] if name.count(" ") == PREFIXED else ""
        self.name = f"{{{space}}}{rest}" if space else rest
        self.written = f"{prefix}:{rest}" if prefix else rest
        self.attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.children: list[Element] = []
        self.text = ""

    def named(self, name: str) -> list["Element"]:
        """The children of one name."""
        return [child for child in self.children if child.name == name]


def parse(text: str) -> Element:
    """The root element."""
    root = Element("", {})
    open_ = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes)
        open_[-1].children.append(element)
        open_.append(element)

    def data(words: str) -> None:
        open_[-1].text += words

    def document_type(*_: object) -> None:
        raise NoXml("a document type is not read")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, data
    parser.EndElementHandler = lambda _name: open_.pop()
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as problem:
        raise NoXml(f"no XML: {problem}") from None
    return root.children[0]


class XmlComparison:
    """One comparison; ``strict`` as with JSON."""

    def __init__(self, rules: Rules, *, strict: bool, root: Place = ("body",)) -> None:
        self._rules, self._strict, self._root = rules, strict, root

    def compare(self, expected: Element, actual: Element) -> Differences:
        """All differences of two documents."""
        if expected.name != actual.name:
            text = f"element {expected.written!r} is expected, not {actual.written!r}"
            return [self._differs((), expected.name, actual.name, "equality", text)]
        return self._element((expected.written,), expected, actual)

    def _differs(self, place: Place, expected: object, actual: object, rule: str, text: str) -> Difference:
        return Difference(pointer((*self._root, *place)), expected, actual, rule, text)

    def _element(self, place: Place, expected: Element, actual: Element) -> Differences:
        return [
            *self._attributes(place, expected, actual),
            *self._children(place, expected, actual),
            *self._value((*place, "#text"), expected.text.strip(), actual.text.strip(), of_text=True),
        ]

    def _attributes(self, place: Place, expected: Element, actual: Element) -> Differences:
        result: Differences = []
        for name, value in expected.attributes.items():
            inner = (*place, f"@{name}")
            if name not in actual.attributes:
                result.append(self._differs(inner, value, ABSENT, "equality", f"attribute {name!r} is missing"))
            else:
                result += self._value(inner, value, actual.attributes[name])
        for name in actual.attributes.keys() - expected.attributes.keys() if self._strict else ():
            text = f"attribute {name!r} is not expected"
            result.append(self._differs((*place, f"@{name}"), ABSENT, actual.attributes[name], "equality", text))
        return result

    def _children(self, place: Place, expected: Element, actual: Element) -> Differences:
        """Children by name, in their order; a rule for the element says that there may be any number like them."""
        found = self._rules.best(place)
        result: Differences = []
        for rule in found.rules if found and not found.cascaded else ():
            why = demand(rule, list(expected.children), list(actual.children)) if rule.kind == "type" else None
            result += (
                [self._differs(place, len(expected.children), len(actual.children), rule.text, why)] if why else []
            )
        for name in dict.fromkeys(child.name for child in expected.children):
            result += self._same_name(place, expected.named(name), actual.named(name), repeated=found is not None)
        known = {child.name for child in expected.children}
        for child in actual.children if self._strict else ():
            if child.name not in known:
                text = f"element {child.written!r} is not expected"
                result.append(self._differs((*place, child.written), ABSENT, child.name, "equality", text))
        return result

    def _same_name(
        self, place: Place, expected: list[Element], actual: list[Element], *, repeated: bool
    ) -> Differences:
        name, lacking = expected[0].written, len(expected) - len(actual)
        result: Differences = []
        if lacking > 0 and not (repeated and actual):
            text = f"{len(expected)} elements {name!r} are expected, not {len(actual)}"
            result.append(self._differs((*place, name), len(expected), len(actual), "equality", text))
        if lacking < 0 and self._strict and not repeated:
            text = f"{len(expected)} elements {name!r} are expected, not {len(actual)}"
            result.append(self._differs((*place, name), len(expected), len(actual), "equality", text))
        examples = expected + expected[:1] * max(0, -lacking if repeated else 0)
        for one, other in zip(examples, actual, strict=False):
            result += self._element((*place, name), one, other)
        return result

    def _value(self, place: Place, expected: str, actual: str, *, of_text: bool = False) -> Differences:
        found = self._rules.best(place)
        if found is None or (of_text and not expected and not actual):
            if expected == actual:
                return []
            return [
                self._differs(
                    place, expected, actual, "equality", f"{shown(expected)} is expected, not {shown(actual)}"
                )
            ]
        return [
            self._differs(place, expected, actual, rule.text, why)
            for rule, why in demanded_text(found, expected, actual)
        ]
