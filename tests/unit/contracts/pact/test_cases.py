"""Requests and responses of every kind compare as the Pact specification wants them to.

The cases follow the categories of the specification's own test cases (pact-foundation/pact-specification,
``testcases/``), with data of ours. The verdicts of the responses are those of the reference implementation
(``test_reference.py`` asks it again); where ours is another, the case says why.
"""

import base64
import json
from decimal import Decimal
from pathlib import Path

import pytest

from syncproof.contracts.pact import bodies, comparing, media, read_document
from syncproof.contracts.pact.records import Response

HERE = Path(__file__).parent / "cases"


def cases(name):
    return json.loads((HERE / name).read_text(), parse_float=Decimal)


def label(case):
    return case["about"]


def http(request, response, version="4.0"):
    """The one interaction of a file."""
    interaction = {"description": "one", "request": request, "response": response}
    kind = {"type": "Synchronous/HTTP"} if version.startswith("4") else {}
    document = {
        "consumer": {"name": "ours"}, "provider": {"name": "theirs"}, "interactions": [{**interaction, **kind}],
        "metadata": {"pactSpecification": {"version": version}},
    }  # fmt: skip
    return read_document(document, "case").interactions[0]


def answered(actual):
    """A response as it came over the wire; None if its body is not what it says it is."""
    body = base64.b64decode(actual["base64"]) if "base64" in actual else actual["text"].encode()
    headers = {name: (value,) for name, value in actual["headers"]}
    said = next((value for name, value in actual["headers"] if name.lower() == "content-type"), None)
    try:
        return Response(actual["status"], headers, bodies.of_bytes(body, said))
    except media.NoJson:
        return None


def differences(case):
    expected = http({"method": "GET", "path": "/"}, case["expected"], case["version"]).response
    actual = answered(case["actual"])
    return ["no JSON"] if actual is None else comparing.response(expected, actual)


@pytest.mark.parametrize("case", cases("responses.json"), ids=label)
def test_response_differs_exactly_where_the_case_says(case):
    """A response that the contract allows has no difference, any other has one."""
    assert (differences(case) == []) == case["match"]


@pytest.mark.parametrize("case", cases("requests.json"), ids=label)
def test_request_differs_exactly_where_the_case_says(case):
    """A request may have no more than the contract says."""
    expected, actual = (http(case[side], {"status": 200}).request for side in ("expected", "actual"))
    assert (comparing.request(expected, actual) == []) == case["match"]


def test_every_case_that_is_judged_otherwise_than_by_the_reference_says_why():
    """The exceptions are few and named."""
    exceptions = [case for case in cases("responses.json") if "reason" in case]
    assert len(exceptions) <= 4
    assert all(len(case["reason"]) > 20 for case in exceptions)


def test_difference_names_place_both_values_and_rule():
    """Whoever reads a difference needs to look nowhere else."""
    case = {
        "version": "4.0",
        "expected": {"status": 200, "body": {"content": {"lines": [{"a/b": 1}]}},
                     "matchingRules": {"body": {"$.lines[*]['a/b']": {"matchers": [{"match": "integer"}]}}}},
        "actual": {"status": 200, "headers": [], "text": '{"lines":[{"a/b":1},{"a/b":"x"}]}'},
    }  # fmt: skip
    case["expected"]["matchingRules"]["body"]["$.lines"] = {"matchers": [{"match": "type"}]}
    (found,) = differences(case)
    assert found.plain() == {
        "pointer": "/body/lines/1/a~1b", "expected": 1, "actual": "x", "rule": "integer",
        "text": "a whole number is expected, not text 'x'",
    }  # fmt: skip
