"""Others' Pact files are driven against the live system as they are written, and nothing passes unseen."""

import pytest

from syncproof.contracts import states
from syncproof.contracts.pact import read_document
from syncproof.contracts.verification import results
from syncproof.contracts.verification.running import verify
from syncproof.errors import ConfigurationError
from syncproof.landscape import load
from syncproof.landscape.compose import open_landscape
from tests.unit.contracts.verification.conftest import TOKEN, contract, get


@pytest.fixture
def handlers(monkeypatch):
    """Handlers that a test adds."""
    states.handlers()
    monkeypatch.setattr(states, "HANDLERS", dict(states.HANDLERS))
    return states.HANDLERS


def run(landscape, *interactions, **options):
    return list(verify(landscape, [read_document(contract(*interactions), "portal.json")], **options))


def test_interaction_that_agrees_is_verified_with_the_landscapes_credentials(shop, vendor):
    """The file's own login is not used where the landscape has one."""
    vendor.answer("GET", "/items/7?lang=d%20e", {"id": 7, "name": "Oil", "more": 1})
    asked = get("/items/7", {"id": 7}, query={"lang": ["d e"]}, headers={"Authorization": ["Bearer stolen"]})
    (result,) = run(shop, asked)
    assert (result.verdict, result.system, result.place) == ("verified", "shop", "portal.json#/interactions/0")
    assert vendor.asked[0][2]["Authorization"] == f"Bearer {TOKEN}"


def test_differences_are_told_field_by_field(shop, vendor):
    """Each with its pointer, both values and the rule."""
    vendor.answer("GET", "/items", {"items": [{"id": 1}, {"id": "x"}], "total": "2"}, status=206)
    body = {"items": [{"id": 1}], "total": 2}
    (result,) = run(shop, get("/items", body, rules={"$.items": {"match": "type", "min": 1}}))
    assert result.verdict == "failed"
    assert [(each.pointer, each.expected, each.actual) for each in result.differences] == [
        ("/status", 200, 206),
        ("/body/items/1/id", 1, "x"),
        ("/body/total", 2, "2"),
    ]


def test_state_without_a_handler_is_an_error_and_the_system_is_not_asked(shop, vendor):
    """An answer under another state would prove nothing."""
    (result,) = run(shop, get("/x", {}, states=[{"name": "the moon is full"}]))
    assert result.verdict == "error"
    assert "there is no handler for the state 'the moon is full'" in result.reason
    assert vendor.asked == []


def test_state_that_could_not_be_set_up_is_an_error_with_its_name(shop, vendor, handlers):
    """Whatever the handler runs into."""
    handlers["broken"] = lambda _setup: 1 / 0
    vendor.answer("GET", "/x", {})
    (result,) = run(shop, get("/x", {}, states=[{"name": "broken"}]))
    assert (result.verdict, results.exit_code([result])) == ("error", 1)
    assert result.reason == "the state 'broken' could not be set up: ZeroDivisionError: division by zero"


def test_state_that_the_system_refuses_is_an_error(plant):
    """A refusal of the system behind a state is no state."""
    bad = {"name": "the record is known", "params": {"contract": "material", "record": {"domain": "material"}}}
    document = contract(get("/masters", {}, states=[bad]), provider="erp")
    (result,) = verify(plant, [read_document(document, "f")])
    assert result.verdict == "error"
    assert "could not be set up" in result.reason


def test_values_of_a_state_go_into_the_request_and_the_expected_answer(shop, vendor, handlers):
    """What the state made has a key that no file can know."""
    handlers["an item is there"] = lambda setup: {"item": f"I{setup.parameters['number']}"}
    vendor.answer("GET", "/items/I9", {"id": "I9"})
    asked = get("/items/?", {"id": "?"}, states=[{"name": "an item is there", "params": {"number": 9}}])
    asked["request"]["generators"] = {"path": {"type": "ProviderState", "expression": "/items/${item}"}}
    asked["response"]["generators"] = {"body": {"$.id": {"type": "ProviderState", "expression": "${item}"}}}
    (result,) = run(shop, asked)
    assert result.verdict == "verified"


def test_states_are_undone_whatever_came_of_the_interaction(shop, handlers):
    """The next interaction must not find what this one left."""
    undone = []
    handlers["left behind"] = lambda setup: setup.after.append(lambda: undone.append(1))
    (result,) = run(shop, get("/nowhere", {}, states=[{"name": "left behind"}]))
    assert (result.verdict, undone) == ("failed", [1])


def test_state_that_could_not_be_undone_is_an_error(shop, vendor, handlers):
    """Nobody knows in which state the system is now."""
    vendor.answer("GET", "/x", {})
    handlers["sticky"] = lambda setup: setup.after.append(lambda: 1 / 0)
    (result,) = run(shop, get("/x", {}, states=[{"name": "sticky"}]))
    assert (result.verdict, "could not be undone" in result.reason) == ("error", True)


def test_user_of_a_state_asks_and_nobody_asks_without_credentials(shop, vendor):
    """Refusals of strangers can be contracts, too."""
    vendor.answer("GET", "/x", {})
    known = {"name": "the user is known", "params": {"user": "engineer"}}
    assert run(shop, get("/x", {}, states=[known]))[0].verdict == "verified"
    run(shop, get("/x", {}, states=[{"name": "nobody is logged in"}]))
    assert ["Authorization" in headers for _, _, headers, _ in vendor.asked] == [True, False]


def test_user_without_a_credential_is_an_error(shop):
    """No other credential is tried in its place."""
    (result,) = run(shop, get("/x", {}), user="stranger")
    assert (result.verdict, "no credential for user 'stranger'" in result.reason) == ("error", True)


def test_system_that_gives_no_answer_is_an_error(shop, vendor):
    """No answer is no difference."""
    vendor.server.shutdown()
    vendor.server.server_close()
    (result,) = run(shop, get("/x", {}))
    assert result.verdict == "error"


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"a": NaN}', b"[" * 50_000], ids=("open", "bytes", "nan", "deep"))
def test_body_that_is_not_what_it_says_is_a_difference(shop, vendor, body):
    """A broken answer fails; it never breaks the verification."""
    vendor.answer("GET", "/x", body)
    (result,) = run(shop, get("/x", {"a": 1}))
    assert result.verdict == "failed"
    assert "/body" in {each.pointer for each in result.differences}


def test_status_5xx_is_an_answer_like_any_other(shop, vendor):
    """A contract may be about it."""
    vendor.answer("GET", "/x", {"a": 1}, status=503)
    asked = get("/x", {"a": 1})
    asked["response"]["status"] = 503
    assert run(shop, asked)[0].verdict == "verified"


def test_header_that_breaks_the_line_is_an_error_and_nothing_is_sent(shop, vendor):
    """A file cannot say more than one header in one."""
    (result,) = run(shop, get("/x", {}, headers={"X-A": ["1\r\nX-B: 2"]}))
    assert (result.verdict, vendor.asked) == ("error", [])


def test_xml_that_is_nested_too_deep_is_a_difference(shop, vendor):
    """It ends with a message and the next interaction is driven."""
    deep = ("<a>" * 20_000 + "</a>" * 20_000).encode()
    vendor.answer("GET", "/x", deep, headers={"Content-Type": "application/xml"})
    asked = get("/x", {})
    asked["response"]["body"] = {"content": deep.decode(), "contentType": "application/xml"}
    assert run(shop, asked)[0].verdict == "failed"


def test_production_is_only_read_unless_both_sides_allow_it(shop_file, vendor):
    """A contract that writes is an error there, and nothing is sent."""
    vendor.answer("GET", "/x", {})
    asked = get("/x", {})
    written = {**asked, "description": "writes", "request": {"method": "POST", "path": "/x"}}
    with open_landscape(load(shop_file("production")), environment={"SHOP_TOKEN": TOKEN}) as landscape:
        found = run(landscape, asked, written)
    assert [each.verdict for each in found] == ["verified", "error"]
    assert "production is read-only" in found[1].reason
    assert [each[0] for each in vendor.asked] == ["GET"]


def test_file_about_no_system_of_the_landscape_is_the_users_mistake(shop):
    """The names that there are stand in the message."""
    with pytest.raises(ConfigurationError, match=r"no system 'nobody'.*shop"):
        list(verify(shop, [read_document(contract(get("/x", {}), provider="nobody"), "f")]))


def test_pending_interaction_may_fail_and_proves_nothing_by_it(shop):
    """A file of which only pending interactions failed verifies nothing."""
    (result,) = run(shop, {**get("/x", {}), "pending": True})
    assert (result.verdict, results.exit_code([result])) == ("failed", 3)


def test_nothing_to_verify_is_no_success(shop):
    """An empty file proves nothing."""
    assert results.exit_code(run(shop)) == 3
    assert results.document([], landscape="x", contracts={})["verified"] is False


def test_messages_that_answer_each_other_are_an_error_by_name(shop):
    """What cannot be driven is said, not skipped."""
    contents = {"contents": {"content": "?", "contentType": "text/plain"}}
    asked = {"type": "Synchronous/Messages", "description": "asks", "request": contents, "response": [contents]}
    (result,) = run(shop, asked)
    assert (result.verdict, "cannot be driven" in result.reason) == ("error", True)


def message(data, **more):
    return {
        "type": "Asynchronous/Messages", "description": "is told", "contents": {"content": data},
        "metadata": {"contentType": "application/json"}, **more,
    }  # fmt: skip


KNOWN = {"name": "the record is known", "params": {"contract": "material", "user": "engineer"}}


def test_message_is_looked_for_among_what_the_system_published(plant):
    """As the whole event, or as its data alone."""
    rules = {"body": {"$.id": {"matchers": [{"match": "notEmpty"}]}}}
    data = message({"domain": "material", "id": "?", "base_unit": "KGM"}, providerStates=[KNOWN], matchingRules=rules)
    whole = message({"type": "org.syncproof.master.v1", "data": {"base_unit": "KGM"}}, providerStates=[KNOWN])
    found = list(verify(plant, [read_document(contract(data, whole, provider="planning"), "f")]))
    assert [each.verdict for each in found] == ["verified", "verified"]


def test_message_that_was_not_published_fails_with_what_the_nearest_one_has_otherwise(plant):
    """The nearest one shows what is wrong."""
    wanted = message({"domain": "material", "base_unit": "LTR"}, providerStates=[KNOWN])
    (result,) = verify(plant, [read_document(contract(wanted, provider="planning"), "f")], seconds=0.5)
    assert result.verdict == "failed"
    assert [(each.pointer, each.actual) for each in result.differences] == [("/contents/base_unit", "KGM")]
