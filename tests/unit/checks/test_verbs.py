"""What holds for every verb of the vocabulary, whatever it checks."""

from decimal import Decimal

import pytest

from syncproof.checks import DEFAULT_SLA_SECONDS, Checks
from syncproof.errors import MisuseError, NotSupported, SystemUnavailable
from tests.unit.checks.said import URS, quantity, refused, seen, verdicts

OURS = "the systems say so"
WHENCE = {"source": "oracle: worked out"}
"""The words of a claim, and where its expected value comes from."""


def lots(text="a b c"):
    return seen({"lots": text.split()})


VERBS = {
    "equal": (lambda c, **how: c.equal(URS, OURS, 7, seen(7), **how), 7, 7, "erp-1"),
    "agreed": (lambda c, **how: c.agreed(URS, OURS, 7, {"erp": lambda: seen(7)}, "bom", **how), 7, {"erp": 7}, "erp-1"),
    "refused": (
        lambda c, **how: c.refused(URS, OURS, refused("hold: x"), {"b", "a", "hold"}, **how),
        {"status": "refused", "code": "a or b or hold"},
        {"system": "erp", "status": "refused", "reasons": ["hold: x"]},
        "erp-9",
    ),
    "accepted": (
        lambda c, **how: c.accepted(URS, OURS, refused(status="accepted"), **how),
        {"status": "accepted"},
        {"system": "erp", "status": "accepted", "reasons": []},
        "erp-9",
    ),
    "absent": (lambda c, **how: c.absent(URS, OURS, "x", seen(["a"]), **how), {"absent": "x"}, ["a"], "erp-1"),
    "present": (lambda c, **how: c.present(URS, OURS, "a", seen(["a"]), **how), {"present": "a"}, ["a"], "erp-1"),
    "in_order": (lambda c, **how: c.in_order(URS, OURS, ["a"], seen(["a"]), **how), ["a"], ["a"], "erp-1"),
}


@pytest.mark.parametrize(("kind", "ask", "expected", "actual", "exchange"), [(k, *v) for k, v in VERBS.items()])
def test_every_verb_puts_its_claim_and_what_was_compared_on_record(check, sink, kind, ask, expected, actual, exchange):
    """By the record alone a reader can tell what was claimed, by whom and against what."""
    ask(check, **WHENCE)
    [event] = sink.events
    assert sink.types == ["check"]
    shown = {name: event[name] for name in ("requirement", "claim", "kind", "source", "expected", "actual", "verdict")}
    assert shown == {
        "requirement": URS,
        "claim": OURS,
        "kind": kind,
        "source": "oracle: worked out",
        "expected": expected,
        "actual": actual,
        "verdict": "passed",
    }
    assert event["exchanges"] == [exchange]


TAKING = {
    "equal": lambda c, value: c.equal(URS, OURS, value, seen(7)),
    "agreed": lambda c, value: c.agreed(URS, OURS, value, {"mes": lambda: seen(7, "mes")}, "bom"),
    "absent": lambda c, value: c.absent(URS, OURS, value, seen([7])),
    "present": lambda c, value: c.present(URS, OURS, value, seen([7])),
    "in_order": lambda c, value: c.in_order(URS, OURS, value, seen([7])),
}


@pytest.mark.parametrize("ask", TAKING.values(), ids=TAKING)
def test_no_verb_takes_what_a_system_answered_for_the_truth(check, sink, ask):
    """Whichever verb saw it first, and the refusal names the requirement that would be proved by nothing."""
    answer = seen([1, 2])
    check.equal(URS, OURS, [3], answer)
    with pytest.raises(MisuseError, match=f"^{URS}: the expected value was taken from a system's own answer"):
        ask(check, answer.value)
    assert len(sink.events) == 1


def test_what_an_agreement_saw_is_an_answer_too(check):
    """Seen by several systems, it is still not the truth."""
    answer = seen([1, 2])
    check.agreed(URS, OURS, [1, 2], {"erp": lambda: answer}, "bom")
    with pytest.raises(MisuseError, match="taken from a system's own answer"):
        check.equal(URS, OURS, answer.value, seen(7))


PROJECTING = {
    "agreed": lambda c, pick: c.agreed(URS, OURS, ["a", "b"], {"erp": lambda: lots("a b")}, "bom", project=pick),
    "absent": lambda c, pick: c.absent(URS, OURS, "x", lots(), project=pick),
    "present": lambda c, pick: c.present(URS, OURS, "b", lots(), project=pick),
    "in_order": lambda c, pick: c.in_order(URS, OURS, ["a", "c"], lots(), project=pick),
}


@pytest.mark.parametrize("ask", PROJECTING.values(), ids=PROJECTING)
def test_every_verb_can_look_at_a_part_of_what_was_observed(check, sink, ask):
    """And the part is what the record shows."""
    ask(check, lambda value: value["lots"])
    assert verdicts(sink) == ["passed"]
    assert "lots" not in str(sink.events[0]["actual"])


def test_an_agreement_may_have_a_tolerance(check, sink):
    """Within it passes, beyond it does not, and the record has it."""
    for text in ("10.05", "10.06"):
        observe = {"erp": lambda text=text: seen(quantity(text))}
        check.agreed(URS, OURS, quantity("10"), observe, "lot", tolerance=Decimal("0.05"))
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[0]["tolerance"] == "0.05"


def test_without_a_landscape_a_domain_must_be_in_step_within_five_seconds(sink, recorder):
    """Where no SLA is given, the record says which one was used."""
    Checks(recorder).agreed(URS, OURS, 7, {"erp": lambda: seen(7)}, "bom")
    assert (sink.events[0]["sla_ms"], DEFAULT_SLA_SECONDS) == (5000, 5.0)


def test_the_sla_is_that_of_the_domain_that_is_named(sink, recorder):
    """A slow domain does not lend its patience to another."""
    asked = []
    check = Checks(recorder, sla=lambda domain: asked.append(domain) or 2.0)
    check.agreed(URS, OURS, 7, {"erp": lambda: seen(7)}, "label")
    assert (asked, sink.events[0]["sla_ms"]) == (["label"], 2000)


def test_an_unchanged_state_makes_no_refusal_of_an_acceptance(check, sink):
    """Both must hold: refused, and nothing done."""
    same = (seen(quantity("5")), seen(quantity("5")))
    check.refused(URS, OURS, refused("hold: x", status="accepted"), "hold", same)
    assert verdicts(sink) == ["failed"]
    assert sink.events[0]["expected"] == {
        "status": "refused",
        "code": "hold",
        "unchanged": {"value": "5", "unit": "KGM"},
    }
    assert sink.events[0]["actual"]["status"] == "accepted"


def test_any_reason_will_do_where_no_code_is_named_and_the_record_says_so(check, sink):
    """A reader sees that no code was asked for."""
    check.refused(URS, OURS, refused("hold: x"))
    assert sink.events[0]["expected"]["code"] == "any stated reason"


def test_several_answers_are_on_record_one_by_one(check, sink):
    """Who said what, in the order in which they were asked."""
    check.accepted(URS, OURS, [refused(status="accepted"), refused("hold: x", system="mes")])
    assert sink.events[0]["actual"] == {
        "answers": [
            {"system": "erp", "status": "accepted", "reasons": []},
            {"system": "mes", "status": "refused", "reasons": ["hold: x"]},
        ]
    }
    assert sink.events[0]["exchanges"] == ["erp-9", "mes-9"]


def unable(recorder):
    recorder._count += 1
    raise NotSupported("erp", "audit.refused")


def test_what_was_tried_before_a_system_turned_out_not_to_support_it_is_on_record(check, sink, recorder):
    """The exchanges of the attempt, in a check of one system and in an agreement."""
    check.equal(URS, OURS, 7, lambda: unable(recorder))
    check.agreed(URS, OURS, 7, {"erp": lambda: unable(recorder)}, "bom")
    assert [event["exchanges"] for event in sink.events] == [["main-x1"], ["main-x2"]]


def test_what_was_tried_of_a_system_that_never_answered_is_on_record(check, sink, recorder):
    """An agreement that was not reached for want of an answer shows its last attempt."""

    def down():
        recorder._count += 1
        raise SystemUnavailable("erp: refused")

    check.agreed(URS, OURS, 7, {"erp": down}, "bom")
    assert sink.events[0]["exchanges"] == [f"main-x{sink.events[0]['attempts']['erp']}"]
