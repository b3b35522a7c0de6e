"""A mistake is one readable text."""

from syncproof.contracts.bulk.report import Mistake


def test_place_rule_and_both_sides_are_told():
    text = str(Mistake("a.ndjson", 3, "/id", "is wrong", "this", "that", "some-rule", "URS-VAL-001"))
    assert text == "a.ndjson:3 /id: is wrong [some-rule, URS-VAL-001]\n    expected this, found that"
    assert str(Mistake("a", None, "", "is wrong", "x", "y")).startswith("a /: is wrong\n")
