"""``syncproof contracts verify`` and ``pact``: exit codes, messages, JSON, as a vendor meets them."""

import json

import pytest

from tests.unit.contracts.verification.conftest import LANDSCAPE, TOKEN, Vendor, contract, get

VERIFIED, FAILED, USAGE, NOTHING = 0, 1, 2, 3
STATES = """
from syncproof.contracts.states import Setup, state

@state("item 7 is there")
def _(setup: Setup):
    return {"item": 7}
"""


@pytest.fixture
def shop():
    """The vendor's system, with one item."""
    made = Vendor()
    made.answer("GET", "/items/7", {"id": 7, "name": "Oil"})
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def verify(syncproof, tmp_path, shop):
    """``verify(file contents, options)`` against the vendor's system."""
    (tmp_path / "landscape.toml").write_text(LANDSCAPE.format(url=shop.url, environment="validation"))

    def run(*documents, options=()):
        names = [f"{number}.json" for number in range(len(documents))]
        for name, document in zip(names, documents, strict=True):
            (tmp_path / name).write_text(document if isinstance(document, str) else json.dumps(document))
        return syncproof("contracts", "verify", *names, *options, SHOP_TOKEN=TOKEN)

    return run


def test_verified_file_ends_with_0_and_failed_one_with_1_and_its_differences(verify):
    """The same item, expected right and wrong."""
    right, wrong = contract(get("/items/7", {"id": 7})), contract(get("/items/7", {"id": 8}))
    assert verify(right).code == VERIFIED
    failed = verify(wrong)
    assert (failed.code, "/body/id: 8 is expected, not 7 [equality]" in failed.out) == (FAILED, True)


def test_json_has_every_interaction_and_one_word_for_all(verify):
    """For a pipeline."""
    done = verify(contract(get("/items/7", {"id": 8})), options=("--json",))
    said = json.loads(done.out)
    assert (said["verified"], said["interactions"][0]["verdict"]) == (False, "failed")
    (difference,) = said["interactions"][0]["differences"]
    assert (difference["pointer"], difference["expected"], difference["actual"]) == ("/body/id", 8, 7)


def test_state_without_a_handler_ends_with_1_and_its_name_and_with_one_in_states_py_with_0(verify, tmp_path):
    """The user's states.py beside the landscape file."""
    document = contract(get("/items/7", {"id": 7}, states=[{"name": "item 7 is there"}]))
    without = verify(document)
    assert (without.code, "no handler for the state 'item 7 is there'" in without.out) == (FAILED, True)
    (tmp_path / "states.py").write_text(STATES)
    assert verify(document).code == VERIFIED


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "0.json: no JSON"),
        (contract(provider="nobody"), "there is no system 'nobody' in the landscape vendor"),
        (contract(version="9.0"), "0.json: /metadata/pactSpecification/version: version '9.0'"),
        (contract(get("/x", {}, rules={"$": {"match": "telepathy"}})), "there is no matcher 'telepathy'"),
    ],
    ids=("json", "system", "version", "matcher"),
)
def test_file_that_cannot_be_used_ends_with_2_and_the_place(verify, document, told):
    """One line, no stack trace."""
    done = verify(document)
    assert (done.code, told in done.err, "Traceback" in done.err) == (USAGE, True, False)


def test_file_without_interactions_ends_with_3(verify):
    """Nothing verified is no success."""
    done = verify(contract())
    assert (done.code, "nothing was verified" in done.out) == (NOTHING, True)


def test_broken_states_file_ends_with_2(verify, tmp_path):
    """It is the user's to mend."""
    (tmp_path / "states.py").write_text("import nowhere_at_all")
    done = verify(contract(get("/items/7", {"id": 7})))
    assert (done.code, "states.py cannot be imported" in done.err) == (USAGE, True)


def test_secret_of_the_landscape_is_not_shown(verify, shop):
    """Not even if the system answers with it."""
    shop.answer("GET", "/items/7", {"id": TOKEN})
    done = verify(contract(get("/items/7", {"id": 7})))
    assert (done.code, TOKEN in done.out + done.err) == (FAILED, False)


def test_our_contracts_are_exported_and_the_files_are_verified_on_the_plant(syncproof, tmp_path):
    """What is written is what is driven; without files the same is driven."""
    assert syncproof("contracts", "pact", "export", "out", "--provider", "warehouse").code == VERIFIED
    (file,) = (tmp_path / "out").iterdir()
    assert syncproof("contracts", "pact", "check", str(file)).code == VERIFIED
    done = syncproof("contracts", "verify", str(file), "--landscape", "reference.toml", "--json")
    said = json.loads(done.out)
    assert (done.code, said["verified"]) == (VERIFIED, True)
    own = json.loads(syncproof("contracts", "verify", "--system", "wms", "--landscape", "reference.toml", "--json").out)
    assert [each["description"] for each in own["interactions"]] == [
        each["description"] for each in said["interactions"]
    ]


def test_export_of_a_contract_that_there_is_not_ends_with_2(syncproof):
    """The names that there are stand in the message."""
    done = syncproof("contracts", "pact", "export", "out", "--provider", "nobody")
    assert (done.code, "syncproof -> planning" in done.err) == (USAGE, True)
