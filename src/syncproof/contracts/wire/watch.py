"""Goes through the exchanges of a run: which operation, which outcome, which contract, and whether the bytes keep it.

A message that breaks its contract is a fault where a system sent it, or took it: what is refused may be broken, for
that is how refusals are tested.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

import msgspec

from syncproof.contracts.asyncapi import event_type
from syncproof.contracts.bulk import text
from syncproof.contracts.bulk.faults import Unreadable
from syncproof.contracts.catalogue import registry
from syncproof.contracts.validation import explain, pointer
from syncproof.contracts.wire.surface import DOCUMENTS, Operation, Shape, operations

Event = Mapping[str, Any]
REQUEST, ANSWER, EVENT = "request", "answer", "event"
PUBLISHED = "published"
PUBLISHING, TAKING = "GET /outbox", "POST /inbox"
TAKEN = frozenset({"accepted", "staged", "duplicate"})
KEPT = 32
"""Bodies that are kept for what comes next."""
_DIALECT = "urn:syncproof:contract:"
_APART = "/control/"
"""Where the reference systems are driven by the rig; no message of theirs."""


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
    """``roles`` says which systems speak our contracts; ``body`` returns a stored body by its hash; ``urls`` says at
    which address a system is, as paths begin there."""

    roles: Mapping[str, Iterable[str]]
    body: Callable[[str | None], bytes | None]
    urls: Mapping[str, str] = field(default_factory=dict)
    counts: dict[Place, int] = field(default_factory=dict)
    broken: dict[Place, int] = field(default_factory=dict)
    faulty: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _known: dict[tuple[int, str], tuple[str, str] | None] = field(default_factory=dict)
    _read: dict[str | None, Any] = field(default_factory=dict)
    _last: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _events: dict[tuple[str, str], tuple[int, list[tuple[str, str]]]] = field(default_factory=dict)
    _ids: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def hear(self, system: str, identity: Mapping[str, Any], exchange: str) -> None:
        """What a system says of itself. Its messages are held against the versions of its description: to speak others
        is a fault, for else it would be believed unheld."""
        for name, stated in sorted(identity["contracts"].items()):
            if name in registry() and stated != registry()[name].version:
                place = Place(system, "GET /identity", ANSWER, "200", f"{name}:{stated}")
                message = f"states {name} {stated}; its messages are held against {registry()[name].version}"
                self._note(place, {"id": exchange}, (f"/contracts/{name}", message))

    def take(self, exchange: Event) -> None:
        """One exchange of the record; one that no answer came to is passed over."""
        if exchange["system"] not in self.roles or exchange["response"] is None:
            return
        method, path = exchange["request"]["method"], self._path(exchange)
        operation = self._operation(exchange["system"], method, path)
        status = str(exchange["response"]["status"])
        if operation is not None:
            self._answered(exchange, operation, status)
        elif not path.startswith(_APART):
            place = Place(exchange["system"], f"{method} {path}", ANSWER, status, "")
            found = ("", "no description knows this operation: what it said was held against nothing")
            self._note(place, exchange, found, is_fault=status.startswith("2"))

    def _path(self, exchange: Event) -> str:
        """As descriptions have it: below the address of the system."""
        path: str = urlsplit(exchange["request"]["url"]).path
        base = urlsplit(self.urls.get(exchange["system"]) or "").path.rstrip("/")
        return path.removeprefix(base) if path.startswith(f"{base}/") else path

    def _operation(self, system: str, method: str, path: str) -> Operation | None:
        known = (operations(role).get((method, path)) for role in self.roles[system])
        return next((one for one in known if one is not None), None)

    def _answered(self, exchange: Event, operation: Operation, status: str) -> None:
        sha = exchange["response"]["body_sha"]
        answer, shape = self._json(sha), operation.answers.get(status)
        place = Place(exchange["system"], operation.name, ANSWER, status, _named(shape))
        if shape is None:
            self._note(place, exchange, ("", f"status {status} is none that its description knows"))
        else:
            self._note(place, exchange, _of_another_type(exchange["response"]) or self._checked(shape, sha, answer))
        if operation.request is not None:
            self._sent(operation, operation.request, exchange, status, answer)
        before: dict[str, int] = {}
        for event, outcome in _events(operation, status, self._json(exchange["request"]["body_sha"]), answer):
            self._event(exchange, operation, event, outcome, before)

    def _sent(self, operation: Operation, shape: Shape, exchange: Event, status: str, answer: Any) -> None:
        sha = exchange["request"]["body_sha"]
        place = Place(exchange["system"], operation.name, REQUEST, status, _named(shape))
        found = self._checked(shape, sha, self._json(sha))
        is_fault = found is not None and not _was_refused(status, answer, _broken_parts(shape, self._json(sha)))
        self._note(place, exchange, found, is_fault=is_fault)

    def _event(self, exchange: Event, operation: Operation, event: Any, outcome: str, before: dict[str, int]) -> None:
        stated = str(event.get("dataschema") or "") if isinstance(event, dict) else ""
        contract = stated.removeprefix(_DIALECT) or "none stated"
        place = Place(exchange["system"], operation.name, EVENT, outcome, contract)
        found = self._broken_event(event)
        if not found and outcome == PUBLISHED:
            found = self._out_of_order(exchange["system"], event, before)
        self._note(place, exchange, found[0] if found else None, is_fault=is_spoken(EVENT, outcome))

    def _broken_event(self, event: Any) -> list[tuple[str, str]]:
        """What breaks the envelope or the contract in it; an event that comes again, unchanged, is looked at once."""
        if not isinstance(event, dict):
            return [("", "no event")]
        key = str(event.get("source")), str(event.get("id"))
        known, digest = self._events.get(key), hash(msgspec.json.encode(event))
        if known is not None and known[0] == digest:
            return known[1]
        found = explain("event", event) or _data(event)
        self._events[key] = digest, found
        return found

    def _out_of_order(self, system: str, event: Event, before: dict[str, int]) -> list[tuple[str, str]]:
        """A system publishes the events of a subject in their order, without a gap, and one id for one event. A page
        may be read again, and by several readers; ``before`` is what came before on this one."""
        subject, said = event["subject"], int(event["sequence"])
        key = system, event["source"], subject
        known = self._ids.setdefault((event["source"], event["id"]), (subject, said))
        on_page, last = before.get(subject), self._last.get(key)
        before[subject], self._last[key] = said, max(said, last or 0)
        if known != (subject, said):
            return [("/id", f"{event['id']!r} is the id of event {known[1]} of {known[0]}, too")]
        if on_page is not None and said <= on_page:
            return [("/sequence", f"comes after {on_page} of {subject}: it was published out of order")]
        if last is not None and said > last + 1:
            return [("/sequence", f"follows {last} of {subject}: what lies between was not published")]
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
                self.faulty[place] = self.faulty.get(place, 0) + 1
                self.faults.append(Fault(place, exchange["id"], *found))

    def _json(self, sha: str | None) -> Any:
        """A body, read once for the exchanges that follow each other with it."""
        if sha not in self._read:
            if len(self._read) > KEPT:
                self._read.clear()
            self._read[sha] = _decoded(self.body(sha))
        return self._read[sha]

    def rows(self) -> list[list[Any]]:
        """What was exercised, as the record holds it: the five parts of its place, messages, broken ones, and of these
        the faults (the others were refused)."""
        return [
            [*astuple(place), count, self.broken.get(place, 0), self.faulty.get(place, 0)]
            for place, count in sorted(self.counts.items())
        ]

    def contracts(self) -> set[tuple[str, str]]:
        """Name and version of every contract that a message named."""
        found = {place.contract.rpartition(":") for place in self.counts}
        return {(name, version) for name, _, version in found if name in registry()}


def _decoded(data: bytes | None) -> Any:
    """Its value; what is wrong with bytes that two readers may understand differently stands for them."""
    if data is None:
        return None
    try:
        return text.decode(data)
    except Unreadable as problem:
        return problem


def declared(roles: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Operation, part, outcome and contract of everything that systems with these roles describe."""
    roles = tuple(roles)
    seen: dict[tuple[str, str], Operation] = {}
    for role in roles:
        seen = operations(role) | seen
    for operation in seen.values():
        for status, shape in operation.answers.items():
            yield operation.name, ANSWER, status, _named(shape)
        if operation.request is not None:
            for status in operation.answers:
                yield operation.name, REQUEST, status, _named(operation.request)
    yield from _events_of({*roles}, {operation.name for operation in seen.values()})


def _events_of(roles: set[str], operations: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """The events that these roles provide, and those that they take from others, by the index."""
    for one in registry().values():
        if one.direction != "publish" or one.name == "event":
            continue
        contract, others = f"{one.name}:{one.version}", {*one.providers} - roles
        if PUBLISHING in operations and roles & {*one.providers}:
            yield PUBLISHING, EVENT, PUBLISHED, contract
        if TAKING in operations and others and roles & {*one.consumers}:
            yield TAKING, EVENT, "accepted", contract


def roles_of(identity: Mapping[str, Any]) -> tuple[str, ...]:
    """The roles whose descriptions a system keeps: those of its capabilities, if it states contracts at all."""
    if not identity.get("contracts"):
        return ()
    able = {name.partition(".")[0] for name in identity["capabilities"]}
    return tuple(role for role in DOCUMENTS if role in able)


def is_spoken(part: str, outcome: str) -> bool:
    """Whether a message counts as one that a system speaks: it was sent by it, or taken. What is refused does not."""
    return part == ANSWER or outcome in {PUBLISHED, *TAKEN} or outcome.startswith("2")


def _named(shape: Shape | None) -> str:
    return "" if shape is None else shape.contract or ""


def _first(shape: Shape, value: Any) -> tuple[str, str] | None:
    if not shape.schema:
        return None
    if isinstance(value, Unreadable):
        return value.place, str(value)
    if shape.validator.is_valid(value):
        return None
    error = next(iter(shape.validator.iter_errors(value)))
    return pointer(error.instance_path), error.message


def _broken_parts(shape: Shape, value: Any) -> set[int]:
    """Which of many messages that were sent at once break their shape."""
    if isinstance(value, Unreadable):
        return set()
    paths = (error.instance_path for error in shape.validator.iter_errors(value))
    return {path[1] for path in paths if len(path) > 1 and isinstance(path[1], int)}


def _was_refused(status: str, answer: Any, broken: set[int]) -> bool:
    """Wholly, or in those of its parts that are broken."""
    if not status.startswith("2"):
        return True
    results = enumerate(_list(answer, "results"))
    refused = {n for n, one in results if isinstance(one, dict) and one.get("status") in {"refused", "rejected"}}
    return bool(refused) and broken <= refused


def _list(answer: Any, name: str) -> list[Any]:
    """A member of an answer, if it is a list; its shape says whether it has to be."""
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, list) else []


def _of_another_type(response: Event) -> tuple[str, str] | None:
    """An answer that states what its bytes are, and it is not JSON."""
    said = next((value for name, value in response["headers"].items() if name.lower() == "content-type"), None)
    media = "application/json" if said is None else str(said).partition(";")[0].strip().lower()
    is_json = media == "application/json" or media.endswith("+json")
    return None if is_json else ("", f"states content type {said!r}; its description says application/json")


def _data(event: Event) -> list[tuple[str, str]]:
    """What breaks the contract that an event states for its data; to state none is a way around all of them."""
    stated = event.get("dataschema")
    if stated is None:
        return [("/dataschema", "is not there: the event states no contract for its data")]
    name, _, version = stated.removeprefix(_DIALECT).rpartition(":")
    found = explain(name, event["data"], version)
    if not found and event["type"] != event_type(name):
        return [("/type", f"is {event['type']!r}; events that carry {name} are of type {event_type(name)!r}")]
    return [(f"/data{where}", message) for where, message in found]


def _events(operation: Operation, status: str, sent: Any, answer: Any) -> Iterator[tuple[Any, str]]:
    """The events that an exchange carried, and what became of each."""
    if operation.name == PUBLISHING:
        yield from ((event, PUBLISHED) for event in _list(answer, "events"))
    elif operation.name == TAKING:
        events = sent if isinstance(sent, list) else [sent]
        results = [one.get("status") if isinstance(one, dict) else None for one in _list(answer, "results")]
        for event, result in zip_longest(events, results[: len(events)]):  # what nothing is said of has the whole's
            yield event, status if result is None else str(result)
