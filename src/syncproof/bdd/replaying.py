"""A session that plays a record back: same seed, same worker, same order, and no system at all."""

import sys
from pathlib import Path
from typing import Any

import pytest

from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.run import Replay, Run
from syncproof.bdd.verdicts import ABORTED
from syncproof.errors import ConfigurationError
from syncproof.evidence.reader import JournalFile, read_pack
from syncproof.transport.player import Player

NETWORK = frozenset(
    f"socket.{call}"
    for call in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "sendmsg", "sendto")
)
"""Audit events of Python that a replay must not cause."""


def replayed_run(pack: Path, worker: str) -> Run:
    """The run of a worker's record; nothing of it reaches the network."""
    record = read_pack(pack)
    journal = next((one for one in record.journals if one.worker == worker), None)
    started = record.first("run_started")
    if journal is None or started is None:
        raise ConfigurationError(f"{pack} holds no record of a worker {worker!r} that could be played back")
    run = Run(seed=started["seed"], replay=Replay(pack, worker, _begun(journal)))
    run.recorder.player = Player(journal.events(), record.body)
    _refuse_network()
    return run


def _begun(journal: JournalFile) -> tuple[str, ...]:
    """The scenarios in their order, up to the last that has a verdict to derive; one that was run twice comes twice.
    One that broke off before may have opened what a later one uses; what was broken off last might never end."""
    begun: list[str] = []
    end = 0
    for event in journal.events():
        if event["type"] == "scenario_started":
            begun.append(event["scenario"])
        elif event["type"] == "scenario_finished" and event["verdict"] != ABORTED:
            end = len(begun)
    return tuple(begun[:end])


def only_recorded(items: list[pytest.Item], replay: Replay) -> list[pytest.Item]:
    """The items that the worker ran, in its order and as often as it did."""
    known = {item.spec.id: item for item in items if isinstance(item, ScenarioItem)}
    return [_copied(known[id_]) for id_ in replay.scenarios if id_ in known]


def _copied(item: ScenarioItem) -> ScenarioItem:
    """Pytest does not tear an item down that comes next as well."""
    copy: ScenarioItem = ScenarioItem.from_parent(item.parent, name=item.name, spec=item.spec, document=item.document)
    return copy


def _refuse_network() -> None:
    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in NETWORK:
            raise ConfigurationError(f"replay speaks to nobody, but something called {event} {arguments[1:]}")

    sys.addaudithook(refuse)
