"""Masters at their system of record: accepted, staged, published, never overwritten."""

from hashlib import sha256

import rfc8785

from tests.unit.simulators.bench import bom, codes, master, material, oil_uom


def digest(document) -> str:
    return "sha256:" + sha256(rfc8785.dumps(document)).hexdigest()


def test_an_accepted_master_is_a_draft_with_its_content_hash_and_is_published(plain):
    new = material("NEW")
    answer = plain.submit(new)
    assert (answer["http"], answer["status"], answer["key"]) == (201, "accepted", "NEW")
    assert plain.states("material", "NEW") == {
        "A": {
            "master": new, "status": "draft", "content_hash": digest(new), "effective_from": None,
            "change_id": None, "approvals": [],
        }
    }  # fmt: skip
    assert plain.told("master") == [new]


def test_the_audit_trail_holds_the_hashes_before_and_after(plain):
    first, second = material("NEW"), {**material("NEW"), "revision": "B", "description": "other"}
    plain.submit(first)
    plain.submit(second)
    found = [(e["revision"], e["old"], e["new"], e["actor"], e["at"]) for e in plain.audit("material", "NEW")]
    at = "2027-02-01T12:00:00Z"
    assert found == [
        ("A", None, digest(first), "engineer", at),
        ("B", digest(first), digest(second), "engineer", at),
    ]


def test_a_revision_is_never_overwritten(plain):
    changed = bom(oil="11")
    answer = plain.submit(changed)
    assert (answer["http"], codes(answer)) == (409, ["revision_exists"])
    assert plain.states("bom", "B")["A"]["master"] == bom()
    assert plain.audit("bom", "B", outcome="refused", revision="A")


def test_the_same_content_again_is_accepted_without_effect(plain):
    plain.submit(material("NEW"))
    assert plain.submit(material("NEW"))["status"] == "accepted"
    assert len(plain.told("master")) == 1
    assert len(plain.audit("material", "NEW")) == 1


def test_a_new_revision_is_kept_beside_the_old_one(plain):
    plain.submit(bom("B", oil="11"))
    assert {r: s["status"] for r, s in plain.states("bom", "B").items()} == {"A": "effective", "B": "draft"}


def test_a_master_whose_references_are_missing_is_staged_and_not_published(plain):
    with_spice = bom("B")
    with_spice["lines"][1]["item"] = "SPICE"
    answer = plain.submit(with_spice)
    assert (answer["http"], answer["status"], codes(answer)) == (202, "staged", ["orphan_component"])
    assert plain.states("bom", "B")["B"]["status"] == "staged"
    assert plain.told("master") == []
    (event,) = plain.audit("bom", "B", action="stage")
    assert event["errors"][0].startswith("orphan_component: ")


def test_a_staged_master_is_accepted_and_published_once_its_references_arrive(plain):
    with_spice = bom("B")
    with_spice["lines"][1] = {**with_spice["lines"][1], "item": "SPICE"}
    plain.submit(with_spice)
    spice = material("SPICE", "C62")
    plain.submit(spice, by="engineer")
    assert plain.states("bom", "B")["B"]["status"] == "draft"
    assert plain.told("master") == [spice, with_spice]
    assert plain.audit("bom", "B", action="accept")[0]["actor"] == "engineer"


def test_what_waits_for_several_things_stays_staged_until_the_last_has_come(plain):
    with_spice = bom("B")
    with_spice["lines"][1] = {**with_spice["lines"][1], "item": "SPICE", "quantity": {"value": "1", "unit": "BX"}}
    plain.submit(with_spice)
    plain.submit(material("SPICE"))
    assert plain.states("bom", "B")["B"]["status"] == "staged"
    plain.submit({**oil_uom(), "id": "SPICE"})
    assert plain.states("bom", "B")["B"]["status"] == "draft"


def test_chains_of_staged_masters_resolve_in_one_go(plain):
    recipe = master("recipe", "R2", item="NEW", steps=[{"id": "S", "document": "D", "evidence": ["e"]}])
    operation = {"op_no": "10", "name": "op", "step_definition": "S", "equipment_class": "MIXER", "evidence": ["e"]}
    plain.submit(master("routing", "RT", item="NEW", recipe="R2", operations=[operation]))
    plain.arrive(recipe)
    assert plain.states("recipe", "R2")["A"]["status"] == plain.states("routing", "RT")["A"]["status"] == "staged"
    plain.submit(material("NEW"))
    assert plain.states("recipe", "R2")["A"]["status"] == plain.states("routing", "RT")["A"]["status"] == "draft"


def test_a_staged_revision_may_still_be_mended(plain):
    orphan = bom("B")
    orphan["lines"][1] = {**orphan["lines"][1], "item": "SPICE"}
    plain.submit(orphan)
    assert plain.submit(bom("B", oil="12"))["status"] == "accepted"
    assert plain.states("bom", "B")["B"]["master"]["lines"][0]["quantity"]["value"] == "12"


def test_a_rejected_master_is_not_stored(plain):
    answer = plain.submit({**bom("B"), "lines": []})
    assert (answer["http"], codes(answer)) == (422, ["bom_incomplete"])
    assert set(plain.states("bom", "B")) == {"A"}


def test_a_master_that_breaks_its_contract_is_refused_with_the_place(plain):
    answer = plain.submit({**material("NEW"), "base_unit": 7})
    assert (answer["http"], codes(answer), answer["reasons"][0]["pointer"]) == (422, ["schema"], "/base_unit")


def test_identifiers_are_kept_in_normal_form(plain):
    plain.submit(material("  GEMU\u0308SE "))
    assert set(plain.states("material", "GEMÜSE")) == {"A"}
    assert plain.states("material", " GEMÜSE ")["A"]["master"]["id"] == "GEMÜSE"


def test_identifiers_that_differ_in_case_blanks_or_zeros_stay_apart(plain):
    plain.submit(material("Mix 0"))
    for other in ("mix 0", "Mix0", "Mix  0", "Mix 00"):
        assert plain.states("material", other) == {}


def test_a_master_of_its_own_coming_back_as_an_event_is_still_published_once_accepted(plain):
    orphan = bom("B")
    orphan["lines"][1] = {**orphan["lines"][1], "item": "SPICE"}
    plain.submit(orphan)
    plain.arrive(orphan)
    plain.submit(material("SPICE", "C62"))
    assert orphan in plain.told("master")


def test_a_master_from_an_event_is_never_published_again(plain):
    plain.arrive(master("label", "L2", item="CREAM", artwork_hash="x", market="EU"))
    assert plain.told("master") == []
