"""What the reference qualification costs beyond what it cannot do without.

One sequential run of the whole suite is measured (wall time, peak memory), then its parts: starting the
landscape, plain pytest's cost for as many parametrized tests, and the same calls made bare, in the same
order, on a fresh landscape. The bound is a ratio within this one run. Then the suite runs once more with two
workers, which has a bound in seconds (two cores, nothing else running). The report is left out.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from bounds import Found, report

from syncproof.evidence.reader import Record, read_pack
from syncproof.landscape import load
from syncproof.landscape.launch import RunningLandscape, launch
from syncproof.suite_files import suite_root

BOUND = 1.5
SECONDS = 30.0
MEGABYTES = 300
PLACEHOLDER = re.compile(r"<redacted:([^>]+)>")


def qualification(folder: Path, workers: int = 0) -> tuple[float, Record]:
    """Wall seconds of a run and its record; ends the bench if not everything is verified, and says where its pack is."""
    command = [sys.executable, "-m", "syncproof", "qualify", "--json", "--no-report", "--out", str(folder)]
    started = time.perf_counter()
    done = subprocess.run([*command, "-n", str(workers)], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        kept = shutil.copytree(folder, tempfile.mkdtemp(prefix="syncproof-bench-"), dirs_exist_ok=True)
        print(done.stderr[-3000:], f"the qualification ended with exit code {done.returncode}: {kept}", sep="\n")
        sys.exit(2)
    return seconds, read_pack(Path(json.loads(done.stdout)["pack"]))


def peak_memory() -> float:
    """MB of the largest process so far: the harness, whose systems are a third of it."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def plain_pytest(tests: int, folder: Path) -> float:
    """Wall seconds of plain pytest on as many empty parametrized tests."""
    file = folder / "test_plain.py"
    file.write_text(f"import pytest\n\n@pytest.mark.parametrize('n', range({tests}))\ndef test(n):\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:syncproof", "-p", "no:cacheprovider", str(file)]
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=folder, env={**os.environ, "PYTHONPATH": ""}, check=True)
    return time.perf_counter() - started


def start_up() -> tuple[float, RunningLandscape]:
    started = time.perf_counter()
    running = launch(load(suite_root() / "landscapes" / "reference.toml"), worker="bench")
    return time.perf_counter() - started, running


def bare_calls(record: Record, running: RunningLandscape) -> tuple[int, float]:
    """The harness's own calls of the run, made again in order with a bare ``requests.Session``."""
    calls = [x for x in record.exchanges.values() if x["worker"] == "main"]
    secrets = dict(running.tokens.items()) | {"control": running.control_token}
    sessions = {system: requests.Session() for system in running.urls}
    for session in sessions.values():
        session.trust_env = False
    prepared = [(x["system"], _request(record, x, running, secrets)) for x in calls]
    started = time.perf_counter()
    for system, (method, url, headers, body) in prepared:
        sessions[system].request(method, url, headers=headers, data=body, timeout=30)
    return len(calls), time.perf_counter() - started


def _request(record, exchange, running, secrets):
    request = exchange["request"]
    path = re.sub(r"^https?://[^/]+", "", request["url"])
    restore = lambda text: PLACEHOLDER.sub(lambda m: secrets.get(m[1], m[0]), text)  # noqa: E731
    headers = {name: restore(value) for name, value in _pairs(request["headers"])}
    headers = {n: v for n, v in headers.items() if n.lower() != "content-length"}
    return request["method"], running.urls[exchange["system"]] + path, headers, record.body(request["body_sha"])


def _pairs(headers):
    return headers.items() if isinstance(headers, dict) else [tuple(pair) for pair in headers]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, record = qualification(folder)
        memory, scenarios = peak_memory(), len(record.scenarios)
        plain = plain_pytest(scenarios, folder)
        starting, running = start_up()
        try:
            calls, bare = bare_calls(record, running)
        finally:
            running.close()
        parallel, _ = qualification(folder, workers=2)
    ratio = whole / (starting + plain + bare)
    print(f"{scenarios} scenarios, {calls} calls of the harness: {whole:.1f} s")
    print(f"start-up {starting:.2f} s + plain pytest {plain:.2f} s + bare calls {bare:.2f} s")
    return report(
        Found("sequential run / its parts", ratio, BOUND),
        Found("with two workers", parallel, SECONDS, "s"),
        Found("peak memory of the harness", memory, MEGABYTES, "MB"),
    )


if __name__ == "__main__":
    sys.exit(main())
