"""The reference implementation judges every case as its file says, and chance finds no contract that it fails and we
do not, but for those named here."""

import json
import random

import pytest

from syncproof.contracts.pact import bodies, comparing
from syncproof.contracts.pact.records import Response
from tests.unit.contracts.pact.test_cases import answered, cases, http
from tests.unit.contracts.verification.conftest import Vendor
from tests.unit.contracts.verification.reference import verdicts

pytest.importorskip("pact", reason="pact-python is not installed")


@pytest.fixture
def server():
    made = Vendor()
    yield made
    made.server.shutdown()
    made.server.server_close()


def plain(value):
    """A case as JSON again; its numbers were read exactly."""
    return json.loads(bodies.dumps(value))


def asked(server, folder, pairs, version):
    """What the reference says of each pair of expected and actual response."""
    interactions = []
    for number, (expected, status, headers, body) in enumerate(pairs):
        one = {"description": str(number), "request": {"method": "GET", "path": f"/{number}"}, "response": expected}
        interactions.append({**one, "type": "Synchronous/HTTP"} if version.startswith("4") else one)
        server.answers["GET", f"/{number}"] = (status, dict(headers), body)
    document = {
        "consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": interactions,
        "metadata": {"pactSpecification": {"version": version}},
    }  # fmt: skip
    found = verdicts(server.url, folder / "file.json", document)
    return [found[str(number)] for number in range(len(pairs))]


@pytest.mark.parametrize("version", ["2.0.0", "3.0.0", "4.0"])
def test_verdict_of_every_case_is_that_of_the_reference_or_says_why_not(server, tmp_path, version):
    """The files state what the reference says now, not what somebody once thought it says."""
    wanted = [case for case in cases("responses.json") if case["version"] == version]
    pairs = []
    for case in wanted:
        import base64

        actual = case["actual"]
        body = base64.b64decode(actual["base64"]) if "base64" in actual else actual["text"].encode()
        pairs.append((plain(case["expected"]), actual["status"], actual["headers"], body))
        assert answered(actual) is not None or case["match"] is False
    judged = asked(server, tmp_path, pairs, version)
    otherwise = {case["about"] for case, found in zip(wanted, judged, strict=True) if found != case["match"]}
    assert otherwise == {case["about"] for case in wanted if "reason" in case}


LEAVES = (
    1,
    2,
    0,
    -3,
    1.5,
    2.0,
    "a",
    "b",
    "",
    "1",
    "1.5",
    "true",
    "2024-02-29",
    "2024-02-30",
    "1.2.3",
    "abc",
    True,
    None,
)
RULES = (
    {"match": "type"}, {"match": "equality"}, {"match": "integer"}, {"match": "decimal"}, {"match": "number"},
    {"match": "boolean"}, {"match": "null"}, {"match": "semver"}, {"match": "notEmpty"}, {"match": "include", "value": "1"},
    {"match": "regex", "regex": "^[a-z]+$"}, {"match": "regex", "regex": "\\d+"}, {"match": "date", "format": "yyyy-MM-dd"},
)  # fmt: skip


def value(chance, depth=0):
    kind = chance.random()
    if depth < 3 and kind < 0.3:
        return {key: value(chance, depth + 1) for key in chance.sample("abcd", chance.randint(0, 3))}
    if depth < 3 and kind < 0.55:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return chance.choice(LEAVES)


def spoiled(chance, document):
    if chance.random() < 0.1:
        return value(chance, 2)
    if isinstance(document, dict):
        kept = {key: spoiled(chance, each) for key, each in document.items() if chance.random() > 0.07}
        return {**kept, "e": 1} if chance.random() < 0.1 else kept
    if isinstance(document, list):
        changed = [spoiled(chance, each) for each in document]
        return changed + changed[:1] if chance.random() < 0.15 else changed
    return document


def places(document, path="$"):
    yield path, document
    pairs = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, each in pairs:
        yield from places(each, f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}")


def rule(chance, found):
    if isinstance(found, list) and chance.random() < 0.6:
        each = {"match": "eachValue", "rules": [chance.choice(RULES)], "value": "x"}
        return chance.choice(({"match": "type", "min": 1}, {"match": "type", "max": 2}, {"match": "type"}, each))
    if isinstance(found, dict) and chance.random() < 0.6:
        key = {"match": "eachKey", "rules": [{"match": "regex", "regex": "[a-c]"}], "value": "a"}
        each = {"match": "eachValue", "rules": [chance.choice(RULES)], "value": "x"}
        return chance.choice(({"match": "type"}, {"match": "values"}, key, each))
    return chance.choice(RULES)


def contract(chance):
    """A response with rules at some places, and an answer that may keep them or not."""
    content = next(each for each in iter(lambda: value(chance), object) if isinstance(each, dict | list))
    there = list(places(content))
    rules = {}
    for _ in range(chance.randint(0, 3)):
        path, found = chance.choice(there)
        rules[path.replace("[0]", "[*]") if chance.random() < 0.3 else path] = {"matchers": [rule(chance, found)]}
    expected = {
        "status": 200, "headers": {"Content-Type": ["application/json"]},
        "body": {"content": content, "contentType": "application/json", "encoded": False},
        "matchingRules": {"body": rules},
    }  # fmt: skip
    return expected, 200, (("Content-Type", "application/json"),), json.dumps(spoiled(chance, content)).encode()


def is_verified(pair):
    expected, status, headers, body = pair
    wanted = http({"method": "GET", "path": "/"}, json.loads(json.dumps(expected), parse_float=bodies.Decimal))
    actual = Response(status, {name: (each,) for name, each in headers}, bodies.of_bytes(body, "application/json"))
    return comparing.response(wanted.response, actual) == []


def test_what_the_reference_fails_we_fail(server, tmp_path):
    """Over contracts and answers by chance: never do we verify what it does not, and seldom is it the other way round
    (it takes an empty list or object for good whatever is demanded of it)."""
    chance = random.Random(20270201)
    pairs = [contract(chance) for _ in range(500)]
    theirs, ours = asked(server, tmp_path, pairs, "4.0"), [is_verified(pair) for pair in pairs]
    assert [number for number, both in enumerate(zip(theirs, ours, strict=True)) if both == (False, True)] == []
    assert sum(map(bool.__ne__, theirs, ours)) <= 0.08 * len(pairs)
