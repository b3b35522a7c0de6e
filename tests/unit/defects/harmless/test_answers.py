"""What is written in another way means the same."""

import json
from datetime import datetime

import pytest

from syncproof.defects.harmless.days import AutumnEast, SpringEast
from syncproof.defects.harmless.extra import MoreInAnswers
from syncproof.defects.harmless.formats import Escaped, Indented, MembersReversed, OtherOffset, TrailingZeros
from syncproof.defects.harmless.paging import EmptyPolls, PagesOfOne
from syncproof.defects.harmless.words import WarehouseInGerman

ANSWER = {"item": {"id": "L-1", "at": "2027-03-10T06:00:00Z", "quantity": {"value": "1.5", "unit": "KGM"}, "n": -1}}
PAGE = {"cursor": 7, "events": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}


def written(variation, answer=ANSWER, path="/lots?id=L-1"):
    return variation.replacement(lambda _method, _path, text: text, "GET", path, json.dumps(answer))


@pytest.mark.parametrize("variation", [MembersReversed, Indented, Escaped])
def test_other_text_is_the_same_json(variation):
    text = written(variation())
    assert text != json.dumps(ANSWER)
    assert json.loads(text) == ANSWER


def test_a_decimal_gets_zeros_and_an_identifier_none():
    item = json.loads(written(TrailingZeros()))["item"]
    assert (item["quantity"]["value"], item["id"], item["n"]) == ("1.500", "L-1", -1)


def test_an_instant_stays_the_same_instant():
    at = json.loads(written(OtherOffset()))["item"]["at"]
    assert at == "2027-03-10T11:30:00+05:30"
    assert datetime.fromisoformat(at) == datetime.fromisoformat(ANSWER["item"]["at"])


def test_more_fields_take_the_place_of_none():
    answer = json.loads(written(MoreInAnswers()))
    assert ANSWER["item"].items() <= answer["item"].items()
    assert len(answer["item"]) > len(ANSWER["item"])


def test_a_short_page_tells_where_to_go_on():
    assert json.loads(written(PagesOfOne(), PAGE, "/outbox?after=4")) == {"cursor": 5, "events": [{"id": "a"}]}


def test_an_early_poll_loses_nothing():
    polls = EmptyPolls()
    assert json.loads(written(polls, PAGE, "/outbox?after=4&wait=20")) == {"cursor": 4, "events": []}
    assert json.loads(written(polls, PAGE, "/outbox?after=4&wait=20")) == PAGE
    assert json.loads(written(polls, PAGE, "/outbox?after=4")) == PAGE


def test_other_words_stand_for_states_only():
    answer = {"item": {"disposition": "Restricted", "reason": "Restricted"}}
    assert json.loads(written(WarehouseInGerman(), answer)) == {
        "item": {"disposition": "GESPERRT", "reason": "Restricted"}
    }


@pytest.mark.parametrize(
    ("variation", "text", "scenario", "said"),
    [
        (SpringEast, "time is 2027-03-10T07:00:00+01:00", "", "time is 2027-03-28T07:00:00+01:00"),
        (SpringEast, "time is 2027-03-10T00:00:01+01:00", "local time", "time is 2027-03-28T00:00:01+01:00"),
        (SpringEast, "time is 2027-03-09T23:59:59-05:00", "local time", "time is 2027-03-27T23:59:59-04:00"),
        (AutumnEast, "time is 2027-05-01T00:00:00Z", "", "time is 2027-12-22T00:00:00Z"),
        (SpringEast, "for 100 C62", "", "for 100 C62"),
    ],
)
def test_a_time_moves_to_the_day_as_an_instant_or_on_the_wall(variation, text, scenario, said):
    assert variation().wording(text, f"2027-03-10 {scenario}") == said


def test_a_scenario_that_is_not_about_the_reference_day_stays_as_it_is():
    text = "business time is 2027-10-31T02:29:59+02:00"
    assert SpringEast().wording(text, text) == text
