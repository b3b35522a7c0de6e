"""Operations: started on equipment, with the label if they pack, and completed with evidence."""

import json
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.chassis.errors import INVALID, UNKNOWN, refuse
from syncproof.simulators.chassis.routes import TEXT, Write, obj, optional, roles
from syncproof.simulators.mes import facts, state
from syncproof.simulators.mes.batch import Batch, need_executable, need_started
from syncproof.simulators.mes.errors import demand, granted
from syncproof.simulators.mes.rules import batches

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def start(ctx: "Context", body: Json) -> None:
    """``POST /operations/start``. The first operation of an order fixes what drives its batch."""
    batch = need_executable(ctx, body["order"])
    if batch.pinned is None:
        batch.require_complete()
    routing = batch.master("routing")
    operation = granted(ctx.rules.operation_of(routing, body["op_no"]))
    demand(ctx.rules.in_sequence(routing, operation["op_no"], batch.runs))
    equipment = _equipment(batch, operation, body.get("equipment"))
    label, changes = _label(batch, operation, body.get("label"))
    pinned = _pin(batch)
    run = {
        "op_no": operation["op_no"], "equipment": equipment, "started_at": ctx.at, "completed_at": None,
        "by": ctx.user, "label": label, "evidence": {}, "changes": changes,
    }  # fmt: skip
    state.save_run(ctx, batch.id, run)
    if label is not None:
        state.index_revision(ctx, batch.id, batches.ref_text(label))
    _audit(ctx, batch.id, "start operation", run, old=None, new="Running")
    facts.of_order(
        ctx, "started", batch.id, op_no=run["op_no"], equipment=equipment, revision_set=pinned["revision_set"]
    )


def _equipment(batch: Batch, operation: Json, asked: str | None) -> str:
    """The unit that the operation runs on, if it may."""
    ctx, needed = batch.ctx, operation["equipment_class"]
    if asked is None:
        refuse(
            "equipment_missing",
            f"operation {operation['op_no']} needs equipment of class {needed}; name a unit",
            "/equipment", status=INVALID,
        )  # fmt: skip
    id = ctx.key("equipment", asked)
    unit = ctx.effective("equipment", id, batch.driven["site"])
    if unit is None:
        refuse(
            "equipment_unknown",
            f"equipment {id} is not in effect at {batch.driven['site']}; use a unit of class {needed}",
            "/equipment", status=UNKNOWN,
        )  # fmt: skip
    known_state = state.equipment_state(ctx, id)
    demand(ctx.rules.equipment_fits(operation, batch.driven["item"], unit, known_state))
    return id


def _label(batch: Batch, operation: Json, given: Json | None) -> tuple[Json | None, dict[str, str]]:
    """The label that a packaging operation applies, and the change that released it."""
    ctx = batch.ctx
    if given is not None:
        given = {**given, "id": ctx.key("label", given["id"])}
    effective = _label_in_effect(batch) if operation.get("packaging") else None
    ref = batches.ref(effective["master"]) if effective else None
    demand(ctx.rules.label_guard(operation, ref, given))
    if effective is None or given is None or not effective["change_id"]:
        return given, {}
    return given, {batches.ref_text(given): effective["change_id"]}


def _label_in_effect(batch: Batch) -> Json | None:
    """The state of the product's label whose version packaging must use."""
    id = batch.structure().get("label")
    if id is None:
        return None
    ctx, pinned = batch.ctx, batch.pinned
    started = clock.read(pinned["started_at"]) if pinned else None
    at = ctx.rules.label_instant(started, ctx.now)
    return ctx.effective_state("label", id, batch.driven["site"], at)


def _pin(batch: Batch) -> Json:
    """Fixes the batch to what drives it now, unless it is fixed already."""
    ctx = batch.ctx
    pinned: Json = ctx.rules.pinned_once(batch.pinned, batch.candidate)
    if pinned is not batch.pinned:
        state.save_pin(ctx, batch.id, pinned)
        texts = [batches.ref_text(ref) for ref in pinned["revision_set"]]
        for text in texts:
            state.index_revision(ctx, batch.id, text)
        ctx.audit("order", batch.id, "start batch", field="revision_set", new=", ".join(texts))
    return pinned


def complete(ctx: "Context", body: Json) -> None:
    """``POST /operations/complete``."""
    batch = need_started(ctx, body["order"])
    operation = granted(ctx.rules.operation_of(batch.master("routing"), body["op_no"]))
    demand(ctx.rules.is_running(operation["op_no"], batch.runs))
    evidence = body.get("evidence") or {}
    demand(ctx.rules.evidence_complete(operation, evidence))
    run = batch.runs[operation["op_no"]]
    _reconcile(ctx, run["label"], body.get("labels"))
    run = {**run, "completed_at": ctx.at, "evidence": evidence, "labels": body.get("labels")}
    state.save_run(ctx, batch.id, run)
    _audit(ctx, batch.id, "complete operation", run, old="Running", new="Completed")
    facts.of_order(ctx, "completed", batch.id, op_no=run["op_no"], equipment=run["equipment"])


def _reconcile(ctx: "Context", label: Json | None, counts: Json | None) -> None:
    """Labels that packaging was started with are accounted for before it ends."""
    if label is None:
        return
    row = masters.find(ctx, label["domain"], label["id"], label["revision"])
    demand(ctx.rules.reconciliation(json.loads(row.body) if row else {}, counts))


def _audit(ctx: "Context", order_id: str, action: str, run: Json, *, old: str | None, new: str) -> None:
    ctx.audit("order", order_id, action, field=f"operation {run['op_no']}", old=old, new=new)


REF = obj(domain=TEXT, id=TEXT, revision=TEXT)
EVIDENCE: Json = {"type": "object", "additionalProperties": {"type": "string"}}
COUNTS: Json = {"type": "object"}

ROUTES = (
    Write(
        path="/operations/start", handler=start, summary="Start an operation of a released order",
        roles=roles("operator"), about=("order", "order"),
        body=obj(order=TEXT, op_no=TEXT, equipment=optional(TEXT), label=optional(REF)),
    ),
    Write(
        path="/operations/complete", handler=complete, summary="Complete a running operation",
        roles=roles("operator"), about=("order", "order"),
        body=obj(order=TEXT, op_no=TEXT, evidence=optional(EVIDENCE), labels=optional(COUNTS)),
    ),
)  # fmt: skip
