"""The state of equipment, as operators report it."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.errors import UNKNOWN, refuse
from syncproof.simulators.chassis.routes import TEXT, Write, obj, roles
from syncproof.simulators.mes import facts, state
from syncproof.simulators.mes.errors import demand

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def set_state(ctx: "Context", body: Json) -> None:
    """``POST /equipment/state``."""
    unit = ctx.key("equipment", body["equipment"])
    if not state.known_equipment(ctx, unit):
        refuse(
            "equipment_unknown", f"equipment {unit} is not known here; it needs an accepted master first",
            "/equipment", status=UNKNOWN,
        )  # fmt: skip
    demand(ctx.rules.equipment_state_valid(body["state"]))
    before = state.equipment_state(ctx, unit)
    state.save_equipment_state(ctx, unit, body["state"])
    ctx.audit("equipment", unit, "set state", field="state", old=before, new=body["state"])
    facts.of_equipment(ctx, unit, body["state"])


ROUTES = (
    Write(
        path="/equipment/state", handler=set_state, summary="Report equipment available or down",
        roles=roles("operator"), body=obj(equipment=TEXT, state=TEXT), about=("equipment", "equipment"),
    ),
)  # fmt: skip
