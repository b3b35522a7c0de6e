"""An act says who decided what, when and why; what it does not say is empty, never guessed."""

import getpass

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence.execution.acts import Act, Person, act_of, same_name

NOBODY = "give your name and role (--name, --role, or SYNCPROOF_PERSON and SYNCPROOF_ROLE)"
WHO = {"kind": "person", "name": "Ana Roe", "role": "QA", "account": "ana"}
LINE = {
    "type": "deviation_retested",
    "at": "2027-03-10T06:00:00Z",
    "who": WHO,
    "reason": " mended ",
    "prev": "0" * 64,
    "deviation": "D-1-1",
    "retest_run": 2,
}


@pytest.fixture(autouse=True)
def no_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


def test_a_person_is_recorded_with_the_account_of_the_machine(monkeypatch):
    """Blanks that came in by copying are none of the name."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    assert Person(" Ana \t Roe ", " QA\n").facts() == WHO


@pytest.mark.parametrize("person", [Person(" ", "QA"), Person("Ana Roe", "")], ids=["name", "role"])
def test_nobody_decides_nothing(person):
    """Neither without a name nor without a role."""
    with pytest.raises(ConfigurationError) as refused:
        person.facts()
    assert str(refused.value) == NOBODY


def test_ci_is_told_that_a_person_decides(monkeypatch):
    """Whatever name it gives."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ConfigurationError) as refused:
        Person("Ana Roe", "QA").facts()
    assert str(refused.value) == "CI cannot decide this: a person enters it, on their own machine"


def test_an_act_holds_what_its_line_says():
    """What all acts have, and beside it what is particular to its type."""
    fields = {"deviation": "D-1-1", "retest_run": 2}
    at = "2027-03-10T06:00:00Z"
    assert act_of(7, LINE) == Act(7, "deviation_retested", at, "person", "Ana Roe", "QA", "mended", fields)


@pytest.mark.parametrize("line", [{}, dict.fromkeys(LINE), {"who": dict.fromkeys(WHO)}], ids=["none", "null", "nobody"])
def test_what_a_line_lacks_is_empty(line):
    """A line that was appended past the rules is read as well; no rule takes what is empty for an answer."""
    found = act_of(1, line)
    assert (found.type, found.at, found.kind, found.name, found.role, found.reason) == ("",) * 6
    assert (found.text("deviation"), found.number("retest_run")) == ("", 0)


def test_a_field_is_read_as_text_or_as_the_number_of_a_run():
    """What is no number names no run."""
    act = act_of(1, {"owner": " Olga ", "run": 3, "retest_run": "3"})
    assert (act.text("owner"), act.number("run"), act.number("retest_run")) == ("Olga", 3, 0)


@pytest.mark.parametrize("other", ["ana  roe", "ANA\tROE ", "\uff21na Roe", "Ana\u00a0Roe"])
def test_a_name_is_the_same_however_it_is_written(other):
    """Case, blanks and Unicode forms do not make two people."""
    assert same_name("Ana Roe", other)


@pytest.mark.parametrize("other", ["Ana Poe", "AnaRoe", "Ana R oe", ""])
def test_other_names_are_other_people(other):
    """Letters and words make the difference."""
    assert not same_name("Ana Roe", other)
