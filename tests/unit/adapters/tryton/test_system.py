from decimal import Decimal

import pytest

from syncproof import capabilities
from syncproof import model as m
from syncproof.adapters.tryton import ROLES, abilities, create
from syncproof.credentials import Credential
from syncproof.errors import ConfigurationError, NotSupported
from tests.unit.adapters.tryton.conftest import URL

USERS = {
    user: Credential(user=user, password=f"{user}-pw") for user in ("viewer", "engineer", "planner", "integration")
}
MATERIAL = m.MaterialDefinition(id="X", revision="A", description="d", base_unit="KGM")
BOM = m.BillOfMaterial(id="B", revision="A", item="X", base_quantity=m.Quantity(value=Decimal(1), unit="KGM"), lines=())


@pytest.fixture
def system(session):
    return create(name="erp", base_url=URL, roles=("planning",), session=session, credentials=USERS, options={})


def test_a_role_that_tryton_cannot_play_is_a_mistake_in_the_file(session):
    """The message names the place and the valid values."""
    with pytest.raises(ConfigurationError, match=r"systems\.erp\.roles: .*'quality'.* Valid: execution, planning"):
        create(name="erp", base_url=URL, roles=("quality",), session=session, credentials=USERS, options={})


def test_capabilities_are_those_of_the_roles_that_are_played(system):
    """A system that is not the warehouse does not offer its verbs."""
    assert "planning.requirements" in system.capabilities
    assert not [name for name in system.capabilities if name.startswith(("warehouse.", "execution."))]
    assert system.capabilities <= capabilities.ALL


def test_every_declared_verb_is_there(session):
    """A declared capability that no method stands behind would break in the middle of a run."""
    every = create(name="x", base_url=URL, roles=tuple(ROLES), session=session, credentials=USERS, options={})
    verbs = [name for name in every.capabilities if name.split(".")[0] in capabilities.PORTS]
    assert [name for name in verbs if not callable(getattr(every, name.split(".")[1], None))] == []


def test_what_is_missing_is_not_declared_and_has_a_reason():
    """Each capability is either there, or missing for a stated reason, or another role's."""
    assert abilities.CAPABILITIES.isdisjoint(abilities.MISSING)
    assert all(len(why) > 10 for why in abilities.MISSING.values())
    others = {"quality", "integration", "control"}
    unnamed = capabilities.ALL - abilities.CAPABILITIES - abilities.MISSING.keys()
    assert {name for name in unnamed if name.split(".")[0] not in others} == {
        *(f"master.{domain}" for domain in m.DOMAINS if domain not in abilities.DOMAINS),
    }


def test_a_database_states_what_its_modules_can(tryton, system):
    """A capability whose module is not activated is not stated, so the installation check fails."""
    tryton.finds("ir.module", {"id": 1, "name": "ir", "version": ""}, {"id": 2, "name": "product", "version": "8.2.0"})
    tryton.finds("company.company", {"id": 1, "timezone": "Europe/Berlin"})
    identity = system.identify().value
    assert identity.time_zone == "Europe/Berlin"
    assert "master.material" in identity.capabilities
    assert "planning.requirements" not in identity.capabilities
    assert identity.host_now.isoformat() == "2026-11-20T21:11:22+00:00"


def test_a_refusal_is_an_outcome_in_trytons_words_with_its_exchanges(tryton, system):
    """The exchanges are those of this call alone."""
    tryton.refuse("model.product.template.create", 'You are not allowed to access "Product Template".')
    tryton.finds("product.uom", {"id": 5, "symbol": "KGM", "category": 8, "factor": 1.0, "rate": 1.0})
    tryton.answers["model.product.uom.category.create"] = [8]
    (outcome,) = system.submit(MATERIAL, by="engineer", reason="r")
    assert outcome.status == "refused"
    assert outcome.reasons == ('forbidden: You are not allowed to access "Product Template".',)
    assert outcome.key == "X"
    assert outcome.exchanges
    again = system.submit(MATERIAL, by="engineer", reason="r")[0]
    assert set(again.exchanges).isdisjoint(outcome.exchanges)


def test_an_unknown_user_is_turned_away_by_the_server(tryton, system):
    """The login of a user without credentials is tried and refused."""
    tryton.refused_logins.add("intruder")
    (outcome,) = system.submit(MATERIAL, by="intruder", reason="r")
    assert outcome.status == "refused"
    assert outcome.reasons[0].startswith("unauthenticated: The server could not verify")
    assert outcome.exchanges


def test_a_bulk_load_goes_domain_by_domain_and_answers_in_the_callers_order(system, monkeypatch):
    """Boms refer to items, whatever the order in which they are given."""
    calls = []
    submit = lambda c, domain, masters: calls.append((domain, [x.id for x in masters]))  # noqa: E731
    monkeypatch.setattr("syncproof.adapters.tryton.catalogue.submit", submit)
    outcomes = system.submit(BOM, MATERIAL, by="engineer", reason="r", bulk=True)
    assert calls == [("material", ["X"]), ("bom", ["B"])]
    assert [outcome.key for outcome in outcomes] == ["B", "X"]
    calls.clear()
    system.submit(BOM, MATERIAL, by="engineer", reason="r")
    assert calls == [("bom", ["B"]), ("material", ["X"])]


def test_a_domain_that_tryton_does_not_hold_is_not_supported(system):
    """Not refused, not empty: not supported, by name."""
    label = m.LabelArtwork(id="L", revision="A", item="X", artwork_hash="h", market="EU")
    for attempt in (
        lambda: system.submit(label, by="engineer", reason="r"),
        lambda: system.masters("label", "L"),
        lambda: system.effective("label", "L", "EAST"),
        lambda: system.activate(label.ref),
        lambda: system.post("master", {"domain": "label", **{f: getattr(label, f) for f in label.__struct_fields__}}),
    ):
        with pytest.raises(NotSupported, match=r"master\.label"):
            attempt()


def test_an_instant_in_the_past_cannot_be_asked_for(system):
    """Tryton knows what is in effect now and nothing else."""
    import datetime as dt

    with pytest.raises(NotSupported, match=r"effectivity\.as_of"):
        system.effective("bom", "B", "EAST", dt.datetime(2027, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("fact", {"kind": "scrap", "order_id": "O1"}),
        ("fact", {"kind": "equipment_state"}),
        ("activation", {}),
        ("disposition", {"scope": "item", "target": "X", "disposition": "Restricted", "reason": "r"}),
    ],
)
def test_what_tryton_has_no_use_for_is_not_posted(system, kind, data):
    """The integration hears that it is not supported and goes on."""
    with pytest.raises(NotSupported):
        system.post(kind, data)
