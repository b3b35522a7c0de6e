"""What a system publishes, held against the messages of a contract."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from syncproof.contracts.pact import comparing
from syncproof.contracts.pact.difference import ABSENT, Difference
from syncproof.contracts.pact.records import Body, Message
from syncproof.patience import Timed, poll
from syncproof.ports import System

EVENT, JSON = "application/cloudevents+json", "application/json"


def published(system: System) -> list[dict[str, Any]]:
    """Every event that a system has published; NotSupported if it publishes none."""
    port: Any = system
    return list(port.published().value)


def differences(system: System, expected: Message, before: Collection[str], seconds: float) -> list[Difference]:
    """What the message that is most like the expected one has otherwise; it may take some seconds to come. Events that
    were there ``before`` the state was set up do not count."""
    found: list[list[Difference]] = []

    def is_there() -> bool:
        new = [event for event in published(system) if str(event.get("id")) not in before]
        found[:] = [nearest for event in new if (nearest := _nearest(expected, event)) is not None]
        return any(not each for each in found)

    if poll(is_there, within=Timed(seconds)):
        return []
    if not found:
        return [Difference("/contents", ABSENT, ABSENT, "equality", "no message was published")]
    return min(found, key=len)


def _nearest(expected: Message, event: dict[str, Any]) -> list[Difference]:
    """A CloudEvent is one document, or data with attributes beside it; a contract may be about either."""
    whole = Message(Body("json", event, EVENT), {"contentType": EVENT})
    attributes = {name: value for name, value in event.items() if name != "data"}
    parts = Message(Body("json", event.get("data"), JSON), {"contentType": JSON, **attributes})
    return min((comparing.message(expected, _typed(expected, each)) for each in (whole, parts)), key=len)


def _typed(expected: Message, actual: Message) -> Message:
    """Plain JSON is what a CloudEvent is, too."""
    if expected.body.content_type == JSON and actual.body.content_type == EVENT:
        said = {**actual.metadata, "contentType": JSON}
        return replace(actual, body=replace(actual.body, content_type=JSON), metadata=said)
    return actual
