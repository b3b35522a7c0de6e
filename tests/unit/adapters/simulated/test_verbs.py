"""Each verb is one documented call: path, body and user, and nothing that the caller did not say."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import responses

from syncproof import model as m
from syncproof.adapters.simulated import create
from syncproof.ports import Execution, Planning, Quality, Synchronised, System, Warehouse

URL = "http://erp.test"
ROLES = ("planning", "execution", "warehouse", "quality")
KG = m.Quantity(value=Decimal("1E+3"), unit="KGM")
KG_JSON = {"value": "1000", "unit": "KGM"}
REF = m.MasterRef(domain="label", id="L/1", revision="02")
USED = m.MaterialActual(order_id="O", item="I", lot="L", quantity=KG, use="Consumed", op_no="10", by="me")
USED_JSON = {"order_id": "O", "item": "I", "lot": "L", "quantity": KG_JSON, "op_no": "10"}
ORDER = m.ProductionOrder(id="O", item="I", quantity=KG, site="EAST", status="Closed")
LOT = m.MaterialLot(
    id=" l/ö 01", item="I", quantity=KG, site="EAST", location="A",
    expiry=datetime(2027, 3, 1, tzinfo=timezone(timedelta(hours=2))),
)  # fmt: skip
CHANGE = m.ChangeRequest(
    id="C", rationale="r", impact=("bom",), members=(REF,), author="somebody",
    effectivity=m.Effectivity(local=datetime.fromisoformat("2027-03-28T02:30:00")),
)  # fmt: skip
UOM = m.UomConversion(id="I", revision="A", base_unit="KGM", tolerance=Decimal("1E-7"))
BY = {"by": "engineer", "reason": "because"}


@pytest.fixture
def system(session, credentials):
    return create(name="erp", base_url=URL, roles=ROLES, session=session, credentials=credentials, options={})


def test_an_adapter_has_the_ports_of_its_roles(system):
    for port in (System, Synchronised, Planning, Execution, Warehouse, Quality):
        assert isinstance(system, port)


WRITES = [
    ("submit", (UOM,), BY, "/masters", {"data": {
        "domain": "uom", "id": "I", "revision": "A", "site": None, "base_unit": "KGM", "conversions": [],
        "rounding": {"mode": "half_up", "increment": "0.001"}, "tolerance": "0.0000001"}}),
    ("create_orders", (ORDER,), BY, "/orders", {"id": "O", "item": "I", "quantity": KG_JSON, "site": "EAST"}),
    ("release_order", ("O",), BY, "/orders/release", {"order": "O"}),
    ("close_order", ("O",), BY, "/orders/close", {"order": "O"}),
    ("cancel_order", ("O",), BY, "/orders/cancel", {"order": "O"}),
    ("switch_variant", ("O", "V"), BY, "/orders/variant", {"order": "O", "variant": "V"}),
    ("switch_variant", ("O", "V"), {**BY, "seen": "4f"}, "/orders/variant",
     {"order": "O", "variant": "V", "seen": "4f"}),
    ("transfer", ("L", "B", KG), BY, "/transfers", {"lot": "L", "to": "B", "quantity": KG_JSON}),
    ("issue", (USED,), BY, "/issues", USED_JSON),
    ("start_operation", ("O", "10"), {**BY, "equipment": "E", "label": REF}, "/operations/start",
     {"order": "O", "op_no": "10", "equipment": "E", "label": {"domain": "label", "id": "L/1", "revision": "02"}}),
    ("start_operation", ("O", "10"), {**BY, "equipment": None}, "/operations/start",
     {"order": "O", "op_no": "10", "equipment": None, "label": None}),
    ("complete_operation", ("O", "10"), BY, "/operations/complete", {"order": "O", "op_no": "10", "evidence": {}}),
    ("complete_operation", ("O", "10"), {**BY, "evidence": {"ph": "7"}, "labels": {"used": 1}}, "/operations/complete",
     {"order": "O", "op_no": "10", "evidence": {"ph": "7"}, "labels": {"used": 1}}),
    ("consume", (USED,), BY, "/consumptions", USED_JSON),
    ("report_output", (USED,), BY, "/outputs", USED_JSON),
    ("set_equipment_state", ("E", "down"), BY, "/equipment/state", {"equipment": "E", "state": "down"}),
    ("receive_lots", (LOT,), BY, "/lots",
     {"id": " l/ö 01", "item": "I", "quantity": KG_JSON, "site": "EAST", "location": "A",
      "disposition": "UnRestricted", "expiry": "2027-03-01T00:00:00+02:00"}),
    ("allocate", ("L", "O", KG), BY, "/allocations", {"lot": "L", "order": "O", "quantity": KG_JSON}),
    ("move", ("L", "B", KG), {**BY, "purpose": "inspection"}, "/moves",
     {"lot": "L", "to": "B", "quantity": KG_JSON, "purpose": "inspection"}),
    ("ship", ("L", KG, "X"), BY, "/shipments", {"lot": "L", "quantity": KG_JSON, "destination": "X"}),
    ("dispose", ("L", KG), BY, "/disposals", {"lot": "L", "quantity": KG_JSON}),
    ("set_disposition", (m.Hold(scope="lot", target="L", disposition="Restricted", reason="because"),),
     {"by": "engineer"}, "/dispositions", {"scope": "lot", "target": "L", "disposition": "Restricted"}),
    ("record_result", ("L", "pH", 2, "7.0"), BY, "/results",
     {"lot": "L", "characteristic": "pH", "sample": 2, "value": "7.0"}),
    ("take_sample", ("L",), {**BY, "quantity": KG}, "/samples", {"lot": "L", "quantity": KG_JSON}),
    ("request_change", (CHANGE,), BY, "/changes",
     {"id": "C", "rationale": "r", "impact": ["bom"], "emergency": False,
      "members": [{"domain": "label", "id": "L/1", "revision": "02"}],
      "effectivity": {"instant": None, "local": "2027-03-28T02:30:00"}}),
    ("approve", ("C",), {**BY, "role": "r", "meaning": "m"}, "/approvals",
     {"change": "C", "role": "r", "meaning": "m"}),
    ("promote", ("C",), BY, "/promotions", {"change": "C"}),
    ("review", ("C", "fine"), BY, "/reviews", {"change": "C", "conclusion": "fine"}),
    ("grant_emergency", (m.EmergencyAuthority(user="u", granted_by="g", valid_until=datetime(2027, 3, 1, tzinfo=UTC)),),
     BY, "/emergency-authorities", {"user": "u", "valid_until": "2027-03-01T00:00:00+00:00"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "args", "kwargs", "path", "body"), WRITES, ids=[f"{n}-{w[0]}" for n, w in enumerate(WRITES)]
)
def test_a_write_sends_what_was_said_and_returns_what_was_answered(system, web, verb, args, kwargs, path, body):
    """Decimals go without an exponent, identifiers as they are, instants with their offset."""
    web.post(URL + path, status=201, json={"status": "accepted", "key": "K", "reasons": []})
    outcome = getattr(system, verb)(*args, **kwargs)
    outcome = outcome[0] if isinstance(outcome, tuple) else outcome
    request = web.calls[0].request
    assert json.loads(request.body) == {**body, "reason": "because"}
    assert request.headers["Authorization"] == "Bearer engineer-token"
    assert (outcome.status, outcome.key, outcome.exchanges) == ("accepted", "K", ("main-x1",))


@pytest.mark.parametrize("verb", ["submit", "create_orders", "issue", "receive_lots", "consume", "set_disposition"])
def test_bulk_is_one_call_with_one_outcome_for_each(system, web, verb):
    """By the system's own path for many, not by many calls."""
    by_verb = {w[0]: w for w in WRITES}
    _, args, kwargs, path, body = by_verb[verb]
    results = [
        {"status": "accepted", "key": "1", "reasons": []},
        {"status": "refused", "key": "2", "reasons": [{"code": "c", "message": "m", "pointer": ""}]},
    ]
    web.post(f"{URL}{path}/bulk", json={"results": results})
    first, second = getattr(system, verb)(*args, *args, **kwargs, bulk=True)
    assert json.loads(web.calls[0].request.body) == {"items": [body, body], "reason": "because"}
    assert (first.status, second.status, second.reasons) == ("accepted", "refused", ("c: m",))


@pytest.mark.parametrize("verb", ["transfer", "allocate", "move", "ship"])
def test_verbs_of_one_thing_take_the_bulk_path_too(system, web, verb):
    _, args, kwargs, path, body = {w[0]: w for w in WRITES}[verb]
    web.post(f"{URL}{path}/bulk", json={"results": [{"status": "staged", "reasons": []}]})
    assert getattr(system, verb)(*args, **kwargs, bulk=True).status == "staged"
    assert json.loads(web.calls[0].request.body)["items"] == [body]


def test_scrap_is_reported_as_scrap(system, web):
    web.post(f"{URL}/scraps", status=201, json={"status": "accepted"})
    scrap = m.MaterialActual(order_id="O", item="I", lot="L", quantity=KG, use="Scrap")
    assert system.report_output(scrap, **BY).status == "accepted"


def test_holds_of_different_reasons_go_by_different_bulk_calls(system, web):
    """A bulk call has one reason: none may stand under the reason of another."""
    web.post(f"{URL}/dispositions/bulk", json={"results": [{"status": "accepted"}]})
    holds = [m.Hold(scope="lot", target=t, disposition="Restricted", reason=f"r{t}") for t in "12"]
    assert len(system.set_disposition(*holds, by="qa", bulk=True)) == 2
    assert [json.loads(call.request.body)["reason"] for call in web.calls] == ["r1", "r2"]


def test_no_reason_is_sent_as_no_reason(system, web):
    """An adapter that invented one would hide that the system does not insist."""
    web.post(f"{URL}/promotions", status=422, json={"status": "refused", "reasons": []})
    system.promote("C", by="release", reason=None)
    assert json.loads(web.calls[0].request.body) == {"change": "C", "reason": None}


AT = datetime(2027, 3, 10, 6, tzinfo=timezone(timedelta(hours=2)))
READS = [
    ("masters", ("bom", "B&1"), "/masters", {"domain": "bom", "id": "B&1"}, "items", ()),
    ("effective", ("bom", "B", "EAST", AT), "/masters/effective",
     {"domain": "bom", "id": "B", "site": "EAST", "at": "2027-03-10T06:00:00+02:00"}, "item", None),
    ("effective", ("bom", "B", "EAST"), "/masters/effective", {"domain": "bom", "id": "B", "site": "EAST"}, "item", None),
    ("audit_trail", ("bom", "B"), "/audit", {"domain": "bom", "id": "B"}, "items", ()),
    ("lot", ("L 1",), "/lots", {"id": "L 1"}, "item", None),
    ("receipts", ("bom/B",), "/receipts", {"subject": "bom/B"}, "items", ()),
    ("order", ("O",), "/orders", {"id": "O"}, "item", None),
    ("requirements", ("O",), "/requirements", {"order": "O"}, "items", None),
    ("dispatch_list", ("O",), "/dispatch", {"order": "O"}, "items", ()),
    ("batch_record", ("O",), "/batch-records", {"order": "O"}, "item", None),
    ("where_used", (REF,), "/where-used", {"domain": "label", "id": "L/1", "revision": "02"}, "orders", frozenset()),
    ("genealogy", ("L",), "/genealogy", {"lot": "L"}, "item", None),
    ("stock", ("L",), "/stock", {"lot": "L"}, "items", ()),
    ("eligibility_checks", ("L",), "/eligibility-checks", {"lot": "L"}, "items", ()),
    ("change", ("C",), "/changes", {"id": "C"}, "item", None),
]  # fmt: skip
READ_IDS = [f"{r[0]}-{len(r[1])}" for r in READS]


@pytest.mark.parametrize(("verb", "args", "path", "asked", "pick", "absent"), READS, ids=READ_IDS)
def test_what_a_system_does_not_know_is_none_or_empty(system, web, verb, args, path, asked, pick, absent):
    """By its own word; and the observation names the exchange that it was read from."""
    reasons = [{"code": "unknown", "message": "never heard of it", "pointer": ""}]
    web.get(URL + path, status=404, json={"status": "refused", "reasons": reasons})
    seen = getattr(system, verb)(*args)
    assert (seen.value, seen.exchanges, seen.system) == (absent, ("main-x1",), "erp")
    assert web.calls[0].request.params == asked
    assert web.calls[0].request.headers["Authorization"] == "Bearer viewer-token"


def test_requirements_that_cannot_be_computed_are_none_and_not_an_empty_set(system, web):
    """Nothing is required, and nothing can be said, are two things."""
    web.get(f"{URL}/requirements", status=409, json={"status": "refused", "reasons": []})
    web.get(f"{URL}/requirements", json={"items": []})
    assert system.requirements("O").value is None
    assert system.requirements("O").value == frozenset()


def test_records_are_read_exactly(system, web):
    item = {"item": "I", "quantity": {"value": "0.100", "unit": "KGM"}}
    web.get(f"{URL}/requirements", json={"items": [item]})
    (need,) = system.requirements("O").value
    assert need.quantity.value.as_tuple() == Decimal("0.100").as_tuple()


def test_a_scan_is_what_the_system_understood(system, web):
    scan = {"lot": "L", "gtin": "09521234543213", "serial": None, "expiry": "2027-12-31"}
    web.post(f"{URL}/scans", status=201, json={"status": "accepted", "scan": scan})
    outcome, seen = system.scan("(10)L", by="operator")
    assert (outcome.status, seen) == ("accepted", m.Scan(lot="L", gtin="09521234543213"))


def test_a_refused_scan_has_no_content(system, web):
    reasons = [{"code": "barcode_invalid", "message": "check digit", "pointer": ""}]
    web.post(f"{URL}/scans", status=422, json={"status": "refused", "reasons": reasons})
    outcome, seen = system.scan("x", by="operator")
    assert (outcome.reasons, seen) == (("barcode_invalid: check digit",), None)


# events


def test_events_are_delivered_as_the_integration_and_answered_one_by_one(system, web):
    """The key is the event's id, so that an answer to the call is told from one to an event."""
    results = [{"event_id": "1", "status": "duplicate"}, {"event_id": "2", "status": "rejected", "reasons": []}]
    web.post(f"{URL}/inbox", json={"results": results})
    outcomes = system.deliver({"id": "1"}, {"id": "2"})
    assert [(o.status, o.key) for o in outcomes] == [("accepted", "1"), ("refused", "2")]
    assert web.calls[0].request.headers["Authorization"] == "Bearer integration-token"


def test_a_delivery_that_is_refused_as_a_whole_refuses_each_event_without_a_key(system, web):
    reasons = [{"code": "forbidden", "message": "no role", "pointer": ""}]
    web.post(f"{URL}/inbox", status=403, json={"status": "refused", "reasons": reasons})
    assert [(o.status, o.key) for o in system.deliver({"id": "1"}, {"id": "2"})] == [("refused", None)] * 2


def test_everything_published_is_read_page_by_page(system, web):
    for after, cursor, events in ((0, 2, [{"id": "1"}, {"id": "2"}]), (2, 3, [{"id": "3"}]), (3, 3, [])):
        match = [responses.matchers.query_param_matcher({"after": str(after)})]
        web.get(f"{URL}/outbox", json={"cursor": cursor, "events": events}, match=match)
    seen = system.published()
    assert [event["id"] for event in seen.value] == ["1", "2", "3"]
    assert seen.exchanges == ("main-x1", "main-x2", "main-x3")


def test_a_long_poll_says_how_long_it_waits(system, web):
    web.get(f"{URL}/outbox", json={"cursor": 7, "events": []})
    assert system.await_published(7, 20.0) == (7, [])
    assert web.calls[0].request.params == {"after": "7", "wait": "20.0"}


@pytest.mark.parametrize("now", [None, AT])
def test_the_clock_is_set_through_the_control_plane(session, credentials, web, now):
    options = {"control_token": "c"}
    system = create(name="erp", base_url=URL, roles=(), session=session, credentials=credentials, options=options)
    web.post(f"{URL}/control/clock", json={})
    system.set_clock(now)
    assert json.loads(web.calls[0].request.body) == {"now": now.isoformat() if now else None}


def test_identity_is_read_as_a_record(system, web):
    said = {
        "system": "erp", "product": "P", "version": "1", "time_zone": "UTC",
        "now": "2027-03-01T00:00:00Z", "host_now": "2026-03-01T00:00:00+01:00",
    }  # fmt: skip
    web.get(f"{URL}/identity", json=said)
    assert system.identify().value.now == datetime(2027, 3, 1, tzinfo=UTC)
