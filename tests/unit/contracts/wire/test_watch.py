"""What is sent or taken must keep its contract; what is refused may break it."""

import json

import pytest

from syncproof.contracts import folder, versions
from syncproof.contracts.wire.declared import declared, roles_of
from syncproof.contracts.wire.parts import is_spoken
from syncproof.contracts.wire.surface import operations
from syncproof.contracts.wire.watch import Place, Watch

LOT = {"id": "L-1", "item": "CREAM", "quantity": {"value": "5", "unit": "KGM"}, "site": "EAST", "location": "A-1"}
ORDER = {"id": "O-1", "item": "CREAM", "quantity": {"value": "5", "unit": "KGM"}, "site": "EAST", "reason": "plan"}
REFUSED = {"status": "refused", "key": None, "reasons": [{"code": "x", "message": "y", "pointer": ""}]}
ROLES = {"erp": ("planning",), "wms": ("warehouse",), "integration": ("integration",)}


@pytest.fixture
def bodies():
    return {}


@pytest.fixture
def watch(bodies):
    return Watch(ROLES, bodies.get)


@pytest.fixture
def exchange(bodies):
    """An exchange of the record; bodies are JSON values, or bytes."""

    def keep(value):
        if value is None:
            return None
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        name = str(len(bodies))
        bodies[name] = data
        return name

    def exchange(method, path, status, answer=None, sent=None, system="erp"):
        request = {"method": method, "url": f"http://127.0.0.1:1{path}", "headers": {}, "body_sha": keep(sent)}
        response = None if status is None else {"status": status, "headers": {}, "body_sha": keep(answer)}
        return {"id": f"main-x{len(bodies)}", "system": system, "request": request, "response": response}

    return exchange


def good(name):
    """Its first good example."""
    path = min((folder() / name / "1.0.0" / "examples").glob("good-*.json"))
    return json.loads(path.read_text(encoding="utf-8"))


def event(domain="bom", **changed):
    data = good(domain)
    facts = {"specversion": "1.0", "id": "1", "source": "urn:syncproof:erp", "type": "org.syncproof.master.v1"}
    facts |= {"subject": f"{domain}/X", "time": "2027-02-01T12:00:00Z", "sequence": "000000000001"}
    return {**facts, "dataschema": f"urn:syncproof:contract:{domain}:1.0.0", "data": data, **changed}


def test_an_answer_is_held_against_the_contract_that_its_operation_states(watch, exchange):
    watch.take(exchange("GET", "/lots?id=L-1", 200, {"item": LOT}))
    watch.take(exchange("GET", "/lots?id=L-9", 200, {"item": None}))
    assert watch.counts == {Place("erp", "GET /lots", "answer", "200", "lot:1.0.0"): 2}
    assert watch.faults == []
    watch.take(exchange("GET", "/lots?id=L-1", 200, {"item": LOT | {"quantity": 5.0}}))
    [fault] = watch.faults
    assert (fault.place.operation, fault.exchange) == ("GET /lots", "main-x3")


@pytest.mark.parametrize("answer", [b"{", b"\xff", b"[]", b'{"item": {}}', b"null"])
def test_bytes_that_are_no_answer_are_a_fault(watch, exchange, answer):
    watch.take(exchange("GET", "/lots?id=L-1", 200, answer))
    assert len(watch.faults) == 1


def test_a_status_that_the_description_does_not_know_is_a_fault(watch, exchange):
    watch.take(exchange("GET", "/lots?id=L-1", 500, REFUSED))
    [fault] = watch.faults
    assert "status 500" in fault.message


@pytest.mark.parametrize("body", [REFUSED, b"<html>maintenance</html>"])
def test_a_system_may_be_out_of_service_and_say_so_in_any_words(watch, exchange, body):
    """A proxy before it answers as well."""
    watch.take(exchange("POST", "/inbox", 503, body, [event()]))
    assert watch.faults == []
    assert watch.counts[Place("erp", "POST /inbox", "answer", "503", "")] == 1


def test_a_broken_request_is_a_fault_only_where_it_was_taken(watch, exchange):
    broken = {name: value for name, value in ORDER.items() if name != "item"}
    watch.take(exchange("POST", "/orders", 422, REFUSED, broken))
    assert (watch.faults, sum(watch.broken.values())) == ([], 1)
    watch.take(exchange("POST", "/orders", 201, {"status": "accepted", "key": "O-1", "reasons": []}, broken))
    [fault] = watch.faults
    assert (fault.place.part, fault.place.outcome) == ("request", "201")
    assert [row[3:] for row in watch.rows() if row[2] == "request"] == [["201", "", 1, 1, 1], ["422", "", 1, 1, 0]]


def test_of_many_at_once_one_that_was_refused_may_be_broken(watch, exchange):
    """That very one: another that was taken may not."""
    sent = {"items": [{"id": "O-1"}], "reason": "plan"}
    watch.take(exchange("POST", "/orders/bulk", 200, {"results": [REFUSED]}, sent))
    assert watch.faults == []
    taken = {"results": [{"status": "accepted", "reasons": []}]}
    watch.take(exchange("POST", "/orders/bulk", 200, taken, sent))
    assert len(watch.faults) == 1
    both = {"items": [{"id": "O-1"}, {"id": "O-2"}], "reason": "plan"}
    watch.take(exchange("POST", "/orders/bulk", 200, {"results": [REFUSED, *taken["results"]]}, both))
    assert len(watch.faults) == 2


def test_a_published_event_keeps_the_envelope_and_the_contract_in_it(watch, exchange):
    watch.take(exchange("GET", "/outbox?after=0", 200, {"cursor": 1, "events": [event()]}))
    place = Place("erp", "GET /outbox", "event", "published", "bom:1.0.0")
    assert (watch.counts[place], watch.faults) == (1, [])
    data = good("bom") | {"base_quantity": {"value": 100, "unit": "C62"}}
    watch.take(exchange("GET", "/outbox?after=1", 200, {"cursor": 2, "events": [event(data=data)]}))
    assert [(fault.place, fault.pointer) for fault in watch.faults] == [(place, "/data/base_quantity/value")]


def test_an_event_of_a_version_that_nobody_knows_is_a_fault(watch, exchange):
    told = event(dataschema="urn:syncproof:contract:bom:9.0.0")
    watch.take(exchange("GET", "/outbox", 200, {"cursor": 1, "events": [told]}))
    [fault] = watch.faults
    assert "there is no version '9.0.0'" in fault.message


def test_the_events_of_a_subject_are_published_in_order_and_without_a_gap(watch, exchange):
    """A page that is read again is no fault; an event that was left out is, and so is one id for two events."""

    def page(*numbers, **changed):
        events = [event(sequence=f"{n:012d}", id=changed.get("id", str(n))) for n in numbers]
        watch.take(exchange("GET", "/outbox", 200, {"cursor": 1, "events": events}))
        return [fault.pointer for fault in watch.faults]

    assert page(1, 2) == []
    assert page(1, 2, 3) == []
    assert page(1, 2) == []  # another reader
    assert page(4) == []
    assert page(6) == ["/sequence"]
    assert page(8, 7) == ["/sequence"] * 3
    assert page(9, id="2") == ["/sequence"] * 3 + ["/id"]


@pytest.mark.parametrize(("status", "faults"), [("accepted", 1), ("rejected", 0), ("duplicate", 1)])
def test_a_broken_event_may_only_be_rejected(watch, exchange, status, faults):
    answer = {"results": [{"event_id": "1", "status": status, "reasons": []}]}
    watch.take(exchange("POST", "/inbox", 200, answer, [event(data={})]))
    assert sum(fault.place.part == "event" for fault in watch.faults) == faults


def test_what_is_no_message_of_our_contracts_is_passed_over(watch, exchange):
    """The control plane, answered or not, and other systems."""
    watch.take(exchange("POST", "/control/clock", 200, {}))
    watch.take(exchange("POST", "/control/clock", None))
    watch.take(exchange("GET", "/lots", 200, {"item": 5}, system="tryton"))
    assert watch.counts == {}


def test_a_request_that_nobody_answered_is_held_and_counted_as_such(watch, exchange):
    """Nobody refused it, so it may break nothing; it is no message that the system speaks."""
    for path, sent in (("GET /lots", None), ("POST /orders", ORDER), ("POST /orders", {"id": "O-1"})):
        watch.take(exchange(*path.split(), None, sent=sent))
    assert watch.rows() == [
        ["erp", "GET /lots", "request", "unanswered", "", 1, 0, 0],
        ["erp", "POST /orders", "request", "unanswered", "", 2, 1, 1],
    ]
    [fault] = watch.faults
    assert fault.place.operation == "POST /orders"
    watch.take(exchange("GET", "/forecasts", None))
    assert (watch.counts[Place("erp", "GET /forecasts", "request", "unanswered", "")], len(watch.faults)) == (1, 1)


def test_events_that_were_sent_and_not_answered_are_held(watch, exchange):
    """Each against the contract that it states."""
    watch.take(exchange("POST", "/inbox", None, sent=[event(), event(data={}, id="2")]))
    place = Place("erp", "POST /inbox", "event", "unanswered", "bom:1.0.0")
    assert (watch.counts[place], watch.broken[place], watch.faulty[place]) == (2, 1, 1)
    assert not is_spoken("event", "unanswered")


def test_what_the_integration_answers_is_held_as_well(watch, exchange):
    """It is described like the systems."""
    watch.take(exchange("GET", "/drift?refs=[]", 200, {"items": [["mes", "bom B rev A"]]}, system="integration"))
    assert watch.faults == []
    watch.take(exchange("GET", "/drift?refs=[]", 200, {"items": [["mes"]]}, system="integration"))
    watch.take(exchange("GET", "/pending?change=C", 200, {"items": "none"}, system="integration"))
    watch.take(exchange("GET", "/forecast", 200, {}, system="integration"))
    assert [(fault.place.operation, fault.pointer) for fault in watch.faults] == [
        ("GET /drift", "/items/0"), ("GET /pending", "/items"), ("GET /forecast", ""),
    ]  # fmt: skip
    assert ("GET /drift", "answer", "422", "") in set(declared(("integration",)))


def test_an_operation_that_no_description_knows_is_a_fault_where_it_is_served(watch, exchange):
    """What it says is held against nothing."""
    watch.take(exchange("GET", "/forecasts", 404, REFUSED))
    assert (watch.faults, sum(watch.broken.values())) == ([], 1)
    watch.take(exchange("GET", "/forecasts", 200, {"anything": 1}))
    [fault] = watch.faults
    assert (fault.place.operation, fault.message.startswith("no description knows")) == ("GET /forecasts", True)


def test_paths_begin_at_the_address_of_the_system(bodies, exchange):
    """A system below a path of its host is held like any other."""
    watch = Watch(ROLES, bodies.get, {"erp": "http://127.0.0.1:1/validation/"})
    watch.take(exchange("GET", "/validation/lots?id=L-1", 200, {"item": {}}))
    assert [fault.place.operation for fault in watch.faults] == ["GET /lots"]


def test_an_event_that_states_no_contract_or_that_of_another_type_is_a_fault(watch, exchange):
    """Else there would be a way around every contract."""
    nothing = {name: value for name, value in event(data={"any": "thing"}).items() if name != "dataschema"}
    other = event(type="org.syncproof.order.v1")
    for n, one in enumerate((nothing, other)):
        watch.take(exchange("GET", "/outbox", 200, {"cursor": n, "events": [one]}))
    assert [fault.pointer for fault in watch.faults] == ["/dataschema", "/type"]
    taken = {"results": [{"event_id": "1", "status": "accepted", "reasons": []}]}
    watch.take(exchange("POST", "/inbox", 200, taken, nothing))
    assert watch.faults[-1].pointer == "/dataschema"


def test_every_event_that_was_sent_is_held_whatever_is_answered(watch, exchange):
    """With fewer results than events, or with none."""
    short = {"results": [{"event_id": "1", "status": "rejected", "reasons": []}]}
    watch.take(exchange("POST", "/inbox", 200, short, [event(), event(data={})]))
    assert [fault.place.outcome for fault in watch.faults if fault.place.part == "event"] == ["200"]


@pytest.mark.parametrize("answer", [{"cursor": 1, "events": None}, {"cursor": 1, "events": 5}, {"results": [5]}, [], 5])
def test_answers_of_any_form_are_faults_and_no_crash(watch, exchange, answer):
    watch.take(exchange("GET", "/outbox", 200, answer))
    watch.take(exchange("POST", "/inbox", 200, answer, [event()]))
    watch.take(exchange("POST", "/orders/bulk", 200, answer, {}))
    assert {fault.place.operation for fault in watch.faults} >= {"GET /outbox", "POST /inbox"}


@pytest.mark.parametrize("answer", [b'{"item": null, "item": null}', b'{"item": null, "x": 1e999}', b'{"item": NaN}'])
def test_bytes_that_two_readers_understand_differently_are_a_fault(watch, exchange, answer):
    watch.take(exchange("GET", "/lots?id=L-1", 200, answer))
    assert len(watch.faults) == 1


def test_an_answer_that_says_it_is_no_json_is_a_fault(watch, exchange):
    for said in ("application/json; charset=utf-8", "application/cloudevents+json", "text/html"):
        page = exchange("GET", "/lots?id=L-9", 200, {"item": None})
        page["response"]["headers"] = {"Content-Type": said}
        watch.take(page)
    [fault] = watch.faults
    assert "text/html" in fault.message


def test_the_same_bytes_are_judged_for_each_operation(watch, exchange):
    """A body that fits one answer may break another."""
    page = exchange("GET", "/lots", 200, {"item": LOT})
    other = exchange("GET", "/orders", 200)
    other["response"]["body_sha"] = page["response"]["body_sha"]
    for one in (page, other, page):
        watch.take(one)
    assert [fault.place.operation for fault in watch.faults] == ["GET /orders"]


def test_a_system_that_states_contracts_is_watched_by_its_abilities():
    said = {"contracts": {"bom": "1.0.0"}, "capabilities": ["planning.order", "warehouse.move", "system.lot"]}
    assert roles_of(said) == ("planning", "warehouse")
    assert roles_of(said | {"capabilities": ["integration.drift", "system.identify"]}) == ("integration",)
    assert roles_of(said | {"contracts": {}}) == ()


def test_a_system_that_speaks_another_version_than_it_is_held_against_is_a_fault(watch):
    """A message may fit both, and the report would say it was held against the one that the system states."""
    watch.hear("erp", {"contracts": {"bom": versions()["bom"], "order": "0.9.0", "forecast": "1.0.0"}}, "main-x1")
    [fault] = watch.faults
    assert (fault.place.contract, fault.pointer, fault.exchange) == ("order:0.9.0", "/contracts/order", "main-x1")


def test_bodies_that_are_alike_share_a_shape_that_knows_all_it_leads_to():
    """Of whatever operation and system: a validator is made once."""
    erp, wms = operations("planning"), operations("warehouse")
    refusals = {id(erp["GET", "/lots"].answers["404"]), id(wms["POST", "/inbox"].answers["403"])}
    assert len(refusals) == 1
    takes = erp["POST", "/orders"].request.validator.is_valid
    assert (takes(ORDER), takes(ORDER | {"quantity": 5})) == (True, False)


def test_everything_that_is_described_can_be_missed():
    rows = list(declared(("planning",)))
    assert ("POST /orders", "answer", "201", "") in rows
    assert ("GET /lots", "answer", "200", f"lot:{versions()['lot']}") in rows
    bom, recipe = (f"{name}:{versions()[name]}" for name in ("bom", "recipe"))
    assert ("GET /outbox", "event", "published", bom) in rows
    assert ("POST /inbox", "event", "accepted", recipe) in rows
    assert not {("GET /outbox", "event", "published", recipe), ("POST /inbox", "event", "accepted", bom)} & {*rows}
