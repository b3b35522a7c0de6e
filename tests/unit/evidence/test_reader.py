"""A pack is read as far as it is valid, and its verdicts are what the record bears out."""

import json
import tracemalloc

import pytest

from syncproof.errors import EvidenceError
from syncproof.evidence import seal
from syncproof.evidence.journal import Journal, journal_path
from syncproof.evidence.reader import count_events, events_of, read_pack

STEPS = [
    {"keyword": "Given", "type": "given", "text": "a", "line": 3},
    {"keyword": "Then", "type": "then", "text": "b", "line": 4},
]


def started(scenario, requirements=("URS-A-1",)):
    return {"scenario": scenario, "requirements": list(requirements), "steps": STEPS}


def check(scenario, verdict="passed", requirement="URS-A-1", step=2):
    return {"scenario": scenario, "step": step, "requirement": requirement, "verdict": verdict}


def write(pack, worker, events):
    journal = Journal(pack, worker)
    for type_, fields in events:
        journal.append(type_, fields)
    journal.close()


def whole(scenario, verdict="passed", checks=None, until=2):
    """The events of one scenario whose steps were run up to ``until``."""
    yield "scenario_started", started(scenario)
    for n in range(1, until + 1):
        yield "step_started", {"scenario": scenario, "n": n}
        if n == 2:
            for one in [check(scenario)] if checks is None else checks:
                yield "check", one
        yield "step_finished", {"scenario": scenario, "n": n, "verdict": "passed", "error": None}
    yield "scenario_finished", {"scenario": scenario, "verdict": verdict, "reason": None, "seconds": 1}


def plan(*scenarios):
    return (
        "plan",
        {"features": [], "scenarios": [{"id": i, "selected": s, "requirements": ["URS-A-1"]} for i, s in scenarios]},
    )


def test_scenarios_of_all_workers_are_put_together(tmp_path):
    """With their steps, checks and exchanges."""
    exchange = {"id": "gw0-x1", "scenario": "one", "step": 1, "request": {}, "response": None}
    events = list(whole("one"))
    write(tmp_path, "gw0", [plan(("one", True), ("two", True)), *events[:2], ("exchange", exchange), *events[2:]])
    write(tmp_path, "gw1", whole("two"))
    record = read_pack(tmp_path)
    assert record.verdicts() == {"one": "passed", "two": "passed"}
    one = record.scenarios["one"]
    assert one.worker == "gw0"
    assert [step.text for step in one.steps] == ["a", "b"]
    assert [e["id"] for e in one.steps[0].exchanges] == ["gw0-x1"]
    assert [c["requirement"] for c in one.steps[1].checks] == ["URS-A-1"]
    assert record.exchanges["gw0-x1"]["step"] == 1
    assert count_events(tmp_path, "scenario_finished") == 2
    assert (list(record.scenarios), list(record.exchanges)) == (["one", "two"], ["gw0-x1"])
    assert [(journal.worker, journal.broken) for journal in record.journals] == [("gw0", None), ("gw1", None)]


def test_verdicts_of_what_did_not_run_to_its_end(tmp_path):
    """Killed in the middle: aborted; never begun: not run; not asked for: unselected."""
    events = [plan(("one", True), ("two", True), ("three", False)), *list(whole("one"))[:3]]
    write(tmp_path, "main", events)
    record = read_pack(tmp_path)
    assert record.verdicts() == {"one": "aborted", "two": "not run", "three": "unselected"}
    assert [step.verdict for step in record.scenarios["one"].steps] == ["passed", "not run"]


@pytest.mark.parametrize(
    ("checks", "until"),
    [
        ([check("one", "failed")], 2),
        ([check("one", "error")], 2),
        ([], 2),
        ([check("one", requirement="URS-B-2")], 2),
        (None, 1),
    ],
)
def test_no_scenario_passes_that_its_own_record_does_not_bear_out(tmp_path, checks, until):
    """A check that did not pass, none at all, one of another claim, a step that was not run."""
    write(tmp_path, "main", whole("one", "passed", checks, until))
    assert read_pack(tmp_path).verdicts() == {"one": "failed"}


def test_of_several_runs_of_a_scenario_the_worst_counts(tmp_path):
    """Trying again until it passes proves nothing."""
    write(tmp_path, "gw0", [*whole("two"), *whole("one", "failed"), *whole("one", "passed")])
    write(tmp_path, "gw1", whole("one", "passed"))
    record = read_pack(tmp_path)
    assert record.verdicts() == {"two": "passed", "one": "failed"}
    assert record.scenarios["one"].verdict == "failed", "its record is that of the worst one"


def test_a_run_of_a_scenario_that_failed_after_it_passed_counts(tmp_path):
    """It is the worst one, wherever it stands."""
    write(tmp_path, "main", [*whole("one", "passed"), *whole("one", "failed")])
    record = read_pack(tmp_path)
    assert (record.verdicts(), record.scenarios["one"].verdict) == ({"one": "failed"}, "failed")


def exchange(name):
    return "exchange", {"id": name, "scenario": "one", "step": None, "request": {}, "response": None}


def test_a_scenario_is_what_stands_between_its_start_and_its_end(tmp_path):
    """What is said of it later is not part of it, nor is what belongs to no scenario."""
    first, *rest = whole("one")
    apart = ("system_identified", {"system": "erp"})
    write(tmp_path, "main", [first, apart, exchange("x1"), *rest, exchange("x2"), *whole("two")])
    record = read_pack(tmp_path)
    assert record.verdicts() == {"one": "passed", "two": "passed"}
    assert [one["id"] for one in record.scenarios["one"].exchanges] == ["x1"]
    assert list(record.exchanges) == ["x1", "x2"]
    assert record.exchanges["x2"]["id"] == "x2"


def test_a_scenario_without_an_end_ends_where_the_next_one_starts(tmp_path):
    """It was aborted, whatever comes after it."""
    write(tmp_path, "main", [*list(whole("one"))[:-1], *whole("two")])
    record = read_pack(tmp_path)
    assert record.verdicts() == {"one": "aborted", "two": "passed"}
    assert [record.scenarios[id_].verdict for id_ in ("one", "two")] == ["aborted", "passed"]


def tamper(pack, change):
    path = journal_path(pack / "record", "main")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))


@pytest.mark.parametrize(
    ("change", "line", "fault"),
    [
        (lambda lines: [*lines[:-1], lines[-1][:-5]], 7, "it was cut off"),
        (lambda lines: [*lines[:-1], b"garbage\n"], 7, "it is no JSON"),
        (lambda lines: [*lines[:-1], b"5\n"], 7, "it is no JSON"),
        (lambda lines: [*lines[:2], *lines[3:]], 3, "it does not follow the line before"),
        (lambda lines: [lines[0].replace(b"main", b"gw09"), *lines[1:]], 1, "its number or worker is another one's"),
        (
            lambda lines: [lines[0].replace(b'"seq":0', b'"seq":1'), *lines[1:]],
            1,
            "its number or worker is another one's",
        ),
        (
            lambda lines: [*lines[:2], lines[2].replace(b"passed", b"failed"), *lines[3:]],
            4,
            "it does not follow the line before",
        ),
    ],
    ids=["cut", "garbage", "number", "line gone", "worker", "seq", "changed"],
)
def test_a_journal_is_read_up_to_its_first_fault(tmp_path, change, line, fault):
    """Its last valid line included; and the reader says where the fault is."""
    write(tmp_path, "main", whole("one"))
    tamper(tmp_path, change)
    [journal] = read_pack(tmp_path).journals
    assert journal.broken == f"journal-main.ndjson, line {line}: {fault}"
    assert [event["seq"] for event in journal.events()] == list(range(line - 1))


def test_bodies_are_what_their_names_say(tmp_path):
    """A changed body is not shown."""
    journal = Journal(tmp_path, "main")
    name = journal.keep_body(b"{}")
    journal.append("run_started", {})
    journal.close()
    record = read_pack(tmp_path)
    assert record.body(name) == b"{}"
    assert record.body(None) is None
    assert record.body("0" * 64) is None
    (tmp_path / "exchanges" / name).write_bytes(b"[]")
    with pytest.raises(EvidenceError, match="does not have the hash that is its name"):
        record.body(name)


def test_what_is_no_pack_is_said(tmp_path):
    """Instead of an empty record that looks like a run without results."""
    with pytest.raises(EvidenceError, match="is no pack"):
        read_pack(tmp_path)


def test_events_of_a_type_can_be_asked_for(tmp_path):
    """Who ran it, and what systems there were."""
    write(tmp_path, "main", [("run_started", {"who": "me"}), ("system_identified", {"system": "erp"})])
    record = read_pack(tmp_path)
    assert record.first("run_started")["who"] == "me"
    assert record.first("run_finished") is None
    assert [event["system"] for event in record.of_type("system_identified")] == ["erp"]
    assert json.loads(json.dumps(record.plan)) == []


def test_events_within_scenarios_can_be_asked_for(tmp_path):
    """In their order, to the last line; there are none of a type that does not occur."""
    events = [*list(whole("one"))[:5], ("check", check("one", "failed"))]
    write(tmp_path, "main", [*events, ("landscape_opened", {}), ("check", check("one", "error"))])
    record = read_pack(tmp_path)
    assert [event["verdict"] for event in record.of_type("check")] == ["passed", "failed", "error"]
    assert list(record.of_type("exchange")) == []


def test_the_journal_of_a_worker_that_still_writes_can_be_looked_at(tmp_path):
    """The events of the types asked for, on whole lines; of a worker that never began there are none."""
    told = ("deviation", {"reason": "it says", "expected": {"type": "check"}})
    write(tmp_path, "main", [*whole("one"), told, exchange("x1")])
    with journal_path(tmp_path / "record", "main").open("ab") as stream:
        stream.write(b'{"type":"check"}')
    found = list(events_of(tmp_path, "main", "check", "exchange"))
    assert [(event["type"], event["seq"]) for event in found] == [("check", 4), ("exchange", 8)]
    assert list(events_of(tmp_path, "main", "check")) == found[:1]
    assert list(events_of(tmp_path, "gw7", "check")) == []


def run_of(folder, paths, *ends):
    started = {"at": "2027-03-10T06:00:00.5Z", "selection": {"paths": paths}}
    write(folder, "main", [("run_started", started), *ends])
    return read_pack(folder)


def test_a_run_of_some_files_is_not_whole(tmp_path):
    """What is not asked for is neither a gap nor gone."""
    for number, (paths, whole) in enumerate(
        ((["features"], True), (["features", "other"], True), (["features/demo_scripts"], False), ([], False))
    ):
        assert run_of(tmp_path / str(number), paths).is_whole is whole


def test_a_run_took_from_its_start_to_its_end(tmp_path):
    """A run whose end is not on record took nobody knows how long."""
    ended = ("run_finished", {"at": "2027-03-10T06:22:11Z"})
    assert run_of(tmp_path / "ended", ["features"], ended).seconds == 1330.5
    assert run_of(tmp_path / "killed", ["features"]).seconds is None


def test_counting_and_sealing_take_no_more_memory_than_a_line(tmp_path):
    """A record of any size fits into memory."""
    journal = b'{"type":"scenario_finished"}\n' * 20_000 + b'{"type":"scenario_finished"}'
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "journal-main.ndjson").write_bytes(journal)
    tracemalloc.start()
    try:
        assert count_events(tmp_path, "scenario_finished") == 20_000, "a torn line does not count"
        seal.make(tmp_path, 1, None, by=seal.CONTROLLER, ended="finished")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(journal) // 2
    [sealed] = json.loads((tmp_path / seal.SEAL).read_bytes())["journals"]
    assert (sealed["bytes"], sealed["valid_bytes"], sealed["lines"]) == (len(journal), 20_000 * 29, 20_000)
