"""A document that names its contract is held against that one."""

import json

import pytest

from syncproof.contracts.bulk.routing import Unnamed, router

MASTER = {"domain": "security", "id": "u", "revision": "A", "roles": []}


def parts(document, contract="auto"):
    raw = json.dumps(document).encode()
    return [(part.judge.target.title, part.place) for part in router(contract)(raw)]


def test_one_contract_is_for_all():
    assert parts(MASTER, "bom") == [("bom:1.0.0", "")]


def test_a_master_is_held_against_its_domain():
    assert parts(MASTER) == [("security:1.0.0", "")]


def test_an_event_is_held_against_its_own_contract_and_that_of_its_data():
    event = {"specversion": "1.0", "dataschema": "urn:syncproof:contract:security:1.0.0", "data": MASTER}
    assert parts(event) == [("event:1.0.0", ""), ("security:1.0.0", "/data")]
    assert parts({**event, "dataschema": "urn:other"}) == [("event:1.0.0", "")]


@pytest.mark.parametrize(
    "document",
    [{}, {"domain": "nothing"}, {"domain": 5}, {"domain": "bom:9.9.9"}, {"specversion": "1.0", "data": MASTER}],
)
def test_a_document_that_names_no_contract_is_told(document):
    with pytest.raises(Unnamed):
        parts(document)


def test_what_is_no_object_gets_a_judge_that_tells():
    assert parts([1]) == [("event:1.0.0", "")]
