"""What recording costs: a recorded call against a bare ``requests.Session`` call of the same exchange.

Pairs are interleaved in one run, so that a busy machine slows both sides. The server is a Starlette
application on uvicorn in a process of its own that answers at once: a slow one would hide the cost.

    python bench/recorded_call.py [--pairs 1500] [--limit 1.25]

Prints one line per round and the ratio of the medians; exit code 1 if it is above the limit.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from bounds import Found, report

from syncproof.evidence.journal import Journal
from syncproof.transport import Recorder, RecordingSession

SERVER = """
import asyncio, itertools, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

COUNT = itertools.count()
ITEM = '{"master":{"domain":"bom","id":"CREAM-7F3K9Q","revision":"A"},"status":"effective","n":%d}'

async def answer(request):
    await request.body()
    items = ",".join(ITEM % next(COUNT) for _ in range(5))
    return Response('{"items":[' + items + "]}", media_type="application/json")

config = uvicorn.Config(Starlette(routes=[Route("/orders", answer, methods=["POST"])]), port=0, log_level="error")
server = uvicorn.Server(config)

async def main():
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    await task

asyncio.run(main())
"""
TOKEN = "a-token-of-the-engineer"


def order(number: int) -> dict[str, object]:
    """A body of its own for every call, as in a real run."""
    return {
        "id": f"O{number}",
        "item": "CREAM",
        "quantity": {"value": "100", "unit": "C62"},
        "reason": "bench",
    }


def pairs(url: str, count: int) -> tuple[list[float], list[float]]:
    """Seconds of ``count`` bare and ``count`` recorded calls, made in turns."""
    bare = requests.Session()
    bare.trust_env = False
    headers = {"Authorization": f"Bearer {TOKEN}"}
    took: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as directory:
        recorder = Recorder()
        for user in range(15):
            recorder.redactor.register(f"user{user}", f"{TOKEN}-{user}")
        journal = Journal(Path(directory), "main", recorder.redactor.clean)
        recorder.sink = journal
        session = RecordingSession("erp", url, recorder)
        for number in range(count + 50):
            begin = time.perf_counter()
            bare.post(f"{url}/orders", json=order(number), headers=headers, timeout=(3, 30)).json()
            middle = time.perf_counter()
            session.post("/orders", json=order(number), headers=headers).json()
            end = time.perf_counter()
            if number >= 50:  # warm
                took[0].append(middle - begin)
                took[1].append(end - middle)
        journal.close()
    return took


def main() -> int:
    """Run the bench and say whether the limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1500)
    parser.add_argument("--limit", type=float, default=1.25)
    options = parser.parse_args()
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        try:
            bare, recorded = pairs(f"http://127.0.0.1:{port}", options.pairs)
        finally:
            server.terminate()
    ratio = statistics.median(recorded) / statistics.median(bare)
    for name, seconds in (("bare", bare), ("recorded", recorded)):
        print(
            f"{name:9} median {statistics.median(seconds) * 1e3:.3f} ms  mean {statistics.fmean(seconds) * 1e3:.3f} ms"
        )
    return report(Found("recorded call / bare call", ratio, options.limit))


if __name__ == "__main__":
    sys.exit(main())
