"""What verifying a contract costs: our verification against pact-python's of the same file on the same server.

Rounds of both are interleaved in one run, so that a busy machine slows both. The server is a Starlette application on
uvicorn in a process of its own. Once every interaction has a provider state, which both set up by a function in
Python (pact-python calls it over HTTP, as it always does), once none has.

    python bench/pact.py [--interactions 100] [--rounds 7] [--limit 0.5]

Without pact-python (an extra of the tests) there is nothing to compare with: that is said, and is not a bound kept.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from bounds import Found, report

from syncproof.contracts import states
from syncproof.contracts.pact import read
from syncproof.contracts.verification.running import verify
from syncproof.landscape.compose import open_landscape

os.environ["PACT_DO_NOT_TRACK"] = "true"
sys.path.remove(str(Path(__file__).parent))  # this file has the name of pact-python's package

SERVER = """
import asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def item(request):
    number = int(request.path_params["number"])
    lines = [{"item": f"I{n}", "pieces": n, "lot": f"L-{n}"} for n in range(10)]
    return JSONResponse({"id": f"O{number}", "site": "EAST", "made": "2027-02-01", "lines": lines})

config = uvicorn.Config(Starlette(routes=[Route("/orders/{number}", item)]), port=0, log_level="error")
server = uvicorn.Server(config)

async def main():
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    await task

asyncio.run(main())
"""
LANDSCAPE = """
name = "bench"
environment = "validation"
clock = "wall"
[sites]
EAST = "Europe/Berlin"
[users]
viewer = ["viewer"]
[systems.shop]
adapter = "simulated"
base_url = "{url}"
roles = ["planning"]
[systems.shop.credentials."*"]
token_env = "BENCH_TOKEN"
[ownership]
order = "shop"
"""
STATE = "the order is known"


def contract(count: int, *, with_states: bool) -> dict[str, object]:
    """A file with rules of several kinds at many places."""
    line = {"item": "I1", "pieces": 3, "lot": "L-7"}
    rules = {
        "$.id": {"match": "regex", "regex": r"O\d+"},
        "$.made": {"match": "date", "format": "yyyy-MM-dd"},
        "$.lines": {"match": "type", "min": 1},
        "$.lines[*].pieces": {"match": "integer"},
        "$.lines[*].lot": {"match": "regex", "regex": r"L-\d+"},
    }
    response = {
        "status": 200,
        "headers": {"Content-Type": ["application/json"]},
        "body": {
            "content": {"id": "O1", "site": "EAST", "made": "2026-01-01", "lines": [line]},
            "contentType": "application/json",
            "encoded": False,
        },
        "matchingRules": {"body": {path: {"combine": "AND", "matchers": [rule]} for path, rule in rules.items()}},
    }
    interactions = [
        {
            "type": "Synchronous/HTTP",
            "description": f"order {number}",
            "providerStates": [{"name": STATE, "params": {"order": f"O{number}"}}] if with_states else [],
            "request": {"method": "GET", "path": f"/orders/{number}"},
            "response": response,
        }
        for number in range(count)
    ]
    metadata = {"pactSpecification": {"version": "4.0"}}
    return {
        "consumer": {"name": "bench"},
        "provider": {"name": "shop"},
        "interactions": interactions,
        "metadata": metadata,
    }


def ours(landscape, file: Path) -> float:
    """Seconds of one verification by us, reading the file included."""
    begin = time.perf_counter()
    found = list(verify(landscape, [read(file)]))
    took = time.perf_counter() - begin
    assert all(each.verdict == "verified" for each in found), found[0]
    return took


def theirs(url: str, file: Path) -> float:
    """Seconds of one verification by pact-python, reading the file included."""
    from pact import Verifier  # noqa: PLC0415  it may not be there

    begin = time.perf_counter()
    verifier = Verifier("shop", host="127.0.0.1").add_transport(url=url).add_source(file)
    verifier.state_handler({STATE: lambda parameters: None}, teardown=False)  # noqa: ARG005  given by its name
    with quiet():
        verifier.verify()
    return time.perf_counter() - begin


@contextlib.contextmanager
def quiet():
    """pact-python writes to the terminal, from its native part and from the server for its states."""
    sys.stdout.flush()
    kept, nowhere = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        for number, copy in enumerate(kept, 1):
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)


def rounds(url: str, count: int, times: int, *, with_states: bool) -> tuple[list[float], list[float]]:
    """Seconds of each verification, ours and theirs in turns; the first round warms both."""
    states.handlers()
    states.state(STATE)(lambda _setup: None)
    took: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as directory:
        file, landscape = Path(directory) / "bench.json", Path(directory) / "landscape.toml"
        file.write_text(json.dumps(contract(count, with_states=with_states)))
        landscape.write_text(LANDSCAPE.format(url=url))
        with open_landscape(landscape, environment={"BENCH_TOKEN": "token-of-the-bench"}) as opened:
            for number in range(times + 1):
                pair = ours(opened, file), theirs(url, file)
                if number:
                    took[0].append(pair[0])
                    took[1].append(pair[1])
    return took


def main() -> int:
    """Run the bench and say whether the limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--limit", type=float, default=0.5)
    options = parser.parse_args()
    if find_spec("pact") is None:
        print("pact-python is not installed: there is nothing to compare with, so the bound is NOT shown to be kept")
        return 1
    found = []
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        try:
            for with_states in (True, False):
                took = rounds(url, options.interactions, options.rounds, with_states=with_states)
                own, other = map(statistics.median, took)
                what = f"{options.interactions} interactions {'with states' if with_states else 'without states'}"
                print(f"{what}: ours {own * 1e3:.0f} ms, pact-python {other * 1e3:.0f} ms (medians)")
                found.append(Found(f"{what}: ours / pact-python", own / other, options.limit))
        finally:
            server.terminate()
    return report(*found)


if __name__ == "__main__":
    sys.exit(main())
