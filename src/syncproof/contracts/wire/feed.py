"""Events as they are published and taken: which an exchange carried, whether each keeps its envelope and its contract,
and whether a system published them in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import msgspec

from syncproof.contracts.asyncapi import event_type
from syncproof.contracts.catalogue import DIALECT
from syncproof.contracts.validation import explain
from syncproof.contracts.wire.parts import PUBLISHED

Event = Mapping[str, Any]
PUBLISHING, TAKING = "GET /outbox", "POST /inbox"


@dataclass
class Feed:
    """The events of a run."""

    _known: dict[tuple[str, str], tuple[int, list[tuple[str, str]]]] = field(default_factory=dict)
    _last: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _ids: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def broken(self, event: Any) -> list[tuple[str, str]]:
        """What breaks the envelope or the contract in it; an event that comes again, unchanged, is looked at once."""
        if not isinstance(event, dict):
            return [("", "no event")]
        key = str(event.get("source")), str(event.get("id"))
        known, digest = self._known.get(key), hash(msgspec.json.encode(event))
        if known is not None and known[0] == digest:
            return known[1]
        found = explain("event", event) or _data(event)
        self._known[key] = digest, found
        return found

    def out_of_order(self, system: str, event: Event, before: dict[str, int]) -> list[tuple[str, str]]:
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


def carried(operation: str, status: str, sent: Any, answer: Any) -> Iterator[tuple[Any, str]]:
    """The events that an exchange carried, and what became of each."""
    if operation == PUBLISHING:
        yield from ((event, PUBLISHED) for event in listed(answer, "events"))
    elif operation == TAKING:
        events = sent if isinstance(sent, list) else [sent]
        results = [one.get("status") if isinstance(one, dict) else None for one in listed(answer, "results")]
        for event, result in zip_longest(events, results[: len(events)]):  # what nothing is said of has the whole's
            yield event, status if result is None else str(result)


def listed(answer: Any, name: str) -> list[Any]:
    """A member of an answer, if it is a list; its shape says whether it has to be."""
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, list) else []


def _data(event: Event) -> list[tuple[str, str]]:
    """What breaks the contract that an event states for its data; to state none is a way around all of them."""
    stated = event.get("dataschema")
    if stated is None:
        return [("/dataschema", "is not there: the event states no contract for its data")]
    name, _, version = stated.removeprefix(DIALECT).rpartition(":")
    found = explain(name, event["data"], version)
    if not found and event["type"] != event_type(name):
        return [("/type", f"is {event['type']!r}; events that carry {name} are of type {event_type(name)!r}")]
    return [(f"/data{where}", message) for where, message in found]
