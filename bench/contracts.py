"""What bulk validation costs: nested bills of material, one on each line, held against our contract ``bom``.

    python bench/contracts.py [--messages 1000000]

One process, one core. The same file is read in turns by ``json.loads``, by the schema alone, and by more and more
of what the command does, in CPU time, best of several rounds; jsonschema gets a part of the lines, for it takes
minutes for all. The bounds are those of the schema alone, from the bytes of the file to the verdict. What strict
JSON (no key twice) and the rules cost beyond that is stated beside it; numbers beyond a double cost nothing more.
Memory is that of processes of their own that read ever more messages from a pipe.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bounds import Found, report
from jsonschema import Draft202012Validator

from syncproof.contracts.bulk.judge import Judge
from syncproof.contracts.bulk.routing import router
from syncproof.contracts.bulk.run import validate
from syncproof.contracts.bulk.source import documents
from syncproof.contracts.bulk.target import contract
from syncproof.contracts.catalogue import schema
from syncproof.contracts.rules import Rules

TIMES, SHARE, GROWTH = 100.0, 0.5, 10.0
LINES, SLOW_LINES, ROUNDS, FEW = 4000, 40, 15, 10_000
JUDGE, PLAIN, ALWAYS = Judge(contract("bom")), Judge(contract("bom"), short=lambda _: None), router("bom")
SLOW = Draft202012Validator(schema("bom"))


def bom(number: int, chance: random.Random) -> dict[str, object]:
    """A formula of a dozen components, some with alternates."""
    item = f"CREAM-{number:07d}"
    return {
        "domain": "bom",
        "id": item,
        "revision": chance.choice("ABC"),
        "site": chance.choice(["EAST", None]),
        "item": item,
        "base_quantity": {"value": "100", "unit": "C62"},
        "lines": [line(10 * (place + 1), chance) for place in range(chance.randrange(8, 17))],
    }


def line(number: int, chance: random.Random) -> dict[str, object]:
    alternates = [{"item": component(chance), "ratio": f"1.0{n + 1}"} for n in range(chance.choice([0, 0, 1, 2]))]
    return {
        "line_no": number,
        "item": component(chance),
        "quantity": {"value": f"{chance.randrange(1, 10**5) / 1000:.3f}", "unit": chance.choice(["KGM", "C62", "LTR"])},
        "scrap_percent": chance.choice(["0", "2.5"]),
        "fixed": chance.random() < 0.1,
        "op_no": chance.choice(["10", "20", None]),
        "substitution": "approved" if alternates else "none",
        "alternates": alternates,
    }


def component(chance: random.Random) -> str:
    return f"RM-{chance.randrange(10**6):06d}"


def messages(number: int) -> Iterator[bytes]:
    """So many different messages; a thousand are made, and each has its number put in."""
    chance = random.Random(20270201)
    made = [json.dumps(bom(n, chance), separators=(",", ":")).encode() + b"\n" for n in range(min(number, 1000))]
    for n in range(number):
        yield made[n % 1000].replace(b"CREAM-%07d" % (n % 1000), b"CREAM-%07d" % n)


def read(file: Path) -> None:
    with file.open("rb") as stream:
        for each in stream:
            json.loads(each)


def schema_alone(file: Path) -> None:
    for document in documents([file]):
        assert JUDGE.takes(document.raw) is not None


def strict(file: Path) -> None:
    for document in documents([file]):
        JUDGE.valid(document.raw)


def command(file: Path, rules: Rules | None = None) -> None:
    found = validate([file], ALWAYS, rules=rules, most=10, told=lambda *_: None)
    assert (found.documents, found.invalid) == (LINES, 0)


def with_rules(file: Path) -> None:
    command(file, Rules())


def without_short_way(file: Path) -> None:
    for document in documents([file]):
        PLAIN.valid(document.raw)


def by_jsonschema(file: Path) -> None:
    with file.open("rb") as stream:
        for _, each in zip(range(SLOW_LINES), stream, strict=False):
            assert SLOW.is_valid(json.loads(each))


WAYS: tuple[Callable[[Path], None], ...] = (
    read,
    schema_alone,
    strict,
    command,
    with_rules,
    without_short_way,
    by_jsonschema,
)


def microseconds(file: Path) -> dict[str, float]:
    """CPU time per message of each way, best of rounds made in turns."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for way in WAYS:
            begin = time.process_time()
            way(file)
            took = time.process_time() - begin
            count = SLOW_LINES if way is by_jsonschema else LINES
            best[way.__name__] = min(best.get(way.__name__, 9e9), took / count * 1e6)
    return best


def peak(number: int) -> float:
    """MB of a process that validates so many messages out of a pipe."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "messages.ndjson"
        os.mkfifo(pipe)
        writer = subprocess.Popen([sys.executable, __file__, "--write", str(pipe), "--messages", str(number)])
        reader = [sys.executable, __file__, "--read", str(pipe), "--messages", str(number)]
        said = subprocess.run(reader, check=True, capture_output=True, text=True).stdout
        writer.wait()
    return float(said)


def read_all(pipe: Path, number: int) -> None:
    found = validate([pipe], router("bom"), rules=None, most=10, told=lambda *_: None)
    assert (found.documents, found.invalid) == (number, 0)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(number: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "messages.ndjson"
        file.write_bytes(b"".join(messages(LINES)))
        size = file.stat().st_size / LINES
        took = microseconds(file)
    few, many = peak(FEW), peak(number)
    print(f"{LINES} messages of {size:.0f} bytes; CPU per message:")
    for name, value in took.items():
        print(f"  {name:18} {value:9.2f} µs  {value / took['read']:8.2f} of json.loads  {size / value:7.1f} MB/s")
    print(f"peak memory: {few:.1f} MB at {FEW:,} messages, {many:.1f} MB at {number:,}")
    return report(
        Found("schema alone / json.loads", took["schema_alone"] / took["read"], SHARE),
        Found(
            f"schema alone, {TIMES:.0f} times / jsonschema", TIMES * took["schema_alone"] / took["by_jsonschema"], 1.0
        ),
        Found(f"strict JSON too, {TIMES:.0f} times / jsonschema", TIMES * took["strict"] / took["by_jsonschema"], 1.0),
        Found(f"memory grown up to {number:,} messages", many - few, GROWTH, "MB"),
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=1_000_000)
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.write:
        with given.write.open("wb") as stream:
            stream.writelines(messages(given.messages))
        return 0
    if given.read:
        read_all(given.read, given.messages)
        return 0
    return measured(given.messages)


if __name__ == "__main__":
    sys.exit(main())
