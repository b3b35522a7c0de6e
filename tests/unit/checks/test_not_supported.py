"""What a system has declared not to support is neither passed nor failed, and hides no failure."""

import pytest

from syncproof import model as m
from syncproof.capabilities import having, held
from syncproof.errors import CheckFailed, NotSupported, SystemUnavailable
from syncproof.evidence.wording import wording
from syncproof.ports import Observation, Outcome
from tests.unit.checks.said import URS


class System:
    """A system with some capabilities, which counts how often it was asked."""

    def __init__(self, name, *capabilities):
        self.name, self.capabilities, self.asked = name, frozenset(capabilities), 0

    def trail(self, value=True):
        self.asked += 1
        return Observation(value, (f"{self.name}-{self.asked}",), self.name)


def observer(system, value=True):
    return lambda: having(system, "audit.refused").trail(value)


def test_a_capability_that_is_there_lets_the_system_be_asked():
    """Nothing stands between the suite and a system that can."""
    system = System("erp", "audit.refused", "bulk")
    assert having(system, "audit.refused", "bulk") is system


def test_a_capability_that_is_missing_is_named():
    """The reason says who lacks what."""
    with pytest.raises(NotSupported, match=r"erp does not support 'audit\.refused'"):
        having(System("erp", "bulk"), "bulk", "audit.refused")


def test_a_system_is_asked_only_about_masters_that_it_holds():
    """It cannot disagree about the others."""
    bom, recipe = (m.MasterRef(domain=domain, id="X", revision="A") for domain in ("bom", "recipe"))
    assert held(System("erp", "master.bom"), [bom, recipe]) == {bom}


def test_a_missing_capability_makes_the_step_not_supported(check, sink):
    """The check is in the record, with what was missing, and the step raises NotSupported."""
    check.equal(URS, "the refusal is logged", True, observer(System("erp")))
    with pytest.raises(NotSupported, match="erp does not support"):
        check.step.end()
    (event,) = sink.events
    assert event["verdict"] == "not supported"
    assert event["actual"] == {"not supported": "erp does not support 'audit.refused'"}
    assert "not asked: erp does not support" in wording(event)


def test_the_checks_after_it_are_made(check, sink):
    """One system that lacks a capability does not keep the others from being checked."""
    check.equal(URS, "logged: erp", True, observer(System("erp")))
    check.equal(URS, "logged: mes", True, observer(System("mes", "audit.refused")))
    assert [event["verdict"] for event in sink.events] == ["not supported", "passed"]


@pytest.mark.parametrize("failing", ["before", "after"])
def test_a_failure_weighs_more(check, failing):
    """A declared gap never hides what a system did wrongly."""
    wrong = observer(System("mes", "audit.refused"), value=False)
    lacking = observer(System("erp"))
    for one in (wrong, lacking) if failing == "before" else (lacking, wrong):
        check.equal(URS, "logged", True, one)
    with pytest.raises(CheckFailed):
        check.step.end()


def test_an_attempt_that_is_not_supported_is_neither_refused_nor_accepted(check, sink):
    """A verb that a system lacks refuses nothing: only its own answer counts."""

    def unable():
        raise NotSupported("erp", "planning.issue")

    check.refused(URS, "issue of a held lot", unable, code="lot_restricted")
    check.accepted(URS, "issue of a free lot", unable)
    assert [event["verdict"] for event in sink.events] == ["not supported", "not supported"]
    with pytest.raises(NotSupported, match=r"planning\.issue"):
        check.step.end()


def test_an_answer_that_is_given_when_asked_counts_like_any_other(check, sink):
    """A callable is asked once."""
    check.accepted(URS, "issue of a free lot", lambda: Outcome("accepted", ("erp-1",), "erp"))
    assert [event["verdict"] for event in sink.events] == ["passed"]


def test_the_next_step_starts_clean(check):
    """What one step could not check is not said of the next."""
    check.equal(URS, "logged", True, observer(System("erp")))
    check.step.begin()
    check.equal(URS, "logged", True, observer(System("mes", "audit.refused")))
    check.step.end()


def test_agreement_with_a_system_that_cannot_be_asked_is_not_supported(check, sink):
    """The others agree, but not everybody was heard; it is asked once, not until the SLA is over."""
    erp, mes = System("erp"), System("mes", "audit.refused")
    check.agreed(URS, "logged", True, {"erp": observer(erp), "mes": observer(mes)}, "bom")
    with pytest.raises(NotSupported):
        check.step.end()
    (event,) = sink.events
    assert event["verdict"] == "not supported"
    assert event["actual"] == {"erp": {"not supported": "erp does not support 'audit.refused'"}, "mes": True}
    assert event["attempts"] == {"erp": 1, "mes": 1}
    assert "erp       not asked: erp does not support" in wording(event)


def test_the_step_tells_the_first_capability_that_was_missing(check):
    """Those that follow are in the record."""
    check.equal(URS, "logged", True, observer(System("wms")))
    check.agreed(URS, "logged", True, {"erp": observer(System("erp"))}, "bom")
    with pytest.raises(NotSupported, match="wms does not support"):
        check.step.end()


def test_a_disagreement_weighs_more_than_who_cannot_be_asked(check):
    """Somebody showed something else: that is a failure."""
    observe = {"erp": observer(System("erp")), "mes": observer(System("mes", "audit.refused"), value=False)}
    check.agreed(URS, "logged", True, observe, "bom")
    with pytest.raises(CheckFailed):
        check.step.end()


def test_no_answer_weighs_more_than_who_cannot_be_asked(check, sink):
    """A system that is down has shown nothing."""

    def down():
        raise SystemUnavailable("mes: connection refused")

    check.agreed(URS, "logged", True, {"erp": observer(System("erp")), "mes": down}, "bom")
    with pytest.raises(CheckFailed):
        check.step.end()
    assert sink.events[0]["verdict"] == "error"
