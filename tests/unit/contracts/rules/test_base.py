"""A pattern reaches everything that is there."""

from syncproof.contracts.rules.base import place, reach


def test_members_of_arrays_are_reached_with_their_numbers():
    document = {"lines": [{"item": "A"}, {"item": None}, {}, {"item": "B"}], "id": "X"}
    assert reach(document, "lines/*/item") == [((0,), "A"), ((3,), "B")]
    assert reach(document, "id") == [((), "X")]
    assert reach(document, "more/*/item") == []


def test_the_place_of_what_was_reached_is_its_pointer():
    assert place("lines/*/alternates/*/item", (3, 0)) == "/lines/3/alternates/0/item"
    assert place("id", ()) == "/id"
