"""The release gate: results against the specification in effect."""

import pytest

from tests.unit.simulators.bench import STRUCTURE, codes, kg, material, spec


@pytest.fixture
def held(qms):
    """Lot P1 of CREAM is on hold; its specification wants two samples of pH from 5 to 6."""
    qms.lot("P1", "CREAM", "100", "C62")
    qms.decide("lot", "P1")
    return qms


def release(qms, lot="P1"):
    return qms.decide("lot", lot, "UnRestricted")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ["results_missing"]),
        (["5.5"], ["results_missing"]),
        (["5", "5"], []),
        (["6", "6.000"], []),
        (["5", "4.999"], ["out_of_limits"]),
        (["6.001", "6"], ["out_of_limits"]),
        (["4.999"], ["out_of_limits", "results_missing"]),
        (["5", "5", "7"], ["out_of_limits"]),
    ],
    ids=str,
)
def test_a_lot_is_released_only_on_enough_results_within_limits(held, values, expected):
    for sample, value in enumerate(values, start=1):
        assert held.result(value, sample)["status"] == "accepted"
    answer = release(held)
    assert codes(answer) == expected
    assert answer["http"] == (409 if expected else 201)
    assert held.disposition("P1") == ("Restricted" if expected else "UnRestricted")


def test_every_characteristic_needs_its_results(qms):
    two = spec() | {"revision": "B"}
    two["characteristics"] = [*two["characteristics"], {"name": "density", "unit": "C62", "low": "1", "high": "2"}]
    qms.introduce(two)
    qms.lot("P1", "CREAM", "100", "C62")
    qms.decide("lot", "P1")
    for sample in (1, 2):
        qms.result("5.5", sample)
    assert codes(release(qms)) == ["results_missing"]
    for sample in (1, 2):
        qms.result("1.5", sample, name="density")
    assert release(qms)["status"] == "accepted"


def test_a_new_specification_gates_from_its_effective_date(held):
    narrow = spec() | {"revision": "B"}
    narrow["characteristics"] = [{**narrow["characteristics"][0], "low": "5.2"}]
    held.introduce(narrow, at="2027-03-10T06:00:00Z")
    for sample in (1, 2):
        held.result("5.1", sample)
    held.time("2027-03-10T06:00:00Z")
    assert codes(release(held)) == ["out_of_limits", "out_of_limits"]
    held.time("2027-03-10T05:59:59Z")
    assert release(held)["status"] == "accepted"


def test_a_lot_that_was_received_restricted_is_gated_too(qms):
    qms.lot("P1", "CREAM", "100", "C62", disposition="Restricted")
    assert codes(release(qms)) == ["results_missing"]


def test_without_a_specification_in_effect_nothing_is_gated(qms):
    qms.lot("L1")
    qms.decide("lot", "L1")
    assert release(qms, "L1")["status"] == "accepted"


def test_a_lot_that_is_not_held_itself_needs_no_results(qms):
    qms.lot("P1", "CREAM", "100", "C62")
    qms.decide("item", "CREAM")
    assert release(qms)["status"] == "accepted"
    assert qms.disposition("P1") == "Restricted"


def test_the_release_of_an_item_or_location_asks_for_no_results(held):
    held.decide("item", "CREAM")
    assert held.decide("item", "CREAM", "UnRestricted")["status"] == "accepted"


def test_a_specification_that_the_item_does_not_name_counts_if_it_is_for_the_item(qms):
    unnamed = {k: v for k, v in STRUCTURE.items() if k != "test_specification"}
    qms.introduce({**material("CREAM", "C62", structure=unnamed), "revision": "B"})
    qms.lot("P1", "CREAM", "100", "C62")
    qms.decide("lot", "P1")
    assert codes(release(qms)) == ["results_missing"]


# results


def test_a_result_is_never_overwritten(held):
    held.result("4", 1)
    again = held.result("5.5", 1)
    assert (again["http"], codes(again)) == (409, ["result_exists"])
    held.result("5.5", 2)
    assert codes(release(held)) == ["out_of_limits"]


def test_a_result_stands_in_the_audit_trail(held):
    held.result("5.5", 1)
    (event,) = held.audit("lot", "P1", action="result")
    assert (event["field"], event["new"], event["actor"]) == ("pH 1", "5.5", "inspector")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"lot": "P9"}, "unknown_lot"), ({"name": "colour"}, "characteristic_unknown"), ({"value": "five"}, "schema"),
        ({"sample": 0}, "schema"), ({"by": "operator"}, "forbidden"), ({"value": "9" * 80}, "quantity_invalid"),
    ],
    ids=str,
)  # fmt: skip
def test_a_result_that_means_nothing_is_refused(held, wrong, code):
    assert codes(held.result(**{"value": "5.5", **wrong})) == [code]


# samples


def sample(qms, value="0.5", unit="KGM", by="inspector", lot="L1"):
    return qms.post("/samples", by=by, lot=lot, quantity={"value": value, "unit": unit})


def test_a_sample_is_taken_from_a_held_lot_and_told_to_the_others(qms):
    qms.lot("L1")
    qms.decide("lot", "L1")
    assert sample(qms)["status"] == "accepted"
    assert qms.get("/lots", id="L1")["item"]["quantity"] == kg("49.5")
    assert qms.told("fact") == [
        {
            "kind": "sample", "lot": "L1", "item": "OIL", "quantity": kg("0.5"), "by": "inspector",
            "at": "2027-02-01T12:00:00Z",
        }
    ]  # fmt: skip
    (event,) = qms.audit("lot", "L1", action="sample")
    assert (event["old"], event["new"]) == ("50 KGM", "49.5 KGM")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"value": "50.001"}, "insufficient"), ({"value": "0"}, "quantity_invalid"), ({"unit": "LTR"}, "unit_mismatch"),
        ({"lot": "L9"}, "unknown_lot"), ({"by": "warehouse"}, "forbidden"),
    ],
    ids=str,
)  # fmt: skip
def test_a_sample_that_cannot_be_taken_is_refused(qms, wrong, code):
    qms.lot("L1")
    assert codes(sample(qms, **wrong)) == [code]
    assert qms.get("/lots", id="L1")["item"]["quantity"] == kg("50")
