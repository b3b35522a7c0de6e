"""The matrix shows every requirement and every scenario, in the state that the record bears out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.evidence.matrix import claim_notice, counted_for, matrix, unclaimed
from syncproof.evidence.protocols import UNAPPROVED
from syncproof.evidence.reader import Exchanges, JournalFile, Record, Scenarios, read_pack
from tests.unit.evidence.test_reader import whole, write

HASH = "sha256:" + "a" * 64


def facts(**more):
    return {"text": "t", "hash": HASH, "scope": "rig", "procedural": None, "maps_to": [], **more}


def planned(id_, *requirements, selected=True, **more):
    return {"id": id_, "requirements": list(requirements), "selected": selected, **more}


@pytest.fixture
def made(tmp_path):
    def made(scenarios, requirements, *events, **plan):
        started = ("run_started", {"run": 1, "selection": {"paths": ["features"]}})
        plan = {"features": [], "scenarios": scenarios, "requirements": requirements, **plan}
        write(tmp_path, "main", [started, ("plan", plan), *events])
        return read_pack(tmp_path)

    return made


def states(found):
    return {row.id: row.state for row in found.rows}


def test_every_requirement_is_a_row_covered_or_not(made):
    """In scope without scenario is a gap; what a test cannot show is procedural; later ones are not in scope."""
    record = made(
        [planned("one", "URS-A-1")],
        {
            "URS-A-1": facts(),
            "URS-A-2": facts(),
            "URS-A-3": facts(procedural="a person looks"),
            "URS-A-4": facts(scope="later"),
        },
        *whole("one"),
    )
    assert states(matrix(record)) == {"URS-A-1": "verified", "URS-A-2": "gap", "URS-A-3": "procedural"}
    assert matrix(record).counts == {"gap": 1, "procedural": 1, "verified": 1}


def test_a_row_shows_the_requirement_and_its_scenarios_as_the_run_had_them(made):
    """What the registry said, and each scenario's own verdict; a carried id that no registry knows has no facts."""
    carrying = [planned("one", "URS-A-1"), planned("two", "URS-A-1", "URS-X-9")]
    known, unknown = matrix(made(carrying, {"URS-A-1": facts()}, *whole("one"))).rows
    assert [(link.scenario, link.verdict) for link in known.links] == [("one", "passed"), ("two", "not run")]
    assert (known.facts, known.text) == (facts(), "t")
    assert (unknown.id, unknown.facts, unknown.text) == ("URS-X-9", {}, "")


def test_a_plan_without_registry_gives_the_rows_that_scenarios_carry(tmp_path):
    """And a record without a plan gives none."""
    write(tmp_path / "plan", "main", [("plan", {"scenarios": [planned("one", "URS-A-1")]}), *whole("one")])
    assert states(matrix(read_pack(tmp_path / "plan"))) == {"URS-A-1": "verified"}
    write(tmp_path / "none", "main", [("run_started", {"selection": {}})])
    assert matrix(read_pack(tmp_path / "none")).rows == ()


def test_a_scenario_without_requirement_is_an_orphan(made):
    """Shown with its verdict."""
    found = matrix(made([planned("one"), planned("two", "URS-X-9")], {"URS-A-1": facts()}, *whole("one")))
    assert [(one.scenario, one.verdict) for one in found.orphans] == [("one", "passed"), ("two", "not run")]


def test_a_link_is_stale_when_the_text_is_another_one(made):
    """It was reviewed for one, and not at all for another."""
    scenarios = [
        planned("one", "URS-A-1", reviewed={"URS-A-1": "a" * 12}),
        planned("two", "URS-A-1", reviewed={"URS-A-1": "b" * 12}),
        planned("three", "URS-A-1"),
    ]
    [row] = matrix(made(scenarios, {"URS-A-1": facts()})).rows
    assert [link.review for link in row.links] == ["reviewed", "stale", "not reviewed"]


@pytest.mark.parametrize("registry", [{}, {"URS-A-1": {"text": "t"}}])
def test_a_reviewed_link_is_stale_when_the_record_does_not_know_the_text(made, registry):
    """The requirement is gone from the registry, or has no hash there."""
    [row] = matrix(made([planned("one", "URS-A-1", reviewed={"URS-A-1": "a" * 12})], registry)).rows
    assert [link.review for link in row.links] == ["stale"]


def test_a_customers_requirement_fills_through_those_that_it_maps_to(made):
    """Over several layers; the link says by way of which."""
    requirements = {
        "URS-A-1": facts(),
        "SITE-1": facts(maps_to=["SITE-2"]),
        "SITE-2": facts(maps_to=["URS-A-1"]),
    }
    found = matrix(made([planned("one", "URS-A-1")], requirements, *whole("one")))
    assert states(found) == {"URS-A-1": "verified", "SITE-1": "verified", "SITE-2": "verified"}
    assert {row.id: row.links[0].via for row in found.rows} == {
        "URS-A-1": None,
        "SITE-1": "URS-A-1",
        "SITE-2": "URS-A-1",
    }
    assert set(found.by_scenario["one"]) == set(requirements)


def test_all_that_a_requirement_maps_to_counts_for_it():
    """Every branch over every layer, in a circle, too, and beyond what is known."""
    known = {"A": facts(maps_to=["B", "C"]), "B": facts(maps_to=["D"]), "C": facts(maps_to=["E"]), "D": {}}
    assert counted_for("A", known) == set("ABCDE")
    assert counted_for("B", {**known, "D": facts(maps_to=["B"])}) == {"B", "D"}


PENDING = {
    "P": {"approval": None},
    "Q": {"approval": None, "unapproved": "by nobody"},
    "R": {"approval": {"name": "x"}},
}


@pytest.mark.parametrize(
    ("used", "why"),
    [
        (["R"], None),
        (["R", None], "s1 belongs to no protocol"),
        (["Q", "R", "P"], "P: not approved before the run; Q: by nobody"),
        ([], "nothing was selected"),
    ],
)
def test_a_run_claims_something_only_under_approved_protocols(made, used, why):
    """All that it selected belongs to one, and it says why if not."""
    scenarios = [planned(f"s{n}", "URS-A-1", protocol=protocol) for n, protocol in enumerate(used)]
    left = planned("left", "URS-A-1", protocol="P", selected=False)
    record = made([*scenarios, left], {}, protocols=PENDING)
    assert unclaimed(record) == why
    assert claim_notice(record) == (None if why is None else UNAPPROVED)


@pytest.mark.parametrize("events", [[], [("plan", {"scenarios": [planned("one")]})]])
def test_a_record_that_does_not_hold_its_protocols_makes_no_claim(tmp_path, events):
    """It has no plan, or the plan names none."""
    write(tmp_path, "main", [("run_started", {}), *events])
    assert unclaimed(read_pack(tmp_path)) == "no plan with protocols is on record"


@given(
    st.lists(st.tuples(st.sets(st.sampled_from("ABCDE")), st.booleans()), max_size=8),
    st.sets(st.sampled_from("ABCDEF")),
)
def test_nothing_is_lost_and_nothing_is_counted_twice(carried, known):
    """Every requirement that is in scope or carried is one row; every link and orphan is a scenario."""
    scenarios = [planned(f"s{n}", *ids, selected=selected) for n, (ids, selected) in enumerate(carried)]
    events = (
        {"type": "run_started", "selection": {"paths": ["features"]}},
        {"type": "plan", "scenarios": scenarios, "requirements": {id_: facts() for id_ in known}},
    )
    types = frozenset({"run_started", "plan"})
    journal = JournalFile("main", Path("none"), 0, events, types, None)
    found = matrix(Record(None, (journal,), Scenarios(), Exchanges()))
    assert {row.id for row in found.rows} == known | {id_ for ids, _ in carried for id_ in ids}
    assert sum(found.counts.values()) == len(found.rows)
    shown = {link.scenario for row in found.rows for link in row.links} | {one.scenario for one in found.orphans}
    assert shown == {scenario["id"] for scenario in scenarios}
