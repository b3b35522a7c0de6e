"""The baseline, then each defect alone, spread over workers with a landscape each."""

import os
import secrets
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from syncproof.defects.base import Defect, Variation
from syncproof.defects.judging import PASSING, Trial, judged
from syncproof.defects.line import Line
from syncproof.defects.worker import FILE, WORKER
from syncproof.errors import LandscapeError

Json = dict[str, Any]
Tell = Callable[[str], None]
CHUNK = 25
"""Scenarios in one job: the more there are, the more is left lying about for the last of them."""

MANY = 20
"""Scenarios that did not pass, of whatever reason, after which no further ones are tried: hardly any can begin."""


@dataclass
class Campaign:
    """One power run. ``command`` starts a run of pytest over the suite; ``tell`` hears how far it is."""

    command: Sequence[str]
    environment: Mapping[str, str]
    defects: Mapping[str, Defect]
    file: Path | None = None
    workers: int = 1
    whole: bool = False
    """Every scenario of a defect's requirements, not only up to the first that detects it."""
    seed: str = field(default_factory=lambda: secrets.token_hex(5))
    tell: Tell = lambda _text: None
    _free: SimpleQueue[Line] = field(default_factory=SimpleQueue)
    _scenarios: dict[str, frozenset[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _done: int = 0

    def run(self) -> list[Trial]:
        """All trials; LandscapeError if the systems without a defect do not pass."""
        with ExitStack() as stack:
            lines = [stack.enter_context(self._line(number)) for number in range(self.workers)]
            self._hear(lines)
            self._baseline()
            with ThreadPoolExecutor(self.workers) as pool:
                return list(pool.map(self._trial, self.defects.values()))

    def _line(self, number: int) -> Line:
        own = {FILE: str(self.file)} if self.file else {}
        command = [*self.command, "-p", "syncproof.defects.worker", "-s", "--no-record"]
        environment = {**os.environ, **self.environment, **own, WORKER: f"power{number}"}
        return Line([sys.executable, "-m", "pytest", *command], environment)

    def _hear(self, lines: Iterable[Line]) -> None:
        for line in lines:
            told = line.hear()
            if told["errors"] or not told["scenarios"]:
                raise LandscapeError("the suite could not be collected: run syncproof qualify to see why")
            self._scenarios = {one["id"]: frozenset(one["requirements"]) for one in told["scenarios"]}
            self._free.put(line)

    def _ask(self, name: str, scenarios: Sequence[str], defect: Defect | None, stop: Sequence[str]) -> Json:
        line = self._free.get()
        job = {"seed": f"{self.seed}/{name}", "scenarios": list(scenarios), "stop": list(stop)}
        acting = {"defect": defect and defect.id, "systems": defect.systems if defect else ()}
        try:
            return line.ask({**job, **acting})
        finally:
            self._free.put(line)

    # --- without a defect ------------------------------------------------------------------------------

    def _baseline(self) -> None:
        wanted = {id_ for defect in self.defects.values() for id_ in self._first(defect)}
        names = [id_ for id_ in self._scenarios if id_ in wanted]
        self.tell(f"baseline: {len(names)} scenarios without a defect")
        chunks = list(_chunks(names))
        with ThreadPoolExecutor(self.workers) as pool:
            told = list(pool.map(lambda n: self._ask(f"baseline-{n}", chunks[n], None, ()), range(len(chunks))))
        faults = [fault for one in told for fault in _faults(one)]
        if faults:
            more = f"\nand {len(faults) - 1} more" if faults[1:] else ""
            raise LandscapeError(f"the baseline is not green, so nothing can be measured: {faults[0]}{more}")

    # --- with one --------------------------------------------------------------------------------------

    def _first(self, defect: Defect) -> list[str]:
        """The scenarios that could see a defect, those of its nearest requirement first."""
        places = {id_: place for place, id_ in enumerate(defect.requirements)}
        carrying = [id_ for id_, carried in self._scenarios.items() if carried & places.keys()]

        def nearest(id_: str) -> int:
            return min(places[r] for r in self._scenarios[id_] & places.keys())

        ordered = sorted(carrying, key=nearest)
        if self.whole or not isinstance(defect, Variation):
            return ordered
        return _in_turn(ordered, nearest)[: defect.at_most]

    def _trial(self, defect: Defect) -> Trial:
        trial = self._tried(defect)
        with self._lock:
            self._done += 1
            where = next(iter(trial.by), trial.why)
            self.tell(f"[{self._done}/{len(self.defects)}] {defect.id} {trial.state} ({trial.seconds:.1f} s) {where}")
        return trial

    def _tried(self, defect: Defect) -> Trial:
        if defect.waits_for:
            return Trial(defect, "waits", why=f"waits for {defect.waits_for}")
        stop = () if self.whole or defect.harmless else defect.requirements
        first = self._first(defect)
        told = [self._ask(defect.id, first, defect, stop)] if first else []
        trial = _of(defect, told)
        rest = [id_ for id_ in self._scenarios if id_ not in set(first)] if not defect.harmless else []
        for number, chunk in enumerate(_chunks(rest)):
            if trial.state not in {"survived", "changes nothing"} or len(trial.noticed) > MANY:
                break
            told.append(self._ask(f"{defect.id}-{number}", chunk, defect, stop))
            trial = _of(defect, told)
        return trial


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), CHUNK):
        yield names[start : start + CHUNK]


def _in_turn(names: Iterable[str], group: Callable[[str], int]) -> list[str]:
    """The first of each group, then the second of each, and so on."""
    met: Counter[int] = Counter()
    ranks = {}
    for name in names:
        ranks[name] = (met[group(name)], group(name))
        met[group(name)] += 1
    return sorted(ranks, key=ranks.__getitem__)


def _of(defect: Defect, told: Sequence[Json]) -> Trial:
    for one in told:
        if "error" in one:
            return Trial(defect, "crashes", why=one["error"])
    results = [result for one in told for result in one["results"]]
    return judged(defect, results, [watch for one in told for watch in one["watches"]])


def _faults(told: Json) -> Iterable[str]:
    if "error" in told:
        yield told["error"]
    for one in told.get("results", ()):
        if one["verdict"] not in PASSING:
            yield f"{one['scenario']} {one['verdict']}: {one['reason']}"
