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
import os
import re
import stat
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BufferedReader
from pathlib import Path
from typing import Any, NoReturn

OK, FAILED, UNCHECKED, UNSIGNED = "ok", "failed", "could not check", "unsigned"
FORMAT, MANIFEST_FORMAT, FIRST = "syncproof-record/1", "syncproof-manifest/1", "0" * 64
LONGEST_LINE, LONGEST_NAME = 64 << 20, 1024
NAME, HEAD = re.compile(r"[0-9a-f]{64}"), re.compile(r"[1-9][0-9]{0,11}:[0-9a-f]{64}")
ATTESTATION = "attestation.dsse.json"
APART = ("manifest.json", ATTESTATION, "signatures")  # what comes after the manifest
TEST_RESULT, SIGNATURE = "https://in-toto.io/attestation/test-result/v0.1", "urn:syncproof:signature:1"
RECORD = dict.fromkeys(("journals", "exchanges"), "hash chain") | {"verdicts": "re-derived"}
ANCHORS = RECORD | {"seal": "seal", "inputs": "seal", "signature": "trusted key"}
"""What each check rests on, where it is not what the check is called after."""


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


MALFORMED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What comes of reading something that does not have the form it should have."""


def opened(path: Path) -> BufferedReader:
    """A plain file, open for reading; OSError for a link, a pipe or a device in its place."""
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_RDONLY | careful)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise OSError(0, "it is no plain file", str(path))


def content(path: Path) -> bytes:
    with opened(path) as stream:
        return stream.read()


def sha256_of(path: Path) -> str:
    with opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


dumped = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
"""Canonical JSON (RFC 8785), but for what `canonical` does otherwise; many times faster."""
read_json = json.JSONDecoder().raw_decode


def canonical(value: Any) -> str:
    """RFC 8785: keys in the order of their UTF-16, fractions as ECMAScript writes them."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{dumped(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return fraction(value) if isinstance(value, float) else dumped(value)


def fraction(value: float) -> str:
    """A float as ECMAScript writes it: Python's digits, which are the same, with the point elsewhere."""
    sign, parts, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, point = "".join(map(str, parts)), len(parts) + int(exponent)
    if digits == "0":
        return "0"
    if -6 < point <= 21:  # ECMAScript's own bounds
        whole, rest = digits[: max(point, 0)].ljust(point, "0") or "0", "0" * -point + digits[max(point, 0) :]
        return f"{'-' * sign}{whole}{'.' if rest else ''}{rest}"
    return f"{'-' * sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{point - 1:+d}"


def parsed(line: bytes) -> dict[str, Any]:
    """An object in canonical JSON. ValueError for anything else: a key that stands twice, or what follows the object,
    is read differently by different readers."""
    text = line.decode()
    found, _ = read_json(text)
    if not isinstance(found, dict) or (dumped(found) != text and canonical(found) != text):
        raise ValueError("no object in canonical JSON")
    return found


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values: true is not 1, and the order of keys does not matter."""
    return dumped(one) == dumped(other)


class Verifier:
    """One pack; `findings` grows as the checks are made. ValueError for a head that is none."""

    def __init__(self, pack: Path, ledger: Path | None, head: str | None, trust: dict[str, Any]) -> None:
        if head is not None and not HEAD.fullmatch(head := head.strip()):
            raise ValueError("a head is LINES:HASH, as `syncproof evidence head` prints it")
        self.pack, self.head, self.trust = pack.resolve(), head, trust
        self.ledger = ledger or self.pack.parent / "ledger.ndjson"
        self.findings: list[Finding] = []
        self.seal: dict[str, Any] = {}
        self.seal_hash = ""
        self.bodies: set[str] = set()
        self.story = Story()
        self.start = self.end = self.signed_at = self.acted_at = 0
        """Lines of the ledger, from 1, that speak of this run: start, end, last signature, last act."""
        self.ledger_hashes: list[str] = []
        self.entered: set[str] = set()
        """Files of the signatures that the ledger knows."""
        self.signers: dict[str, str] = {}
        """Name of each person whose signature holds, by what they signed as."""

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
            except MALFORMED as error:
                self._say(name, FAILED, "", f"does not have the form it should have ({type(error).__name__}: {error})")
        return self.findings

    def _say(self, check: str, status: str, place: str, message: str) -> None:
        """What a hostile pack holds is shown without control characters: it must not write findings of its own."""
        anchor = ANCHORS.get(check, check)
        self.findings.append(Finding(check, status, shown(place, 400), shown(message, 1000), anchor))

    def _judge(self, check: str, faults: list[tuple[str, str]], good: str) -> None:
        for place, message in faults:
            self._say(check, FAILED, place, message)
        if not faults:
            self._say(check, OK, "", good)

    # --- the record -----------------------------------------------------------------------------------

    def _check_seal(self) -> None:
        name = "record/seal.json"
        if not (self.pack / "record").is_dir():
            self._stop(UNCHECKED, str(self.pack), "is no evidence pack: it holds no record/")
        for part in ("record", name, "exchanges", "inputs", "signatures"):
            if (self.pack / part).is_symlink():
                self._stop(FAILED, part, "is a link: a pack holds files only")
        if not (self.pack / name).is_file():
            self._stop(UNCHECKED, name, "is not there: the run still goes on, or was killed (syncproof evidence head "
                       "FOLDER seals what it left), or the copy is incomplete")  # fmt: skip
        data = content(self.pack / name)
        needed = {"run", "pack", "journals", "exchanges", "inputs", "ledger", "sealed_at", "sealed_by", "ended"}
        try:
            self.seal = parsed(data.removesuffix(b"\n"))
            found, missing = self.seal["format"], ", ".join(sorted(needed - set(self.seal)))
        except MALFORMED:
            self._stop(FAILED, name, "is no seal: it cannot be read")
        if found != FORMAT:
            self._stop(UNCHECKED, name, f"has the format {found!r}; this verifier knows {FORMAT}")
        if missing:
            self._stop(FAILED, name, f"lacks {missing}")
        self.seal_hash = hashlib.sha256(data).hexdigest()
        self._say("seal", OK, name, f"sha256 {self.seal_hash}, sealed {self.seal['sealed_at']}")

    def _stop(self, status: str, place: str, message: str) -> NoReturn:
        self._say("seal", status, place, message)
        raise Stop

    def _journals(self) -> None:
        stated = {entry["file"]: entry for entry in self.seal["journals"]}
        here = {path.name for path in (self.pack / "record").iterdir() if path.name != "seal.json"}
        faults = [(f"record/{n}", "is in the seal and not in the pack") for n in sorted(set(stated) - here)]
        faults += [(f"record/{n}", "is in the pack and not in the seal") for n in sorted(here - set(stated))]
        for name in sorted(set(stated) & here):
            faults += [(f"record/{name}{where}", text) for where, text in self._journal(name, stated[name])]
        lines = sum(entry["lines"] for entry in stated.values())
        self._judge("journals", faults, f"{len(stated)} journals, {lines} lines: chained, complete, as sealed")

    def _journal(self, name: str, stated: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """One journal line by line: hash of the line before, number, worker; then the whole against the seal."""
        if (fault := unsafe(f"record/{name}", self.pack)) is not None:
            yield "", fault
            return
        worker = name.removeprefix("journal-").removesuffix(".ndjson")
        whole, prev, number, torn = hashlib.sha256(), FIRST, 0, 0
        with opened(self.pack / "record" / name) as stream:
            while line := stream.readline(LONGEST_LINE):
                whole.update(line)
                fault = self._line(line[:-1], number, prev, worker) if not torn else "is too long"
                if not line.endswith(b"\n"):
                    torn = len(line)  # by a kill: part of the file, no part of the record
                elif fault is not None:
                    yield f" line {number + 1}", fault
                    return
                else:
                    prev, number = hashlib.sha256(line[:-1]).hexdigest(), number + 1
        sealed = (stated["lines"], stated["head"], stated["sha256"], stated["bytes"] - stated["valid_bytes"])
        if (number, prev, whole.hexdigest(), torn) != sealed:
            yield "", "is not as it was sealed (number of lines, last line or hash)"

    def _line(self, line: bytes, number: int, prev: str, worker: str) -> str | None:
        try:
            event = parsed(line)
        except MALFORMED:
            return "is no event in canonical JSON"
        if event.get("prev") != prev:
            return "does not follow the line before: something was changed, taken out or put in above"
        if (event.get("seq"), event.get("worker")) != (number, worker):
            return "has the number or worker of another line"
        try:
            self.story.take(event)
            for side in ("request", "response") if event["type"] == "exchange" else ():
                if event[side] is not None and event[side]["body_sha"] is not None:
                    self.bodies.add(event[side]["body_sha"])
        except MALFORMED as error:
            return f"lacks what its type needs ({type(error).__name__}: {error})"
        return None

    def _bodies(self) -> None:
        folder = self.pack / "exchanges"
        here = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
        faults = [(f"exchanges/{n}", "is named by an exchange and not there") for n in sorted(self.bodies - set(here))]
        for name, path in sorted(here.items()):
            fault = None
            if not NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
                fault = "is no stored body"
            elif name not in self.bodies:  # a process that is killed leaves what it was about to name
                fault = "is there and no exchange names it" if self.story.is_whole else None
            elif sha256_of(path) != name:
                fault = "does not have the hash that is its name: it was changed"
            faults += [] if fault is None else [(f"exchanges/{name}", fault)]
        root = hashlib.sha256("".join(f"{name}\n" for name in sorted(here)).encode(errors="replace")).hexdigest()
        if (self.seal["exchanges"]["root"], self.seal["exchanges"]["count"]) != (root, len(here)):
            faults.append(("exchanges", "does not hold the bodies that were sealed"))
        self._judge("exchanges", faults, f"{len(here)} bodies, each with the hash that the record states")

    def _inputs(self) -> None:
        faults = self._compare(self.seal["inputs"], "inputs", "the seal")
        self._judge("inputs", faults, f"{len(self.seal['inputs'])} files that the run was judged by, as sealed")

    def _verdicts(self) -> None:
        faults = self.story.faults(self.seal["ended"] == "finished", self.seal["run"])
        found = Counter(self.story.worst().values())
        said = ", ".join(f"{n} {verdict}" for verdict, n in sorted(found.items())) or "none"
        good = f"every verdict follows from its checks and steps: {said} ({self.story.derived} checks derived anew)"
        self._judge("verdicts", faults, good)

    # --- what was made of it --------------------------------------------------------------------------

    def _manifest(self) -> None:
        path = self.pack / "manifest.json"
        if not path.is_file():
            self._say("manifest", UNCHECKED, path.name, "is not there: files beside the record cannot be checked")
            return
        try:
            manifest = json.loads(content(path))
            if manifest["format"] != MANIFEST_FORMAT:
                self._say("manifest", UNCHECKED, path.name, f"has the format {manifest['format']!r}")
                return
            faults = self._compare(manifest["files"], "", "the manifest")
            if manifest["pack"] != self.seal["pack"]:
                faults.append((path.name, "is that of another pack"))
        except MALFORMED:
            faults, manifest = [(path.name, "is no manifest: it cannot be read")], {"files": []}
        self._judge("manifest", faults, f"{len(manifest['files'])} files as listed, no other")

    def _compare(self, entries: list[dict[str, Any]], below: str, where: str) -> list[tuple[str, str]]:
        """Files against a list that should name each of them."""
        stated, here = {str(entry["file"]): entry for entry in entries}, dict(walk(self.pack, below))
        counts = Counter(str(entry["file"]) for entry in entries)
        faults = [(name, f"is twice in {where}") for name, count in counts.items() if count > 1]
        for name, entry in sorted(stated.items()):
            if (fault := unsafe(name)) is not None:
                faults.append((name, fault))
            elif name not in here:
                faults.append((name, f"is in {where} and not in the pack"))
            elif here[name] and not self._fits(name, entry):
                faults.append((name, f"is not as {where} states"))
        for name, is_file in sorted(here.items()):
            if not is_file:
                faults.append((name, "is a link or a device: a pack holds files only"))
            elif name not in stated and (below or name.split("/")[0] not in APART):
                faults.append((name, f"is in the pack and not in {where}"))
        return faults

    def _fits(self, name: str, entry: dict[str, Any]) -> bool:
        path = self.pack / name
        if path.lstat().st_size != entry["bytes"]:
            return False
        is_body = name.startswith("exchanges/")  # hashed once already, against its name
        return bool((path.name if is_body else sha256_of(path)) == entry["sha256"])

    # --- the ledger -----------------------------------------------------------------------------------

    def _check_ledger(self) -> None:
        if not self.ledger.is_file():
            text = "is not here: whether runs were left out cannot be said"
            self._say("ledger", UNCHECKED, str(self.ledger), text)
            return
        *lines, rest = self.ledger.read_bytes().split(b"\n")
        lines += [rest] if rest else []
        self.ledger_hashes = [hashlib.sha256(line).hexdigest() for line in lines]
        faults, events = [], []
        for number, (line, prev) in enumerate(zip(lines, [FIRST, *self.ledger_hashes], strict=False), 1):
            place = f"ledger line {number}"
            try:
                event = parsed(line)
            except MALFORMED:
                if is_json(line) or (number == len(lines) and not rest):  # else a crash tore it, and what follows fits
                    faults.append((place, "is no line of a ledger"))
                continue
            if event.get("prev") != prev:
                faults.append((place, "does not follow the line before: the ledger was changed"))
            try:
                faults += self._mine(number, event)
                events.append(event)
            except MALFORMED:
                faults.append((place, "lacks what a line of its type has"))
        faults += self._runs(events)
        good = f"{len(lines)} lines, chained; runs numbered without gaps; this pack is one of them"
        self._judge("ledger", faults, good)
        if self.start and not self.end:
            text = "knows no end of this run: it was cut off there, or the run was killed once it was sealed"
            self._say("ledger", UNCHECKED, "ledger", f"{text} (syncproof evidence head FOLDER)")
        self._head()

    def _mine(self, number: int, event: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What the ledger says of this very run."""
        kind, place = event["type"], f"ledger line {number}"
        if event.get("run") != self.seal["run"]:
            return
        if kind == "run_started":
            self.start = number
            is_stated = self.seal["ledger"] == {"line": number, "hash": self.ledger_hashes[number - 1]}
            if not is_stated or not event["pack"] == self.pack.name == self.seal["pack"]:
                yield place, "is not the start that the seal of this pack names"
        elif kind in ENDS:
            self.end = number
            is_cut_short = kind == "run_finished" and self.seal["ended"] != "finished"
            if event.get("seal") != self.seal_hash or is_cut_short:
                yield place, "holds another seal than the pack: one of them was replaced"
            if "counts" in event and self.story.finished and not same(event["counts"], self.story.finished["counts"]):
                yield place, "has other counts than the record"
        elif kind == "signed":
            self.signed_at, name = number, str(event["file"])
            self.entered.add(name)
            if unsafe(name, self.pack) or not (self.pack / name).is_file():
                yield name, f"was signed by {event['who']['name']} ({place}) and is not here"
            elif sha256_of(self.pack / name) != event["sha256"]:
                yield name, f"is not the signature that the ledger knows (line {number})"
        else:
            self.acted_at = number

    def _runs(self, events: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        starts = [event for event in events if event["type"] == "run_started"]
        ends = [event for event in events if event["type"] in ENDS]
        started = {event["run"]: str(event["pack"]) for event in starts}
        for number in range(1, min(max(started, default=0), len(events) + 1)):
            if number not in started:
                yield "ledger", f"run {number} is missing: it was taken out"
        for what, found in (("started", starts), ("ended", ends)):
            for number, count in Counter(event["run"] for event in found).items():
                if count > 1:
                    yield "ledger", f"run {number} {what} more than once"
        if self.seal["run"] not in started:
            yield "ledger", f"does not know run {self.seal['run']}"
        if self.ledger.parent.resolve() == self.pack.parent:
            yield from self._beside(started, {event["run"]: event.get("seal") for event in ends})

    def _beside(self, started: dict[int, str], seals: dict[int, Any]) -> Iterator[tuple[str, str]]:
        """The packs of the other runs: each is there, and its seal is the one that the ledger knows."""
        folder = self.pack.parent
        for number, name in sorted(started.items()):
            sealed = f"{name}/record/seal.json"
            if unsafe(name, folder) or not (folder / name).is_dir():
                yield name, "is in the ledger, and its pack is not here"
            elif number == self.seal["run"] or seals.get(number) is None:
                continue
            elif unsafe(sealed, folder) or not (folder / sealed).is_file():
                yield name, "is sealed in the ledger, and its pack has no seal"
            elif sha256_of(folder / sealed) != seals[number]:
                yield name, "has another seal than the ledger knows: that pack was changed or replaced"
        for path in sorted(folder.glob("[0-9]*-*Z")):
            if path.is_dir() and path.name not in started.values():
                yield path.name, "is a pack that the ledger does not know"

    def _head(self) -> None:
        if self.head is None:
            self._say("ledger head", UNSIGNED, "", "no head kept outside was given (--head LINES:HASH): whoever holds "
                      "the whole folder could have rewritten it")  # fmt: skip
            return
        number, _, stated = self.head.partition(":")
        at = int(number)
        status, text = OK, "is as it was kept outside"
        if self.ledger_hashes[at - 1 : at] != [stated]:
            status, text = FAILED, "is not what was kept outside: the ledger was rewritten or cut"
        elif at < max(self.start, self.end):
            status, text = UNCHECKED, "was kept before this run had ended: it says nothing of its record"
        self._say("ledger head", status, f"ledger line {at}", text)

    # --- signatures -----------------------------------------------------------------------------------

    def _signatures(self) -> None:
        folder = self.pack / "signatures"
        files = [self.pack / ATTESTATION, *(sorted(folder.glob("*.dsse.json")) if folder.is_dir() else [])]
        results = [result for path in files if path.is_file() for result in self._envelope(path)]
        results += self._strays()
        for status, place, message in results:
            self._say("signature", status, place, message)
        if not results:
            self._say("signature", UNSIGNED, "", "nobody has signed this pack")
        elif self.acted_at > self.signed_at > 0:
            text = "was entered after the last signature: nobody has signed that"
            self._say("signature", UNSIGNED, f"ledger line {self.acted_at}", text)

    def _strays(self) -> Iterator[tuple[str, str, str]]:
        """Whatever lies among the signatures without being one that was entered into the ledger."""
        for name, is_file in sorted(walk(self.pack, "signatures")):
            if not is_file or not name.endswith((".dsse.json", ".dsse.json.tsr", ".pdf")):
                yield FAILED, name, "is no signature, and has no place among them"
            elif self.ledger_hashes and name.endswith(".dsse.json") and name not in self.entered:
                text = "is not in the ledger: nobody entered it (or signing broke off: remove it, sign again)"
                yield FAILED, name, text

    def _envelope(self, path: Path) -> Iterator[tuple[str, str, str]]:
        place = path.relative_to(self.pack).as_posix()
        if (fault := unsafe(place, self.pack)) is not None:
            yield FAILED, place, fault
            return
        try:
            envelope = json.loads(content(path))
            payload = base64.b64decode(envelope["payload"], validate=True)
            statement = parsed(payload)
            kind, stated = str(envelope["payloadType"]), list(envelope["signatures"])
            subjects = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
            predicate, name = statement["predicate"], statement["predicate"].get("name")
            is_in_place = statement["predicateType"] == (TEST_RESULT if place == ATTESTATION else SIGNATURE)
        except MALFORMED:
            yield FAILED, place, "is no DSSE envelope over an in-toto statement"
            return
        if subjects.get("record/seal.json") != self.seal_hash:
            what = "was changed after signing" if stated else "is another one than it speaks of"
            yield FAILED, place, f"the record {what}: this counts as unsigned"
        elif not is_in_place:
            yield FAILED, place, f"holds a statement that does not belong there: {statement['predicateType']}"
        elif place == ATTESTATION and not self.story.bears_out(predicate):
            yield FAILED, place, "says that other scenarios passed or failed than the record"
        elif place != ATTESTATION and not stated:
            yield FAILED, place, f"claims a signature as {name} and holds none: counts as unsigned"
        else:
            pae = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
            for signature in stated:
                yield self._one(place, signature, pae, predicate)

    def _one(self, place: str, signature: dict[str, Any], pae: bytes, said: dict[str, Any]) -> tuple[str, str, str]:
        who = str(said.get("name") or "CI") + (f" ({said['role']})" if said.get("role") else "")
        who = ", ".join([who, *(str(said[part]) for part in ("meaning", "signed_at") if said.get(part))])
        try:
            key = next((one for one in self.trust.get("key", []) if one["keyid"] == signature["keyid"]), None)
            if key is None:
                text = f"with the key {shown(signature['keyid'])}, which your trust file does not name"
                return UNCHECKED, place, f"signed as {who} {text}"
            if not holds(key["public"], base64.b64decode(signature["sig"], validate=True), pae):
                return FAILED, place, f"the signature as {who} is not of the key it names: counts as unsigned"
            if (fault := self._misplaced(key, said)) is not None:
                return FAILED, place, f"signed as {who}, but {fault}"
            status, text = self._in_time(key, said.get("signed_at"))
        except ImportError:
            return UNCHECKED, place, f"signed as {who}: the Python package cryptography is not here to check that"
        except MALFORMED:
            return FAILED, place, f"the signature as {who} or its key in the trust file cannot be read"
        return status, place, f"signed as {who}{text}"

    def _misplaced(self, key: dict[str, Any], said: dict[str, Any]) -> str | None:
        """Why a signature that holds does not count: of somebody who may not give it, or over another ledger."""
        name, kind = said.get("name"), key.get("kind", "person")
        if (name is None) != (kind == "ci") or (name is not None and name != key["name"]):
            return f"the key is that of {key['name']} ({kind})"
        if name is None:
            return None
        seen, capacity, person = said["ledger"], str(said["as"]), person_of(str(name))
        if self.ledger_hashes and seen["line"] < self.end:
            return "before the end of the run"
        if self.ledger_hashes and self.ledger_hashes[seen["line"] - 1 : seen["line"]] != [seen["hash"]]:
            return f"the ledger up to line {seen['line']} is not the one that was signed: it was changed after"
        if capacity in self.signers or person in self.signers.values():
            return "that person has signed, or somebody as that, already: these are different people"
        self.signers[capacity] = person
        if capacity != "author" and person == person_of(self.story.performer):
            return "performed the run: somebody else reviews and approves it"
        return None

    def _in_time(self, key: dict[str, Any], signed_at: str | None) -> tuple[str, str]:
        sealed_at = instant(self.seal["sealed_at"])
        at = instant(signed_at) if signed_at else sealed_at
        if at < sealed_at:
            return FAILED, ": that is before the record was sealed, so the time is false"
        if "revoked_at" in key:
            if at >= instant(key["revoked_at"]):
                return FAILED, f" with a key that was revoked on {key['revoked_at']}"
            return UNCHECKED, "; the key was revoked later: only a time stamp shows that it was in time"
        if at < instant(key.get("valid_from", at)) or at > instant(key.get("valid_until", at)):
            return FAILED, " outside the time in which the key is valid"
        return OK, ""


class Story:
    """What the events tell of each scenario, and whether it holds together."""

    def __init__(self) -> None:
        self.verdicts: dict[str, list[str]] = {}
        """By scenario; several where it was run several times."""
        self.planned: dict[str, bool] | None = None
        """By scenario: whether it was selected."""
        self.run: Any = None
        self.performer = ""
        self.finished: dict[str, Any] | None = None
        self.is_aborted = False
        self.deviations: set[tuple[Any, ...]] = set()
        self.derived = 0
        self._last: dict[str, str] = {}
        """By scenario that came to an end: the verdict that was written last."""
        self._failing: dict[str, set[tuple[Any, ...]]] = {}
        self._exchanges: set[str] = set()
        self._cited: set[str] = set()
        self._faults: list[tuple[str, str]] = []
        self._open: dict[str, dict[str, Any]] = {}

    @property
    def is_whole(self) -> bool:
        """Whether nothing on record says that the run broke off, or that a part of it did (a worker crashed, say)."""
        return not self.is_aborted and not (self.finished or {}).get("faults")

    def take(self, event: dict[str, Any]) -> None:  # noqa: C901  one branch for each type
        kind, worker = event["type"], event["worker"]
        if kind == "exchange":
            self._exchanges.add(event["id"])
        elif kind == "step_finished":
            if (one := self._step(event, event["n"])) is not None:
                one["steps"][event["n"] - 1] = event["verdict"]
        elif kind == "check":
            self._check(event)
        elif kind == "scenario_started":
            self._end(worker, "aborted")
            steps = [None] * len(event["steps"])
            needs = set(event["requirements"])
            self._open[worker] = {"id": event["scenario"], "needs": needs, "steps": steps, "checks": []}
        elif kind == "scenario_finished":
            if worker not in self._open or self._open[worker]["id"] != event["scenario"]:
                self._faults.append((event["scenario"], "has an end without a start"))
            self._last[event["scenario"]] = event["verdict"]
            self._end(worker, event["verdict"])
        elif kind == "deviation":
            self.deviations |= {(event["scenario"], event["step"], one) for one in event["requirements"]}
            self.deviations.add((event["scenario"],))
        elif kind == "plan":
            self.planned = {one["id"]: bool(one["selected"]) for one in event["scenarios"]}
        elif kind == "run_started":
            self.run, self.performer = event["run"], str(event["who"]["name"]) if "who" in event else ""
        elif kind == "run_finished":
            self.finished = event
        elif kind == "run_aborted":
            self.is_aborted = True

    def _step(self, event: dict[str, Any], number: Any) -> dict[str, Any] | None:
        """The scenario under way, if it is that of the event and has that step; if not, that is a fault."""
        one = self._open.get(event["worker"])
        if one is not None and one["id"] == event["scenario"] and 0 < number <= len(one["steps"]):
            return one
        self._faults.append((str(event["scenario"]), f"has no step {number} under way, of which the record speaks"))
        return None

    def _check(self, event: dict[str, Any]) -> None:
        said, possible = event["verdict"], derive(event)
        self.derived += len(possible) == 1
        if said not in possible:
            self._fault(event, f"is said to have come to {said!r}, but its kind, expected and actual say otherwise")
        if said == "passed" and not event["exchanges"]:
            self._fault(event, "passed without an exchange behind it")
        self._cited.update(id_ for id_ in event["exchanges"] if id_ not in self._exchanges)
        if event["step"] is None and said in FAILING:
            self._fault(event, "failed outside a step: no verdict takes it in")
        elif event["step"] is not None and (one := self._step(event, event["step"])) is not None:
            one["checks"].append((event["step"], event["requirement"], said))
            one["needs"].discard(event["requirement"])

    def _fault(self, check: dict[str, Any], text: str) -> None:
        place = f"{check['scenario']}, step {check['step']}"
        self._faults.append((place, f"the check of {check['requirement']} {text}"))

    def _end(self, worker: str, verdict: str) -> None:
        one = self._open.pop(worker, None)
        if one is None:
            return
        faults = list(contradictions(verdict, one["steps"], one["checks"], one["needs"]))
        self._faults += [(one["id"], text) for text in faults]
        is_borne_out = verdict in WORST_FIRST and not (faults and verdict == "passed")
        self.verdicts.setdefault(one["id"], []).append(verdict if is_borne_out else "failed")
        keys = {(one["id"], step, requirement) for step, requirement, said in one["checks"] if said in FAILING}
        self._failing.setdefault(one["id"], set()).update(keys)

    def worst(self) -> dict[str, str]:
        """By scenario: the worst that it came to, not run or unselected where it is only planned."""
        found = {id_: "not run" if taken else "unselected" for id_, taken in (self.planned or {}).items()}
        return found | {id_: min(verdicts, key=WORST_FIRST.index) for id_, verdicts in self.verdicts.items()}

    def bears_out(self, said: dict[str, Any]) -> bool:
        """Whether an attestation's lists are those of the record."""
        worst = self.worst()
        failed = sorted(id_ for id_, verdict in worst.items() if verdict in {"failed", "aborted"})
        passed = sorted(id_ for id_, verdict in worst.items() if verdict == "passed")
        warned = sorted(id_ for id_, v in worst.items() if v not in {"failed", "aborted", "passed", "unselected"})
        result = "FAILED" if failed or not passed else "WARNED" if warned else "PASSED"
        names = ("result", "passedTests", "warnedTests", "failedTests")
        return same([said.get(name) for name in names], [result, passed, warned, failed])

    def faults(self, is_finished: bool, run: object) -> list[tuple[str, str]]:
        """``is_finished`` and ``run`` are what the seal says of the run."""
        for worker in list(self._open):
            self._end(worker, "aborted")
        found = [*self._faults]
        if missing := len(self._cited - self._exchanges):
            found.append(("record", f"{missing} exchanges are cited by checks and not on record"))
        if self.run != run and (is_finished or self.run is not None):
            found.append(("run_started", f"the record is of run {self.run}, its seal of run {run}"))
        if self.planned is not None:
            found += [(id_, "is on record and was not planned") for id_ in sorted(self.verdicts.keys() - self.planned)]
        if is_finished != (self.finished is not None and not self.is_aborted):
            found.append(("record", "ended otherwise than the seal says, or its end is not on record"))
        elif is_finished and self.finished is not None:
            found += self._ended(self.finished["counts"])
        return found

    def _ended(self, counts: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """A run that came to its end: its numbers add up (or it says why not), and every failure opened a deviation."""
        said, found = Counter(counts["verdicts"]), Counter(self._last.values())
        if said != found if self.is_whole else not said <= found:
            yield "run_finished", "the counts are not those of the scenarios on record"
        if self.planned is not None and self.is_whole:
            for id_ in sorted({id_ for id_, taken in self.planned.items() if taken} - set(self.verdicts)):
                yield id_, "was planned and selected, and is not on record"
            if counts.get("written", len(self.planned)) != len(self.planned):
                yield "run_finished", "the counts are not those of the plan"
        for id_, verdicts in sorted(self.verdicts.items()):
            wanted = self._failing[id_] if len(verdicts) == 1 else set()
            if not wanted | ({(id_,)} if "failed" in verdicts else set()) <= self.deviations:
                yield (
                    id_,
                    "failed, or a check of it, and no deviation was opened for it, or not for each step and requirement",
                )


WORST_FIRST = ("failed", "aborted", "blocked", "not run", "awaiting a person", "not supported", "passed", "unselected")
FAILING, ENDS = ("failed", "error"), ("run_finished", "run_aborted")


def contradictions(verdict: str, steps: list[Any], checks: list[Any], unchecked: set[str]) -> Iterator[str]:
    """What speaks against the verdict of a scenario in its own steps and checks (step, requirement, verdict)."""
    found = {*steps, *(said for _, _, said in checks)}
    if verdict not in WORST_FIRST:
        yield f"has the verdict {verdict!r}, which is none"
    if verdict == "passed" and found - {"passed"}:
        yield "is said to have passed, but a step or check of it did not"
    if verdict == "passed" and unchecked:
        yield f"is said to have passed, but nothing was checked of {', '.join(sorted(unchecked))}"
    if verdict not in {"failed", "aborted"} and found & {*FAILING}:
        yield f"is said to be {verdict!r}, but a step or check of it failed"
    ended = dict(enumerate(steps, 1))
    for step, _, said in checks:
        came_to = ended.get(step)
        if came_to not in {None, "failed"} and (said in FAILING or (said != "passed" and came_to == "passed")):
            yield f"has a step {step} that is said to be {came_to!r} although a check in it came to {said!r}"


def derive(check: dict[str, Any]) -> set[str]:
    """The verdicts that expected and actual allow: one, but for tolerances and what only looks like an error; none for
    an unknown kind."""
    kind, expected, actual = check["kind"], check["expected"], check["actual"]
    if kind == "agreed":
        each = [derive({**check, "kind": "equal", "actual": value}) for value in actual.values()]
        weight = ("error", "failed", "not supported", "passed")  # what the heaviest of the systems came to counts
        return {
            word
            for n, word in enumerate(weight)
            if any(word in one for one in each) and all(one & {*weight[n:]} for one in each)
        }
    special = {word for word in ("error", "not supported") if isinstance(actual, dict) and list(actual) == [word]}
    if kind == "equal":
        return special | compare(expected, actual, check.get("tolerance"))
    good = None if special else holds_good(kind, expected, actual)
    return special if good is None else {"passed"} if good else {"failed"}


def holds_good(kind: str, expected: Any, actual: Any) -> bool | None:
    """Whether the observed is as expected, for kinds of checks that know no tolerance; None for any other kind."""
    if kind in {"absent", "present"}:
        return isinstance(actual, list) and any(same(expected[kind], one) for one in actual) == (kind == "present")
    if kind in {"accepted", "refused"}:
        answers = actual.get("answers", [actual])
        codes, any_ = expected.get("code", "").split(" or "), expected.get("code") == "any stated reason"
        right = all(one["status"] in expected["status"].split(" or ") for one in answers)
        given = [{str(reason).partition(":")[0].strip() for reason in one["reasons"]} for one in answers]
        why = kind == "accepted" or all(bool(reasons) if any_ else bool(reasons & set(codes)) for reasons in given)
        return right and why and ("unchanged" not in expected or same(expected["unchanged"], actual.get("unchanged")))
    if kind == "in_order":
        rest = iter(actual)
        return all(any(same(member, other) for other in rest) for member in expected)
    return None


def compare(expected: Any, actual: Any, tolerance: str | None) -> set[str]:
    """Two values: the same, or with a tolerance not further apart than it. What is within it but not the same may have
    failed all the same (texts that look like numbers are texts): replay tells."""
    if same(expected, actual):
        return {"passed"}
    return {"passed", "failed"} if tolerance is not None and is_close(expected, actual, tolerance) else {"failed"}


def is_close(one: Any, other: Any, tolerance: str) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(is_close(one[key], other[key], tolerance) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return False
        in_order = all(is_close(a, b, tolerance) for a, b in zip(one, other, strict=True))
        return in_order or (may_be_set(one) and may_be_set(other) and pair_up(one, other, tolerance))
    first, second, most = (measure(value) for value in (one, other, tolerance))
    if first is None or second is None or most is None:
        return same(one, other)
    return abs(first - second) <= most


def may_be_set(members: list[Any]) -> bool:
    """Sets are recorded in canonical order."""
    texts = [canonical(member) for member in members]
    return texts == sorted(texts)


def pair_up(one: list[Any], other: list[Any], tolerance: str) -> bool:
    """Whether each member has a close one among the others, and each of those one here. Whether each has one to itself
    is left to replay, as all that lies within a tolerance."""
    return all(any(is_close(a, b, tolerance) for b in other) for a in one) and all(
        any(is_close(a, b, tolerance) for a in one) for b in other
    )


def measure(value: Any) -> Fraction | None:
    """A number as the record holds it (also as text, as a fraction, in seconds) or an instant in seconds."""
    text = str(value).removesuffix(" s")
    if isinstance(value, bool) or len(text) > 200:  # no number of a plant is longer
        return None
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d{1,3})?|-?\d+/[1-9]\d*", text):
        return Fraction(text)
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(text)
        since = (found if found.tzinfo else found.replace(tzinfo=UTC)) - datetime(1970, 1, 1, tzinfo=UTC)
        return Fraction(since // timedelta(microseconds=1), 10**6)
    return None


def walk(root: Path, below: str) -> Iterator[tuple[str, bool]]:
    """Every file at or below a folder of the pack, and whether it is a plain one; links are not followed."""
    for folder, folders, names in os.walk(root / below):
        for path in (Path(folder, name) for name in folders + names):
            if path.is_symlink() or not path.is_dir():
                yield path.relative_to(root).as_posix(), path.is_file() and not path.is_symlink()


def unsafe(name: str, root: Path | None = None) -> str | None:
    """Why a file name of a pack must not be opened; None if it may. Below ``root`` nothing on its way is a link."""
    parts = name.split("/")
    if not name or len(name) > LONGEST_NAME or "\\" in name or ":" in name or not name.isprintable():
        return "has a name that no pack uses: not opened"
    if name.startswith("/") or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the pack: not opened"
    path = root
    for part in parts if path is not None else ():
        path = path / part  # type: ignore[operator]
        if path.is_symlink():
            return "is or lies behind a link: not opened"
    return None


def shown(text: object, longest: int = 120) -> str:
    """Text as it may be printed: short, without control characters."""
    given = str(text)
    clean = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in given[:longest])
    return clean + ("…" if len(given) > longest else "")


def person_of(name: str) -> str:
    """A name whatever its case, blanks and Unicode form: written otherwise, it is the same person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except MALFORMED:
        return False
    return True


def instant(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError(f"{value} is an instant without a zone")
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


TABLES = {
    "key": {"keyid", "name", "role", "kind", "public", "certificate", "valid_from", "valid_until", "revoked_at"},
    "tsa": {"name", "certificate"},
}


def read_trust(text: str) -> dict[str, Any]:
    """The auditor's trust file. ValueError for a mistake in it: a field that is spelt wrongly must not be passed over,
    for a key whose revocation is not read would count."""
    trust = tomllib.loads(text)
    for table, entries in trust.items():
        if table not in TABLES or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise ValueError(f"{table!r} has no place in it: it holds [[key]] and [[tsa]] tables")
        for number, entry in enumerate(entries, 1):
            if unknown := sorted(set(entry) - TABLES[table]):
                valid = ", ".join(sorted(TABLES[table]))
                raise ValueError(f"{table} {number}: {', '.join(unknown)} unknown; valid are {valid}")
            needed = ("keyid", "name", "public") if table == "key" else ("certificate",)
            if missing := [name for name in needed if not isinstance(entry.get(name), str)]:
                raise ValueError(f"{table} {number}: {', '.join(missing)} missing; see 'syncproof key show'")
            for name in sorted({"valid_from", "valid_until", "revoked_at"} & set(entry)):
                instant(entry[name])
            if entry.get("kind", "person") not in {"person", "ci"}:
                raise ValueError(f"{table} {number}: kind is {entry['kind']!r}; valid are person and ci")
    return trust


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
        trust = read_trust(given.trust.read_text(encoding="utf-8")) if given.trust else {}
        verifier = Verifier(given.pack, given.ledger, given.head, trust)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    findings = verifier.verify()
    code = exit_code(findings)
    if given.json:
        print(json.dumps({"verified": code == 0, "findings": [asdict(one) for one in findings]}))
    else:
        for one in findings:
            print(f"{one.status:16}{one.check:12} {one.place}{': ' if one.place else ''}{one.message}")
    return code


if __name__ == "__main__":
    sys.exit(main())
