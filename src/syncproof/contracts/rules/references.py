"""References: what a document names is among the documents given.

Only if anything of that kind was given: who validates bills of material alone has their materials elsewhere. What
could not be looked up for that reason is counted.
"""

from collections import Counter
from collections.abc import Iterator

from syncproof.contracts.rules.base import At, Finding, Found, Json, Rule, Source, place, reach

RESOLVES = Rule("reference-resolves", "URS-SYN-003", "what a document depends on is there")
COMPONENT = Rule("reference-component", "URS-VAL-002", "a bill of material has no orphan components")
ALTERNATE = Rule("reference-alternate", "URS-VAL-003", "a bill of material lacks no alternate it promises")
STEP = Rule("reference-step", "URS-RTG-003", "every operation has an execution definition")
RESOURCE = Rule("reference-resource", "URS-RTG-004", "every operation has the resources it needs")
IDENTITY = Rule("reference-identity", "URS-TRC-002", "a material has one identity everywhere")

MASTERS = frozenset(
    {
        *("material", "bom", "recipe", "routing", "equipment", "test_specification"),
        *("label", "identity", "uom", "security", "variant"),
    }
)
HAS_ID = MASTERS | {"order", "lot", "change"}
"""Contracts whose ``id`` others name."""
DRIVING = ("bom", "routing", "recipe", "label", "test_specification")
_STRUCTURE = tuple((f"structure/{kind}", kind, RESOLVES) for kind in DRIVING)

NAMES: dict[str, tuple[tuple[str, str, Rule], ...]] = {
    "material": _STRUCTURE,
    "variant": (("base_item", "material", RESOLVES), *_STRUCTURE),
    "bom": (
        ("item", "material", RESOLVES),
        ("lines/*/item", "material", COMPONENT),
        ("lines/*/alternates/*/item", "material", ALTERNATE),
    ),
    "recipe": (("item", "material", RESOLVES),),
    "routing": (
        ("item", "material", RESOLVES),
        ("recipe", "recipe", RESOLVES),
        ("operations/*/equipment_class", "equipment_class", RESOURCE),
    ),
    "equipment": (("eligible_items/*", "material", RESOLVES),),
    "test_specification": (("item", "material", RESOLVES),),
    "label": (("item", "material", RESOLVES),),
    "uom": (("id", "material", RESOLVES),),
    "order": (("item", "material", IDENTITY), ("variant", "variant", RESOLVES)),
    "lot": (("item", "material", IDENTITY),),
    "change": (("backs_out", "change", RESOLVES),),
    "activation": (("change_id", "change", RESOLVES),),
    "fact": (
        ("order_id", "order", RESOLVES),
        ("item", "material", IDENTITY),
        ("lot", "lot", IDENTITY),
        ("equipment", "equipment", RESOLVES),
    ),
}
"""Where a contract names something, of which kind, and the rule that it must be there."""
REVISIONS = {"change": "members/*", "activation": "members/*", "order": "revision_set/*", "fact": "revision_set/*"}
"""Where a contract names a revision of a master."""
STEPS = "operations/*/step_definition"
MOST = 500_000
"""How many open references are kept; more could not be checked, and are counted."""

Key = tuple[str, str]


class References:
    """Remembers what there is and what was named."""

    def __init__(self, most: int = MOST) -> None:
        self._there: set[Key] = set()
        self._kinds: set[str] = set()
        self._open: list[tuple[Key, Rule, str, At, Source]] = []
        self._most, self._dropped = most, 0

    def look(self, contract: str, document: Json, source: Source) -> None:
        """What the document is, then what it names."""
        for key in _is(contract, document):
            self._there.add(key)
            self._kinds.add(key[0])
        for key, rule, pattern, at in _names(contract, document):
            if key in self._there:
                continue
            if len(self._open) < self._most:
                self._open.append((key, rule, pattern, at, source))
            else:
                self._dropped += 1

    def end(self) -> Iterator[Finding]:
        """What was named and is not there, though something of its kind is."""
        for (kind, name), rule, pattern, at, source in self._open:
            if kind in self._kinds and (kind, name) not in self._there:
                what = kind.replace("_", " ")
                text = f"no {what} {name!r} is among the documents given"
                yield Finding(Found(rule, place(pattern, at), text, f"the name of one given ({what})", name), source)

    def unchecked(self) -> dict[str, int]:
        missing = Counter(kind for (kind, _), *_ in self._open if kind not in self._kinds)
        told = {f"reference to a {kind.replace('_', ' ')}: none was given": number for kind, number in missing.items()}
        return {**told, "reference beyond those kept open": self._dropped} if self._dropped else told


def _is(contract: str, document: Json) -> Iterator[Key]:
    """The names under which others can name it."""
    if contract in HAS_ID:
        yield contract, document["id"]
    if contract in MASTERS:
        yield _revision({"domain": contract, **document})
    if contract == "equipment":
        yield "equipment_class", document["equipment_class"]
    if contract == "recipe":
        yield from (("step", f"{document['id']} {step['id']}") for step in document["steps"])


def _names(contract: str, document: Json) -> Iterator[tuple[Key, Rule, str, At]]:
    for pattern, kind, rule in NAMES.get(contract, ()):
        for at, name in reach(document, pattern):
            yield (kind, name), rule, pattern, at
    for at, ref in reach(document, REVISIONS[contract]) if contract in REVISIONS else ():
        yield _revision(ref), RESOLVES, REVISIONS[contract], at
    if contract == "routing":
        for at, step in reach(document, STEPS):
            yield ("step", f"{document['recipe']} {step}"), STEP, STEPS, at
    if contract == "disposition" and document["scope"] != "location":
        yield ("material" if document["scope"] == "item" else "lot", document["target"]), IDENTITY, "target", ()


def _revision(ref: Json) -> Key:
    return f"{ref['domain']} revision", f"{ref['id']} {ref['revision']}"
