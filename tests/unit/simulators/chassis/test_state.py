"""Documents keep their place; transactions are all or nothing."""

import pytest

from syncproof.simulators.chassis.state import State


@pytest.fixture
def state():
    state = State()
    yield state
    state.close()


def put_and_fail(state, within, id):
    with within:
        state.put("x", id, {})
        raise RuntimeError


def test_documents_come_back_in_the_order_of_their_creation(state):
    for id in ("b", "a", "c"):
        state.put("x", id, {"id": id}, ref="r" if id != "c" else "other")
    state.put("x", "b", {"id": "b", "again": True}, ref="r")
    assert [each["id"] for each in state.all("x")] == ["b", "a", "c"]
    assert [each["id"] for each in state.all("x", "r")] == ["b", "a"]
    assert state.get("x", "b") == {"id": "b", "again": True}


def test_kinds_are_apart_and_removal_removes(state):
    state.put("x", "1", {})
    assert state.get("y", "1") is None
    state.remove("x", "1")
    assert state.get("x", "1") is None


def test_a_transaction_that_fails_leaves_nothing(state):
    with pytest.raises(RuntimeError):
        put_and_fail(state, state.transaction(), "1")
    assert state.get("x", "1") is None


def test_a_part_that_fails_leaves_the_rest(state):
    with state.transaction():
        state.put("x", "1", {})
        with pytest.raises(RuntimeError):
            put_and_fail(state, state.savepoint(), "2")
    assert state.get("x", "1") == {}
    assert state.get("x", "2") is None


def test_state_is_kept_if_it_is_asked_for(tmp_path):
    path = str(tmp_path / "state.db")
    for keep, expected in ((False, None), (True, {}), (False, None)):
        state = State(path, keep=keep)
        assert state.get("x", "1") == expected
        state.put("x", "1", {})
        state.close()
