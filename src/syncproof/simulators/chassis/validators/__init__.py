"""What masters must mean beyond their JSON Schema: one rule per domain.

A rule yields reasons. Those in :data:`WAITING` say that something is not known *yet*: the master is
staged. All others reject it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators import bom, items, process, quality, uom

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
Validator = Callable[["Context", Json], Iterable[Reason]]

WAITING = frozenset(
    {
        "orphan_component",
        "uom_unknown",
        "unknown_item",
        "step_definition_missing",
        "resource_missing",
        "dependent_missing",
    }
)
"""Codes that go away by themselves once something else is accepted."""


def contract(name: Any, document: Any) -> list[Reason]:
    """Policy ``contract``: the JSON Schema of a contract."""
    from syncproof.contracts import explain  # noqa: PLC0415  not needed to start

    return [Reason("schema", message, pointer) for pointer, message in explain(str(name), document)]


def quarantine(reasons: Iterable[Reason]) -> str:
    """Policy ``quarantine``: nothing is accepted with a warning."""
    codes = {reason.code for reason in reasons}
    if not codes:
        return "accepted"
    return "staged" if codes <= WAITING else "rejected"


VALIDATORS: dict[str, Validator] = {
    "material": items.material,
    "variant": items.variant,
    "uom": uom.uom,
    "bom": bom.bom,
    "recipe": process.recipe,
    "routing": process.routing,
    "equipment": process.equipment,
    "label": quality.label,
    "test_specification": quality.test_specification,
    "identity": quality.identity,
}
