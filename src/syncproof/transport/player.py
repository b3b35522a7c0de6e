"""Answers requests from a record instead of a system: what replay derives verdicts from.

A request is matched by scenario, system, method, URL, body and how often it was made there, not by global
order; it must be made as the user who made it then. Host times and the numbers of looks that a wait took are
inputs of the run: they come back in the order in which the scenario had them.
"""

import difflib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syncproof.errors import SyncproofError
from syncproof.transport.redaction import placeholder

Event = dict[str, Any]
_Key = tuple[str | None, str, str, str, str | None]


class ReplayMismatch(SyncproofError):
    """Something was asked that the record does not hold."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came back when the run asked. ``started`` is host time in UTC; ``status`` is None without an answer."""

    started: datetime
    seconds: float
    status: int | None
    headers: dict[str, str]
    body: bytes
    error: str | None


class Player:
    """The exchanges, inputs and waits of one worker. ``body`` fetches a stored body by its hash."""

    def __init__(self, events: Iterable[Event], body: Callable[[str | None], bytes | None]) -> None:
        self._body = body
        self._exchanges: defaultdict[_Key, deque[Event]] = defaultdict(deque)
        self._inputs: defaultdict[tuple[str | None, str], deque[Any]] = defaultdict(deque)
        self.landscape: Event = {}
        """What the run said of the landscape that it opened: addresses and users."""
        for event in events:
            self._take(event)

    def _take(self, event: Event) -> None:
        scenario = event.get("scenario")
        match event["type"]:
            case "exchange":
                self._exchanges[_key(scenario, event["system"], event["request"])].append(event)
            case "input":
                self._inputs[scenario, event["name"]].append(event["value"])
            case "landscape_opened":
                self.landscape = event
            case "check" if "rounds" in event:
                self._inputs[scenario, "rounds"].append(event["rounds"])

    def answer(self, scenario: str | None, system: str, request: Event) -> Played:
        """What the system answered to this request; ReplayMismatch if it was not asked (so often)."""
        waiting = self._exchanges.get(_key(scenario, system, request))
        if not waiting:
            raise ReplayMismatch(self._unknown(scenario, system, request))
        event = waiting.popleft()
        self._insist_on_user(event, request)
        response = event["response"]
        return Played(
            started=datetime.fromisoformat(event["started"]),
            seconds=event["ms"] / 1000,
            status=None if response is None else response["status"],
            headers={} if response is None else response["headers"],
            body=b"" if response is None else self._stored(response["body_sha"]),
            error=event["error"],
        )

    def _insist_on_user(self, event: Event, request: Event) -> None:
        """Only where a user of the landscape asks: what a system itself gave out as a token may be named otherwise in
        the record than at replay."""
        then, now = event["request"]["headers"], request["headers"]
        for name, value in now.items():
            if then.get(name) != value and any(user in value for user in self._users):
                asked = f"{event['system']} was asked {request['method']} {request['url']} with {name}: {value}"
                raise ReplayMismatch(f"{asked}, on record it is {then.get(name)} (exchange {event['id']})")

    @property
    def _users(self) -> set[str]:
        """What stands in the record for their secrets."""
        return {placeholder(user) for users in self.landscape.get("users", {}).values() for user in users}

    def _stored(self, name: str | None) -> bytes:
        body = self._body(name)
        if body is None and name is not None:
            raise ReplayMismatch(f"the body of an answer is not in the pack: exchanges/{name}")
        return body or b""

    def next_input(self, scenario: str | None, name: str) -> Any:
        """The next input of this name; ReplayMismatch if the run had no other."""
        waiting = self._inputs.get((scenario, name))
        if not waiting:
            raise ReplayMismatch(f"the record holds no other {name!r} of this scenario")
        return waiting.popleft()

    def left(self, scenarios: Iterable[str]) -> list[Event]:
        """The exchanges of these scenarios that nobody asked for."""
        wanted = set(scenarios)
        return [event for key, waiting in self._exchanges.items() if key[0] in wanted for event in waiting]

    def _unknown(self, scenario: str | None, system: str, request: Event) -> str:
        asked = f"{request['method']} {request['url']}"
        known = {f"{key[2]} {key[3]}" for key in self._exchanges if key[:2] == (scenario, system)}
        if asked in known:
            return f"{system} was asked {asked} with another body, or more often, than the record holds"
        near = difflib.get_close_matches(asked, known, n=1)
        return f"{system} was asked {asked}, which the record does not hold" + (f"; it holds {near[0]}" if near else "")


def _key(scenario: str | None, system: str, request: Event) -> _Key:
    return scenario, system, request["method"], request["url"], request["body_sha"]
