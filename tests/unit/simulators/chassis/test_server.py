"""The process: says one line when it listens, ends when it should, explains what it cannot use."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

CONFIG = {
    "system": "qms", "time_zone": "UTC", "sites": {"EAST": "Europe/Berlin"}, "owns": ["label"],
    "users": [{"name": "viewer", "token": "viewer", "roles": ["viewer"]}], "exit_with_stdin": True,
}  # fmt: skip
SECONDS = 20


def start(tmp_path: Path, *arguments: str, **config) -> subprocess.Popen:
    file = tmp_path / "qms.json"
    file.write_text(json.dumps({**CONFIG, "state": str(tmp_path / "state.db"), **config}))
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "syncproof.simulators", *(arguments or ("qms", "--config", str(file)))]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def call(url: str) -> dict:
    request = urllib.request.Request(url, headers={"Authorization": "Bearer viewer"})
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        return json.load(response)


def test_a_ready_line_names_the_address_and_the_process_ends_with_its_standard_input(tmp_path):
    process = start(tmp_path)
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] is True
    assert call(f"{ready['url']}/identity")["system"] == "qms"
    rest, errors = process.communicate(timeout=SECONDS)  # closes standard input
    assert (process.returncode, rest, errors) == (0, "", "")


def test_it_ends_on_sigterm_even_while_somebody_waits_for_events(tmp_path):
    process = start(tmp_path, exit_with_stdin=False)
    url = json.loads(process.stdout.readline())["url"]
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as waiting:
        waiting.sendall(b"GET /outbox?wait=20 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer viewer\r\n\r\n")
        call(f"{url}/identity")  # the poll has been taken once this is answered
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=SECONDS) == 0
        assert b'"events":[]' in waiting.recv(4096)
    process.communicate()


def test_state_is_fresh_each_start_unless_it_is_to_be_kept(tmp_path):
    (tmp_path / "state.db").write_text("no database at all")
    process = start(tmp_path)
    assert json.loads(process.stdout.readline())["ready"] is True
    process.communicate(timeout=SECONDS)
    assert (tmp_path / "state.db").read_bytes().startswith(b"SQLite format 3")


def test_a_port_that_is_taken_is_one_line_and_exit_code_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(tmp_path, port=port)
        out, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (2, "")
    assert errors.count("\n") == 1
    assert str(port) in errors


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"sites": {"EAST": "Europe/Nowhere"}}, "Nowhere"),
        ({"sites": {}}, "sites"),
        ({"prot": 1}, "port"),
        ({"users": [{"name": "x"}]}, "token"),
        ({"state": "/nonexistent/folder/state.db"}, "state"),
    ],
    ids=str,
)
def test_a_configuration_that_cannot_be_used_is_one_line_that_names_it(tmp_path, config, named):
    process = start(tmp_path, **config)
    out, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, errors.count("\n")) == (2, "", 1)
    assert named in errors


@pytest.mark.parametrize("arguments", [("crm", "--config", "x.json"), ("qms",), ("qms", "--config", "missing.json")])
def test_wrong_arguments_are_one_line_and_exit_code_2(tmp_path, arguments):
    process = start(tmp_path, *arguments)
    _, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, errors.count("\n")) == (2, 1)


def test_nothing_of_the_engine_is_loaded_but_contracts_and_simulators():
    """Start-up time counts, and the oracle must share nothing with the simulators."""
    code = "import sys, syncproof.simulators.__main__ as m; m.load('qms'); print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    ours = {name for name in out.stdout.split() if name.startswith("syncproof.")}
    assert {name.split(".")[1] for name in ours} == {"simulators"}
    assert not {"starlette", "requests", "jsonschema", "msgspec"} & set(out.stdout.split())
