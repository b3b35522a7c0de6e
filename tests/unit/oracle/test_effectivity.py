"""Which revision is in effect: dates, zones, clock changes, sites, back-outs, pinning."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError
from tests.unit.oracle.plant import EPOCH, NOON, ZONES, bill

SECOND = timedelta(seconds=1)
T = datetime(2027, 3, 10, 6, tzinfo=UTC)
WALL = T.replace(tzinfo=None)


def utc(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def local(text):
    return m.Effectivity(local=datetime.fromisoformat(text))


def label(revision, site=None, id="L"):
    return m.LabelArtwork(
        id=id, revision=revision, item="CREAM", artwork_hash=f"hash {revision}", market="EU", site=site
    )


# 2027: the EU changes its clocks on the last Sundays of March and October at 01:00 UTC (Directive
# 2000/84/EC): in Berlin 02:00 -> 03:00 CEST (+02:00) on 28 March, 03:00 -> 02:00 CET (+01:00) on
# 31 October. The US do at 02:00 wall time on the second Sunday of March and the first of November
# (15 USC 260a): in New York 02:00 -> 03:00 EDT (-04:00) on 14 March, 02:00 -> 01:00 EST (-05:00) on
# 7 November.
CLOCK_CHANGES = [
    ("Europe/Berlin", "2027-01-15T06:00:00", "2027-01-15T06:00:00+01:00"),
    ("Europe/Berlin", "2027-07-15T06:00:00", "2027-07-15T06:00:00+02:00"),
    ("Europe/Berlin", "2027-03-28T01:59:59", "2027-03-28T01:59:59+01:00"),
    ("Europe/Berlin", "2027-03-28T02:00:00", "2027-03-28T03:00:00+02:00"),  # does not exist
    ("Europe/Berlin", "2027-03-28T02:30:00", "2027-03-28T03:30:00+02:00"),  # does not exist: 02:30 +01:00
    ("Europe/Berlin", "2027-03-28T03:00:00", "2027-03-28T03:00:00+02:00"),
    ("Europe/Berlin", "2027-10-31T01:59:59", "2027-10-31T01:59:59+02:00"),
    ("Europe/Berlin", "2027-10-31T02:30:00", "2027-10-31T02:30:00+02:00"),  # occurs twice: the first
    ("Europe/Berlin", "2027-10-31T03:00:00", "2027-10-31T03:00:00+01:00"),
    ("America/New_York", "2027-03-14T01:59:59", "2027-03-14T01:59:59-05:00"),
    ("America/New_York", "2027-03-14T02:30:00", "2027-03-14T03:30:00-04:00"),  # does not exist
    ("America/New_York", "2027-03-28T02:30:00", "2027-03-28T02:30:00-04:00"),  # Berlin's gap is none here
    ("America/New_York", "2027-11-07T01:30:00", "2027-11-07T01:30:00-04:00"),  # occurs twice: the first
    ("America/New_York", "2027-11-07T02:00:00", "2027-11-07T02:00:00-05:00"),
    ("UTC", "2027-03-28T02:30:00", "2027-03-28T02:30:00+00:00"),
]


@pytest.mark.parametrize(("zone", "wall", "expected"), CLOCK_CHANGES)
def test_a_wall_time_is_read_in_the_zone_of_the_site(zone, wall, expected):
    found = oracle.resolve(local(wall), zone)
    assert found == utc(expected)
    assert found.tzinfo is UTC


def test_the_second_occurrence_cannot_be_meant_by_a_fold_flag():
    second = m.Effectivity(local=datetime.fromisoformat("2027-10-31T02:30:00").replace(fold=1))
    assert oracle.resolve(second, "Europe/Berlin") == utc("2027-10-31T02:30:00+02:00")


def test_an_instant_is_the_same_in_every_zone():
    date = m.Effectivity(instant=datetime.fromisoformat("2027-03-10T07:00:00+01:00"))
    assert {oracle.resolve(date, zone) for zone in ZONES.values()} == {T}
    assert oracle.resolve(date, "Europe/Berlin").tzinfo is UTC


@pytest.mark.parametrize(
    ("date", "zone", "message"),
    [
        (m.Effectivity(), "UTC", "^an effective date has either an instant or a local wall time$"),
        (m.Effectivity(instant=T, local=WALL), "UTC", "^an effective date has either an instant or a local wall time$"),
        (m.Effectivity(instant=WALL), "UTC", "has no offset"),
        (m.Effectivity(local=T), "UTC", "must have no offset"),
        (m.Effectivity(local=WALL), "Europe/Berln", "no IANA time zone"),
    ],
)  # fmt: skip
def test_what_is_no_effective_date_is_refused(date, zone, message):
    with pytest.raises(MisuseError, match=message):
        oracle.resolve(date, zone)


def test_an_as_of_question_without_offset_is_refused(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    with pytest.raises(MisuseError, match="has no offset"):
        plant.revision("label", "L", WALL)


@pytest.mark.parametrize(("at", "expected"), [(T - SECOND, "A"), (T, "B"), (T + SECOND, "B")])
def test_a_revision_is_in_effect_from_the_second_of_its_date(new_plant, at, expected):
    plant = new_plant()
    plant.release(label("A"))
    plant.release(label("B"), since=T)
    assert plant.revision("label", "L", at) == expected


@pytest.mark.parametrize(
    ("site", "at", "expected"),
    [
        ("EAST", "2027-03-28T03:29:59+02:00", "A"),
        ("EAST", "2027-03-28T03:30:00+02:00", "B"),
        ("WEST", "2027-03-28T03:30:00+02:00", "A"),
        ("WEST", "2027-03-28T02:29:59-04:00", "A"),
        ("WEST", "2027-03-28T02:30:00-04:00", "B"),
    ],
)
def test_each_site_switches_at_its_own_wall_time(new_plant, site, at, expected):
    plant = new_plant()
    plant.release(label("A"))
    plant.release(label("B"), since=local("2027-03-28T02:30:00"))
    assert plant.revision("label", "L", utc(at), site) == expected


def test_before_the_first_date_nothing_is_in_effect(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    assert plant.revision("label", "L", EPOCH - SECOND) is None
    assert plant.revision("label", "UNKNOWN", NOON) is None


def test_a_declared_revision_that_no_change_activated_is_never_in_effect(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    plant.declared.declare(label("B"))
    assert plant.revision("label", "L", T + timedelta(days=9999)) == "A"


def test_a_revision_for_one_site_is_in_effect_there_only(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    plant.release(label("B", site="WEST"), since=T)
    assert (plant.revision("label", "L", T, "EAST"), plant.revision("label", "L", T, "WEST")) == ("A", "B")


def test_a_general_and_a_site_revision_compete_equally_by_date(new_plant):
    plant = new_plant()
    plant.release(label("A", site="WEST"), since=T)
    plant.release(label("B"), since=T + SECOND)
    assert plant.revision("label", "L", T, "WEST") == "A"
    assert plant.revision("label", "L", T + SECOND, "WEST") == "B"


def test_of_two_activations_for_one_instant_the_later_one_wins(new_plant):
    plant = new_plant()
    plant.release(label("B"), since=T)
    plant.release(label("A"), since=T)
    assert plant.revision("label", "L", T) == "A"


def test_the_date_decides_and_not_the_order_in_which_changes_were_made(new_plant):
    plant = new_plant()
    plant.release(label("C"), since=T + SECOND)
    plant.release(label("B"), since=T)
    plant.release(label("A"))
    assert [plant.revision("label", "L", T + n * SECOND) for n in (-1, 0, 1)] == ["A", "B", "C"]


def test_a_back_out_brings_the_prior_revision_back_and_history_stays(new_plant):
    plant = new_plant()
    (first,) = plant.release(label("A"))
    plant.release(label("B"), since=T)
    later = T + timedelta(days=1)
    plant.declared.activate("BACK", [first.ref], m.Effectivity(instant=later))
    seen = [plant.revision("label", "L", at) for at in (T - SECOND, T, later - SECOND, later)]
    assert seen == ["A", "B", "B", "A"]


def test_an_activation_that_came_late_does_not_rewrite_history(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    known = T + timedelta(hours=5)
    plant.release(label("B"), since=T, not_before=known)
    assert [plant.revision("label", "L", at) for at in (T, known - SECOND, known)] == ["A", "A", "B"]


def test_an_activation_that_came_in_time_counts_from_its_date(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    plant.release(label("B"), since=T, not_before=T - timedelta(hours=5))
    assert [plant.revision("label", "L", at) for at in (T - SECOND, T)] == ["A", "B"]


def test_an_initial_load_may_be_in_effect_before_it_was_made(new_plant):
    plant = new_plant()
    plant.release(label("A"), not_before=NOON)
    assert plant.revision("label", "L", NOON - SECOND) == "A"


def test_a_change_is_no_initial_load_if_one_of_its_members_was_active_before(new_plant):
    plant = new_plant()
    plant.release(label("A"))
    plant.release(label("B"), label("A", id="NEW"), since=T, not_before=T + SECOND)
    assert (plant.revision("label", "L", T), plant.revision("label", "NEW", T)) == ("A", None)


def test_who_approved_a_revision_under_which_change_is_known(new_plant):
    plant = new_plant()
    approval = m.Approval(user="qa", role="quality_approver", meaning="fit", at=EPOCH)
    plant.release(label("A"), change="C1", approvals=(approval,))
    found = oracle.in_effect(plant.declared, "label", "L", site="EAST", zone="UTC", at=NOON)
    assert (found.change_id, found.approvals, found.since) == ("C1", (approval,), EPOCH)


def test_boundaries_are_where_another_revision_takes_over(new_plant):
    plant = new_plant()
    (first,) = plant.release(label("A"))
    plant.declared.activate("AGAIN", [first.ref], m.Effectivity(instant=NOON))
    plant.release(label("B"), since=local("2027-03-28T02:30:00"))
    plant.release(label("C", site="WEST"), since=T)
    east, west = (oracle.boundaries(plant.declared, "label", "L", s, z) for s, z in ZONES.items())
    assert east == (EPOCH, utc("2027-03-28T03:30:00+02:00"))
    assert west == (EPOCH, T, utc("2027-03-28T02:30:00-04:00"))


DATES = st.lists(st.integers(0, 10**6), min_size=1, max_size=6, unique=True)


@given(DATES, st.randoms(use_true_random=False))
def test_the_order_of_releases_does_not_matter_if_their_dates_differ(new_plant, offsets, random):
    """At every second around every date the revision with the latest date so far is in effect."""
    plant = new_plant()
    for n in random.sample(offsets, len(offsets)):
        plant.release(label(str(n)), since=T + n * SECOND)
    for at in {offset + step for offset in offsets for step in (-1, 0, 1)}:
        past = [n for n in offsets if n <= at]
        assert plant.revision("label", "L", T + at * SECOND) == (str(max(past)) if past else None)


@given(DATES)
def test_between_two_boundaries_nothing_changes(new_plant, offsets):
    plant = new_plant()
    for n in offsets:
        plant.release(label(str(n % 3)), since=T + n * SECOND)
    dates = oracle.boundaries(plant.declared, "label", "L", "EAST", "UTC")
    for start, end in pairwise(dates):
        inside = {plant.revision("label", "L", at) for at in (start, start + (end - start) / 2, end - SECOND)}
        assert len(inside) == 1
        assert plant.revision("label", "L", end) not in inside


def product(plant, **structure):
    """An item with a label L and a bom B, each revision A."""
    plant.item("CREAM", "C62", structure={"label": "L", "bom": "B"} | structure)
    plant.release(label("A"), bill("B", "CREAM", (1, "C62"), []))


def refs(plant, at=NOON, variant=None, **how):
    found = oracle.revision_set(plant.declared, "CREAM", variant, site="EAST", zone=ZONES["EAST"], at=at, **how)
    return {str(ref) for ref in found}


def test_a_revision_set_is_what_is_in_effect_of_the_structure(new_plant):
    plant = new_plant()
    product(plant)
    plant.release(label("B"), since=T)
    assert refs(plant, T - SECOND) == {"label L rev A", "bom B rev A"}
    assert refs(plant, T) == {"label L rev B", "bom B rev A"}


def test_a_variant_replaces_what_it_has_and_takes_the_rest_from_its_item(new_plant):
    plant = new_plant()
    product(plant)
    own = m.Variant(id="V", revision="A", base_item="CREAM", structure=m.ProductStructure(label="VL"))
    plant.release(own, label("A", id="VL"))
    assert refs(plant, variant="V") == {"label VL rev A", "bom B rev A"}
    assert refs(plant) == {"label L rev A", "bom B rev A"}


def test_a_variant_of_another_item_has_no_revision_set(new_plant):
    plant = new_plant()
    product(plant)
    plant.item("OTHER", "C62")
    plant.release(m.Variant(id="V", revision="A", base_item="OTHER"))
    with pytest.raises(oracle.Undetermined, match="is of item OTHER, not of CREAM") as caught:
        refs(plant, variant="V")
    assert caught.value.code == "wrong_variant"


def test_a_variant_not_in_effect_is_not_silently_its_item(new_plant):
    plant = new_plant()
    product(plant)
    with pytest.raises(oracle.Undetermined, match="no variant V is in effect") as caught:
        refs(plant, variant="V")
    assert caught.value.code == "no_effective_revision"


def test_packaging_uses_the_label_in_effect_when_it_starts(new_plant):
    plant = new_plant()
    product(plant)
    plant.release(label("B"), bill("B", "CREAM", (2, "C62"), [], revision="B"), since=T)
    assert refs(plant, T - SECOND, label_at=T) == {"label L rev B", "bom B rev A"}


def test_what_has_no_revision_in_effect_is_missing(new_plant):
    plant = new_plant()
    product(plant, routing="R")
    found = oracle.missing(plant.declared, "CREAM", None, site="EAST", zone="UTC", at=NOON)
    assert found == {("routing", "R")}
    assert refs(plant) == {"label L rev A", "bom B rev A"}


def test_what_a_variant_names_is_what_can_be_missing_for_it(new_plant):
    plant = new_plant()
    product(plant)
    plant.release(m.Variant(id="V", revision="A", base_item="CREAM", structure=m.ProductStructure(label="VL")))
    found = oracle.missing(plant.declared, "CREAM", "V", site="EAST", zone="UTC", at=NOON)
    assert found == {("label", "VL")}
