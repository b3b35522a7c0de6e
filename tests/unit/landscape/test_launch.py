"""Systems are started as processes of their own, and none is ever left behind."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
import requests

from syncproof.errors import LandscapeError
from syncproof.landscape import configs, foreign, load
from syncproof.landscape.compose import open_landscape
from syncproof.landscape.launch import launch
from syncproof.landscape.process import ChildProcess
from syncproof.suite_files import suite_root

REFERENCE = suite_root() / "landscapes" / "reference.toml"
SMALL = """
name = "small"
environment = "test"
clock = "controllable"
[sites]
EAST = "Europe/Berlin"
[users]
viewer = ["viewer"]
integration = ["integration"]
[systems.{name}]
adapter = "simulated"
start = true
roles = ["quality"]
{port}
[ownership]
label = "{name}"
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").is_dir() else True


def all_gone(pids, seconds: float = 10) -> bool:
    """Whether all processes end within so many seconds."""
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Runtime folders of these tests lie where pytest clears up, those of child processes too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def small(tmp_path):
    """``small(port=...)``: a landscape of one system (small, so that it starts fast)."""

    def write(port: int | None = None, name: str = "qms"):
        path = tmp_path / "landscape.toml"
        path.write_text(SMALL.format(name=name, port=f"port = {port}" if port else ""))
        return load(path)

    return write


@pytest.fixture(scope="module")
def running():
    with launch(load(REFERENCE)) as started:
        yield started


def test_every_system_answers_to_every_user_by_its_own_name(running):
    assert set(running.urls) == {"erp", "mes", "wms", "qms", "integration"}
    for name, url in running.urls.items():
        for token in running.tokens.values():
            answer = requests.get(f"{url}/identity", headers={"Authorization": f"Bearer {token}"}, timeout=10)
            assert answer.json()["system"] == name


def test_an_unknown_token_is_turned_away(running):
    for url in running.urls.values():
        answer = requests.get(f"{url}/identity", headers={"Authorization": "Bearer x"}, timeout=10)
        assert answer.status_code == 401


def test_tokens_lie_in_a_file_for_this_account_only(running):
    content = json.loads(running.token_file.read_text())
    assert content["users"] == running.tokens
    assert stat.S_IMODE(running.token_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(running.directory.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in running.directory.glob("*.json"))


def test_tokens_differ_between_users_and_are_long(running):
    assert len(set(running.tokens.values()) | {running.control_token}) == len(running.tokens) + 1
    assert min(map(len, running.tokens.values())) >= 32


def test_execution_is_told_where_quality_is(running):
    """It asks about every lot that is consumed (URS-HLD-008)."""
    config = json.loads((running.directory / "mes.json").read_text())
    assert config["peers"] == {"qms": running.urls["qms"]}
    assert set(config["owns"]) == {"recipe", "equipment", "fact"}


def test_integration_is_told_of_every_system_and_works_with_its_own_user(running):
    config = json.loads((running.directory / "integration.json").read_text())
    assert {name: entry["base_url"] for name, entry in config["systems"].items()} == {
        name: url for name, url in running.urls.items() if name != "integration"
    }
    assert config["systems"]["erp"]["credentials"] == {"integration": {"token": running.tokens["integration"]}}


def test_closing_leaves_no_process_and_no_file(small):
    started = launch(small())
    pids, directory = list(started.pids.values()), started.directory
    started.close()
    assert not any(map(alive, pids))
    assert not directory.exists()
    started.close()  # once more does no harm


def test_system_that_dies_is_noticed_and_its_log_is_kept(small):
    started = launch(small())
    os.kill(started.pids["qms"], signal.SIGKILL)
    started.children[0]._process.wait(10)
    with pytest.raises(LandscapeError, match="qms ended by itself with code -9"):
        started.check()
    started.close()
    assert [path.name for path in started.directory.iterdir()] == ["qms.log"]


def test_taken_port_is_told_with_its_number_and_a_way_out(small):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LandscapeError, match=rf"port {port} of qms cannot be used .*in use.*leave port out"):
            launch(small(port))


def test_given_port_is_used(small):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with launch(small(port)) as started:
        assert started.urls["qms"] == f"http://127.0.0.1:{port}"


def test_if_one_system_does_not_come_up_the_others_are_stopped(monkeypatch, temporary):
    """The error says which one, why, and where its log is."""
    begun = []
    monkeypatch.setitem(configs.SIMULATORS, "warehouse", "nonsense")
    monkeypatch.setattr("syncproof.landscape.launch.ChildProcess", _remembering(begun))
    with pytest.raises(LandscapeError, match=r"wms ended with code 2 before it was ready.*usage:.*wms\.log"):
        launch(load(REFERENCE))
    assert len(begun) == 4
    assert all_gone([child.pid for child in begun])
    assert {path.suffix for path in temporary.glob("syncproof-*/*")} == {".log"}


def _remembering(begun):
    class Remembered(ChildProcess):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            begun.append(self)

    return Remembered


def test_deadline_bounds_the_start(small):
    with pytest.raises(LandscapeError, match="qms did not get ready in time"):
        launch(small(), seconds=0)


PARENT = """
import json, signal, sys
from syncproof.landscape import load
from syncproof.landscape.launch import launch
started = launch(load(sys.argv[1]))
print(json.dumps(started.pids), flush=True)
signal.pause()
"""


def test_killed_parent_leaves_no_orphans(temporary, small):
    """Nothing that the parent could do: it is killed, and the children see their input end. The next
    start clears up its tokens and states."""
    with subprocess.Popen([sys.executable, "-c", PARENT, str(REFERENCE)], stdout=subprocess.PIPE, text=True) as parent:
        pids = json.loads(parent.stdout.readline())
        assert set(pids) == {"erp", "mes", "wms", "qms", "integration"}
        assert all(map(alive, pids.values()))
        parent.kill()
    assert all_gone(pids.values())
    (left,) = temporary.glob("syncproof-*")
    assert (left / "tokens.json").exists()
    launch(small()).close()
    assert {path.suffix for path in left.iterdir()} == {".log", ".lock"}


def test_integration_keeps_its_exchanges_in_the_record(small, tmp_path):
    """One run, one record: also of what the integration did."""
    pack = tmp_path / "pack"
    pack.mkdir()
    path = tmp_path / "landscape.toml"
    small()
    path.write_text(path.read_text() + '[integration]\nadapter = "reference"\nstart = true\n')
    with open_landscape(path, worker="gw1", pack=pack) as landscape:
        assert landscape.integration.identify().value.system == "integration"
    assert list(pack.rglob("journal-integration-gw1.ndjson"))


class Server:
    """A real system as an adapter's own launcher starts it."""

    def __init__(self):
        self.base_url = "http://127.0.0.1:9/db"
        self.credentials = {"viewer": ("viewer", "pass-word"), "integration": ("sync", "pass-word")}
        self.stopped = False

    def stop(self):
        self.stopped = True


def test_real_system_is_started_by_its_adapters_launcher_and_stopped(small, monkeypatch):
    server, asked = Server(), {}

    class Launcher:
        @staticmethod
        def launch(name, **given):
            asked.update(given, name=name)
            return server

    monkeypatch.setitem(foreign.LAUNCHERS, "tryton", "acme_launcher")
    monkeypatch.setitem(sys.modules, "acme_launcher", Launcher)
    definition = small()
    text = definition.path.read_text() + '[systems.erp]\nadapter = "tryton"\nstart = true\nroles = ["planning"]\n'
    definition.path.write_text(text)
    with launch(load(definition.path)) as started:
        assert started.urls["erp"] == server.base_url
        assert started.credentials["erp"]["viewer"].password == "pass-word"
        assert asked["name"] == "erp"
        assert asked["users"]["viewer"] == ("viewer",)
        assert asked["directory"].is_dir()
    assert server.stopped


def test_a_system_is_served_by_the_command_that_its_entry_names(tmp_path):
    """Whoever makes the definition may serve a system in another way; no file can."""
    file = tmp_path / "landscape.toml"
    file.write_text(SMALL.format(name="qms", port=""))
    definition = load(file)
    entry = msgspec.structs.replace(definition.systems["qms"], command=("syncproof.defects.serve", "qms"))
    with launch(msgspec.structs.replace(definition, systems={"qms": entry})) as running:
        answer = requests.delete(
            f"{running.urls['qms']}/control/defect", headers={"X-Control-Token": running.control_token}, timeout=5
        )
        assert answer.json()["calls"] == 0


def test_what_runs_already_is_used_and_left_running(tmp_path):
    file = tmp_path / "landscape.toml"
    file.write_text(SMALL.format(name="qms", port=""))
    with launch(load(file)) as running:
        for _ in range(2):
            with open_landscape(file, running=running) as landscape:
                assert landscape.systems["qms"].identify().value.system == "qms"
        running.check()
