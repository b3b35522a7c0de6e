"""Ends a system of the running landscape and starts it again: the same address, the same state, the same business
time, as after a deployment or a reboot."""

import json
import time
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from syncproof.landscape.launch import RunningLandscape
from syncproof.landscape.process import ChildProcess
from syncproof.landscape.runtime import write_private

SECONDS = 30.0
STOP_SECONDS = 5.0
FROZEN = timedelta(seconds=5)
"""Business time that differs by more from host time is frozen."""


def restarted(running: RunningLandscape, name: str) -> None:
    """One process ended and another in its place; LandscapeError if it does not get ready."""
    frozen = _frozen(running, name)
    place = next(n for n, child in enumerate(running.children) if child.name == name)
    running.children[place].stop(time.monotonic() + STOP_SECONDS)
    running.children[place] = _again(running, name)
    running.urls[name] = running.children[place].wait_ready(SECONDS)
    if frozen:
        _ask(running, name, "/control/clock", {"X-Control-Token": running.control_token}, {"now": frozen})


def _again(running: RunningLandscape, name: str) -> ChildProcess:
    entry = running.definition.entries()[name]
    config = running.directory / f"{name}.json"
    known = json.loads(config.read_text(encoding="utf-8"))
    write_private(config, {**known, "keep": True, "port": urlsplit(running.urls[name]).port})
    return ChildProcess(name, ["-m", *entry.command, "--config", str(config)], running.directory / f"{name}.log")


def _frozen(running: RunningLandscape, name: str) -> str | None:
    """Business time of a system, if it stands."""
    token = next(iter(running.tokens.values()))
    told = _ask(running, name, "/identity", {"Authorization": f"Bearer {token}"})
    now, host = (datetime.fromisoformat(told[member]) for member in ("now", "host_now"))
    return told["now"] if abs(now - host) > FROZEN else None


def _ask(running: RunningLandscape, name: str, path: str, headers: dict[str, str], body: Any = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"{running.urls[name]}{path}", data, headers)  # noqa: S310  our own children, over HTTP
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        told: dict[str, Any] = json.load(answer)
    return told
