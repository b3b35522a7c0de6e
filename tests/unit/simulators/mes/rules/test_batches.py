"""The batch record: pinned once, read as it was."""

from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.mes.rules import batches

ORDER = {
    "id": "O1", "item": "CREAM", "site": "EAST", "variant": None,
    "quantity": {"value": "100", "unit": "C62"},
}  # fmt: skip
AT = "2027-03-10T05:59:59Z"


def ref(domain, revision="A"):
    return {"domain": domain, "id": f"{domain}-1", "revision": revision}


def state(domain, revision="A", change="C1"):
    return {"master": {**ref(domain, revision), "item": "CREAM"}, "change_id": change}


def run(op_no, label=None, changes=None):
    return {
        "op_no": op_no, "equipment": "E1", "started_at": AT, "completed_at": None, "by": "operator",
        "label": label, "evidence": {}, "changes": changes or {},
    }  # fmt: skip


PINNED = batches.pin(ORDER, [state("bom"), state("routing"), state("label")], AT)


def test_a_pin_holds_references_and_the_change_behind_each():
    assert PINNED["revision_set"] == [ref("bom"), ref("routing"), ref("label")]
    assert PINNED["changes"]["bom bom-1 rev A"] == "C1"
    assert PINNED["started_at"] == AT


def test_a_batch_is_never_pointed_to_another_set():
    later = batches.pin(ORDER, [state("bom", "B")], "2027-03-11T00:00:00Z")
    assert batches.pinned_once(PINNED, lambda: later) is PINNED
    assert batches.pinned_once(None, lambda: later) is later


def test_the_record_shows_the_label_that_packaging_used_and_the_change_that_released_it():
    used = ref("label", "B")
    record = batches.batch_record("O1", PINNED, [run("30", used, {"label label-1 rev B": "C2"})], [])
    assert used in record["revision_set"]
    assert ref("label", "A") not in record["revision_set"]
    assert record["changes"] == {
        "bom bom-1 rev A": "C1", "routing routing-1 rev A": "C1", "label label-1 rev B": "C2",
    }  # fmt: skip


def test_before_packaging_the_record_shows_the_pinned_label():
    assert batches.batch_record("O1", PINNED, [run("10")], [])["revision_set"] == PINNED["revision_set"]


def test_two_packaging_operations_with_different_versions_are_both_on_record():
    labels = [ref("label", "A"), ref("label", "B")]
    runs = [run("30", labels[0]), run("40", labels[1])]
    assert batches.refs_used(PINNED["revision_set"], runs)[-2:] == labels


REFS = st.builds(ref, st.sampled_from(["bom", "routing", "label"]), st.sampled_from("ABC"))


@given(sets=st.dictionaries(st.sampled_from(["O1", "O2", "O3"]), st.lists(REFS)), wanted=REFS)
def test_where_used_lists_exactly_the_batches_whose_set_has_the_revision(sets, wanted):
    found = batches.driven_by(wanted, sets.items())
    assert found == sorted(order for order, refs in sets.items() if wanted in refs)
