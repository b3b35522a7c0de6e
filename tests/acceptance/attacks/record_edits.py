"""Edits of a record, of its seal and of its attestation that leave everything else plausible."""

import base64
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from syncproof.evidence import manifest, seal
from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.journal import FIRST
from tests.acceptance.attacks.attacker import Attacker, Line

Edit = Callable[[Attacker], None]
EVERY = ("check", "step_finished", "scenario_finished")
"""Types of the events that hold a verdict."""


def fields(type_: str, **changed: object) -> Edit:
    """Other fields in all events of a type."""
    return lambda a: a.events(type_, **changed)


def called(word: str, *types: str) -> Edit:
    """Another word than failed in events of these types; if in that of the scenario, then in the counts too, and no
    deviation is left."""
    is_ended_so = "scenario_finished" in types

    def change(x: Line) -> Line:
        return x | {"verdict": word} if x["type"] in types and x["verdict"] == "failed" else x

    def edit(a: Attacker) -> None:
        a.edit(a.journal, lambda lines: [change(x) for x in lines if not (is_ended_so and x["type"] == "deviation")])
        if is_ended_so:
            counts(verdicts={"passed": 2} if word == "passed" else {"passed": 1, word: 1})(a)

    return edit


def excused(**changed: object) -> Edit:
    """All is said to have passed, and the checks get fields that should excuse it."""

    def edit(a: Attacker) -> None:
        called("passed", *EVERY)(a)
        a.events("check", **changed)

    return edit


def counts(**changed: object) -> Edit:
    """Other counts at the end of the run."""

    def change(x: Line) -> Line:
        return x | {"counts": x["counts"] | changed} if x["type"] == "run_finished" else x

    return lambda a: a.edit(a.journal, lambda lines: [change(x) for x in lines])


def drop_planned(a: Attacker) -> None:
    """The failed scenario is taken out and the counts follow; the plan still names it."""
    next(path for path in (a.pack / "exchanges").iterdir() if b'"two"' in path.read_bytes()).unlink()
    a.edit(a.journal, lambda lines: [x for x in lines if x.get("scenario") != "two"])
    counts(verdicts={"passed": 1})(a)


def add_scenario(a: Attacker) -> None:
    """A scenario that nobody planned: the one that passed, under another name."""

    def add(lines: list[Line]) -> list[Line]:
        mine = [x | {"scenario": "three"} for x in lines if x.get("scenario") == "one" and x["type"] != "exchange"]
        return [*lines[:-1], *mine, lines[-1]]

    a.edit(a.journal, add)
    counts(verdicts={"passed": 2, "failed": 1})(a)


def add_line(type_: str, **more: object) -> Edit:
    """One more event, of the scenario that passed."""

    def add(lines: list[Line]) -> list[Line]:
        at = next(n for n, x in enumerate(lines) if x["type"] == type_)
        return [*lines[: at + 1], lines[at] | more, *lines[at + 1 :]]

    return lambda a: a.edit(a.journal, add)


def add_end(a: Attacker) -> None:
    """The end of a scenario that never began."""
    add_line("scenario_finished", scenario="three")(a)
    counts(verdicts={"passed": 2, "failed": 1})(a)


def twice_a_key(a: Attacker) -> None:
    """A line in which two readers read two things; chained and sealed as it should be."""
    prev, out = FIRST, b""
    for line in a.journal.read_bytes().replace(b'"exit":0', b'"exit":1,"exit":0').splitlines():
        chained = re.sub(rb'"prev":"\w+"', b'"prev":"%s"' % prev.encode(), line)
        prev, out = sha256(chained), out + chained + b"\n"
    a.journal.write_bytes(out)
    in_seal()(a)


def in_seal(**changed: object) -> Edit:
    """The seal is made anew, with other fields."""

    def edit(a: Attacker) -> None:
        old = json.loads((a.pack / seal.SEAL).read_bytes())
        place = (old["ledger"]["line"], old["ledger"]["hash"])
        seal.make(a.pack, old["run"], place, by=old["sealed_by"], ended=str(changed.get("ended", old["ended"])))
        made = json.loads((a.pack / seal.SEAL).read_bytes())
        (a.pack / seal.SEAL).write_bytes(canonical(made | changed) + b"\n")
        manifest.make(a.pack)

    return edit


def link_to(name: str) -> Edit:
    """A part of the pack is moved out of it, and a link left in its place."""

    def edit(a: Attacker) -> None:
        path, outside = a.pack / name, a.folder.parent / "outside"
        shutil.move(path, outside)
        path.symlink_to(outside)

    return edit


def list_twice(a: Attacker) -> None:
    """The manifest names a file twice."""
    path = a.pack / "manifest.json"
    found = json.loads(path.read_bytes())
    found["files"].append(found["files"][0])
    path.write_text(json.dumps(found))


def attestation(write: Callable[[Line], bytes] = canonical, **changed: object) -> Edit:
    """Another statement in the attestation, which nobody has signed."""

    def edit(a: Attacker) -> None:
        path: Path = a.pack / "attestation.dsse.json"
        envelope = json.loads(path.read_bytes())
        statement = json.loads(base64.b64decode(envelope["payload"])) | changed
        envelope["payload"] = base64.b64encode(write(statement)).decode()
        path.write_text(json.dumps(envelope))

    return edit


def ambiguous(statement: Line) -> bytes:
    return canonical(statement).replace(b'"result":', b'"result":"PASSED","result":')


ALL_PASSED = {"result": "PASSED", "passedTests": ["one", "two"], "warnedTests": [], "failedTests": []}
