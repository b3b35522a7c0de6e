"""The drift report names what differs and claims nothing where nobody looked."""

import pytest

from syncproof.errors import UnusableAnswer
from syncproof.integration.drift import Drift
from tests.unit.integration.plant import Consumer, material

M = ("material", "M", "A")


@pytest.fixture
def systems() -> dict[str, Consumer]:
    return {name: Consumer(name) for name in ("erp", "mes", "wms")}


@pytest.fixture
def drift(systems) -> Drift:
    for system in systems.values():
        system.held["material", "M"] = [material("M")]
    return Drift(systems, {"material": "erp"}, lambda _: list(systems))


def test_systems_that_hold_the_same_content_do_not_drift(drift):
    assert drift.report([M]) == []


def test_other_content_and_a_missing_revision_are_drift(drift, systems):
    systems["mes"].held["material", "M"] = [material("M", description="edited")]
    systems["wms"].held["material", "M"] = [material("M", "B")]
    assert drift.report([M]) == [("mes", "material M rev A"), ("wms", "material M rev A")]


def test_what_its_owner_does_not_have_is_drift_wherever_it_is(drift, systems):
    systems["erp"].held.clear()
    assert drift.report([M]) == [("mes", "material M rev A"), ("wms", "material M rev A")]


@pytest.mark.parametrize("down", ["erp", "mes"])
def test_a_system_that_cannot_be_read_is_an_error_and_no_drift(drift, systems, down):
    systems[down].down = True
    with pytest.raises(UnusableAnswer, match=f"{down} cannot be read"):
        drift.report([M])


def test_a_domain_without_an_owner_is_an_error(drift):
    with pytest.raises(UnusableAnswer, match="nobody owns"):
        drift.report([("label", "L", "A")])
