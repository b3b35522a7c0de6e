"""Signing a pack: who may sign as what, and in which order.

Author first (whoever performed the run), then reviewer, then approver; three people (checklist rows 24, 34, 35).
CI signs the attestation as CI and never as a person.
"""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.errors import ConfigurationError, EvidenceError
from syncproof.evidence import seal
from syncproof.evidence.canonical import now_text, sha256
from syncproof.evidence.core_verifier import FAILED, Verifier
from syncproof.evidence.environment import performer
from syncproof.evidence.execution.acts import same_name
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import Record, read_pack
from syncproof.evidence.signing import documents, stamps, statements
from syncproof.evidence.signing.keys import KeyFile
from syncproof.evidence.signing.seen import FOLDER, SignatureSeen, signatures

MEANINGS = {
    "author": "I performed this execution or had it performed, and this is its record.",
    "reviewer": "I reviewed this record: it is complete, and its deviations are handled as it says.",
    "approver": "I approve this record for its stated purpose.",
}
"""What a signature means, as it is printed beside the name (21 CFR 11.50)."""
AS = tuple(MEANINGS)
_NOT_THE_RECORD = ("manifest", "signature")
"""Checks of the core verifier about files that may be made again, and about other people's signatures."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One act of signing: the pack, the key (a person's, or CI's for ``ci``), and as what."""

    pack: Path
    key: KeyFile
    capacity: str
    authority: str | None = None
    """Address of a time-stamp authority (RFC 3161)."""

    def sign(self, passphrase: str) -> Path:
        """Check that it is allowed, unlock the key, sign, and say so in the ledger. Returns the envelope's file.

        Raises EvidenceError if the record is not sealed or has been changed, ConfigurationError if this person may
        not sign as this or the passphrase is wrong.
        """
        sealed = self._sealed()
        if self.capacity == "ci":
            return self._as_ci(sealed, passphrase)
        record, before = read_pack(self.pack), signatures(self.pack)
        self._refuse(record, before)
        evidence = Evidence(self.pack.parent)
        facts, number = self._facts(record, evidence, before), self._number()
        envelope, private = statements.unsigned(statements.signature(sealed, facts)), self.key.unlock(passphrase)
        statements.sign(envelope, private, self.key.keyid)
        path = self.pack / FOLDER / f"{number:02d}-{self.capacity}.dsse.json"
        with _all_or_nothing(path):
            data = statements.write(path, envelope)
            if self.authority is not None:
                stamps.stamp(path, self.authority)
            if (self.pack / documents.REPORT).is_file():
                documents.sign_report(self.pack, number, facts, self.key, private, self.authority)
            evidence.note(self._act(facts, path, data))
        return path

    def _number(self) -> int:
        """One more than any file there has: what cannot be read is not overwritten either."""
        names = (one.name.partition("-")[0] for one in (self.pack / FOLDER).glob("*-*"))
        return 1 + max((int(name) for name in names if name.isdecimal()), default=0)

    def _sealed(self) -> str:
        sealed = seal.of(self.pack)
        if sealed is None:
            raise EvidenceError(f"{self.pack} has no seal: its run has not ended, and what goes on is not signed")
        ledger = Evidence(self.pack.parent).lines()
        stated = [line.get("seal") for line in ledger if line.get("pack") == self.pack.name and "seal" in line]
        if sealed not in stated:
            text = f"the ledger beside {self.pack} does not know its seal: a record that was changed is not signed"
            raise EvidenceError(f"{text}. See 'syncproof evidence verify {self.pack}'.")
        self._verified()
        return sealed

    def _verified(self) -> None:
        """EvidenceError if anything that the seal speaks of was changed: nobody signs a record that does not verify."""
        found = Verifier(self.pack, None, None, {}).verify()
        wrong = [one for one in found if one.status == FAILED and one.check not in _NOT_THE_RECORD]
        if wrong:
            first = f"{wrong[0].place}: {wrong[0].message}".strip(": ")
            text = f"{self.pack} does not verify and is not signed ({len(wrong)} findings, the first: {first})"
            raise EvidenceError(f"{text}. See 'syncproof evidence verify {self.pack}'.")

    def _as_ci(self, sealed: str, passphrase: str) -> Path:
        if self.key.kind != "ci":
            raise ConfigurationError(
                f"{self.key.path} is the key of {self.key.name}, a person: CI signs with one of its own"
            )
        path = self.pack / statements.ATTESTATION
        envelope, statement = statements.read(path)
        if statements.sealed_by(statement) != sealed:
            raise EvidenceError(f"{path} speaks of another record than this one: it is not signed")
        statements.sign(envelope, self.key.unlock(passphrase), self.key.keyid)
        statements.write(path, envelope)
        return path

    def _refuse(self, record: Record, before: tuple[SignatureSeen, ...]) -> None:
        if self.key.kind != "person":
            raise ConfigurationError(f"{self.key.path} is a CI key: a person signs with a key of their own")
        if performer()["kind"] == "ci":
            raise ConfigurationError("CI cannot sign as a person: sign with --as ci, or on the person's own machine")
        valid = [one for one in before if one.state == "signed"]
        if any(one.keyid == self.key.keyid or same_name(one.name, self.key.name) for one in valid):
            raise ConfigurationError(
                f"{self.key.name} has signed this pack already: author, reviewer and approver are three people"
            )
        if self.capacity in {one.capacity for one in valid}:
            raise ConfigurationError(f"this pack has been signed as {self.capacity} already")
        for earlier in AS[: AS.index(self.capacity)]:
            if earlier not in {one.capacity for one in valid}:
                raise ConfigurationError(f"nobody has signed as {earlier} yet: that comes before {self.capacity}")
        who = (record.first("run_started") or {}).get("who", {})
        if self.capacity != "author" and same_name(str(who.get("name")), self.key.name):
            raise ConfigurationError(f"{self.key.name} performed this run: somebody else reviews and approves it")

    def _facts(self, record: Record, evidence: Evidence, before: tuple[SignatureSeen, ...]) -> dict[str, Any]:
        head = evidence.ledger.head()
        views = ("index.html", "traceability.xlsx", "protocol.pdf", "summary.pdf")
        return {
            "name": self.key.name,
            "role": self.key.role,
            "as": self.capacity,
            "meaning": MEANINGS[self.capacity],
            "signed_at": now_text(),
            "keyid": self.key.keyid,
            "ledger": {"line": head.lines, "hash": head.hash},
            "after": [one.sha256 for one in before],
            "counts": (record.first("run_finished") or {}).get("counts"),
            "views": {name: sha256((self.pack / name).read_bytes()) for name in views if (self.pack / name).is_file()},
        }

    def _act(self, facts: dict[str, Any], path: Path, data: bytes) -> dict[str, Any]:
        return {
            "type": "signed",
            "run": (read_pack(self.pack).first("run_started") or {}).get("run"),
            "pack": self.pack.name,
            "who": {"kind": "person", "name": self.key.name, "role": self.key.role, "account": getpass.getuser()},
            "as": self.capacity,
            "reason": facts["meaning"],
            "file": path.relative_to(self.pack).as_posix(),
            "sha256": sha256(data),
        }


@contextmanager
def _all_or_nothing(path: Path) -> Iterator[None]:
    """A signature that could not be finished (no time stamp, no room) leaves nothing that looks like one."""
    try:
        yield
    except BaseException:
        stem = path.name.partition(".")[0]
        for one in (path, path.with_name(path.name + stamps.SUFFIX), path.with_name(f"{stem}.pdf")):
            one.unlink(missing_ok=True)
        raise
