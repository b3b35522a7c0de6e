"""A pattern reaches everything that is there."""

from syncproof.contracts.rules.base import reach


def test_members_of_arrays_are_reached_with_their_pointers():
    document = {"lines": [{"item": "A"}, {"item": None}, {}, {"item": "B"}], "id": "X"}
    assert list(reach(document, "lines/*/item")) == [("/lines/0/item", "A"), ("/lines/3/item", "B")]
    assert list(reach(document, "id")) == [("/id", "X")]
    assert list(reach(document, "more/*/item")) == []
