"""Which contract a document is held against: always one, or the one it names itself."""

from typing import Any, NamedTuple, Protocol

import msgspec

from syncproof.contracts.bulk.judge import Judge
from syncproof.contracts.bulk.target import OWN, Target, contract, target
from syncproof.contracts.catalogue import DIALECT, registry
from syncproof.errors import ConfigurationError


class Unnamed(Exception):
    """The document names no contract that there is."""


class Part(NamedTuple):
    """What one contract says about: the document, or the ``data`` of an event, at ``place``."""

    judge: Judge
    raw: bytes
    place: str


class Router(Protocol):
    """Parts of a document with the judge of each."""

    def __call__(self, raw: bytes) -> tuple[Part, ...]: ...


class _Named(msgspec.Struct):
    domain: Any = None
    specversion: Any = None
    dataschema: Any = None
    data: msgspec.Raw = msgspec.Raw()


class Always:
    """One target for all."""

    def __init__(self, target: Target) -> None:
        self._judge = Judge(target)

    def __call__(self, raw: bytes) -> tuple[Part, ...]:
        return (Part(self._judge, raw, ""),)


class ByName:
    """A master by its ``domain``; an event as such, and its data by ``dataschema``."""

    def __init__(self) -> None:
        self._judges: dict[str | None, Judge] = {}
        self._read = msgspec.json.Decoder(_Named).decode

    def __call__(self, raw: bytes) -> tuple[Part, ...]:
        try:
            named = self._read(raw)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            return (Part(self._judge("event"), raw, ""),)  # no object, or no JSON: any judge tells
        if named.specversion is None:
            return (Part(self._judge(named.domain), raw, ""),)
        event = Part(self._judge("event"), raw, "")
        schema = named.dataschema
        if schema is None:
            raise Unnamed("the event names no contract for its data: it has no 'dataschema'")
        if not isinstance(schema, str) or not schema.startswith(DIALECT) or not bytes(named.data):
            return (event,)  # which the envelope does not allow
        return (event, Part(self._judge(schema.removeprefix(DIALECT)), bytes(named.data), "/data"))

    def _judge(self, named: Any) -> Judge:
        name = named if isinstance(named, str) else None
        if name not in self._judges:
            self._judges[name] = Judge(_target(name))
        return self._judges[name]


def router(text: str) -> Router:
    """For what the command line says: a contract, a schema file, or each document's own."""
    return ByName() if text == OWN else Always(target(text))


def _target(named: str | None) -> Target:
    name, _, version = (named or "").partition(":")
    try:
        if name in registry():
            return contract(name, version or None)
    except ConfigurationError as problem:
        raise Unnamed(str(problem)) from None
    told = f"its domain is {named!r}" if named is not None else "it has neither 'domain' nor 'specversion'"
    raise Unnamed(f"the document names no contract of ours: {told}")
