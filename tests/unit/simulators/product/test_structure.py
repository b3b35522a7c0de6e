"""Which masters drive an order."""

import pytest

from syncproof.simulators import product as p

ALL = {"bom": "B", "routing": "R", "recipe": "C", "label": "L", "test_specification": "T"}


def master(domain, id, revision="A", **fields):
    return {"domain": domain, "id": id, "revision": revision, **fields}


def world(*extra, structure=ALL, without=()):
    masters = [master("material", "CREAM", base_unit="C62", structure=structure), *extra]
    masters += [master(domain, key) for domain, key in ALL.items() if domain not in without]
    held = {(m["domain"], m["id"]): m for m in masters}
    return lambda domain, key: held.get((domain, key))


def ids(refs):
    return {ref["domain"]: f"{ref['id']} {ref['revision']}" for ref in refs}


def test_the_revision_set_is_the_five_masters_of_the_item_and_not_the_item_itself():
    assert ids(p.revision_set("CREAM", None, world())) == {domain: f"{key} A" for domain, key in ALL.items()}


def test_a_reference_names_domain_id_and_revision_only():
    assert p.revision_set("CREAM", None, world())[0] == {"domain": "bom", "id": "B", "revision": "A"}


def test_a_variant_brings_its_own_masters_and_falls_back_to_those_of_its_base_item():
    own = {"bom": "VB", "routing": None, "label": "VL"}
    lookup = world(
        master("variant", "ROSE", base_item="CREAM", structure=own),
        master("bom", "VB", "C"),
        master("label", "VL"),
    )
    assert ids(p.revision_set("CREAM", "ROSE", lookup)) == {
        "bom": "VB C", "routing": "R A", "recipe": "C A", "label": "VL A",
        "test_specification": "T A"}  # fmt: skip


def test_a_variant_of_another_item_is_refused():
    with pytest.raises(p.VariantMismatch, match="MILK"):
        p.structure_of("CREAM", "ROSE", world(master("variant", "ROSE", base_item="MILK", structure={})))


@pytest.mark.parametrize(("item", "variant"), [("UNKNOWN", None), ("CREAM", "UNKNOWN")])
def test_an_item_or_variant_that_is_not_in_effect_is_named(item, variant):
    with pytest.raises(p.MasterMissing, match="UNKNOWN"):
        p.structure_of(item, variant, world())


def test_a_complete_set_has_no_gaps():
    assert p.gaps("CREAM", None, world()) == []


@pytest.mark.parametrize("domain", p.SET_DOMAINS)
def test_a_named_master_without_effective_revision_is_a_gap(domain):
    (gap,) = p.gaps("CREAM", None, world(without=(domain,)))
    assert f"{domain} {ALL[domain]!r}" in gap


def test_an_item_that_names_no_bom_or_routing_cannot_be_made():
    assert len(p.gaps("CREAM", None, world(structure={"label": "L"}))) == 2


def test_the_bom_of_an_order_is_the_variants_if_it_has_one():
    lookup = world(master("variant", "ROSE", base_item="CREAM", structure={"bom": "VB"}), master("bom", "VB"))
    assert p.bom_of("CREAM", None, lookup)["id"] == "B"
    assert p.bom_of("CREAM", "ROSE", lookup)["id"] == "VB"


def test_an_item_without_a_bom_is_named():
    with pytest.raises(p.MasterMissing, match="'CREAM' names no bom"):
        p.bom_of("CREAM", None, world(structure={"routing": "R"}))
