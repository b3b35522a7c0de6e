"""A run in which a message breaks its contract is not green, and its report says which."""

from syncproof.bdd import wire
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import read_pack
from syncproof.reporting.wire import coverage

PLACE = {"system": "erp", "operation": "GET /lots", "part": "answer", "outcome": "200", "contract": "lot:1.0.0"}
FAULT = {"place": PLACE, "exchange": "main-x7", "pointer": "/item/quantity", "message": "5 is not of type 'object'"}
DECLARED = [["GET /lots", "answer", "200", "lot:1.0.0"], ["GET /lots", "answer", "404", ""]]


def record(tmp_path, *events):
    pack = Evidence(tmp_path).open_run({})
    for number, event in enumerate(events):
        journal = Journal(pack.path, f"gw{number}")
        journal.append(wire.HELD, {"broken": 0, "faults": [], "declared": {}, "apart": [], **event})
        journal.close()
    return read_pack(pack.path)


def test_a_broken_message_is_a_fault_of_the_run(tmp_path):
    """With the number of all, and the place of the first."""
    found = record(tmp_path, {"rows": [], "broken": 2, "faults": [FAULT]}, {"rows": [], "broken": 1, "faults": [FAULT]})
    [text] = wire.faults(found)
    assert text.startswith("3 messages break their contract; the first: erp, GET /lots (answer, 200), lot:1.0.0, ")
    assert "/item/quantity: 5 is not of type 'object' (exchange main-x7)" in text


def test_a_run_without_broken_messages_has_no_fault(tmp_path):
    assert list(wire.faults(record(tmp_path, {"rows": []}))) == []


def test_workers_are_counted_together_and_what_nobody_saw_is_told(tmp_path):
    """Operation by outcome by version."""
    row = [*PLACE.values(), 4, 1, 1]
    found = record(tmp_path, {"rows": [row], "declared": {"erp": DECLARED}}, {"rows": [row]})
    [one] = coverage(found)
    assert one.exercised == (("answer", "200", "lot:1.0.0", 8, 2),)
    assert one.missed == ("404",)


def test_events_that_never_came_are_told_by_their_contract(tmp_path):
    """They are part of the matrix, as statuses are."""
    rows = [["GET /outbox", "event", "published", f"{name}:1.0.0"] for name in ("bom", "order")]
    seen = ["erp", *rows[0], 4, 0, 0]
    [one] = coverage(record(tmp_path, {"rows": [seen], "declared": {"erp": rows}}))
    assert one.missed == ("order:1.0.0 published",)
