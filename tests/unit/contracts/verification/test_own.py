"""Our own interactions: every system of the plant keeps them, and one that does not is found out."""

import pytest

from syncproof.contracts import registry
from syncproof.contracts.declared import example_of, exchanges
from syncproof.contracts.pact import read_document, writing
from syncproof.contracts.verification import ports
from syncproof.contracts.verification.running import verify
from syncproof.ports import ROLES, Observation, Outcome

PROVIDERS = sorted({each.provider for each in exchanges()})


def pact_of(provider):
    return read_document(writing.document("syncproof", provider), provider)


def test_every_contract_has_interactions_and_names_examples_that_there_are():
    """What is not declared is not verified. Answers are held against their contracts in every run, and for some roles
    there is no system yet."""
    sent = {one.name for one in registry().values() if one.direction == "publish" and {*one.providers} & {*ROLES}}
    assert {each.contract for each in exchanges()} == sent
    for each in exchanges():
        assert each.bad
        assert all(example_of(each.contract, name) for name in (each.good, *each.bad))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_system_of_the_plant_keeps_what_our_adapters_ask(plant, provider):
    """Good examples are taken, read back and published, bad ones refused with a reason."""
    found = list(verify(plant, [pact_of(provider)]))
    assert [each for each in found if each.verdict != "verified"] == []


def test_system_out_of_order_keeps_none_of_it(plant):
    """A contract that is not kept fails; the fault is in the system, not in the file."""
    system = plant.systems["wms"]
    system.inject("garbage")
    try:
        found = list(verify(plant, [pact_of("warehouse")]))
    finally:
        system.clear_faults()
    assert {each.verdict for each in found} <= {"failed", "error"}


class Foreign:
    """A system of another make behind an adapter: it holds materials, and nothing else."""

    name = "foreign"
    capabilities = frozenset({"system.submit", "system.masters", "master.material"})

    def __init__(self, status="accepted"):
        self.held, self.status = [], status

    def submit(self, *masters, by, reason, bulk=False):
        self.held += masters
        return tuple(
            Outcome(self.status, ("x1",), self.name, ("no: no",) * (self.status == "refused")) for _ in masters
        )

    def masters(self, domain, id):
        from syncproof.model import MasterState

        states = [MasterState(master=each, status="active", content_hash="h") for each in self.held if each.id == id]
        return Observation(tuple(states), ("x2",), self.name)


@pytest.fixture
def by_ports(plant, monkeypatch):
    """``by_ports(system)``: the plant with a system of another make as ERP."""

    def change(system):
        monkeypatch.setitem(plant.systems, "erp", system)
        entry = plant.definition.systems["erp"]
        from msgspec.structs import replace

        systems = {**plant.definition.systems, "erp": replace(entry, adapter="other")}
        monkeypatch.setattr(plant, "definition", replace(plant.definition, systems=systems))
        return plant

    return change


def verdicts(landscape, contract):
    found = verify(landscape, [pact_of("planning")])
    return {each.description.split(": ")[1]: each for each in found if each.description.startswith(f"{contract}:")}


def test_system_whose_paths_are_not_ours_is_driven_through_its_ports(by_ports):
    """The same contract in the adapter's words; what no port can say is not supported, and does not count."""
    found = verdicts(by_ports(Foreign()), "material")
    assert found["submits good-minimal"].verdict == "verified"
    assert found["reads what was submitted, good-minimal"].verdict == "verified"
    assert found["is refused bad-unknown-field"].verdict == "not supported"
    assert found["is told of what was submitted, good-minimal"].verdict == "not supported"


def test_system_that_does_not_hold_a_domain_is_not_supported_there(by_ports):
    """It is said which capability lacks."""
    found = verdicts(by_ports(Foreign()), "bom")
    assert {each.verdict for each in found.values()} == {"not supported"}
    assert "master.bom" in next(iter(found.values())).reason


def test_refusal_of_a_good_record_through_a_port_is_a_difference(by_ports):
    """In the system's own words."""
    found = verdicts(by_ports(Foreign("refused")), "material")
    (difference,) = found["submits good-minimal"].differences
    assert (difference.pointer, difference.expected, difference.actual) == ("/status", "accepted", "refused")
    assert difference.text == "no: no"


def test_record_read_through_a_port_is_compared_field_by_field(by_ports):
    """A system that changes what it was given is found out."""

    class Changing(Foreign):
        def masters(self, domain, id):
            from msgspec.structs import replace

            found = super().masters(domain, id)
            states = tuple(replace(each, master=replace(each.master, base_unit="LTR")) for each in found.value)
            return Observation(states, found.exchanges, found.system)

    result = verdicts(by_ports(Changing()), "material")["reads what was submitted, good-minimal"]
    assert result.verdict == "failed"


def test_exchange_of_a_contract_that_is_not_ours_is_not_supported():
    """A file of a later version may know contracts that this one does not."""
    with pytest.raises(Exception, match="contract riddle"):
        ports.exchange_of({"contract": "riddle"})
