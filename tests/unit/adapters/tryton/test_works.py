import pytest

from syncproof.adapters.tryton import works
from syncproof.adapters.tryton.codes import UNKNOWN


@pytest.fixture
def order(tryton):
    tryton.finds("production", {"id": 4, "state": "waiting", "routing.": {"id": 8, "name": "R/B"}})


def work(id, number, state, *cycles):
    return {
        "id": id, "sequence": number, "state": state, "operation.": {"name": f"Op {number}"},
        "work_center_category.": {"name": "MIXER"}, "cycles.": list(cycles), "production.": {"routing.": None},
    }  # fmt: skip


def test_works_are_dispatched_in_the_order_of_the_routing(tryton, connection, order):
    """Each with its state, equipment class and the revision of its routing."""
    tryton.finds("production.work", work(2, 20, "request"), work(1, 10, "finished"))
    jobs = works.dispatch_list(connection, "O1")
    assert [(job.op_no, job.status) for job in jobs] == [("10", "Completed"), ("20", "Waiting")]
    assert {job.routing_revision for job in jobs} == {"B"}
    assert jobs[0].equipment_class == "MIXER"


def test_an_operation_starts_as_a_cycle_of_work(tryton, connection, order):
    """Tryton's own states say whether it may."""
    tryton.finds("production.work", work(1, 10, "request"))
    tryton.answers["model.production.work.cycle.create"] = [6]
    works.start(connection, "O1", "10")
    assert tryton.called("model.production.work.cycle.create") == [[[{"work": 1}]]]
    assert tryton.called("model.production.work.cycle.run") == [[[6]]]


def test_an_operation_that_is_not_there_is_asked_for_at_tryton(tryton, connection, order):
    """A ghost operation is refused by Tryton, not by the adapter."""
    tryton.finds("production.work", work(1, 10, "request"))
    works.start(connection, "O1", "25")
    assert tryton.called("model.production.work.cycle.create") == [[[{"work": UNKNOWN}]]]
    works.complete(connection, "O1", "25")
    assert tryton.called("model.production.work.cycle.do") == [[[UNKNOWN]]]


def test_the_running_cycle_is_the_one_that_ends(tryton, connection, order):
    """Cycles that are done stay done."""
    cycles = ({"id": 5, "state": "done"}, {"id": 6, "state": "running"})
    tryton.finds("production.work", work(1, 10, "running", *cycles))
    works.complete(connection, "O1", "10")
    assert tryton.called("model.production.work.cycle.do") == [[[6]]]
