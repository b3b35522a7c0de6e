"""A command on a leash: told once it may end in order, told twice it is killed."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no descriptor is handed on there")

FOLLOW = """
import os, signal, sys
from syncproof.cli.child import follow
before = signal.getsignal(signal.SIGTERM)
code = follow([sys.executable, "-c", sys.argv[1]], os.environ)
assert signal.getsignal(signal.SIGTERM) is before
print(code)
"""
WATCHED = """
import os, signal, sys, threading
from syncproof.bdd.ending import Ending
Ending().watch()
"""
ORDERLY = """
try:
    os.kill(os.getppid(), signal.SIGTERM)
    threading.Event().wait(30)
except KeyboardInterrupt:
    sys.exit(7)
"""
STUBBORN = """
signal.signal(signal.SIGINT, lambda *_: os.kill(os.getppid(), signal.SIGTERM))
os.kill(os.getppid(), signal.SIGTERM)
threading.Event().wait(30)
"""


@pytest.mark.parametrize(
    ("script", "code"),
    [("sys.exit(5)", 5), (ORDERLY, 7), (STUBBORN, -signal.SIGKILL)],
    ids=["its code is returned", "told once it ends in order", "told twice it is killed"],
)
def test_a_command_is_followed_to_its_end(script, code):
    """The signals go to the caller alone; the command hears of the first one by the leash."""
    command = [sys.executable, "-c", FOLLOW, WATCHED + script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == (str(int(code)), "")
