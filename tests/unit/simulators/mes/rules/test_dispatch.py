"""Dispatch: set equality with the routing, states, sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.mes.rules import dispatch

ORDER = {"id": "O1", "item": "CREAM", "status": "Released"}


def routing(*numbers):
    operations = [
        {
            "op_no": n,
            "name": f"op {n}",
            "step_definition": f"STEP-{n}",
            "equipment_class": "MIXER",
            "evidence": ["signature"],
        }
        for n in numbers
    ]
    return {"id": "R", "revision": "A", "operations": operations}


def run(*, done):
    return {"completed_at": "2027-01-01T00:00:00Z" if done else None}


NUMBERS = st.lists(st.integers(1, 99).map(str), min_size=1, max_size=6, unique=True)


def walk(plan, requests):
    """Starts and completes what is allowed of a series of (verb, operation) requests."""
    runs, order_of_start = {}, []
    for verb, n in requests:
        if isinstance(dispatch.operation_of(plan, n), Reason):
            continue
        if verb == "start" and dispatch.in_sequence(plan, n, runs) is None:
            runs[n] = run(done=False)
            order_of_start.append(n)
        elif verb == "complete" and dispatch.is_running(n, runs) is None:
            runs[n] = run(done=True)
    return runs, order_of_start


@given(numbers=NUMBERS, data=st.data())
def test_whatever_is_asked_for_operations_start_in_the_order_of_the_routing(numbers, data):
    anything = st.tuples(st.sampled_from(["start", "complete"]), st.sampled_from([*numbers, "ghost"]))
    runs, started = walk(routing(*numbers), data.draw(st.lists(anything, max_size=40)))
    assert started == numbers[: len(started)]
    assert sum(r["completed_at"] is None for r in runs.values()) <= 1


@given(numbers=NUMBERS, data=st.data())
def test_the_dispatch_list_is_exactly_the_routing_in_its_sequence(numbers, data):
    runs = {n: run(done=data.draw(st.booleans())) for n in data.draw(st.sets(st.sampled_from(numbers)))}
    jobs = dispatch.dispatch_list(ORDER, routing(*numbers), runs, lambda _: True)
    assert [job["op_no"] for job in jobs] == numbers


@given(numbers=NUMBERS, data=st.data())
def test_exactly_one_operation_of_an_unfinished_order_is_ready_or_running(numbers, data):
    completed = data.draw(st.integers(0, len(numbers) - 1))
    runs = {n: run(done=True) for n in numbers[:completed]}
    if data.draw(st.booleans()):
        runs[numbers[completed]] = run(done=False)
    jobs = dispatch.dispatch_list(ORDER, routing(*numbers), runs, lambda _: True)
    statuses = [job["status"] for job in jobs]
    assert statuses[:completed] == ["Completed"] * completed
    assert statuses[completed] in ("Ready", "Running")
    assert set(statuses[completed + 1 :]) <= {"Waiting"}


def test_the_next_operation_waits_while_no_equipment_is_at_hand():
    (job,) = dispatch.dispatch_list(ORDER, routing("10"), {}, lambda _: False)
    assert job["status"] == "Waiting"


def test_a_job_states_step_resource_evidence_and_routing_revision():
    (job,) = dispatch.dispatch_list(ORDER, routing("10"), {}, lambda _: True)
    assert job == {
        "order_id": "O1",
        "op_no": "10",
        "name": "op 10",
        "status": "Ready",
        "step_definition": "STEP-10",
        "equipment_class": "MIXER",
        "routing_revision": "A",
        "evidence": ["signature"],
    }


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("Created", "order_not_released"),
        ("Closed", "order_closed"),
        ("Cancelled", "order_cancelled"),
        ("Released", None),
        ("Running", None),
        ("Completed", None),
    ],
)
def test_only_an_order_that_planning_released_and_did_not_end_is_executable(status, code):
    refusal = dispatch.order_executable({**ORDER, "status": status})
    assert (refusal.code if refusal else None) == code


def test_an_operation_starts_only_once():
    for done in (True, False):
        refusal = dispatch.in_sequence(routing("10"), "10", {"10": run(done=done)})
        assert refusal is not None
        assert refusal.code == "operation_state"


def test_a_running_predecessor_still_blocks():
    refusal = dispatch.in_sequence(routing("10", "20"), "20", {"10": run(done=False)})
    assert refusal is not None
    assert refusal.code == "sequence_violation"
    assert "10" in refusal.message


def test_material_is_booked_only_on_operations_that_started():
    assert dispatch.has_started("10", {}).code == "operation_not_started"
    assert dispatch.has_started("10", {"10": run(done=True)}) is None


def test_an_operation_ends_only_while_it_runs():
    assert dispatch.is_running("10", {}).code == "operation_state"
    assert dispatch.is_running("10", {"10": run(done=True)}).code == "operation_state"
    assert dispatch.is_running("10", {"10": run(done=False)}) is None


def test_a_ghost_operation_is_refused_with_the_operations_that_there_are():
    assert dispatch.operation_of(routing("10", "25"), "25")["name"] == "op 25"
    refusal = dispatch.operation_of(routing("10", "25"), "20")
    assert refusal.code == "operation_unknown"
    assert "10, 25" in refusal.message


def test_an_order_is_completed_only_with_its_last_operation():
    plan = routing("10", "20")
    assert dispatch.execution_status(plan, {"10": run(done=True)}) == "Running"
    assert dispatch.execution_status(plan, {"10": run(done=True), "20": run(done=False)}) == "Running"
    assert dispatch.execution_status(plan, {"10": run(done=True), "20": run(done=True)}) == "Completed"
