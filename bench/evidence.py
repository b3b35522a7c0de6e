"""What evidence costs: the chain while recording, checking a pack, and making its views.

    python bench/evidence.py [--scenarios 5000]

The chain is measured against a journal that does not chain, in turns, so that a busy machine slows both. Checking and
views are rates: the bounds are megabytes or rows a second. ``--scenarios 100000`` is the large pack of the README; it
takes some minutes.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bounds import Found, report

from syncproof.evidence.canonical import now_text
from syncproof.evidence.core_verifier import Verifier
from syncproof.evidence.dossier import read_dossier
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from syncproof.reporting.views import views

REQUIREMENT = "URS-UOM-001"
STEPS = [
    {"keyword": word, "type": word.lower(), "text": "a step", "line": n} for n, word in enumerate(("Given", "Then"), 3)
]
CHECK = {
    "step": 2,
    "requirement": REQUIREMENT,
    "claim": "the base unit",
    "kind": "equal",
    "expected": "KGM",
    "tolerance": None,
    "source": None,
}
EVENT = {
    "scenario": "s",
    "step": 1,
    "request": {"method": "GET", "url": "http://erp/items/1", "headers": {"Accept": "application/json"}},
    "text": "x" * 300,
}
CHAIN, EXCHANGES, EVENTS, XLSX, PDF = 1.3, 200.0, 30.0, 13_000.0, 2_500.0
BIG, SECONDS, MEGABYTES = 100_000, 120.0, 500.0


class Unchained(Journal):
    """The same journal without hashes."""

    def append(self, type_, fields):
        with self._lock:
            seq, prev, size = self._at
            event = {"seq": seq, "at": now_text(), "worker": self.worker, "type": type_, "prev": prev, **fields}
            self._write(self._line(event) + b"\n", self._file)
            self._at = (seq + 1, prev, size)


def chain(folder: Path, rounds: int = 9, count: int = 3000) -> float:
    """Seconds with the chain for a second without."""
    best = {}
    for number in range(rounds):
        for kind in (Journal, Unchained):
            journal = kind(folder / f"{kind.__name__}-{number}", "main")
            begin = time.perf_counter()
            for _ in range(count):
                journal.append("exchange", EVENT)
            best[kind] = min(best.get(kind, 9e9), time.perf_counter() - begin)
            journal.close()
    return best[Journal] / best[Unchained]


def make(folder: Path, number: int, body: int) -> Path:
    """A pack of so many scenarios, each with an exchange whose body has so many bytes."""
    pack = Evidence(folder).open_run({})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": 1, "selection": {"paths": ["features"]}, "versions": {}})
    ids = [f"features/many.feature::Scenario no {n}" for n in range(number)]
    planned = [{"id": id_, "requirements": [REQUIREMENT], "selected": True} for id_ in ids]
    journal.append(
        "plan",
        {"features": [], "scenarios": planned, "requirements": {REQUIREMENT: {"text": "Units agree.", "scope": "rig"}}},
    )
    for n, id_ in enumerate(ids):
        scenario(journal, n, id_, os.urandom(body // 2).hex().encode())
    journal.append("run_finished", {"counts": {}, "exit": 0, "faults": []})
    journal.close()
    pack.finish({})
    return pack.path


def scenario(journal: Journal, n: int, id_: str, body: bytes) -> None:
    verdict = "failed" if n % 20 == 7 else "passed"
    journal.append("scenario_started", {"scenario": id_, "name": id_, "requirements": [REQUIREMENT], "steps": STEPS})
    exchange = {
        "id": f"main-x{n}",
        "scenario": id_,
        "step": 2,
        "system": "erp",
        "error": None,
        "ms": 1.5,
        "started": now_text(),
    }
    response = {"status": 200, "headers": {}, "body_sha": journal.keep_body(body)}
    for step in (1, 2):
        journal.append("step_started", {"scenario": id_, "n": step})
        if step == 2:
            request = {"method": "GET", "url": "http://erp/items/1", "headers": {}, "body_sha": None}
            journal.append("exchange", {**exchange, "request": request, "response": response})
            actual = "KGM" if verdict == "passed" else "GRM"
            journal.append(
                "check", {**CHECK, "scenario": id_, "actual": actual, "verdict": verdict, "exchanges": [exchange["id"]]}
            )
        journal.append(
            "step_finished", {"scenario": id_, "n": step, "verdict": verdict if step == 2 else "passed", "error": None}
        )
    journal.append("scenario_finished", {"scenario": id_, "verdict": verdict, "reason": None, "seconds": 1})


def rates(pack: Path) -> tuple[float, float]:
    """Megabytes of exchanges and of events that the core verifier reads a second."""
    verifier = Verifier(pack, None, None, {})
    verifier._check_seal()
    took = []
    for check in (verifier._journals, verifier._bodies):
        begin = time.perf_counter()
        check()
        took.append(time.perf_counter() - begin)
    events = sum(path.stat().st_size for path in (pack / "record").glob("*.ndjson"))
    exchanges = sum(path.stat().st_size for path in (pack / "exchanges").iterdir())
    return exchanges / took[1] / 1e6, events / took[0] / 1e6


def render(pack: Path) -> dict[str, float]:
    """Seconds of each view, in this process."""
    begin, took = time.perf_counter(), {}
    dossier = read_dossier(pack)
    for name, write in views().items():
        start = time.perf_counter()
        write(dossier, pack / name)
        took[name] = time.perf_counter() - start
    return {
        **took,
        "all": time.perf_counter() - begin,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenarios", type=int, default=5000)
    options.add_argument("--render", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.render:
        print(" ".join(f"{name}={value}" for name, value in render(given.render).items()))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        ratio = chain(Path(folder))
        exchanges, events = rates(make(Path(folder) / "large", 2000, 64_000))
        pack = make(Path(folder) / "many", given.scenarios, 200)
        command = [sys.executable, __file__, "--render", str(pack)]  # a process of its own, for its peak of memory
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = {name: float(value) for name, _, value in (part.partition("=") for part in said.split())}
    rows = given.scenarios * 3
    share = max(given.scenarios / BIG, 0.05)
    return report(
        Found("recording with the chain / without", ratio, CHAIN),
        Found("seconds for 200 MB of exchanges (bound: 1)", EXCHANGES / exchanges, 1.0, "s"),
        Found("seconds for 30 MB of events (bound: 1)", EVENTS / events, 1.0, "s"),
        Found(
            "seconds for 13,000 workbook rows",
            XLSX * found["traceability.xlsx"] / (rows + given.scenarios * 2),
            1.0,
            "s",
        ),
        Found("seconds for 2,500 rows of the protocol PDF", PDF * found["protocol.pdf"] / rows, 1.0, "s"),
        Found(f"all views of {given.scenarios} scenarios", found["all"], SECONDS * share, "s"),
        Found("peak memory of the views", found["peak"], MEGABYTES, "MB"),
    )


if __name__ == "__main__":
    sys.exit(main())
