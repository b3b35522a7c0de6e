"""Whatever breaks a contract is refused with a reason, leaves a trace, and changes nothing."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from syncproof.contracts import schema
from syncproof.simulators.__main__ import SYSTEMS, load
from tests.acceptance.hostile.mutations import breaks, broken
from tests.unit.simulators.bench import OWNERS, START, Bench

CARRIED = {
    "activation": "integration",
    "change": "qms",
    "disposition": "qms",
    "fact": "mes",
    "lot": "wms",
    "order": "erp",
}
"""Contracts whose events every system is offered, and who tells them."""
TRACES = {"audit", "receipts", "sqlite_sequence"}
"""Tables that a refusal may write to."""
NUMBERS = st.integers(1, 10**9)
LIMITS = {
    "max_examples": 25,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
}


@pytest.fixture(scope="module", params=SYSTEMS)
def bench(request):
    return Bench(load(request.param))


def state(bench):
    """Everything that the system knows, but the traces of refusals."""
    query = bench.app.instance.state.execute
    tables = [name for (name,) in query("select name from sqlite_master where type='table'") if name not in TRACES]
    return {name: query(f"select * from {name}").fetchall() for name in tables}


def traces(bench):
    [(count,)] = bench.app.instance.state.execute("select count(*) from audit where body like '%\"refused\"%'")
    return count


@pytest.mark.parametrize("domain", sorted(OWNERS))
@settings(**LIMITS)
@given(data=st.data())
def test_a_broken_master_is_refused_where_it_is_authored(bench, domain, data):
    """By its owner for what is wrong with it, by everybody else for not being theirs."""
    document = data.draw(broken(domain))
    assume(breaks(domain, document))
    before, known = state(bench), traces(bench)
    answer = bench.post("/masters", by="administrator" if domain == "security" else "engineer", data=document)
    assert (answer["status"], 400 <= answer["http"] < 500) == ("refused", True), answer
    assert all(reason["code"] and reason["message"] for reason in answer["reasons"])
    assert answer["reasons"]
    assert traces(bench) == known + 1
    assert state(bench) == before


@pytest.mark.parametrize("contract", [*sorted(OWNERS), *CARRIED])
@settings(**LIMITS)
@given(data=st.data())
def test_a_broken_message_in_an_event_is_rejected(bench, contract, data):
    """With a receipt that holds the reasons."""
    document = data.draw(broken(contract))
    assume(breaks(contract, document))
    before = state(bench)
    subject = f"{contract}/{document.get('id', 'X')}"
    kind, source = ("master", OWNERS[contract]) if contract in OWNERS else (contract, CARRIED[contract])
    dialect = schema(contract)["$id"]
    result = bench.deliver(kind, subject, document, source, dataschema=dialect)
    assert result["status"] == "rejected", result
    assert result["reasons"]
    receipts = bench.get("/receipts", subject=subject)["items"]
    assert (receipts[-1]["status"], bool(receipts[-1]["reasons"])) == ("rejected", True)
    assert state(bench) == before


ENVELOPE = {"specversion": "1.0", "id": "e", "source": "urn:syncproof:mes", "type": "org.syncproof.order.v1"}
ENVELOPE |= {"subject": "order/X", "time": START, "sequence": "000000000001", "data": {}}


@settings(**LIMITS)
@given(
    name=st.sampled_from(sorted(ENVELOPE)), value=st.sampled_from([None, 5, "", [], "2027-02-30T00:00:00Z", {"a": 1}])
)
def test_a_broken_envelope_is_rejected(bench, name, value):
    """Nothing is guessed about an event that is not fully understood."""
    event = ENVELOPE | {name: value}
    assume(breaks("event", event))
    before = state(bench)
    answer = bench.client.post("/inbox", json=event, headers={"Authorization": "Bearer integration"}).json()
    assert [result["status"] for result in answer["results"]] == ["rejected"]
    assert state(bench) == before
