"""A system that misbehaves ends a run with a message that names it, within a bounded time, and with a record."""

import re

import pytest

from tests.acceptance.hybrid import hybrid

DEMO = "features/demo_scripts/a_revision_cutover.feature"
ONE = (DEMO, "--requirement", "URS-REV-003", "--no-report")
FAILED, INCOMPLETE = 1, 3
TOLD = {
    "down": ["broken off", "Check that the system runs"],
    "slow": ["no answer within 0.5 s", "Check that the system runs"],
    "half a body": ["broken off before the answer was complete", "Check that the system runs"],
    "401": ["answered with 401", "who are you?", "[systems.wms.credentials.viewer]"],
    "500": ["answered 500", "Internal Server Error", "Look into the log of wms"],
    "garbage": ["JSON is malformed", "Compare the recorded body with the contract"],
    "broken contract": ["`$.system`", "Compare the recorded body with the contract"],
}


@pytest.mark.parametrize("fault", TOLD)
def test_a_system_that_gives_no_usable_answer_blocks_the_run_with_a_word_what_where_and_what_to_do(
    syncproof, plant, record, fault
):
    plant.wms.fault = fault
    called = syncproof("qualify", *ONE, **plant.secrets)
    assert called.code == INCOMPLETE
    for text in ("wms GET", plant.wms.url, "(exchange main-x", *TOLD[fault]):
        assert text in summary(called.out)
    assert "Traceback" not in called.said
    found = record()
    assert set(found.verdicts().values()) == {"blocked", "unselected"}
    assert found.first("run_finished")


def summary(out: str) -> str:
    """What is said at the very end."""
    return out[out.index("\nRequirements: ") :]


def test_a_system_that_does_not_listen_is_named_with_its_address(syncproof, reference, wms, tmp_path):
    with hybrid(reference, wms, tmp_path) as gone:
        pass
    called = syncproof("qualify", *ONE, **gone.secrets)
    assert called.code == INCOMPLETE
    assert f"wms GET {gone.wms.url}/identity: the connection was refused" in summary(called.out)
    assert "Check that the system runs and that its address in the landscape file is right" in summary(called.out)
    assert "Traceback" not in called.said


def test_a_system_that_goes_down_half_way_leaves_what_was_verified_before(syncproof, plant, record):
    """It answers as long as it is asked about the first order."""
    orders: list[str] = []

    def is_down(_: str, path: str) -> bool:
        orders.extend(re.findall(r"/orders\?id=(.*)", path))
        return len(set(orders)) > 1

    plant.wms.hits, plant.wms.fault = is_down, "down"
    called = syncproof("qualify", DEMO, "--no-report", **plant.secrets)
    assert called.code == FAILED
    assert "wms GET" in summary(called.out)
    assert "broken off" in summary(called.out)
    assert "Traceback" not in called.said
    verdicts = list(record().verdicts().values())
    assert verdicts[0] == "passed"
    assert set(verdicts[1:]) <= {"failed", "blocked"}
    assert "1 verified" in summary(called.out)


def test_a_write_that_is_refused_with_401_blocks_without_a_stack_trace(syncproof, plant):
    """What a Given needs and a system refuses is told in words, with the exchange."""
    plant.wms.hits, plant.wms.fault = lambda method, path: path == "/masters/bulk", "401"
    called = syncproof("qualify", DEMO, "--no-report", **plant.secrets)
    assert called.code == INCOMPLETE
    assert "wms refused a write: x: who are you? (exchange main-x" in summary(called.out)
    assert "fixtures/governance.py" not in called.said
    assert "Traceback" not in called.said


def test_a_port_that_is_taken_is_told_by_a_run_too(syncproof, reference, wms, tmp_path):
    port = wms.urls["wms"].rpartition(":")[2]
    (tmp_path / "landscape.toml").write_text(reference.replace("start = true\n", f"start = true\nport = {port}\n", 1))
    called = syncproof("qualify", *ONE)
    assert called.code == INCOMPLETE
    assert f"port {port} of erp cannot be used" in summary(called.out)
    assert "or leave port out for a free one" in summary(called.out)
    assert "Traceback" not in called.said
