"""Goes through the exchanges of a run: which operation, which outcome, which contract, and whether the bytes keep it.

A message that breaks its contract is a fault where a system sent it, or took it: what is refused may be broken, for
that is how refusals are tested.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec

from syncproof.contracts.validation import explain, pointer
from syncproof.contracts.wire.surface import DOCUMENTS, Operation, Shape, operations

Event = Mapping[str, Any]
REQUEST, ANSWER, EVENT = "request", "answer", "event"
PUBLISHED = "published"
_TAKEN = frozenset({"accepted", "staged", "duplicate"})
KEPT = 32
"""Bodies that are kept for what comes next."""
_DIALECT = "urn:syncproof:contract:"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What was exercised: ``part`` is request, answer or event, ``outcome`` a status of HTTP or of a receipt."""

    system: str
    operation: str
    part: str
    outcome: str
    contract: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A message that breaks its contract, and where (JSON pointer, message)."""

    place: Place
    exchange: str
    pointer: str
    message: str


@dataclass
class Watch:
    """``roles`` says which systems speak our contracts; ``body`` returns a stored body by its hash."""

    roles: Mapping[str, Iterable[str]]
    body: Callable[[str | None], bytes | None]
    counts: dict[Place, int] = field(default_factory=dict)
    broken: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _known: dict[tuple[int, str], tuple[str, str] | None] = field(default_factory=dict)
    _read: dict[str | None, Any] = field(default_factory=dict)
    _last: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _events: dict[tuple[str, str], tuple[int, list[tuple[str, str]]]] = field(default_factory=dict)
    _ids: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def take(self, exchange: Event) -> None:
        """One exchange of the record; one that no answer came to is passed over."""
        operation = self._operation(exchange)
        if operation is None or exchange["response"] is None:
            return
        status = str(exchange["response"]["status"])
        answer = self._json(exchange["response"]["body_sha"])
        shape = operation.answers.get(status)
        place = Place(exchange["system"], operation.name, ANSWER, status, _named(shape))
        if shape is None:
            self._note(place, exchange, ("", f"status {status} is none that its description knows"))
        else:
            self._note(place, exchange, self._checked(shape, exchange["response"]["body_sha"], answer))
        if operation.request is not None:
            self._sent(operation, operation.request, exchange, status, answer)
        for event, outcome in _events(exchange, operation, self._json(exchange["request"]["body_sha"]), answer):
            self._event(exchange, operation, event, outcome)

    def _operation(self, exchange: Event) -> Operation | None:
        request = exchange["request"]
        key = request["method"], urlsplit(request["url"]).path
        known = (operations(role).get(key) for role in self.roles.get(exchange["system"], ()))
        return next((one for one in known if one is not None), None)

    def _sent(self, operation: Operation, shape: Shape, exchange: Event, status: str, answer: Any) -> None:
        sha = exchange["request"]["body_sha"]
        place = Place(exchange["system"], operation.name, REQUEST, status, _named(shape))
        found = self._checked(shape, sha, self._json(sha))
        self._note(place, exchange, found, is_fault=not _was_refused(status, answer))

    def _event(self, exchange: Event, operation: Operation, event: Any, outcome: str) -> None:
        schema = str(event.get("dataschema") or "") if isinstance(event, dict) else ""
        contract = schema.removeprefix(_DIALECT)
        place = Place(exchange["system"], operation.name, EVENT, outcome, contract or "none stated")
        found = self._broken_event(event, schema)
        if not found and outcome == PUBLISHED:
            found = self._out_of_order(exchange["system"], event)
        self._note(place, exchange, found[0] if found else None, is_fault=outcome in {PUBLISHED, *_TAKEN})

    def _broken_event(self, event: Any, schema: str) -> list[tuple[str, str]]:
        """What breaks the envelope or the contract in it; an event that comes again, unchanged, is looked at once."""
        if not isinstance(event, dict):
            return [("", "no event")]
        key = str(event.get("source")), str(event.get("id"))
        known, digest = self._events.get(key), hash(msgspec.json.encode(event))
        if known is not None and known[0] == digest:
            return known[1]
        found = explain("event", event)
        if not found and schema.startswith(_DIALECT):
            name, _, version = schema.removeprefix(_DIALECT).rpartition(":")
            found = [(f"/data{where}", text) for where, text in explain(name, event["data"], version)]
        self._events[key] = digest, found
        return found

    def _out_of_order(self, system: str, event: Event) -> list[tuple[str, str]]:
        """A system publishes the events of a subject in their order, without a gap, and one id for one event. A page
        that is read again, or by somebody else, begins anew."""
        key = system, event["source"], event["subject"]
        said, last = int(event["sequence"]), self._last.get(key)
        self._last[key] = said
        known = self._ids.setdefault((event["source"], event["id"]), (event["subject"], said))
        if known != (event["subject"], said):
            return [("/id", f"{event['id']!r} is the id of event {known[1]} of {known[0]}, too")]
        if last is not None and last < said != last + 1:
            return [("/sequence", f"follows {last} of {event['subject']}: what lies between was not published")]
        return []

    def _checked(self, shape: Shape, sha: str | None, value: Any) -> tuple[str, str] | None:
        """The first place that breaks a shape; the same bytes are looked at once."""
        key = id(shape), sha or ""
        if key not in self._known:
            self._known[key] = _first(shape, value)
        return self._known[key]

    def _note(self, place: Place, exchange: Event, found: tuple[str, str] | None, *, is_fault: bool = True) -> None:
        self.counts[place] = self.counts.get(place, 0) + 1
        if found is not None:
            self.broken[place] = self.broken.get(place, 0) + 1
            if is_fault:
                self.faults.append(Fault(place, exchange["id"], *found))

    def _json(self, sha: str | None) -> Any:
        """A body, read once for the exchanges that follow each other with it."""
        if sha not in self._read:
            if len(self._read) > KEPT:
                self._read.clear()
            self._read[sha] = _decoded(self.body(sha))
        return self._read[sha]

    def rows(self) -> list[list[Any]]:
        """What was exercised, as the record holds it: the five parts of its place, messages, broken ones."""
        return [[*astuple(place), count, self.broken.get(place, 0)] for place, count in sorted(self.counts.items())]


def _decoded(data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        return UNREADABLE


UNREADABLE = object()
"""Stands for bytes that are no JSON: it keeps no shape."""


def declared(roles: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Operation, part, outcome and contract of everything that systems with these roles describe."""
    seen: dict[tuple[str, str], Operation] = {}
    for role in roles:
        seen = operations(role) | seen
    for operation in seen.values():
        for status, shape in operation.answers.items():
            yield operation.name, ANSWER, status, _named(shape)
        if operation.request is not None:
            for status in operation.answers:
                yield operation.name, REQUEST, status, _named(operation.request)


def roles_of(identity: Mapping[str, Any]) -> tuple[str, ...]:
    """The roles whose descriptions a system keeps: those of its capabilities, if it states contracts at all."""
    if not identity.get("contracts"):
        return ()
    able = {name.partition(".")[0] for name in identity["capabilities"]}
    return tuple(role for role in DOCUMENTS if role in able)


def _named(shape: Shape | None) -> str:
    return "" if shape is None else shape.contract or ""


def _first(shape: Shape, value: Any) -> tuple[str, str] | None:
    if not shape.schema:
        return None
    if value is UNREADABLE:
        return "", "is no JSON"
    if shape.validator.is_valid(value):
        return None
    error = next(iter(shape.validator.iter_errors(value)))
    return pointer(error.instance_path), error.message


def _was_refused(status: str, answer: Any) -> bool:
    """Wholly, or in one of its parts."""
    if not status.startswith("2"):
        return True
    results = answer.get("results", ()) if isinstance(answer, dict) else ()
    return any(one.get("status") in {"refused", "rejected"} for one in results if isinstance(one, dict))


def _events(exchange: Event, operation: Operation, sent: Any, answer: Any) -> Iterator[tuple[Any, str]]:
    """The events that an exchange carried, and what became of each."""
    if operation.name == "GET /outbox" and isinstance(answer, dict):
        yield from ((event, PUBLISHED) for event in answer.get("events", ()))
    elif operation.name == "POST /inbox":
        events = sent if isinstance(sent, list) else [sent]
        results = answer.get("results", []) if isinstance(answer, dict) else []
        outcomes = [str(one.get("status")) for one in results] or [str(exchange["response"]["status"])] * len(events)
        yield from zip(events, outcomes, strict=False)
