"""A session that plays a record back: same seed, same worker, same order, and no system at all."""

import sys
from pathlib import Path
from typing import Any

import pytest

from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.run import Replay, Run
from syncproof.errors import ConfigurationError
from syncproof.evidence.reader import read_pack
from syncproof.transport.player import Player


def replayed_run(pack: Path, worker: str) -> Run:
    """The run of a worker's record; nothing of it reaches the network."""
    record = read_pack(pack)
    journal = next((one for one in record.journals if one.worker == worker), None)
    started = record.first("run_started")
    if journal is None or started is None:
        raise ConfigurationError(f"{pack} holds no record of a worker {worker!r} that could be played back")
    order = dict.fromkeys(event["scenario"] for event in journal.of_type("scenario_started"))
    run = Run(seed=started["seed"], replay=Replay(pack, worker, tuple(order)))
    run.recorder.player = Player(journal.events(), record.body)
    _refuse_network()
    return run


def only_recorded(items: list[pytest.Item], replay: Replay) -> list[pytest.Item]:
    """The items that the worker ran, in its order."""
    known = {item.spec.id: item for item in items if isinstance(item, ScenarioItem)}
    return [known[id_] for id_ in replay.scenarios if id_ in known]


def _refuse_network() -> None:
    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"}:
            raise ConfigurationError(f"replay speaks to nobody, but something called {event} {arguments[1:]}")

    sys.addaudithook(refuse)
