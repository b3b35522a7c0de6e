"""Our own interactions with a system whose HTTP is not ours: the adapter's ports say the same in its words."""

from collections.abc import Mapping
from typing import Any

from syncproof.contracts import explain
from syncproof.contracts.declared import Exchange, exchanges
from syncproof.contracts.pact import comparing
from syncproof.contracts.pact.difference import Difference
from syncproof.contracts.pact.records import Body, Request, Response
from syncproof.contracts.states.offering import EVENTS, decoded, held, needs, offer
from syncproof.errors import NotSupported
from syncproof.model.wire import plain
from syncproof.ports import System


def missing(system: System, said: Mapping[str, Any]) -> str | None:
    """The first capability that an interaction needs and the system does not have."""
    wanted = needs(said["contract"], said["operation"])
    return next((name for name in wanted if name not in system.capabilities), None)


def exchange_of(said: Mapping[str, Any]) -> Exchange:
    """The declaration of an interaction; NotSupported if this version has none of the kind."""
    for each in exchanges():
        if each.contract == said["contract"]:
            return each
    raise NotSupported("this version", f"contract {said['contract']}")


def differences(
    system: System, said: Mapping[str, Any], request: Request, expected: Response, values: Mapping[str, Any]
) -> list[Difference]:
    """What the system does otherwise than expected. NotSupported if the port cannot say what the contract says: it
    takes records, and a broken one is none."""
    exchange = exchange_of(said)
    if said["operation"] == "read":
        return _read(system, exchange, request, expected)
    record = _record(exchange, request)
    if exchange.contract not in EVENTS and explain(exchange.contract, record):
        raise NotSupported(system.name, f"a broken {exchange.contract} (its port takes whole records only)")
    outcome = offer(system, exchange.contract, record, str(values.get("user", exchange.user)))
    wanted = "refused" if said["operation"] == "refuse" else "accepted"
    if (outcome.status == "refused") == (wanted == "refused"):
        return (
            []
            if wanted == "accepted" or outcome.reasons
            else [_differs("/reasons", "a reason", (), "no reason is given")]
        )
    return [_differs("/status", wanted, outcome.status, "; ".join(outcome.reasons) or f"it was {outcome.status}")]


def _differs(pointer: str, expected: Any, actual: Any, text: str) -> Difference:
    return Difference(pointer, expected, actual, "equality", text)


def _record(exchange: Exchange, request: Request) -> dict[str, Any]:
    content = request.body.value
    record = content[exchange.kind.wrap] if exchange.kind.wrap else content
    return {key: value for key, value in record.items() if key != "reason" or exchange.contract == "disposition"}


def _read(system: System, exchange: Exchange, request: Request, expected: Response) -> list[Difference]:
    """What the system holds, laid out as the answer would be; both in the canonical form."""
    kind = exchange.kind
    found = held(system, exchange.contract, request.query["id"][0])
    actual: Any = (
        {kind.list: [{kind.within: each} for each in found]} if kind.list else {"item": next(iter(found), None)}
    )
    wanted = Body("json", _canonical(exchange, expected.body.value), expected.body.content_type)
    return comparing.body(wanted, Body("json", actual, expected.body.content_type), expected.rules, strict=False)


def _canonical(exchange: Exchange, answer: Any) -> Any:
    kind = exchange.kind
    if exchange.contract in EVENTS or not kind.list:
        return answer
    return {
        kind.list: [{kind.within: plain(decoded(exchange.contract, each[kind.within]))} for each in answer[kind.list]]
    }
