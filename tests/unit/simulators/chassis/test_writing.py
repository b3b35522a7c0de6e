"""Single and bulk writes: one declaration, one set of rules."""

import pytest

from tests.unit.simulators.bench import codes, material


def test_a_write_is_stored_published_and_answered_with_its_fields(plain):
    answer = plain.post("/notes", by="planner", id="N1", text="four")
    assert (answer["http"], answer["status"], answer["key"], answer["length"]) == (201, "accepted", "N1", 4)
    assert plain.get("/notes", id="N1")["item"]["text"] == "four"
    assert plain.told("fact") == [{"kind": "equipment_state", "equipment": "N1", "state": "down"}]


def test_what_is_consulted_before_a_write_reaches_its_handler(plain):
    plain.post("/notes", by="planner", id="N1", text="x")
    assert plain.get("/notes", id="N1")["item"]["told"] == "planner asks about N1"


def test_nobody_is_consulted_about_a_write_that_is_refused_anyhow(plain):
    for by, body in (("viewer", {"text": "x"}), ("planner", {"text": 3}), ("planner", {"text": "x", "reason": None})):
        plain.post("/notes", by=by, id="N1", **body)
    assert plain.asked == []
    plain.post("/notes", by="planner", id="N1", text="x")
    assert plain.asked == ["N1"]


def test_a_refused_write_leaves_nothing_but_the_audit_of_its_refusal(plain):
    answer = plain.post("/notes", by="planner", id="N1", text="bad")
    assert (answer["http"], answer["status"], codes(answer)) == (409, "refused", ["note_bad"])
    assert plain.get("/notes", id="N1")["item"] is None
    assert plain.told("fact") == []
    (event,) = plain.audit("note", "N1")
    assert (event["outcome"], event["actor"], event["reason"]) == ("refused", "planner", "test")
    assert event["errors"] == ["note_bad: the text is bad, write another"]


def test_each_item_of_a_bulk_write_has_its_own_result(plain):
    good, bad, shapeless = plain.bulk(
        "/notes", {"id": "N1", "text": "x"}, {"id": "N2", "text": "bad"}, {"id": "N3"}, by="planner"
    )
    assert (good["status"], good["code_http"], good["length"]) == ("accepted", 201, 1)
    assert (codes(bad), bad["code_http"]) == (["note_bad"], 409)
    assert (codes(shapeless), shapeless["code_http"]) == (["schema"], 422)
    assert plain.get("/notes", id="N1")["item"]["bulk"] is True
    assert plain.get("/notes", id="N2")["item"] is None


@pytest.mark.parametrize("bulk", [False, True])
def test_no_write_without_the_role_by_either_path(plain, bulk):
    if bulk:
        (answer,) = plain.bulk("/notes", {"id": "N1", "text": "x"}, by="viewer")
        assert answer["code_http"] == 403
    else:
        answer = plain.post("/notes", by="viewer", id="N1", text="x")
        assert answer["http"] == 403
    assert codes(answer) == ["forbidden"]
    assert [event["actor"] for event in plain.audit("note", "N1", outcome="refused")] == ["viewer"]
    assert plain.get("/notes", id="N1")["item"] is None


@pytest.mark.parametrize("bulk", [False, True])
@pytest.mark.parametrize("reason", [None, "", "  ", 7])
def test_no_write_without_a_reason_by_either_path(plain, bulk, reason):
    if bulk:
        (answer,) = plain.bulk("/notes", {"id": "N1", "text": "x"}, by="planner", reason=reason)
    else:
        answer = plain.post("/notes", by="planner", id="N1", text="x", reason=reason)
    assert codes(answer) == ["reason_missing"]
    assert plain.get("/notes", id="N1")["item"] is None


def test_the_reason_of_a_bulk_write_stands_in_the_audit_trail_of_each_item(plain):
    plain.bulk("/masters", {"data": material("NEW")}, by="engineer", reason="spring cleaning")
    assert [event["reason"] for event in plain.audit("material", "NEW")] == ["spring cleaning"]


def test_a_shape_error_says_where_it_is(plain):
    answer = plain.post("/notes", by="planner", id="N1", text=3)
    assert (answer["http"], answer["reasons"][0]["pointer"]) == (422, "/text")


@pytest.mark.parametrize("body", ["", "{", "[1,2]", "7", '{"id":"\\ud800","text":"x","reason":"x"}', "[" * 100_000])
def test_a_body_that_is_no_usable_json_object_is_refused(plain, body):
    response = plain.client.post("/notes", content=body, headers={"Authorization": "Bearer planner"})
    assert (response.status_code, response.json()["reasons"][0]["code"]) == (422, "schema")


def test_a_bulk_body_without_items_is_refused(plain):
    answer = plain.post("/notes/bulk", by="planner", items="N1")
    assert (answer["http"], codes(answer)) == (422, ["schema"])


@pytest.mark.parametrize("authorization", ["", "Bearer unknown", "Basic planner", "planner"])
def test_who_shows_no_known_token_is_turned_away_and_noted(plain, authorization):
    response = plain.client.get(
        "/masters", params={"domain": "bom", "id": "B"}, headers={"Authorization": authorization}
    )
    assert (response.status_code, response.json()["reasons"][0]["code"]) == (401, "unauthenticated")
    (event,) = plain.audit("session", "unknown")
    assert (event["outcome"], event["actor"], event["action"]) == ("refused", "unknown", "GET /masters")


def test_a_path_that_does_not_exist_and_a_wrong_method_say_so(plain):
    assert plain.get("/nothing")["http"] == 404
    answer = plain.get("/inbox")
    assert (answer["http"], codes(answer)) == (405, ["unknown_path"])


def test_a_query_without_its_parameter_is_refused(plain):
    answer = plain.get("/masters", domain="bom")
    assert (answer["http"], answer["reasons"][0]["pointer"]) == (422, "/id")
