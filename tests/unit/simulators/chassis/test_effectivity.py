"""Which revision is in effect at a site at an instant."""

from datetime import datetime

import pytest

from tests.unit.simulators.bench import bom, codes, ref

INSTANT = "2027-03-10T06:00:00Z"


@pytest.fixture
def revised(plain):
    """Revisions B, C and D of the bom are accepted."""
    for revision, oil in (("B", "11"), ("C", "12"), ("D", "13")):
        plain.arrive(bom(revision, oil=oil))
    return plain


def release(plain, revision, change=None, **effectivity):
    result = plain.activate(ref(bom(revision)), change=change or f"C-{revision}", **effectivity)
    assert result["status"] == "accepted"


@pytest.mark.parametrize("site", ["EAST", "WEST"])
@pytest.mark.parametrize(
    ("now", "revision"),
    [("2027-03-10T05:59:59.999999Z", "A"), ("2027-03-10T01:00:00-05:00", "B"), ("2027-03-10T06:00:01Z", "B")],
)
def test_an_instant_is_one_for_all_sites(revised, site, now, revision):
    release(revised, "B", instant=INSTANT)
    revised.time(now)
    assert revised.effective("bom", "B", site) == revision


@pytest.mark.parametrize(
    ("local", "site", "before", "instant"),
    [
        ("2027-03-10T00:00:00", "EAST", "2027-03-09T22:59:59Z", "2027-03-09T23:00:00Z"),
        ("2027-03-10T00:00:00", "WEST", "2027-03-10T04:59:59Z", "2027-03-10T05:00:00Z"),
        ("2027-03-28T02:30:00", "EAST", "2027-03-28T01:29:59Z", "2027-03-28T01:30:00Z"),
        ("2027-10-31T02:30:00", "EAST", "2027-10-31T00:29:59Z", "2027-10-31T00:30:00Z"),
        ("2027-03-14T02:30:00", "WEST", "2027-03-14T07:29:59Z", "2027-03-14T07:30:00Z"),
        ("2027-11-07T01:30:00", "WEST", "2027-11-07T05:29:59Z", "2027-11-07T05:30:00Z"),
    ],
    ids=["winter east", "winter west", "gap east", "fold east", "gap west", "fold west"],
)
def test_a_local_date_is_read_in_the_zone_of_each_site(revised, local, site, before, instant):
    """By hand: Berlin is UTC+1, from 28 March 01:00 UTC +2; New York UTC-5, from 14 March 07:00 UTC -4.
    A skipped wall time is read with the offset before the change, one that occurs twice is the first."""
    release(revised, "B", local=local)
    assert revised.effective("bom", "B", site, at=before) == "A"
    assert revised.effective("bom", "B", site, at=instant) == "B"
    state = revised.states("bom", "B", site=site)["B"]
    assert datetime.fromisoformat(state["effective_from"]) == datetime.fromisoformat(instant)


def test_a_local_date_has_no_one_instant_unless_a_site_is_asked(revised):
    release(revised, "B", local="2027-03-10T00:00:00")
    assert revised.states("bom", "B")["B"]["effective_from"] is None


def test_the_latest_date_that_has_come_wins_whatever_the_order_of_release(revised):
    release(revised, "D", instant="2027-05-10T06:00:00Z")
    release(revised, "B", instant="2027-03-10T06:00:00Z")
    release(revised, "C", instant="2027-04-10T06:00:00Z")
    found = [revised.effective("bom", "B", at=f"2027-{month}-10T06:00:00Z") for month in ("02", "03", "04", "05")]
    assert found == ["A", "B", "C", "D"]


def test_of_two_with_one_date_the_later_activation_wins(revised):
    release(revised, "C", instant=INSTANT)
    release(revised, "B", instant=INSTANT)
    assert revised.effective("bom", "B", at=INSTANT) == "B"


def test_a_revision_for_one_site_competes_there_and_nowhere_else(plain):
    plain.arrive({**bom("W", oil="11"), "site": "WEST"})
    plain.activate(ref(bom("W")), change="C-W", instant=INSTANT)
    plain.time(INSTANT)
    assert (plain.effective("bom", "B", "WEST"), plain.effective("bom", "B", "EAST")) == ("W", "A")
    plain.arrive(bom("B", oil="12"))
    release(plain, "B", instant="2027-03-11T00:00:00Z")
    plain.time("2027-03-11T00:00:00Z")
    assert plain.effective("bom", "B", "WEST") == "B"


def test_the_past_and_the_future_can_be_asked_for(revised):
    release(revised, "B", instant=INSTANT)
    revised.time("2027-05-01T00:00:00Z")
    assert revised.effective("bom", "B", at="2025-12-31T23:59:59Z") is None
    assert revised.effective("bom", "B", at="2027-03-10T05:59:59Z") == "A"
    assert revised.effective("bom", "B") == "B"


@pytest.mark.parametrize(
    ("now", "statuses"),
    [
        ("2027-03-10T05:59:59Z", {"A": "effective", "B": "approved", "C": "draft", "D": "draft"}),
        ("2027-03-10T06:00:00Z", {"A": "superseded", "B": "effective", "C": "draft", "D": "draft"}),
    ],
)
def test_each_revision_has_a_status(revised, now, statuses):
    release(revised, "B", instant=INSTANT)
    revised.time(now)
    assert {r: s["status"] for r, s in revised.states("bom", "B").items()} == statuses


def test_without_a_site_a_revision_is_in_effect_if_it_is_so_anywhere(revised):
    release(revised, "B", local="2027-03-10T00:00:00")
    revised.time("2027-03-10T00:00:00+01:00")
    assert revised.states("bom", "B")["B"]["status"] == "effective"
    assert revised.states("bom", "B", site="WEST")["B"]["status"] == "approved"


def test_the_answer_names_status_change_and_approvals(plain):
    item = plain.get("/masters/effective", domain="bom", id="B", site="EAST")["item"]
    assert (item["status"], item["effective_from"]) == ("effective", "2026-01-01T00:00:00Z")
    assert item["change_id"]
    assert {a["role"] for a in item["approvals"]} == {"quality_approver", "production_approver"}


def test_an_unknown_site_and_an_unreadable_instant_are_refused(plain):
    assert codes(plain.get("/masters/effective", domain="bom", id="B", site="NORTH")) == ["unknown_site"]
    assert codes(plain.get("/masters", domain="bom", id="B", site="NORTH")) == ["unknown_site"]
    for at in ("yesterday", "2027-03-10T06:00:00"):
        answer = plain.get("/masters/effective", domain="bom", id="B", site="EAST", at=at)
        assert (answer["http"], codes(answer)) == (422, ["instant_invalid"])
