"""Agreement of several systems."""

import pytest

from syncproof.errors import CheckFailed, MisuseError, SystemUnavailable
from tests.unit.checks.said import URS, seen, verdicts


def test_agreement_needs_every_system_to_show_the_expected_value(check, sink):
    """Agreeing with each other is not enough; the record has each value, latency and attempts."""
    check.agreed(URS, "claim", "B", {"erp": lambda: seen("A"), "mes": lambda: seen("A", "mes")}, "bom")
    [event] = sink.events
    assert event["verdict"] == "failed"
    assert event["actual"] == {"erp": "A", "mes": "A"}
    assert event["latency_ms"] == {"erp": None, "mes": None}
    assert event["attempts"]["erp"] > 1
    assert (event["domain"], event["sla_ms"]) == ("bom", 50)
    assert event["exchanges"] == ["erp-1", "mes-1"]
    with pytest.raises(CheckFailed, match=r"erp +differs within 50 ms, \d+ attempts: A"):
        check.step.end()


def test_agreement_may_come_late_but_within_the_sla(patient, sink):
    """Bounded polling, with the latency on record."""
    answers = iter(["A", "A"])
    patient.agreed(URS, "claim", "B", {"erp": lambda: seen(next(answers, "B")), "mes": lambda: seen("B", "mes")}, "bom")
    [event] = sink.events
    assert event["verdict"] == "passed"
    assert event["attempts"]["erp"] == 3
    assert 0 < event["latency_ms"]["erp"] < 60_000


def test_systems_must_agree_at_the_same_time(check, sink):
    """One that had the value and lost it again, while another came to it, is no agreement."""
    early = iter(["B"])
    late = iter(["A", "A"])
    check.agreed(
        URS,
        "claim",
        "B",
        {"erp": lambda: seen(next(early, "A")), "mes": lambda: seen(next(late, "B"), "mes")},
        "bom",
    )
    assert sink.events[0]["verdict"] == "failed"
    assert sink.events[0]["actual"]["erp"] == "A"


def test_each_time_a_late_system_agrees_all_others_are_asked_again(patient, sink):
    """However often one of them wavers: the last round is one in which everybody agreed."""
    wavering = iter(["B", "A"])
    late = iter(["A"])
    observe = {
        "erp": lambda: seen("B"),
        "wms": lambda: seen(next(wavering, "B"), "wms"),
        "mes": lambda: seen(next(late, "B"), "mes"),
    }
    patient.agreed(URS, "claim", "B", observe, "bom")
    assert sink.events[0]["verdict"] == "passed"
    assert sink.events[0]["attempts"] == {"erp": 3, "wms": 3, "mes": 3}
    assert sink.events[0]["rounds"] == 3  # a replay looks as often


def test_a_system_that_is_back_in_time_agrees(patient, sink):
    """An outage within the SLA is no disagreement."""
    errors = iter([SystemUnavailable("erp: refused")])

    def look():
        error = next(errors, None)
        if error is not None:
            raise error
        return seen("B")

    patient.agreed(URS, "claim", "B", {"erp": look}, "bom")
    assert verdicts(sink) == ["passed"]


def test_a_system_that_never_answers_is_an_error(check, sink):
    """Told apart from one that answers something else."""

    def out():
        raise SystemUnavailable("mes: refused")

    check.agreed(URS, "claim", "B", {"erp": lambda: seen("B"), "mes": out}, "bom")
    assert sink.events[0]["verdict"] == "error"
    assert sink.events[0]["actual"]["mes"] == {"error": "mes: refused"}
    with pytest.raises(CheckFailed, match="mes +no usable answer within 50 ms"):
        check.step.end()


def test_agreement_of_nobody_is_misuse(check):
    """It would always pass."""
    with pytest.raises(MisuseError, match="agreement of nobody"):
        check.agreed(URS, "claim", "B", {}, "bom")


def test_the_looks_of_an_agreement_that_broke_down_are_on_record(check, sink):
    """A replay has to break down at the same look."""
    looks = []

    def broken():
        looks.append(True)
        if len(looks) == 3:
            raise ValueError("broken")
        return seen("A")

    with pytest.raises(ValueError, match="broken"):
        check.agreed(URS, "claim", "B", {"erp": broken}, "bom")
    [event] = sink.events
    assert (event["name"], event["value"]) == ("rounds", 3)
