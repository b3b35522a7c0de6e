"""What a provider state says goes where the file wants it."""

import pytest

from syncproof.contracts.pact import comparing
from syncproof.contracts.pact.generators import Unfilled, expected, filled
from tests.unit.contracts.pact.test_cases import http

REQUEST = {
    "method": "GET",
    "path": "/orders/1",
    "query": {"lot": ["L"]},
    "headers": {"X-Site": ["EAST"]},
    "body": {"content": {"lines": [{"id": "?"}]}},
    "generators": {
        "path": {"type": "ProviderState", "expression": "/orders/${id}"},
        "query": {"lot": {"type": "ProviderState", "expression": "${lot}"}},
        "header": {"X-Site": {"type": "ProviderState", "expression": "${site}"}},
        "body": {"$.lines[0].id": {"type": "ProviderState", "expression": "${id}", "dataType": "INTEGER"},
                 "$.seen": {"type": "RandomInt", "min": 1, "max": 2}},
    },
}  # fmt: skip


def test_values_go_to_path_parameter_header_and_body():
    """Each place gets the value that its expression names, of the type it wants."""
    made = filled(http(REQUEST, {"status": 200}).request, {"id": "7", "lot": "L-9", "site": "WEST"})
    assert (made.path, made.query["lot"], made.headers["X-Site"]) == ("/orders/7", ("L-9",), ("WEST",))
    assert made.body.value == {"lines": [{"id": 7}]}


def test_value_that_no_state_says_is_an_error():
    """The example would ask about something that is not there."""
    with pytest.raises(Unfilled, match="'lot'"):
        filled(http(REQUEST, {"status": 200}).request, {"id": "7", "site": "WEST"})


def test_value_of_another_type_is_an_error():
    """Text that is no number cannot go where a number is wanted."""
    with pytest.raises(Unfilled, match="no INTEGER"):
        filled(http(REQUEST, {"status": 200}).request, {"id": "x", "lot": "L", "site": "W"})


RESPONSE = {
    "status": 200,
    "body": {"content": {"items": [{"id": "?", "n": 1}]}},
    "matchingRules": {
        "body": {
            "$.items": {
                "matchers": [
                    {
                        "match": "arrayContains",
                        "variants": [{"index": 0, "rules": {"$.id": {"matchers": [{"match": "type"}]}}}],
                    }
                ]
            }
        }
    },
    "generators": {"body": {"$.items[0].id": {"type": "ProviderState", "expression": "${id}"}}},
}


@pytest.mark.parametrize(("exact", "is_same"), [(True, False), (False, True)])
def test_value_of_a_state_is_expected_as_it_is_in_contracts_of_ours(exact, is_same):
    """The type is enough for others, who may not fill it in; we know the value."""
    response = http({"method": "GET", "path": "/"}, RESPONSE).response
    wanted = expected(response, {"id": "7"}, exact=exact)
    other = http({"method": "GET", "path": "/"}, {"status": 200, "body": {"content": {"items": [{"id": "8", "n": 1}]}}})
    assert (comparing.response(wanted, other.response) == []) == is_same


def test_value_that_no_state_says_leaves_the_example_in_what_is_expected():
    """The rules of the place still hold."""
    response = http({"method": "GET", "path": "/"}, RESPONSE).response
    assert expected(response, {}, exact=True) == response
