"""What our adapters ask of the systems: ``contracts/interactions.toml`` with the examples that it names."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from syncproof.contracts.catalogue import folder, registry

FILE = "interactions.toml"


@dataclass(frozen=True, slots=True)
class Kind:
    """How records of a kind are submitted and read: paths, the member that wraps a submitted record, the list that
    holds those read, and the member within its elements."""

    name: str
    submit: str
    wrap: str | None = None
    read: str | None = None
    list: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is asked about one contract."""

    contract: str
    kind: Kind
    provider: str
    user: str
    good: str
    bad: tuple[str, ...]
    fresh: Mapping[str, str]
    items: Mapping[str, Any] = field(default_factory=dict)
    publish: bool = False
    envelope: Mapping[str, Any] = field(default_factory=dict)
    domain: str = ""
    """The domain whose owner is meant."""

    def record(self, example: str) -> dict[str, Any]:
        """An example; the data of an event in its envelope."""
        data: dict[str, Any] = example_of(self.contract, example)
        return {**self.envelope, "data": data} if self.envelope else data


def example_of(contract: str, name: str) -> Any:
    """An example of a contract's current version."""
    path = folder() / contract / registry()[contract].version / "examples" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All that are declared."""
    document = _document()
    kinds = {name: Kind(name, **kind) for name, kind in document["kind"].items()}
    return tuple(_exchange(entry, kinds) for entry in document["contract"])


def names() -> frozenset[str]:
    """The contracts that have interactions."""
    return frozenset(entry["name"] for entry in _document()["contract"])


def consumer() -> str:
    """The name under which we ask."""
    name: str = _document()["consumer"]
    return name


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((folder() / FILE).read_text(encoding="utf-8"))


def _exchange(entry: dict[str, Any], kinds: dict[str, Kind]) -> Exchange:
    name = entry["name"]
    bad = entry.get("bad")
    return Exchange(
        contract=name,
        kind=kinds[entry["kind"]],
        provider=entry["provider"],
        user=entry["user"],
        good=entry["good"],
        bad=_bad(name) if bad is None else tuple(bad),
        fresh=entry["fresh"],
        items=entry.get("items", {}),
        publish=entry.get("publish", False),
        envelope=entry.get("envelope", {}),
        domain=entry.get("domain") or registry()[name].domain or name,
    )


def _bad(contract: str) -> tuple[str, ...]:
    examples = folder() / contract / registry()[contract].version / "examples"
    return tuple(sorted(path.stem for path in examples.glob("bad-*.json")))
