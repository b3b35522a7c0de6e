"""Every question is answered for the site that asks, at that site's wall time: with the right answer of another site,
none of these would be right."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from syncproof import model as m
from syncproof import oracle
from tests.unit.oracle.plant import EPOCH, NOON, ZONES, bill, qty, unit_rules


def label(revision):
    return m.LabelArtwork(id="L", revision=revision, item="CREAM", artwork_hash=revision, market="EU")


def routing(revision, *op_nos):
    operations = tuple(
        m.Operation(op_no=n, name=n, step_definition="S", equipment_class="MIXER", evidence=("sign",)) for n in op_nos
    )
    return m.Routing(id="R", revision=revision, item="CREAM", recipe="MBR", operations=operations)


OPERATION = routing("A", "10").operations[0]


def mixer(revision, *, qualified):
    return m.Equipment(id="M1", revision=revision, equipment_class="MIXER", qualified=qualified)


SECOND = (
    label("B"),
    routing("B", "10", "20"),
    bill("CREAM-BOM", "CREAM", (1, "C62"), [("OIL", 5, "KGM")], revision="B"),
    unit_rules("OIL", "KGM", units={"BX": 3}, tolerance="0.5", rounding=("up", "10"), revision="B"),
    mixer("B", qualified=False),
)
"""The second revisions; the first are those of the fixture."""


@pytest.fixture
def plant(new_plant):
    plant = new_plant()
    plant.item("OIL", "KGM", units={"BX": 2}, tolerance="0.1")
    lines = [("OIL", 4, "KGM")]
    structure = {"label": "L", "routing": "R"}
    plant.item("CREAM", "C62", lines=lines, structure=structure, units={"DZN": 12})
    plant.release(label("A"), routing("A", "10"), mixer("A", qualified=True))
    return plant


def order(site):
    return m.ProductionOrder(id="O1", item="CREAM", quantity=qty(1, "C62"), site=site)


def revisions(declared, site, zone, **when):
    found = oracle.revision_set(declared, "CREAM", None, site=site, zone=zone, **when)
    return {ref.domain: ref.revision for ref in found}


QUESTIONS = {
    "revisions": (
        lambda d, site, zone: revisions(d, site, zone, at=NOON),
        {"label": "A", "routing": "A", "bom": "A"},
        {"label": "B", "routing": "B", "bom": "B"},
    ),
    "label when packaging starts": (
        lambda d, site, zone: revisions(d, site, zone, at=EPOCH, label_at=NOON)["label"],
        "A",
        "B",
    ),
    "conversion": (
        lambda d, site, zone: oracle.convert(d, "OIL", qty(1, "BX"), site=site, zone=zone, at=NOON),
        2,
        3,
    ),
    "tolerance": (
        lambda d, site, zone: oracle.tolerance(d, "OIL", site=site, zone=zone, at=NOON),
        Fraction(1, 10),
        Fraction(1, 2),
    ),
    "exact requirements": (
        lambda d, site, zone: oracle.exact_requirements(d, order(site), zone=zone, at=NOON),
        {"OIL": 4},
        {"OIL": 5},
    ),
    "requirements, by the rounding of the site": (
        lambda d, site, zone: {n.quantity.value for n in oracle.requirements(d, order(site), zone=zone, at=NOON)},
        {Decimal(4)},
        {Decimal(10)},
    ),
    "operations": (lambda d, site, zone: oracle.operations(d, order(site), zone=zone, at=NOON), {"10"}, {"10", "20"}),
    "equipment": (
        lambda d, site, zone: oracle.eligible_equipment(d, OPERATION, "CREAM", site=site, zone=zone, at=NOON),
        {"M1"},
        set(),
    ),
}


@pytest.mark.parametrize(("ask", "first", "second"), QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_released_for_one_site_answers_the_questions_of_that_site_only(plant, ask, first, second):
    plant.release(*(msgspec.structs.replace(master, site="WEST") for master in SECOND))
    assert {site: ask(plant.declared, site, zone) for site, zone in ZONES.items()} == {"EAST": first, "WEST": second}


@pytest.mark.parametrize(("ask", "first", "second"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_wall_time_has_come_in_the_east_when_it_has_not_in_the_west(plant, ask, first, second):
    # 12:00 UTC is 13:00 in Berlin and 07:00 in New York
    plant.release(*SECOND, since=m.Effectivity(local=datetime(2027, 2, 1, 12)))  # noqa: DTZ001 - a wall time
    assert {site: ask(plant.declared, site, zone) for site, zone in ZONES.items()} == {"EAST": second, "WEST": first}


@pytest.mark.parametrize(("site", "expected"), [("EAST", {("test_specification", "T")}), ("WEST", set())])
def test_what_one_site_has_may_be_missing_at_another(new_plant, site, expected):
    plant = new_plant()
    plant.item("CREAM", "C62", structure={"test_specification": "T"})
    plant.release(m.TestSpecification(id="T", revision="A", item="CREAM", samples=1, characteristics=(), site="WEST"))
    assert oracle.missing(plant.declared, "CREAM", None, site=site, zone=ZONES[site], at=NOON) == expected


@pytest.mark.parametrize(("site", "expected"), [("EAST", set()), ("WEST", {("label", "L")})])
def test_what_takes_effect_at_a_wall_time_is_missing_until_then(new_plant, site, expected):
    plant = new_plant()
    plant.item("CREAM", "C62", structure={"label": "L"})
    plant.release(label("A"), since=m.Effectivity(local=datetime(2027, 2, 1, 12)))  # noqa: DTZ001 - a wall time
    assert oracle.missing(plant.declared, "CREAM", None, site=site, zone=ZONES[site], at=NOON) == expected
