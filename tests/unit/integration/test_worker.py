"""A worker never gives up."""

import logging
import threading

import pytest

from syncproof.errors import SystemUnavailable
from syncproof.integration.worker import Worker
from syncproof.patience import poll


@pytest.mark.parametrize("error", [SystemUnavailable("down"), RuntimeError("a fault of ours")])
def test_a_step_that_fails_is_tried_again_and_the_trouble_is_said_once(error, caplog):
    """Whatever the error is: neither a system that is down nor a bug ends the flow unseen."""
    stop, failures = threading.Event(), [error] * 3
    done = threading.Event()

    def step():
        if failures:
            raise failures.pop()
        done.set()
        stop.wait(0.01)

    worker = Worker("to mes", step, stop)
    with caplog.at_level(logging.WARNING):
        worker.start()
        assert done.wait(5)
    assert poll(lambda: worker.trouble is None, within=5)
    stop.set()
    worker.join(5)
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        f"to mes: {error}" if isinstance(error, SystemUnavailable) else f"to mes: RuntimeError: {error}",
        "to mes: goes on",
    ]


def test_the_waits_grow_to_a_second():
    class Waits(threading.Event):
        waits: list[float] = []

        def wait(self, timeout=None):
            self.waits.append(timeout)
            return False

    def step():
        raise SystemUnavailable("down")

    worker = Worker("w", step, Waits())
    for _ in range(9):
        worker.once()
    assert Waits.waits[:3] == [0.02, 0.04, 0.08]
    assert Waits.waits[-2:] == [1.0, 1.0]
    assert worker.trouble == "down"
