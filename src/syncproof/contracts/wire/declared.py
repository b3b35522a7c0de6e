"""What systems describe, and may or may not exercise."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from syncproof.contracts.catalogue import registry
from syncproof.contracts.wire.feed import PUBLISHING, TAKING
from syncproof.contracts.wire.parts import ANSWER, EVENT, PUBLISHED, REQUEST
from syncproof.contracts.wire.surface import DOCUMENTS, Operation, contract_of, operations


def declared(roles: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Operation, part, outcome and contract of everything that systems with these roles describe."""
    roles = tuple(roles)
    seen: dict[tuple[str, str], Operation] = {}
    for role in roles:
        seen = operations(role) | seen
    for operation in seen.values():
        for status, shape in operation.answers.items():
            yield operation.name, ANSWER, status, contract_of(shape)
        if operation.request is not None:
            for status in operation.answers:
                yield operation.name, REQUEST, status, contract_of(operation.request)
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
