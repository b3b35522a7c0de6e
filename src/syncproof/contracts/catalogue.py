"""Which contracts there are: ``contracts/index.toml`` and the schema files beside it."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from syncproof.suite_files import suite_root

VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
DIALECT = "urn:syncproof:contract:"
"""How the names of our contracts begin, as an event states them in ``dataschema``."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What holds for the way of a message. ``key``: what an order is kept for; ``order``: ``per-key`` or ``none``;
    ``idempotency``: what makes two deliveries one (``event``, ``content``, ``none``); ``lateness_s``: seconds of host
    time within which a consumer shows it, unless the landscape has an SLA for its domain."""

    key: tuple[str, ...]
    order: str
    idempotency: str
    lateness_s: float


@dataclass(frozen=True, slots=True)
class Contract:
    """One message. ``domain`` is the ownable domain it belongs to (None: it belongs to all); ``providers`` and
    ``consumers`` are roles of the landscape file; ``compatibility`` is what a new version keeps to those before."""

    name: str
    version: str
    title: str
    domain: str | None
    providers: tuple[str, ...]
    consumers: tuple[str, ...]
    direction: str
    compatibility: str
    delivery: Delivery


def folder() -> Path:
    """Where the contracts lie: ``syncproof/suite/contracts`` in a wheel, ``contracts`` in a checkout."""
    return suite_root() / "contracts"


@cache
def registry() -> Mapping[str, Contract]:
    """The current version of every contract, by name."""
    index = tomllib.loads((folder() / "index.toml").read_text(encoding="utf-8"))
    contracts = {entry["name"]: _contract(entry) for entry in index["contract"]}
    return MappingProxyType(contracts)


def _contract(entry: dict[str, Any]) -> Contract:
    return Contract(
        name=entry["name"],
        version=entry["version"],
        title=entry["title"],
        domain=entry.get("domain"),
        providers=tuple(entry["providers"]),
        consumers=tuple(entry["consumers"]),
        direction=entry["direction"],
        compatibility=entry["compatibility"],
        delivery=Delivery(**entry["delivery"] | {"key": tuple(entry["delivery"]["key"])}),
    )


def versions() -> dict[str, str]:
    """The current version of every contract, by name."""
    return {name: contract.version for name, contract in registry().items()}


def dialect(name: str) -> str:
    """The name of the current version of a contract, as an event states it; KeyError if there is no such contract."""
    return f"{DIALECT}{name}:{registry()[name].version}"


def fingerprint(name: str, version: str) -> str | None:
    """SHA-256 of the file of a schema; None if there is none."""
    path = folder() / name / version / "schema.json"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@cache
def schema(name: str, version: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a contract; KeyError if there is no such contract or version."""
    contract = registry()[name]
    number = version or contract.version
    path = folder() / name / number / "schema.json"
    if not VERSION.fullmatch(number) or not path.is_file():  # both come from messages: no path tricks
        raise KeyError(f"{name} {number}")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
