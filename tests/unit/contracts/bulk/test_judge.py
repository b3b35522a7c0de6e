"""A verdict is that of jsonschema-rs, by whichever way."""

import pytest

from syncproof.contracts.bulk.faults import Unreadable
from syncproof.contracts.bulk.judge import Disagreement, Invalid, Judge, plain
from syncproof.contracts.bulk.target import contract

GOOD = b'{"domain":"security","id":"u","revision":"A","roles":["qa"]}'


def test_a_good_document_comes_back_plain():
    assert plain(Judge(contract("security")).valid(GOOD)) == {
        "domain": "security",
        "id": "u",
        "revision": "A",
        "roles": ["qa"],
    }


def test_the_way_makes_no_difference():
    for short in (lambda _: None, Judge.__init__.__kwdefaults__["short"]):
        judge = Judge(contract("security"), short=short)
        judge.valid(GOOD)
        with pytest.raises(Invalid):
            judge.valid(GOOD.replace(b'"qa"', b"1"))
        with pytest.raises(Unreadable):
            judge.valid(GOOD.replace(b'"id"', b'"id":"v","id"'))


def test_a_short_way_that_takes_too_much_ends_the_run():
    with pytest.raises(Disagreement):
        Judge(contract("security"), short=lambda _schema: lambda _raw: {}).valid(b"{}")
