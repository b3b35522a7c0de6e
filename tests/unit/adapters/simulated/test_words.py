"""A system's own words for states and codes become ours, where the landscape file maps them."""

import pytest

from syncproof.adapters.simulated import create

LOT = {"id": "L", "item": "I", "quantity": {"value": "1", "unit": "KGM"}, "site": "EAST", "location": "S"}
MAPPINGS = {"status": {"Restricted": "GESPERRT", "refused": "NOK"}, "code": {"lot_restricted": "M7"}}


@pytest.fixture
def make(session, credentials):
    def make(mappings):
        options = {"mappings": mappings}
        return create(
            name="erp", base_url="http://erp.test", roles=("warehouse",), session=session,
            credentials=credentials, options=options,
        )  # fmt: skip

    return make


def test_a_mapped_state_is_read_in_our_words(make, web):
    web.get("http://erp.test/lots", json={"item": {**LOT, "disposition": "GESPERRT", "location": "GESPERRT"}})
    lot = make(MAPPINGS).lot("L").value
    assert (lot.disposition, lot.location) == ("Restricted", "GESPERRT")


def test_a_mapped_outcome_and_its_code_are_read_in_our_words(make, web):
    reasons = [{"code": "M7", "message": "no", "pointer": ""}]
    web.post("http://erp.test/disposals", json={"status": "NOK", "reasons": reasons}, status=409)
    from syncproof import model

    outcome = make(MAPPINGS).dispose("L", model.Quantity(value=1, unit="KGM"), by="warehouse", reason="r")
    assert (outcome.status, outcome.reasons) == ("refused", ("lot_restricted: no",))


def test_a_word_that_nobody_mapped_is_no_word_of_ours(make, web):
    from syncproof.errors import UnusableAnswer

    web.get("http://erp.test/lots", json={"item": {**LOT, "disposition": "GESPERRT"}})
    with pytest.raises(UnusableAnswer, match="GESPERRT"):
        make({}).lot("L")
