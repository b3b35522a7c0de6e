"""Records of a contract offered to a system through its ports, and read from it."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from syncproof.contracts.generate import RECORDS
from syncproof.contracts.pact import paths
from syncproof.contracts.pact.generators import EXPRESSION, with_value
from syncproof.model import DOMAINS
from syncproof.model.wire import plain
from syncproof.ports import Outcome, System

REASON = "verification of a contract"
VERBS: dict[str, tuple[str, str]] = {
    "order": ("planning", "create_orders"),
    "lot": ("warehouse", "receive_lots"),
    "disposition": ("quality", "set_disposition"),
    "change": ("quality", "request_change"),
}
"""Port and verb that take the records of a contract; masters are submitted, all else is delivered as events."""
READS = {"order": "order", "lot": "lot", "change": "change"}
EVENTS = ("event", "fact", "activation")


def needs(contract: str, operation: str) -> tuple[str, ...]:
    """The capabilities that an operation on a contract rests on."""
    if operation == "publish":
        return (*needs(contract, "submit"), "synchronised.published")
    if contract in DOMAINS:
        return (f"master.{contract}", "system.submit", *(("system.masters",) if operation == "read" else ()))
    if contract in EVENTS:
        return ("synchronised.deliver",)
    return (".".join(VERBS[contract]),)


def put(record: Mapping[str, Any], fresh: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    """A record with new keys: ``fresh`` names the value of each place, alone or in an expression."""
    document: Any = dict(record)
    for place, value in fresh.items():
        text = EXPRESSION.sub(lambda name: str(values[name[1]]), value) if "${" in value else values[value]
        document = with_value(document, paths.parse(place), text)
    return document


def decoded(contract: str, record: Mapping[str, Any]) -> Any:
    """A record as the model has it; ValueError if it breaks the contract."""
    return msgspec.convert(record, RECORDS[contract], strict=True)


def offer(system: System, contract: str, record: Mapping[str, Any], by: str) -> Outcome:
    """One record, by the verb of its contract."""
    port: Any = system
    if contract in EVENTS:
        outcome: Outcome = port.deliver(dict(record))[0]
        return outcome
    made = decoded(contract, record)
    if contract in DOMAINS:
        return system.submit(made, by=by, reason=REASON)[0]
    verb: Callable[..., Any] = getattr(port, VERBS[contract][1])
    answer = verb(made, by=by) if contract == "disposition" else verb(made, by=by, reason=REASON)
    first: Outcome = answer[0] if isinstance(answer, tuple) else answer
    return first


def held(system: System, contract: str, id: str) -> list[Any]:
    """What the system holds under a key, as JSON types."""
    if contract in DOMAINS:
        return [plain(state.master) for state in system.masters(contract, id).value]
    found = getattr(system, READS[contract])(id).value
    return [] if found is None else [plain(found)]
