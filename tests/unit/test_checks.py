"""The checking vocabulary: what passes, what fails, what is misuse, and what the record says of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from syncproof import model as m
from syncproof.checks import Checks
from syncproof.errors import CheckFailed, MisuseError, SystemUnavailable, UnusableAnswer
from syncproof.ports import Observation, Outcome
from syncproof.transport import NullSink, Recorder

URS = "URS-REV-001"


class Memory(NullSink):
    recording = True

    def __init__(self):
        super().__init__()
        self.events = []

    def append(self, type_, fields):
        self.events.append(fields)


@pytest.fixture
def sink():
    sink = Memory()
    sink.scenario, sink.step = "features/x.feature::One", 3
    return sink


@pytest.fixture
def recorder(sink):
    return Recorder(sink)


@pytest.fixture
def check(recorder):
    return Checks(recorder, requirements=[URS, "URS-REV-002"], sla=lambda _domain: 0.05)


def seen(value, system="erp"):
    return Observation(value, (f"{system}-1",), system)


def quantity(text):
    return m.Quantity(value=Decimal(text), unit="KGM")


def refused(*reasons, status="refused", system="erp"):
    return Outcome(status, (f"{system}-9",), system, reasons)


def verdicts(sink):
    return [event["verdict"] for event in sink.events]


def test_a_check_is_on_record_with_all_that_a_reader_needs(check, sink):
    """Claim, expected, actual, tolerance, source, verdict, exchanges, place."""
    check.equal(URS, "required", quantity("12.50"), seen(quantity("12.5")), source="oracle: explosion")
    assert sink.events == [
        {
            "scenario": "features/x.feature::One",
            "step": 3,
            "requirement": URS,
            "claim": "required",
            "kind": "equal",
            "expected": {"value": "12.5", "unit": "KGM"},
            "actual": {"value": "12.5", "unit": "KGM"},
            "source": "oracle: explosion",
            "tolerance": None,
            "verdict": "passed",
            "exchanges": ["erp-1"],
            "system": "erp",
        }
    ]
    check.step.end()


def test_all_checks_of_a_step_are_made_before_it_fails(check, sink):
    """The record shows each of them; the message only those that did not pass."""
    check.equal(URS, "first", "B", seen("A"))
    check.equal(URS, "second", "B", seen("B"))
    check.equal(URS, "third", "B", seen("C", "mes"))
    assert verdicts(sink) == ["failed", "passed", "failed"]
    with pytest.raises(CheckFailed) as caught:
        check.step.end()
    assert str(caught.value) == (
        "2 of 3 checks did not pass\n"
        "✗ URS-REV-001: first\n    expected B\n    actual   A (erp)\n    exchanges erp-1\n"
        "✗ URS-REV-001: third\n    expected B\n    actual   C (mes)\n    exchanges mes-1"
    )


def test_a_step_that_failed_does_not_fail_the_next_one(check):
    """Each step answers for its own checks."""
    check.equal(URS, "first", "B", seen("A"))
    with pytest.raises(CheckFailed):
        check.step.end()
    check.equal(URS, "second", "B", seen("B"))
    check.step.end()


@pytest.mark.parametrize(
    ("expected", "actual", "passes"),
    [
        (Decimal("1.0"), Decimal(1), True),
        (frozenset({1, 2}), frozenset({2, 1}), True),
        ((1, 2), [1, 2], True),
        ((1, 2), (2, 1), False),
        (None, None, True),
        (None, "", False),
        (True, 1, False),
        ("000123", "123", False),
        (datetime(2027, 3, 10, 6, tzinfo=UTC), datetime.fromisoformat("2027-03-10T07:00:00+01:00"), True),
        (m.MasterRef(domain="bom", id="B", revision="A"), m.MasterRef(domain="bom", id="B", revision="B"), False),
    ],
)
def test_equal_means_the_same_value(check, sink, expected, actual, passes):
    """Not the same text, object or Python type."""
    check.equal(URS, "claim", expected, seen(actual))
    assert verdicts(sink) == ["passed" if passes else "failed"]


def test_a_tolerance_is_inclusive_and_on_record(check, sink):
    """Just within passes, just outside does not."""
    for actual in ("10.05", "10.0501"):
        check.equal(URS, "claim", quantity("10"), seen(quantity(actual)), Decimal("0.05"))
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[0]["tolerance"] == "0.05"


def test_a_part_of_the_observed_value_can_be_compared(check, sink):
    """None is compared as it is: what is not there has no parts."""
    check.equal(URS, "claim", "KGM", seen(quantity("1")), project=lambda q: q.unit)
    check.equal(URS, "claim", "KGM", seen(None), project=lambda q: q.unit)
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[1]["actual"] is None


def test_secrets_do_not_decide_and_do_not_show(check, sink, recorder):
    """Verdicts rest on the redacted form, and so does the message."""
    recorder.redactor.register("qa", "secret-token")
    check.equal(URS, "claim", "<redacted:qa>", seen("secret-token"))
    check.equal(URS, "claim", "x", seen("secret-token"))
    assert verdicts(sink) == ["passed", "failed"]
    with pytest.raises(CheckFailed) as caught:
        check.step.end()
    assert "secret-token" not in str(caught.value)


@pytest.mark.parametrize("error", [SystemUnavailable("erp: refused"), UnusableAnswer("erp: 503")])
def test_no_usable_answer_is_an_error_of_the_check(check, sink, recorder, error):
    """Never passed, and with what was tried."""

    def look():
        recorder._count += 1
        raise error

    check.equal(URS, "claim", None, look)
    check.absent(URS, "claim", "x", look)
    assert verdicts(sink) == ["error", "error"]
    assert sink.events[0]["actual"] == {"error": str(error)}
    assert sink.events[0]["exchanges"] == ["main-x1"]
    with pytest.raises(CheckFailed, match=f"no usable answer: {error}"):
        check.step.end()


# --- agreement -------------------------------------------------------------------------------------


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


def test_agreement_may_come_late_but_within_the_sla(check, sink):
    """Bounded polling, with the latency on record."""
    answers = iter(["A", "A"])
    check.agreed(URS, "claim", "B", {"erp": lambda: seen(next(answers, "B")), "mes": lambda: seen("B")}, "bom")
    [event] = sink.events
    assert event["verdict"] == "passed"
    assert event["attempts"]["erp"] == 3
    assert 0 < event["latency_ms"]["erp"] < 50


def test_systems_must_agree_at_the_same_time(check, sink):
    """One that had the value and lost it again, while another came to it, is no agreement."""
    early = iter(["B"])
    late = iter(["A", "A"])
    check.agreed(
        URS,
        "claim",
        "B",
        {"erp": lambda: seen(next(early, "A")), "mes": lambda: seen(next(late, "B"))},
        "bom",
    )
    assert sink.events[0]["verdict"] == "failed"
    assert sink.events[0]["actual"]["erp"] == "A"


def test_a_system_that_is_back_in_time_agrees(check, sink):
    """An outage within the SLA is no disagreement."""
    errors = iter([SystemUnavailable("erp: refused")])

    def look():
        error = next(errors, None)
        if error is not None:
            raise error
        return seen("B")

    check.agreed(URS, "claim", "B", {"erp": look}, "bom")
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


# --- answers to writes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "code", "passes"),
    [
        (refused("hold: lot L1 is on hold"), "hold", True),
        (refused("hold: lot L1 is on hold"), {"hold", "expired"}, True),
        (refused("hold: lot L1 is on hold"), None, True),
        (refused("expired: too old"), "hold", False),
        (refused(), None, False),
        (refused("hold: x", status="accepted"), "hold", False),
        (refused("hold: x", status="staged"), "hold", False),
        ([refused("hold: x"), refused("hold: y")], "hold", True),
        ([refused("hold: x"), refused("hold: x", status="accepted")], "hold", False),
    ],
)
def test_refused_means_refused_by_the_system_with_a_reason(check, sink, outcome, code, passes):
    """Each of several; accepted or merely staged is not refused."""
    check.refused(URS, "claim", outcome, code)
    assert verdicts(sink) == ["passed" if passes else "failed"]


def test_staged_counts_as_refused_only_where_it_is_said(check, sink):
    """Set aside unaccepted is enough for some claims."""
    check.refused(URS, "claim", refused("orphan: x", status="staged"), "orphan", staged=True)
    assert verdicts(sink) == ["passed"]
    assert sink.events[0]["expected"] == {"status": "refused or staged", "code": "orphan"}


def test_a_refusal_that_changed_something_after_all_fails(check, sink):
    """Refused, and yet done: the state before and after is part of the check."""
    check.refused(URS, "claim", refused("hold: x"), "hold", (seen(quantity("5")), lambda: seen(quantity("5"))))
    check.refused(URS, "claim", refused("hold: x"), "hold", (seen(quantity("5")), lambda: seen(quantity("4"))))
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[1]["expected"]["unchanged"]["value"] == "5"
    assert sink.events[1]["actual"]["unchanged"]["value"] == "4"
    assert sink.events[1]["exchanges"] == ["erp-9", "erp-1"]


def test_accepted_means_all_of_them(check, sink):
    """One refusal among many is a failure."""
    good = refused(status="accepted")
    check.accepted(URS, "claim", good)
    check.accepted(URS, "claim", [good, refused("x: y")])
    assert verdicts(sink) == ["passed", "failed"]


# --- collections -----------------------------------------------------------------------------------


def test_absent_and_present_are_opposites(check, sink):
    """By value, as everywhere."""
    ours = m.MasterRef(domain="bom", id="B", revision="A")
    same = m.MasterRef(domain="bom", id="B", revision="A")
    for verb in (check.present, check.absent):
        verb(URS, "claim", ours, seen(frozenset({same})))
        verb(URS, "claim", ours, seen(frozenset()))
    assert verdicts(sink) == ["passed", "failed", "failed", "passed"]


@pytest.mark.parametrize(
    ("expected", "actual", "passes"),
    [
        (["a", "b"], ["a", "x", "b"], True),
        (["a", "b"], ["b", "a"], False),
        (["a", "a"], ["a"], False),
        (["a"], [], False),
    ],
)
def test_in_order_allows_others_between(check, sink, expected, actual, passes):
    """But no gap, no swap, no double use."""
    check.in_order(URS, "claim", expected, seen(actual))
    assert verdicts(sink) == ["passed" if passes else "failed"]


# --- misuse ----------------------------------------------------------------------------------------


def test_an_expectation_must_not_be_an_answer(check):
    """Such a check could not fail: the observation itself, its value, or a record in it."""
    lot = m.MaterialLot(id="L1", item="I", quantity=quantity("1"), site="EAST", location="A-1")
    observation = seen((lot,))
    with pytest.raises(MisuseError, match="taken from a system's own answer"):
        check.equal(URS, "claim", observation, seen((lot,)))
    check.equal(URS, "claim", (quantity("9"),), observation)
    for taken in (observation.value, lot, lot.quantity):
        with pytest.raises(MisuseError, match="taken from a system's own answer"):
            check.equal(URS, "claim", taken, seen(None, "mes"))


def test_equal_values_of_other_origin_are_no_misuse(check):
    """Nor are the empty collection, text and numbers, which are one object everywhere."""
    check.equal(URS, "claim", (), seen(()))
    check.equal(URS, "claim", "text", seen("text"))
    check.equal(URS, "claim", "text", seen("text", "mes"))
    check.equal(URS, "claim", m.ProductStructure(), seen(m.Variant(id="V", revision="A", base_item="I")))


def test_an_observation_needs_an_exchange_behind_it(check):
    """What the record does not hold proves nothing."""
    with pytest.raises(MisuseError, match="no recorded exchange behind it"):
        check.equal(URS, "claim", 1, Observation(1, (), "erp"))
    with pytest.raises(MisuseError, match="only the system itself may refuse"):
        check.refused(URS, "claim", Outcome("refused", (), "erp", ("hold: x",)))


@pytest.mark.parametrize("actual", ["B", None, lambda: "B"])
def test_a_bare_value_is_no_observation(check, actual):
    """Steps pass on what adapters returned."""
    with pytest.raises(MisuseError, match="a check needs an Observation"):
        check.equal(URS, "claim", "B", actual)


def test_a_foreign_requirement_is_misuse(check):
    """A check proves nothing for a requirement that its scenario does not carry."""
    with pytest.raises(MisuseError, match="names URS-HLD-001, but its scenario carries URS-REV-001, URS-REV-002"):
        check.equal("URS-HLD-001", "claim", 1, seen(1))


def test_without_scenario_any_requirement_may_be_named(recorder):
    """In a plain test."""
    checks = Checks(recorder)
    checks.equal("URS-HLD-001", "claim", 1, seen(1))
    assert checks.step.unchecked() == []


@pytest.mark.parametrize("verb", ["present", "absent"])
@pytest.mark.parametrize("value", ["text", None, 5, {"a": 1}])
def test_membership_needs_a_collection(check, verb, value):
    """A character in a text or a key in a record is not meant."""
    with pytest.raises(MisuseError, match="is no collection"):
        getattr(check, verb)(URS, "claim", "a", seen(value))


def test_a_set_is_not_compared_with_a_list(check):
    """Their order would decide, and nobody stated it."""
    with pytest.raises(MisuseError, match="compare two sets"):
        check.equal(URS, "claim", frozenset({1}), seen([1]))


@pytest.mark.parametrize("outcome", [[], "refused", [None]])
def test_a_check_of_an_answer_needs_an_answer(check, outcome):
    """All of no refusals were refused."""
    with pytest.raises(MisuseError, match="needs the Outcome of at least one write"):
        check.refused(URS, "claim", outcome)


def test_an_empty_order_is_misuse(check):
    """It is always kept."""
    with pytest.raises(MisuseError, match="an empty order is always kept"):
        check.in_order(URS, "claim", [], seen(["a"]))


def test_requirements_without_a_check_are_known(check):
    """At the end of a scenario there must be none."""
    assert check.step.unchecked() == [URS, "URS-REV-002"]
    check.equal(URS, "claim", 1, seen(2))
    assert check.step.unchecked() == ["URS-REV-002"]
