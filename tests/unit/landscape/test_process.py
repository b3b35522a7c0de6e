"""One child process: its readiness, its last words, its end."""

import os
import signal
import sys
import time

import pytest

from syncproof.errors import LandscapeError
from syncproof.landscape.process import ChildProcess

READY = """
import json, os, sys
line = json.dumps({"ready": True, "url": "http://127.0.0.1:1"})
os.write(1, (line + chr(10) + "more output" + chr(10)).encode())  # at once: who sees the first has both
sys.stdin.read()
"""


@pytest.fixture
def start(tmp_path):
    """``start(code)``: a child that runs this code; always ended."""
    children = []

    def begin(code):
        child = ChildProcess("erp", ["-c", code], tmp_path / "erp.log")
        children.append(child)
        return child

    yield begin
    for child in children:
        child.stop(time.monotonic() + 1)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_ready_child_says_where_it_listens(start):
    assert start(READY).wait_ready(10) == "http://127.0.0.1:1"


def test_later_output_goes_to_the_log(start, tmp_path):
    child = start(READY)
    child.wait_ready(10)
    child.stop(time.monotonic() + 5)
    assert (tmp_path / "erp.log").read_text() == "more output\n"


def test_stopped_child_is_gone_and_did_not_fail(start):
    child = start(READY)
    child.wait_ready(10)
    child.stop(time.monotonic() + 5)
    assert not alive(child.pid)
    assert not child.failed


def test_child_that_ends_before_it_is_ready_is_told_with_its_last_words(start):
    child = start("import sys; sys.exit('erp: port 1 is taken')")
    with pytest.raises(LandscapeError, match=r"erp ended with code 1 before it was ready.*port 1 is taken.*erp\.log"):
        child.wait_ready(10)


def test_child_that_does_not_get_ready_is_told(start):
    with pytest.raises(LandscapeError, match="did not get ready in time"):
        start("import sys; sys.stdin.read()").wait_ready(0.05)


@pytest.mark.parametrize("line", ["hello", "[]", '{"ready": true}'])
def test_child_that_says_something_else_is_told(start, line):
    with pytest.raises(LandscapeError, match="must say that it is ready"):
        start(f"print({line!r})").wait_ready(10)


def test_child_that_ends_by_itself_later_is_told(start):
    child = start(READY)
    child.wait_ready(10)
    child.check()
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait(5)
    assert child.failed
    with pytest.raises(LandscapeError, match="ended by itself with code -9"):
        child.check()


def test_child_that_will_not_end_is_killed(start):
    child = start("import signal, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + READY + "signal.pause()")
    child.wait_ready(10)
    child.stop(time.monotonic() + 0.2)
    assert not alive(child.pid)


def test_child_finds_the_very_package_that_started_it(start):
    code = "import syncproof, json; print(json.dumps({'url': syncproof.__file__}))"
    assert start(code).wait_ready(10) == sys.modules["syncproof"].__file__
