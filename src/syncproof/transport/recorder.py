"""Turns requests and responses into events of the record.

The transport knows no evidence package: it writes to a :class:`RecordSink`, which is the journal of
a run, or a :class:`NullSink` when recording is off.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from syncproof.errors import MisuseError, SyncproofError
from syncproof.patience import Counted, Patience, Timed, poll
from syncproof.transport.player import Played, Player
from syncproof.transport.redaction import Redactor

T = TypeVar("T")

MISMATCH = "replay_mismatch"
"""Type of the event that a replay writes when something is asked that the record does not hold."""


class RecordSink(Protocol):
    """Where exchanges go. ``scenario`` and ``step`` say what the run is doing now."""

    worker: str
    recording: bool
    pack: Path | None
    scenario: str | None
    step: int | None

    def append(self, type_: str, fields: dict[str, Any]) -> None:
        """Write one event."""

    def keep_body(self, body: bytes) -> str | None:
        """Store a body once and return its sha256 (None: it was empty)."""

    def sync(self) -> None:
        """Make what was written last."""

    def close(self) -> None:
        """Write no more."""


class NullSink:
    """Recording is off: exchanges get ids, nothing is written."""

    recording = False

    def __init__(self, worker: str = "main") -> None:
        self.worker = worker
        self.pack: Path | None = None
        self.scenario: str | None = None
        self.step: int | None = None

    def append(self, type_: str, fields: dict[str, Any]) -> None:
        """Drop the event."""

    def keep_body(self, body: bytes) -> str | None:
        """Drop the body."""

    def sync(self) -> None:
        """Nothing to sync."""

    def close(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it went out. ``started`` is host time in UTC."""

    system: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    started: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """One response as it came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Recorder:
    """Gives exchanges their ids and writes them, redacted, to the sink."""

    def __init__(self, sink: RecordSink | None = None, redactor: Redactor | None = None) -> None:
        self.sink: RecordSink = NullSink() if sink is None else sink
        self.redactor = Redactor() if redactor is None else redactor
        self.player: Player | None = None
        """Where answers come from at replay; None in a run."""
        self.observed: list[Any] = []
        """The observations of the scenario so far, if somebody collects them."""
        self._made: dict[str, tuple[str, bool]] = {}
        self._count = 0
        self._scenario: str | None = None
        self._logical: defaultdict[str, int] = defaultdict(int)
        self._occurrence: defaultdict[tuple[str, str, str, str | None], int] = defaultdict(int)

    def mark(self) -> int:
        """A point in time for :meth:`since`."""
        return self._count

    def since(self, mark: int) -> tuple[str, ...]:
        """The ids of the exchanges made since ``mark``."""
        return tuple(f"{self.sink.worker}-x{n}" for n in range(mark + 1, self._count + 1))

    def exchange(self, sent: Sent, received: Received | None, error: str | None, seconds: float) -> str:
        """Record one exchange (``seconds`` of host time) and return its id."""
        self._count += 1
        id_ = f"{self.sink.worker}-x{self._count}"
        self._made[id_] = (sent.system, received is not None)
        if self.sink.recording:
            self.sink.append("exchange", self._event(id_, sent, received, error, seconds))
        return id_

    def behind(self, exchange: str) -> tuple[str, bool] | None:
        """With which system an exchange was, and whether it answered; None if there was no such exchange."""
        return self._made.get(exchange)

    def play(self, sent: Sent) -> Played:
        """What the record answers to a request that is about to be sent (only at replay)."""
        request = self._request(sent)
        return self._played(lambda player: player.answer(self.sink.scenario, sent.system, request))

    def _played(self, ask: Callable[[Player], T]) -> T:
        """What the record has; what it has not is noted, so that no step and no clean-up can hide it."""
        if self.player is None:
            raise MisuseError("there is no record to answer from: this is a run, not a replay")
        try:
            return ask(self.player)
        except SyncproofError as error:
            fields = {"scenario": self.sink.scenario, "step": self.sink.step, "message": str(error)}
            self.sink.append(MISMATCH, fields)
            raise

    def _next(self, name: str) -> Any:
        return self._played(lambda player: player.next_input(self.sink.scenario, name))

    def now(self) -> datetime:
        """Host time in UTC where a verdict may rest on it: it is on record, and the recorded one at replay."""
        text = datetime.now(UTC).isoformat(timespec="microseconds") if self.player is None else self._next("now")
        self._input("now", text)
        return datetime.fromisoformat(text)

    def patience(self, seconds: float) -> Patience:
        """For a check that waits: its event holds the number of looks."""
        if self.player is None:
            return Timed(seconds)
        return Counted(self._next("rounds"))

    def broken_off(self, patience: Patience) -> None:
        """A check that waited has no event: its looks go on record by themselves."""
        self._input("rounds", patience.rounds)

    def wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Wait, within so many seconds of host time, for what a step needs; the number of looks goes on record."""
        timed: Patience = Timed(seconds)
        if self.player is not None:
            timed = Counted(self._next("looks"))
        try:
            return poll(holds, within=timed)
        finally:
            self._input("looks", timed.rounds)

    def _input(self, name: str, value: Any) -> None:
        if self.sink.recording:
            fields = {"scenario": self.sink.scenario, "step": self.sink.step, "name": name, "value": value}
            self.sink.append("input", fields)

    def _event(
        self, id_: str, sent: Sent, received: Received | None, error: str | None, seconds: float
    ) -> dict[str, Any]:
        request = self._request(sent)
        logical, occurrence = self._sequence(sent.system, request)
        return {
            "id": id_,
            "scenario": self.sink.scenario,
            "step": self.sink.step,
            "system": sent.system,
            "logical": logical,
            "occurrence": occurrence,
            "request": request,
            "response": None if received is None else self._response(received),
            "error": None if error is None else self.redactor.text(error),
            "started": sent.started.isoformat(timespec="microseconds")[:26] + "Z",
            "ms": milliseconds(seconds),
        }

    def _request(self, sent: Sent) -> dict[str, Any]:
        return {
            "method": sent.method,
            "url": self.redactor.url(sent.url),
            "headers": self.redactor.headers(sent.headers),
            "body_sha": self._body(sent.body, sent.headers),
        }

    def _response(self, received: Received) -> dict[str, Any]:
        return {
            "status": received.status,
            "headers": self.redactor.headers(received.headers),
            "body_sha": self._body(received.body, received.headers),
        }

    def _body(self, body: bytes, headers: Mapping[str, str]) -> str | None:
        if not body:
            return None
        return self.sink.keep_body(self.redactor.body(body, headers.get("Content-Type") or ""))

    def _sequence(self, system: str, request: dict[str, Any]) -> tuple[int, int]:
        """Number of this exchange of the system in the scenario, and how often the very same
        request occurred there: replay matches by these, not by global order."""
        if self.sink.scenario != self._scenario:
            self._scenario = self.sink.scenario
            self._logical.clear()
            self._occurrence.clear()
        key = (system, request["method"], request["url"], request["body_sha"])
        self._logical[system] += 1
        self._occurrence[key] += 1
        return self._logical[system], self._occurrence[key]


def milliseconds(seconds: float) -> float | int:
    """Milliseconds to three places; a whole number is an int, as RFC 8785 would write it."""
    micros = round(seconds * 1_000_000)
    return micros // 1000 if micros % 1000 == 0 else micros / 1000
