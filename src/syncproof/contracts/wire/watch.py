"""Goes through the exchanges of a run: which operation, which outcome, which contract, and whether the bytes keep it.

A message that breaks its contract is a fault where a system sent it, or took it: what is refused may be broken, for
that is how refusals are tested.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from syncproof.contracts.bulk import text
from syncproof.contracts.bulk.faults import Unreadable
from syncproof.contracts.catalogue import DIALECT, registry
from syncproof.contracts.validation import pointer
from syncproof.contracts.wire import feed
from syncproof.contracts.wire.feed import Feed, listed
from syncproof.contracts.wire.parts import ANSWER, EVENT, PUBLISHED, REQUEST, UNANSWERED, is_spoken
from syncproof.contracts.wire.surface import Operation, Shape, contract_of, operations

Event = Mapping[str, Any]
KEPT = 32
"""Bodies that are kept for what comes next."""
_TYPE = "content-type"
_APART = "/control/"
"""Where the reference systems are driven by the rig; no message of theirs."""
_NOTHING = Shape({}, None)
"""Of an operation that has no body."""


class Place(NamedTuple):
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
    _operations: dict[tuple[str, str, str], tuple[str | None, Operation | None]] = field(default_factory=dict)
    _feed: Feed = field(default_factory=Feed)

    def hear(self, system: str, identity: Mapping[str, Any], exchange: str) -> None:
        """What a system says of itself. Its messages are held against the versions of its description: to speak others
        is a fault, for else it would be believed unheld."""
        for name, stated in sorted(identity["contracts"].items()):
            if name in registry() and stated != registry()[name].version:
                place = Place(system, "GET /identity", ANSWER, "200", f"{name}:{stated}")
                message = f"states {name} {stated}; its messages are held against {registry()[name].version}"
                self._note(place, {"id": exchange}, (f"/contracts/{name}", message))

    def take(self, exchange: Event) -> None:
        """One exchange of the record; of one that no answer came to, the request."""
        system, request, response = exchange["system"], exchange["request"], exchange["response"]
        if system not in self.roles:
            return
        name, operation = self._asked(system, request["method"], request["url"].partition("?")[0])
        if operation is None:
            if name is not None:
                self._unknown(exchange, name, UNANSWERED if response is None else str(response["status"]))
        elif response is None:
            self._unanswered(exchange, operation)
        else:
            self._answered(exchange, operation, str(response["status"]))

    def _asked(self, system: str, method: str, url: str) -> tuple[str | None, Operation | None]:
        """The name of an operation, and what its description says; None for what is no message of a system."""
        key = system, method, url
        if key not in self._operations:
            path = self._path(system, url)
            known = (operations(role).get((method, path)) for role in self.roles[system])
            name = None if path.startswith(_APART) else f"{method} {path}"
            self._operations[key] = name, next((one for one in known if one is not None), None)
        return self._operations[key]

    def _path(self, system: str, url: str) -> str:
        """As descriptions have it: below the address of the system."""
        path: str = urlsplit(url).path
        base = urlsplit(self.urls.get(system) or "").path.rstrip("/")
        return path.removeprefix(base) if path.startswith(f"{base}/") else path

    def _unknown(self, exchange: Event, name: str, outcome: str) -> None:
        place = Place(exchange["system"], name, REQUEST if outcome == UNANSWERED else ANSWER, outcome, "")
        found = ("", "no description knows this operation: what it said was held against nothing")
        self._note(place, exchange, found, is_fault=outcome.startswith("2"))

    def _unanswered(self, exchange: Event, operation: Operation) -> None:
        """What was sent is held as ever: nobody refused it, so it may break nothing."""
        shape, sha = operation.request or _NOTHING, exchange["request"]["body_sha"]
        place = Place(exchange["system"], operation.name, REQUEST, UNANSWERED, contract_of(shape))
        sent = self._json(sha)
        self._note(place, exchange, self._checked(shape, sha, sent))
        for event, outcome in feed.carried(operation.name, UNANSWERED, sent, None):
            self._event(exchange, operation, event, outcome, {})

    def _answered(self, exchange: Event, operation: Operation, status: str) -> None:
        sha = exchange["response"]["body_sha"]
        answer, shape = self._json(sha), operation.answers.get(status)
        place = Place(exchange["system"], operation.name, ANSWER, status, contract_of(shape))
        if shape is None:
            self._note(place, exchange, ("", f"status {status} is none that its description knows"))
        else:
            self._note(place, exchange, _of_another_type(exchange["response"]) or self._checked(shape, sha, answer))
        if operation.request is not None:
            self._sent(operation, operation.request, exchange, status, answer)
        before: dict[str, int] = {}
        for event, outcome in feed.carried(operation.name, status, self._json(exchange["request"]["body_sha"]), answer):
            self._event(exchange, operation, event, outcome, before)

    def _sent(self, operation: Operation, shape: Shape, exchange: Event, status: str, answer: Any) -> None:
        sha = exchange["request"]["body_sha"]
        place = Place(exchange["system"], operation.name, REQUEST, status, contract_of(shape))
        found = self._checked(shape, sha, self._json(sha))
        is_fault = found is not None and not _was_refused(status, answer, _broken_parts(shape, self._json(sha)))
        self._note(place, exchange, found, is_fault=is_fault)

    def _event(self, exchange: Event, operation: Operation, event: Any, outcome: str, before: dict[str, int]) -> None:
        stated = str(event.get("dataschema") or "") if isinstance(event, dict) else ""
        contract = stated.removeprefix(DIALECT) or "none stated"
        place = Place(exchange["system"], operation.name, EVENT, outcome, contract)
        found = self._feed.broken(event)
        if not found and outcome == PUBLISHED:
            found = self._feed.out_of_order(exchange["system"], event, before)
        is_fault = outcome == UNANSWERED or is_spoken(EVENT, outcome)
        self._note(place, exchange, found[0] if found else None, is_fault=is_fault)

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
            [*place, count, self.broken.get(place, 0), self.faulty.get(place, 0)]
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
    results = enumerate(listed(answer, "results"))
    refused = {n for n, one in results if isinstance(one, dict) and one.get("status") in {"refused", "rejected"}}
    return bool(refused) and broken <= refused


def _of_another_type(response: Event) -> tuple[str, str] | None:
    """An answer that states what its bytes are, and it is not JSON."""
    return next((_not_json(str(value)) for name, value in response["headers"].items() if name.lower() == _TYPE), None)


@cache
def _not_json(said: str) -> tuple[str, str] | None:
    media = said.partition(";")[0].strip().lower()
    is_json = media == "application/json" or media.endswith("+json")
    return None if is_json else ("", f"states content type {said!r}; its description says application/json")
