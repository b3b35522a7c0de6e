"""One call of every verb of every port, about something that the system cannot know."""

from collections.abc import Callable
from typing import Any

from syncproof import model as m
from syncproof.conformance import samples
from syncproof.conformance.samples import KG
from syncproof.conformance.subject import Bench, Result
from syncproof.ports import Observation, Outcome

Call = Callable[[Bench, str], Any]
"""Called with the bench and a fresh key."""
WHY = "conformance test"


def _ref(key: str) -> m.MasterRef:
    return m.MasterRef(domain="bom", id=key, revision="A")


def _hold(key: str) -> m.Hold:
    return m.Hold(scope="lot", target=key, disposition="Restricted", reason=WHY)


def _by(bench: Bench, work: str) -> dict[str, Any]:
    return {"by": bench.subject.user(work), "reason": WHY}


READS: dict[str, Call] = {
    "system.identify": lambda b, _: b.system.identify(),
    "system.masters": lambda b, k: b.system.masters("material", k),
    "system.effective": lambda b, k: b.system.effective("material", k, b.subject.site),
    "system.audit_trail": lambda b, k: b.system.audit_trail("material", k),
    "system.lot": lambda b, k: b.system.lot(k),
    "synchronised.receipts": lambda b, k: b.system.receipts(f"material/{k}"),
    "synchronised.published": lambda b, _: b.system.published(10**9),
    "planning.order": lambda b, k: b.system.order(k),
    "planning.requirements": lambda b, k: b.system.requirements(k),
    "planning.genealogy": lambda b, k: b.system.genealogy(k),
    "execution.order": lambda b, k: b.system.order(k),
    "execution.dispatch_list": lambda b, k: b.system.dispatch_list(k),
    "execution.requirements": lambda b, k: b.system.requirements(k),
    "execution.batch_record": lambda b, k: b.system.batch_record(k),
    "execution.where_used": lambda b, k: b.system.where_used(_ref(k)),
    "execution.genealogy": lambda b, k: b.system.genealogy(k),
    "warehouse.order": lambda b, k: b.system.order(k),
    "warehouse.requirements": lambda b, k: b.system.requirements(k),
    "warehouse.stock": lambda b, k: b.system.stock(k),
    "quality.eligibility_checks": lambda b, k: b.system.eligibility_checks(k),
    "quality.change": lambda b, k: b.system.change(k),
    "integration.drift": lambda b, k: b.system.drift([_ref(k)]),
    "integration.pending": lambda b, k: b.system.pending(k),
}

WRITES: dict[str, Call] = {
    "system.submit": lambda b, k: b.system.submit(samples.material(k), **_by(b, "author")),
    "synchronised.deliver": lambda b, k: b.system.deliver(samples.master_event(samples.material(k), "nobody")),
    "planning.create_orders": lambda b, k: b.system.create_orders(
        samples.order(k, b.subject.site), **_by(b, "planner")
    ),
    "planning.release_order": lambda b, k: b.system.release_order(k, **_by(b, "planner")),
    "planning.close_order": lambda b, k: b.system.close_order(k, **_by(b, "planner")),
    "planning.cancel_order": lambda b, k: b.system.cancel_order(k, **_by(b, "planner")),
    "planning.switch_variant": lambda b, k: b.system.switch_variant(k, k, **_by(b, "planner")),
    "planning.issue": lambda b, k: b.system.issue(samples.actual(k), **_by(b, "warehouse")),
    "planning.transfer": lambda b, k: b.system.transfer(k, "DOCK-1", KG, **_by(b, "warehouse")),
    "execution.start_operation": lambda b, k: b.system.start_operation(k, "10", equipment=k, **_by(b, "operator")),
    "execution.complete_operation": lambda b, k: b.system.complete_operation(k, "10", **_by(b, "operator")),
    "execution.consume": lambda b, k: b.system.consume(samples.actual(k), **_by(b, "operator")),
    "execution.report_output": lambda b, k: b.system.report_output(samples.actual(k), **_by(b, "operator")),
    "execution.set_equipment_state": lambda b, k: b.system.set_equipment_state(k, "down", **_by(b, "operator")),
    "execution.scan": lambda b, k: b.system.scan(k, by=b.subject.user("operator")),
    "warehouse.receive_lots": lambda b, k: b.system.receive_lots(
        samples.lot(k, k, b.subject.site), **_by(b, "warehouse")
    ),
    "warehouse.allocate": lambda b, k: b.system.allocate(k, k, KG, **_by(b, "warehouse")),
    "warehouse.issue": lambda b, k: b.system.issue(samples.actual(k), **_by(b, "warehouse")),
    "warehouse.move": lambda b, k: b.system.move(k, "DOCK-1", KG, **_by(b, "warehouse")),
    "warehouse.ship": lambda b, k: b.system.ship(k, KG, "CUSTOMER", **_by(b, "warehouse")),
    "warehouse.dispose": lambda b, k: b.system.dispose(k, KG, **_by(b, "warehouse")),
    "warehouse.scan": lambda b, k: b.system.scan(k, by=b.subject.user("warehouse")),
    "quality.set_disposition": lambda b, k: b.system.set_disposition(_hold(k), by=b.subject.user("approver")),
    "quality.record_result": lambda b, k: b.system.record_result(k, "pH", 1, "7", **_by(b, "inspector")),
    "quality.take_sample": lambda b, k: b.system.take_sample(k, KG, **_by(b, "inspector")),
    "quality.request_change": lambda b, k: b.system.request_change(samples.change(k), **_by(b, "author")),
    "quality.approve": lambda b, k: b.system.approve(k, role="quality_approver", meaning=WHY, **_by(b, "approver")),
    "quality.promote": lambda b, k: b.system.promote(k, **_by(b, "releaser")),
    "quality.review": lambda b, k: b.system.review(k, WHY, **_by(b, "approver")),
    "quality.grant_emergency": lambda b, k: b.system.grant_emergency(
        samples.authority(k, b.subject.user("approver")), **_by(b, "approver")
    ),
}

CALLS = READS | WRITES


def results(answer: Any) -> list[Result]:
    """The observations and outcomes in what a verb returned (a scan returns its content besides)."""
    parts = answer if isinstance(answer, tuple) else (answer,)
    return [part for part in parts if isinstance(part, Observation | Outcome)]
