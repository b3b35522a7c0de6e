"""Mistakes read like advice."""

from syncproof.landscape.mistakes import MANY, Mistake, dotted, nearest


def test_nearest_match_does_not_mind_case():
    assert nearest("east", ["EAST", "WEST"]) == "EAST"


def test_nothing_near_is_no_guess():
    assert nearest("zzz", ["EAST", "WEST"]) is None


def test_long_lists_of_valid_values_are_not_told():
    """600 time zones help nobody."""
    text = Mistake(("a",), "is wrong", "value1", tuple(f"value{n}" for n in range(MANY + 1))).text(3)
    assert "did you mean 'value1'" in text
    assert "Valid" not in text


def test_positions_in_lists_count_from_one():
    assert dotted(("test_data", 0, "id")) == "test_data[1].id"


def test_a_mistake_of_the_whole_file_says_so():
    assert Mistake((), "is empty").text(None) == "the file: is empty"
