"""The integration as a process, between simulated systems that are processes too."""

import json
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from syncproof import model as m
from syncproof.landscape import load
from syncproof.landscape.compose import Landscape, compose
from syncproof.landscape.launch import RunningLandscape, launch
from syncproof.landscape.process import ChildProcess
from syncproof.patience import poll
from syncproof.transport import Recorder

REFERENCE = Path(__file__).parents[3] / "landscapes" / "reference.toml"
CONSUMERS = ("mes", "wms", "qms")


def run(config: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "syncproof.integration", "--config", str(config)],
        check=False, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "integration: "), ('{"systems": {}, "sites": {}, "owners": {}}', "sites is empty"), (None, "No such file")],
    ids=["no JSON", "no sites", "no file"],
)
def test_a_mistake_in_the_configuration_is_one_line_and_exit_code_2(tmp_path, text, said):
    path = tmp_path / "config.json"
    if text is not None:
        path.write_text(text)
    done = run(path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_port_that_is_taken_is_one_line_and_exit_code_2(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = {"systems": {}, "sites": {"E": "UTC"}, "owners": {}, "port": taken.getsockname()[1]}
        (tmp_path / "config.json").write_text(json.dumps(config))
        done = run(tmp_path / "config.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot listen on 127.0.0.1" in done.stderr


def test_it_ends_when_whoever_started_it_is_gone(tmp_path):
    config = {"systems": {}, "sites": {"E": "UTC"}, "owners": {}, "exit_with_stdin": True}
    (tmp_path / "config.json").write_text(json.dumps(config))
    process = subprocess.Popen(
        [sys.executable, "-m", "syncproof.integration", "--config", str(tmp_path / "config.json")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] is True
    assert ready["url"].startswith("http://127.0.0.1:")
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()


# between systems


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pack")


@pytest.fixture(scope="module")
def running(pack):
    with launch(load(REFERENCE), worker="t", pack=pack) as running:
        yield running


@pytest.fixture(scope="module")
def landscape(running) -> Iterator[Landscape]:
    with compose(running, Recorder()) as landscape:
        yield landscape


def submit(landscape: Landscape, revision: str = "A", id: str | None = None) -> m.MaterialDefinition:
    master = m.MaterialDefinition(id=id or f"M-{uuid.uuid4()}", revision=revision, description="d", base_unit="KGM")
    (outcome,) = landscape.systems["erp"].submit(master, by="engineer", reason="test")
    assert outcome.status == "accepted", outcome
    return master


def known(landscape: Landscape, master: m.AnyMaster, *systems: str) -> bool:
    def held(name: str) -> bool:
        states = landscape.systems[name].masters(master.domain, master.id).value
        return any(state.master == master for state in states)

    return poll(lambda: all(map(held, systems or CONSUMERS)), within=10)


def release(landscape: Landscape, *masters: m.AnyMaster, at: datetime) -> str:
    qms, id = landscape.systems["qms"], f"C-{uuid.uuid4()}"
    change = m.ChangeRequest(
        id=id, rationale="r", impact=("material",), members=tuple(x.ref for x in masters),
        effectivity=m.Effectivity(instant=at),
    )  # fmt: skip
    outcomes = [
        qms.request_change(change, by="engineer", reason="r"),
        qms.approve(id, role="quality_approver", meaning="ok", by="qa", reason="r"),
        qms.approve(id, role="production_approver", meaning="ok", by="production", reason="r"),
        qms.promote(id, by="release", reason="r"),
    ]
    assert [o.status for o in outcomes] == ["accepted"] * 4, outcomes
    return id


def effective(landscape: Landscape, master: m.AnyMaster, at: datetime | None = None) -> set[str | None]:
    states = [s.effective(master.domain, master.id, "EAST", at).value for s in landscape.systems.values()]
    return {state.master.revision if state else None for state in states}


def test_a_master_is_everywhere_without_waiting_for_a_timer(landscape):
    """Compared with what the write alone takes here; a flow that waits for a timer takes hundreds of times that."""
    alone, until_known = [], []
    for _ in range(9):
        begin = time.perf_counter()
        master = submit(landscape)
        alone.append(time.perf_counter() - begin)
        assert known(landscape, master)
        until_known.append(time.perf_counter() - begin)
    assert median(until_known) < 30 * median(alone), (median(alone), median(until_known))


def test_a_promoted_change_takes_effect_in_every_system(landscape):
    now = datetime(2027, 2, 1, tzinfo=UTC)
    landscape.set_clock(now)
    first = submit(landscape)
    release(landscape, first, at=now - timedelta(days=1))
    assert poll(lambda: effective(landscape, first) == {"A"}, within=10)
    second = submit(landscape, "B", first.id)
    release(landscape, second, at=now + timedelta(days=1))
    after = now + timedelta(days=1)
    assert poll(lambda: effective(landscape, first, after) == {"B"}, within=10)
    assert effective(landscape, first, after - timedelta(microseconds=1)) == {"A"}


def test_a_change_that_comes_late_does_not_rewrite_history(landscape):
    """Delivery was paused over its date: it takes effect when it is activated."""
    now = datetime(2027, 2, 10, tzinfo=UTC)
    landscape.set_clock(now)
    first = submit(landscape)
    release(landscape, first, at=now - timedelta(days=1))
    assert poll(lambda: effective(landscape, first) == {"A"}, within=10)
    landscape.integration.inject("pause_delivery", systems=["mes"])
    second = submit(landscape, "B", first.id)
    change = release(landscape, second, at=now + timedelta(hours=1))
    late = now + timedelta(hours=2)
    landscape.set_clock(late)
    assert poll(lambda: any("at mes" in why for why in landscape.integration.pending(change).value), within=10)
    landscape.integration.clear_faults()
    assert poll(lambda: effective(landscape, first) == {"B"}, within=10)
    assert effective(landscape, first, late - timedelta(seconds=1)) == {"A"}
    assert landscape.integration.pending(change).value == ()


@pytest.mark.parametrize("fault", ["unavailable", "half_body", "garbage", "status"])
def test_what_a_consumer_missed_while_it_was_faulty_reaches_it_once(landscape, fault):
    """An answer that was lost halfway leads to a second delivery, which has no second effect."""
    mes = landscape.systems["mes"]
    mes.inject(fault, code=429)
    masters = [submit(landscape) for _ in range(3)]
    assert known(landscape, masters[-1], "wms", "qms")
    mes.clear_faults()
    assert all(known(landscape, master, "mes") for master in masters)
    for master in masters:
        receipts = mes.receipts(f"material/{master.id}").value
        assert [receipt.status for receipt in receipts].count("accepted") == 1


def test_after_a_kill_nothing_is_lost_and_nothing_has_effect_twice(tmp_path):
    """The process is killed with events on their way; another one goes on from its state."""
    with (
        launch(load(REFERENCE), worker="k", pack=tmp_path) as running,
        compose(running, Recorder()) as landscape,
    ):
        landscape.systems["wms"].inject("unavailable")
        masters = [submit(landscape) for _ in range(5)]
        assert known(landscape, masters[-1], "mes")
        kill_integration(running)
        masters += [submit(landscape) for _ in range(5)]
        landscape.systems["wms"].clear_faults()
        start_integration(running)
        assert all(known(landscape, master) for master in masters)
        for system in map(landscape.systems.__getitem__, CONSUMERS):
            for master in masters:
                receipts = system.receipts(f"material/{master.id}").value
                assert [receipt.status for receipt in receipts].count("accepted") == 1, receipts
    journals = sorted(path.name for path in (tmp_path / "record").iterdir())
    assert journals == ["journal-integration-k-2.ndjson", "journal-integration-k.ndjson"]


def kill_integration(running: RunningLandscape) -> None:
    child = next(child for child in running.children if child.name == "integration")
    child._stopping = True  # it ends by our will: its log need not be kept
    child._process.kill()


def start_integration(running: RunningLandscape) -> None:
    """Another process with the same configuration."""
    arguments = ["-m", "syncproof.integration", "--config", str(running.directory / "integration.json")]
    child = ChildProcess("integration", arguments, running.directory / "again.log")
    running.children.append(child)
    child.wait_ready(20)


def test_its_exchanges_are_in_the_record_without_a_secret(running, pack, landscape):
    """What the integration said and heard can be read beside what the harness did."""
    assert known(landscape, submit(landscape))
    journal = (pack / "record" / "journal-integration-t.ndjson").read_text()
    text = journal[: journal.rindex("\n")]  # it is still being written
    events = [json.loads(line) for line in text.splitlines()]
    assert {event["type"] for event in events} == {"exchange"}
    assert any(event["request"]["url"].endswith("/inbox") for event in events)
    secrets = [*running.tokens.values(), running.control_token]
    bodies = b"".join(path.read_bytes() for path in (pack / "exchanges").iterdir()).decode("utf-8", "replace")
    assert not [secret for secret in secrets if secret in text or secret in bodies]
