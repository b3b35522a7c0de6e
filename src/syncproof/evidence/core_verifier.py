#!/usr/bin/env python3
"""Checks a Syncproof evidence pack without Syncproof: Python 3.11, its standard library, `cryptography`.

    python core_verifier.py PACK [--ledger FILE] [--head LINES:HASH] [--trust FILE] [--json]

It reads and never executes anything of the pack. One file, so that an auditor can read it in one sitting; the
format it checks is specified in docs/evidence-format.md, so that somebody else can write another one.

Each finding has a status: ok; failed (the pack says two different things); could not check (something needed is
not here); unsigned (nobody put their name to it). Exit codes: 0 nothing failed and everything could be checked,
unsigned or not; 4 something failed; 3 something could not be checked; 2 usage.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

OK, FAILED, UNCHECKED, UNSIGNED = "ok", "failed", "could not check", "unsigned"
FORMAT, MANIFEST_FORMAT, FIRST = "syncproof-record/1", "syncproof-manifest/1", "0" * 64
LONGEST_LINE, LONGEST_NAME = 64 << 20, 1024
NAME = re.compile(r"[0-9a-f]{64}")
APART = ("manifest.json", "attestation.dsse.json", "signatures")  # what comes after the manifest


@dataclass(frozen=True)
class Finding:
    """What one check came to, where, and which anchor it rests on."""

    check: str
    status: str
    place: str
    message: str
    anchor: str


class Stop(Exception):
    """Nothing further can be said of this pack."""


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values: true is not 1, and the order of keys does not matter."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


class Verifier:
    """One pack; `findings` grows as the checks are made."""

    def __init__(self, pack: Path, ledger: Path | None, head: str | None, trust: dict[str, Any]) -> None:
        self.pack, self.head, self.trust = pack, head, trust
        self.ledger = ledger or pack.parent / "ledger.ndjson"
        self.findings: list[Finding] = []
        self.seal: dict[str, Any] = {}
        self.seal_hash = ""
        self.bodies: set[str] = set()
        self.story = Story()
        self.start = self.signed_at = self.acted_at = (
            0  # ledger lines of this run, from 1: start, last signature, last act
        )

    def verify(self) -> list[Finding]:
        for name, check in (
            ("seal", self._check_seal),
            ("journals", self._journals),
            ("exchanges", self._bodies),
            ("inputs", self._inputs),
            ("verdicts", self._verdicts),
            ("manifest", self._manifest),
            ("ledger", self._check_ledger),
            ("signature", self._signatures),
        ):
            try:
                check()
            except Stop:
                break
            except OSError as error:
                self._say(name, UNCHECKED, str(error.filename), f"cannot be read: {error.strerror}")
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                self._say(name, FAILED, "", f"does not have the form it should have ({type(error).__name__}: {error})")
        return self.findings

    def _say(self, check: str, status: str, place: str, message: str, anchor: str = "seal") -> None:
        self.findings.append(Finding(check, status, place, message, anchor))

    def _judge(self, check: str, faults: list[tuple[str, str]], good: str, anchor: str = "seal") -> None:
        for place, message in faults:
            self._say(check, FAILED, place, message, anchor)
        if not faults:
            self._say(check, OK, "", good, anchor)

    # --- the record -----------------------------------------------------------------------------------

    def _check_seal(self) -> None:
        path = self.pack / "record" / "seal.json"
        if not (self.pack / "record").is_dir():
            self._say("seal", UNCHECKED, str(self.pack), "is no evidence pack: it holds no record/")
            raise Stop
        if not path.is_file():
            self._say("seal", UNCHECKED, "record/seal.json", "is not there: the run still goes on, or was killed "
                      "(syncproof evidence head FOLDER seals what it left), or the copy is incomplete")  # fmt: skip
            raise Stop
        data = path.read_bytes()
        try:
            self.seal = json.loads(data)
            found = self.seal["format"]
            needed = {"run", "pack", "journals", "exchanges", "inputs", "ledger", "sealed_at", "sealed_by", "ended"}
        except (ValueError, TypeError, KeyError, RecursionError):
            self._say("seal", FAILED, "record/seal.json", "is no seal: it cannot be read")
            raise Stop from None
        if found != FORMAT:
            self._say("seal", UNCHECKED, "record/seal.json", f"has the format {found!r}; this verifier knows {FORMAT}")
            raise Stop
        if not needed <= set(self.seal):
            missing = ", ".join(sorted(needed - set(self.seal)))
            self._say("seal", FAILED, "record/seal.json", f"lacks {missing}")
            raise Stop
        self.seal_hash = hashlib.sha256(data).hexdigest()
        self._say("seal", OK, "record/seal.json", f"sha256 {self.seal_hash}, sealed {self.seal['sealed_at']}")

    def _journals(self) -> None:
        stated = {entry["file"]: entry for entry in self.seal["journals"]}
        here = {path.name for path in (self.pack / "record").iterdir() if path.name != "seal.json"}
        faults = [(f"record/{n}", "is in the seal and not in the pack") for n in sorted(set(stated) - here)]
        faults += [(f"record/{n}", "is in the pack and not in the seal") for n in sorted(here - set(stated))]
        for name in sorted(set(stated) & here):
            faults += [(f"record/{name}{where}", text) for where, text in self._journal(name, stated[name])]
        lines = sum(entry["lines"] for entry in stated.values())
        self._judge(
            "journals", faults, f"{len(stated)} journals, {lines} lines: chained, complete, as sealed", "hash chain"
        )

    def _journal(self, name: str, stated: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """One journal line by line: hash of the line before, number, worker; then the whole against the seal."""
        path = self.pack / "record" / name
        if (fault := unsafe(f"record/{name}", self.pack)) is not None:
            yield "", fault
            return
        worker = name.removeprefix("journal-").removesuffix(".ndjson")
        whole, prev, number, size = hashlib.sha256(), FIRST, 0, 0
        with path.open("rb") as stream:
            while line := stream.readline(LONGEST_LINE):
                whole.update(line)
                size += len(line)
                if size > stated["valid_bytes"]:
                    continue  # torn off when the run was killed: part of the file, no part of the record
                fault = self._line(line, number, prev, worker)
                if fault is not None:
                    yield f" line {number + 1}", fault
                    return
                prev, number = hashlib.sha256(line[:-1]).hexdigest(), number + 1
        if (number, prev, whole.hexdigest()) != (stated["lines"], stated["head"], stated["sha256"]):
            yield "", "is not as it was sealed (number of lines, last line or hash)"

    def _line(self, line: bytes, number: int, prev: str, worker: str) -> str | None:
        try:
            event = json.loads(line)
            linked, place = event["prev"] == prev, (event["seq"], event["worker"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return "is no event"
        if not linked:
            return "does not follow the line before: something was changed, taken out or put in above"
        if place != (number, worker):
            return "has the number or worker of another line"
        try:
            self.story.take(event)
            for side in ("request", "response") if event["type"] == "exchange" else ():
                if event[side] is not None and event[side]["body_sha"] is not None:
                    self.bodies.add(event[side]["body_sha"])
        except (TypeError, KeyError, AttributeError) as error:
            return f"lacks what its type needs ({type(error).__name__}: {error})"
        return None

    def _bodies(self) -> None:
        folder = self.pack / "exchanges"
        here = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
        faults = [(f"exchanges/{n}", "is named by an exchange and not there") for n in sorted(self.bodies - set(here))]
        faults += [
            (f"exchanges/{n}"[:200], "is there and no exchange names it") for n in sorted(set(here) - self.bodies)
        ]
        for name in sorted(set(here) & self.bodies):
            path = here[name]
            if not NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
                faults.append((f"exchanges/{name}"[:200], "is no stored body"))
            elif sha256_of(path) != name:
                faults.append((f"exchanges/{name}", "does not have the hash that is its name: it was changed"))
        self._judge("exchanges", faults, f"{len(here)} bodies, each with the hash that the record states", "hash chain")

    def _inputs(self) -> None:
        faults = self._compare(self.seal["inputs"], "inputs", "the seal")
        self._judge("inputs", faults, f"{len(self.seal['inputs'])} files that the run was judged by, as sealed")

    def _verdicts(self) -> None:
        faults = self.story.faults(self.seal["ended"] == "finished")
        said = ", ".join(f"{n} {verdict}" for verdict, n in sorted(self.story.counts().items())) or "none"
        good = f"every verdict follows from its checks and steps: {said} ({self.story.derived} checks derived anew)"
        self._judge("verdicts", faults, good, "re-derived")

    # --- what was made of it --------------------------------------------------------------------------

    def _manifest(self) -> None:
        path = self.pack / "manifest.json"
        if not path.is_file():
            self._say("manifest", UNCHECKED, "manifest.json", "is not there: files beside the record cannot be checked")
            return
        try:
            manifest = json.loads(path.read_bytes())
            if manifest["format"] != MANIFEST_FORMAT:
                self._say("manifest", UNCHECKED, "manifest.json", f"has the format {manifest['format']!r}")
                return
            faults = self._compare(manifest["files"], "", "the manifest")
            if manifest["pack"] != self.seal["pack"]:
                faults.append(("manifest.json", "is that of another pack"))
        except (ValueError, TypeError, KeyError, RecursionError):
            faults, manifest = [("manifest.json", "is no manifest: it cannot be read")], {"files": []}
        self._judge("manifest", faults, f"{len(manifest['files'])} files as listed, no other", "manifest")

    def _compare(self, entries: list[dict[str, Any]], below: str, where: str) -> list[tuple[str, str]]:
        """Files against a list that should name each of them."""
        stated = {str(entry["file"]): entry for entry in entries}
        faults = [(shown(n), f"is twice in {where}") for n in stated if sum(e["file"] == n for e in entries) > 1] if len(stated) < len(entries) else []  # fmt: skip
        for name, entry in sorted(stated.items()):
            if (fault := unsafe(name, self.pack)) is not None:
                faults.append((shown(name), fault))
            elif not (self.pack / name).is_file():
                faults.append((shown(name), f"is in {where} and not in the pack"))
            elif not self._fits(name, entry):
                faults.append((shown(name), f"is not as {where} states"))
        root = self.pack / below
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            name = path.relative_to(self.pack).as_posix()
            if path.is_symlink():
                faults.append((shown(name), "is a link: a pack holds files only"))
            elif path.is_file() and name not in stated and (below or name.split("/")[0] not in APART):
                faults.append((shown(name), f"is in the pack and not in {where}"))
        return faults

    def _fits(self, name: str, entry: dict[str, Any]) -> bool:
        path = self.pack / name
        if path.stat().st_size != entry["bytes"]:
            return False
        is_body = name.startswith("exchanges/")  # hashed once already, against its name
        return bool((path.name if is_body else sha256_of(path)) == entry["sha256"])

    # --- the ledger -----------------------------------------------------------------------------------

    def _check_ledger(self) -> None:
        if not self.ledger.is_file():
            self._say(
                "ledger",
                UNCHECKED,
                str(self.ledger),
                "is not here: whether runs were left out cannot be said",
                "ledger",
            )
            return
        raw = self.ledger.read_bytes().split(b"\n")
        lines, faults, prev, parsed = raw[:-1] if not raw[-1] else raw, [], FIRST, []
        for number, line in enumerate(lines, 1):
            try:
                event = json.loads(line)
                if event["prev"] != prev:
                    faults.append((f"ledger line {number}", "does not follow the line before: the ledger was changed"))
                parsed.append((number, event))
                self._mine(number, line, event, faults)
            except (ValueError, TypeError, KeyError, RecursionError):
                if number < len(lines) and json_prev(lines[number]) != hashlib.sha256(line).hexdigest():
                    faults.append((f"ledger line {number}", "is no line of a ledger"))
            prev = hashlib.sha256(line).hexdigest()
        faults += self._runs(parsed)
        self._judge(
            "ledger",
            faults,
            f"{len(lines)} lines, chained; runs numbered without gaps; this pack is one of them",
            "ledger",
        )
        self._head(lines)

    def _mine(self, number: int, line: bytes, event: dict[str, Any], faults: list[tuple[str, str]]) -> None:
        """What the ledger says of this very run."""
        if event.get("run") != self.seal["run"]:
            return
        if event["type"] == "run_started":
            self.start = number
            if {"line": number, "hash": hashlib.sha256(line).hexdigest()} != self.seal["ledger"] or event[
                "pack"
            ] != self.pack.name:
                faults.append((f"ledger line {number}", "is not the start that the seal of this pack names"))
        elif event["type"] in {"run_finished", "run_aborted"}:
            if event.get("seal") != self.seal_hash:
                faults.append((f"ledger line {number}", "holds another seal than the pack: one of them was replaced"))
            if "counts" in event and self.story.finished and not same(event["counts"], self.story.finished["counts"]):
                faults.append((f"ledger line {number}", "has other counts than the record"))
        elif event["type"] == "signed":
            self.signed_at, name = number, str(event["file"])
            if unsafe(name, self.pack) or not (self.pack / name).is_file():
                faults.append(
                    (shown(name), f"was signed by {event['who']['name']} (ledger line {number}) and is not here")
                )
            elif sha256_of(self.pack / name) != event["sha256"]:
                faults.append((shown(name), f"is not the signature that the ledger knows (line {number})"))
        else:
            self.acted_at = number

    def _runs(self, parsed: list[tuple[int, dict[str, Any]]]) -> Iterator[tuple[str, str]]:
        started = {event["run"]: event["pack"] for _, event in parsed if event["type"] == "run_started"}
        if self.seal["run"] not in started:
            yield "ledger", f"does not know run {self.seal['run']}"
        for number in range(1, max(started, default=0)):
            if number not in started:
                yield "ledger", f"run {number} is missing: it was taken out"
        if self.ledger.parent.resolve() != self.pack.parent.resolve():
            return
        for name in sorted({str(name) for name in started.values()}):
            if unsafe(name, self.ledger.parent) or not (self.ledger.parent / name).is_dir():
                yield shown(name), "is in the ledger, and its pack is not here"
        for path in sorted(self.ledger.parent.glob("[0-9]*-*Z")):
            if path.is_dir() and path.name not in started.values():
                yield path.name, "is a pack that the ledger does not know"

    def _head(self, lines: list[bytes]) -> None:
        if self.head is None:
            self._say("ledger head", UNSIGNED, "", "no head kept outside was given (--head LINES:HASH): whoever holds "
                      "the whole folder could have rewritten it", "ledger head")  # fmt: skip
            return
        number, _, stated = self.head.partition(":")
        at = int(number) if number.isdigit() else 0
        good = 0 < at <= len(lines) and hashlib.sha256(lines[at - 1]).hexdigest() == stated
        if good and at < self.start:
            self._say(
                "ledger head", UNCHECKED, f"line {at}", "was kept before this run: it says nothing of it", "ledger head"
            )
            return
        text = (
            f"line {at} is as it was kept outside"
            if good
            else f"line {number} is not what was kept outside: the ledger was rewritten or cut"
        )
        self._say("ledger head", OK if good else FAILED, f"ledger line {number}", text, "ledger head")

    # --- signatures -----------------------------------------------------------------------------------

    def _signatures(self) -> None:
        folder = self.pack / "signatures"
        files = [self.pack / "attestation.dsse.json", *(sorted(folder.glob("*.dsse.json")) if folder.is_dir() else [])]
        results = [result for path in files if path.is_file() for result in self._envelope(path)]
        for status, place, message in results:
            self._say("signature", status, place, message, "trusted key")
        if not results:
            self._say("signature", UNSIGNED, "", "nobody has signed this pack", "trusted key")
        elif self.acted_at > self.signed_at > 0:
            place = f"ledger line {self.acted_at}"
            self._say(
                "signature",
                UNSIGNED,
                place,
                "was entered after the last signature: nobody has signed that",
                "trusted key",
            )

    def _envelope(self, path: Path) -> Iterator[tuple[str, str, str]]:
        place = path.relative_to(self.pack).as_posix()
        if (fault := unsafe(place, self.pack)) is not None:
            yield FAILED, place, fault
            return
        try:
            envelope = json.loads(path.read_bytes())
            payload = base64.b64decode(envelope["payload"], validate=True)
            statement = json.loads(payload)
            kind, stated = str(envelope["payloadType"]), list(envelope["signatures"])
            subjects = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
            predicate = statement["predicate"]
            claims = (
                predicate.get("name"),
                predicate.get("role"),
                predicate.get("meaning"),
                predicate.get("signed_at"),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            yield FAILED, place, "is no DSSE envelope over an in-toto statement"
            return
        if subjects.get("record/seal.json") != self.seal_hash:
            what = "was changed after signing" if stated else "is another one than it speaks of"
            yield FAILED, place, f"the record {what}: this counts as unsigned"
            return
        if not stated and claims[0] is not None:
            yield FAILED, place, f"claims a signature as {shown(str(claims[0]))} and holds none: counts as unsigned"
            return
        pae = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
        for signature in stated:
            yield self._one(place, signature, pae, claims)

    def _one(self, place: str, signature: dict[str, Any], pae: bytes, claims: tuple[Any, ...]) -> tuple[str, str, str]:
        name, role, meaning, signed_at = claims
        who = f"{name or 'CI'}{f' ({role})' if role else ''}{f', {meaning}' if meaning else ''}{f', {signed_at}' if signed_at else ''}"
        try:
            key = next((one for one in self.trust.get("key", []) if one["keyid"] == signature["keyid"]), None)
            if key is None:
                return (
                    UNCHECKED,
                    place,
                    f"signed as {who} with the key {shown(str(signature['keyid']))}, which your trust file does not name",
                )
            if not holds(key["public"], base64.b64decode(signature["sig"], validate=True), pae):
                return FAILED, place, f"the signature as {who} is not of the key it names: counts as unsigned"
            is_person = name is not None
            if is_person != (key.get("kind", "person") == "person") or (is_person and name != key["name"]):
                return (
                    FAILED,
                    place,
                    f"signed as {who}, but the key is that of {key['name']} ({key.get('kind', 'person')})",
                )
            return self._in_time(place, key, who, signed_at)
        except (ValueError, TypeError, KeyError):
            return FAILED, place, f"the signature as {who} or its key in the trust file cannot be read"

    def _in_time(self, place: str, key: dict[str, Any], who: str, signed_at: str | None) -> tuple[str, str, str]:
        at = instant(signed_at or self.seal["sealed_at"])
        if at < instant(self.seal["sealed_at"]):
            return FAILED, place, f"signed as {who}: that is before the record was sealed, so the time is false"
        if "revoked_at" in key and at >= instant(key["revoked_at"]):
            return FAILED, place, f"signed as {who} with a key that was revoked on {key['revoked_at']}"
        if "revoked_at" in key:
            return (
                UNCHECKED,
                place,
                f"signed as {who}; the key was revoked later: only a time stamp shows that it was in time",
            )
        if ("valid_from" in key and at < instant(key["valid_from"])) or (
            "valid_until" in key and at > instant(key["valid_until"])
        ):
            return FAILED, place, f"signed as {who} outside the time in which the key is valid"
        return OK, place, f"signed as {who}"


class Story:
    """What the events tell of each scenario, and whether it holds together."""

    def __init__(self) -> None:
        self.scenarios: dict[str, list[tuple[str, list[str]]]] = {}
        self.finished: dict[str, Any] | None = None
        self.deviant: set[str] = set()
        self.derived = 0
        self._faults: list[tuple[str, str]] = []
        self._open: dict[str, dict[str, Any]] = {}

    def take(self, event: dict[str, Any]) -> None:
        kind, worker = event["type"], event["worker"]
        if kind == "scenario_started":
            self._end(worker, "aborted")
            steps: list[str | None] = [None] * len(event["steps"])
            self._open[worker] = {
                "id": event["scenario"],
                "needs": set(event["requirements"]),
                "steps": steps,
                "checks": [],
            }
        elif kind == "check" and worker in self._open and event["scenario"] == self._open[worker]["id"]:
            self._open[worker]["checks"].append((event["step"], event["verdict"]))
            self._open[worker]["needs"].discard(event["requirement"])
            self._derive(event)
        elif kind == "step_finished" and worker in self._open:
            self._open[worker]["steps"][event["n"] - 1] = event["verdict"]
        elif kind == "scenario_finished":
            self._end(worker, event["verdict"])
        elif kind == "deviation":
            self.deviant.add(event["scenario"])
        elif kind == "run_finished":
            self.finished = event

    def _end(self, worker: str, verdict: str) -> None:
        one = self._open.pop(worker, None)
        if one is None:
            return
        faults = []
        failing = {step for step, said in one["checks"] if said in {"failed", "error"}}
        if verdict == "passed" and any(said != "passed" for said in (*one["steps"], *(v for _, v in one["checks"]))):
            faults.append("is said to have passed, but a step or check of it did not")
        if verdict == "passed" and one["needs"]:
            faults.append(f"is said to have passed, but nothing was checked of {', '.join(sorted(one['needs']))}")
        if any(step is not None and one["steps"][step - 1] == "passed" for step in failing):
            faults.append("has a step that is said to have passed although a check in it did not")
        if failing and verdict not in {"failed", "aborted"}:
            faults.append(f"is said to be {verdict}, but a check of it failed")
        self.scenarios.setdefault(one["id"], []).append((verdict, faults))

    def _derive(self, event: dict[str, Any]) -> None:
        if event["verdict"] not in {"passed", "failed"} or event.get("tolerance") is not None:
            return
        good = derive(event["kind"], event["expected"], event["actual"])
        if good is not None:
            self.derived += 1
            if good != (event["verdict"] == "passed"):
                text = f"the check of {event['requirement']} is said to have {event['verdict']}, but expected and actual say otherwise"
                self._faults.append((event["scenario"], text))

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for runs in self.scenarios.values():
            found[runs[-1][0]] = found.get(runs[-1][0], 0) + 1
        return found

    def faults(self, is_finished: bool) -> list[tuple[str, str]]:
        for worker in list(self._open):
            self._end(worker, "aborted")
        found = [*self._faults]
        found += [(id_, text) for id_, runs in self.scenarios.items() for _, faults in runs for text in faults]
        bad = {id_ for id_, runs in self.scenarios.items() if any(verdict == "failed" for verdict, _ in runs)}
        if is_finished and self.finished is None:
            found.append(("record", "the run is said to have finished, but its end is not on record"))
        if self.finished is not None and is_finished:
            if not same(self.finished["counts"]["verdicts"], self.counts()):
                found.append(("run_finished", "the counts are not those of the scenarios on record"))
            found += [(id_, "failed, and no deviation was opened for it") for id_ in sorted(bad - self.deviant)]
        return found


def derive(kind: str, expected: Any, actual: Any) -> bool | None:
    """Whether what was observed is what was expected, from the record alone; None where that takes more (replay)."""
    try:
        if kind == "equal":
            return same(expected, actual)
        if kind == "agreed":
            special = [v for v in actual.values() if isinstance(v, dict) and (set(v) <= {"not supported", "error"})]
            return None if special else bool(actual) and all(same(expected, value) for value in actual.values())
        if kind in {"absent", "present"} and isinstance(actual, list):
            return any(same(expected[kind], member) for member in actual) == (kind == "present")
        if kind in {"accepted", "refused"}:
            answers = actual.get("answers", [actual])
            codes, any_ = expected.get("code", "").split(" or "), expected.get("code") == "any stated reason"
            right = all(one["status"] in expected["status"].split(" or ") for one in answers)
            given = [{str(reason).partition(":")[0].strip() for reason in one["reasons"]} for one in answers]
            why = kind == "accepted" or all(bool(reasons) if any_ else bool(reasons & set(codes)) for reasons in given)
            return (
                right and why and ("unchanged" not in expected or same(expected["unchanged"], actual.get("unchanged")))
            )
        if kind == "in_order" and isinstance(actual, list):
            rest = iter(actual)
            return all(any(same(member, other) for other in rest) for member in expected)
    except (TypeError, KeyError, AttributeError):
        return False
    return None


def unsafe(name: str, root: Path) -> str | None:
    """Why a file name of a pack must not be opened; None if it may."""
    parts = name.split("/")
    if not name or len(name) > LONGEST_NAME or "\\" in name or ":" in name or not name.isprintable():
        return "has a name that no pack uses: not opened"
    if name.startswith("/") or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the pack: not opened"
    path = root
    for part in parts:
        path = path / part
        if path.is_symlink():
            return "is or lies behind a link: not opened"
    return None


def shown(text: str) -> str:
    """A name as it may be printed: short, without control characters."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[:120]) + ("…" if len(text) > 120 else "")


def json_prev(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return str(found.get("prev")) if isinstance(found, dict) else None


def instant(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError("an instant without a zone")
    return found


def holds(public: str, signature: bytes, message: bytes) -> bool:
    """Whether a signature is of this key: ECDSA on P-256 with SHA-256, or Ed25519."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  an unsigned pack can be checked without it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415

    key = serialization.load_pem_public_key(public.encode())
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            raise ValueError("neither ECDSA on P-256 nor Ed25519")
    except InvalidSignature:
        return False
    return True


def exit_code(findings: list[Finding]) -> int:
    """4 something failed, 3 something could not be checked, else 0."""
    found = {finding.status for finding in findings}
    return 4 if FAILED in found else 3 if UNCHECKED in found or not found else 0


def main() -> int:
    """The command line of the file by itself."""
    parser = argparse.ArgumentParser(description="Check a Syncproof evidence pack without Syncproof.")
    parser.add_argument("pack", type=Path)
    parser.add_argument("--ledger", type=Path, help="the ledger, if it does not lie beside the pack")
    parser.add_argument("--head", metavar="LINES:HASH", help="the head of the ledger as it was kept outside")
    parser.add_argument("--trust", type=Path, help="your TOML file of trusted keys")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        trust = tomllib.loads(given.trust.read_text(encoding="utf-8")) if given.trust else {}
    except (OSError, ValueError) as error:
        parser.error(f"the trust file cannot be read: {error}")
    findings = Verifier(given.pack, given.ledger, given.head, trust).verify()
    code = exit_code(findings)
    if given.json:
        print(json.dumps({"verified": code == 0, "findings": [asdict(one) for one in findings]}))
    else:
        for one in findings:
            print(f"{one.status:16}{one.check:12} {one.place}{': ' if one.place else ''}{one.message}")
    return code


if __name__ == "__main__":
    sys.exit(main())
