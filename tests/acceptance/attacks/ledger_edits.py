"""Edits of the ledger, of signatures and of other packs; some by people whose keys the auditor trusts."""

import json
import shutil
from collections.abc import Callable

from syncproof.evidence.canonical import now_text, sha256
from syncproof.evidence.signing import keys, statements
from tests.acceptance.attacks.attacker import Attacker, Line
from tests.acceptance.attacks.folder import PASSPHRASE
from tests.acceptance.attacks.record_edits import EVERY, called

Edit = Callable[[Attacker], None]


def lines(change: Callable[[list[Line]], list[Line]]) -> Edit:
    """The lines of the ledger, chained anew."""

    def edit(a: Attacker) -> None:
        a.edit(a.ledger, change)
        a.rechain(a.ledger)

    return edit


def other_line(type_: str, run: int) -> Edit:
    """A line that signatures have seen is edited."""
    return lines(lambda all_: [x | {"note": "as told"} if (x["type"], x["run"]) == (type_, run) else x for x in all_])


def last_line(old: bytes, new: bytes) -> Edit:
    """Bytes of the last line."""

    def edit(a: Attacker) -> None:
        *before, last = a.ledger.read_bytes().splitlines(keepends=True)
        assert old in last
        a.ledger.write_bytes(b"".join([*before, last.replace(old, new, 1)]))

    return edit


def ambiguous_end(a: Attacker) -> None:
    """A key twice in the last line, which looks as if a crash had torn it off."""
    last_line(b'"run":3', b'"run":2,"run":3')(a)
    a.ledger.write_bytes(a.ledger.read_bytes().rstrip())


def unsign(a: Attacker) -> None:
    """A signature is taken out of its envelope, and the ledger follows."""
    path = a.pack / "signatures" / "02-reviewer.dsse.json"
    data = json.dumps(json.loads(path.read_bytes()) | {"signatures": []}).encode()
    path.write_bytes(data)
    name, new = f"signatures/{path.name}", {"sha256": sha256(data)}
    lines(lambda all_: [x | new if x.get("file") == name else x for x in all_])(a)


def cut_before_end(a: Attacker) -> None:
    """All that follows the start of the second run."""
    a.edit(a.ledger, lambda found: found[:3])
    [later] = a.folder.glob("0003-*")
    shutil.rmtree(later)


def empty_other(a: Attacker) -> None:
    [other] = a.folder.glob("0002-*")
    shutil.rmtree(other / "record")


def reseal_other(a: Attacker) -> None:
    """The record of the failed run is edited and sealed anew."""
    [other] = a.folder.glob("0002-*")
    b = Attacker(other)
    called("passed", *EVERY)(b)
    b.reseal()


def stray(a: Attacker) -> None:
    (a.pack / "signatures" / "approval.html").write_text("approved")


def signed_by(capacity: str, key: str, name: str | None = None, **changed: object) -> Edit:
    """A signature is given anew by somebody whose key the auditor trusts, and entered into the ledger."""

    def edit(a: Attacker) -> None:
        folder = a.folder.parent
        if name is not None:
            made = keys.create(folder / f"{key}.pem", name, "Operator", PASSPHRASE)
            with (folder / "trust.toml").open("a") as stream:
                stream.write(keys.trust_entry(made))
        signer = keys.read(folder / f"{key}.pem")
        [path] = (a.pack / "signatures").glob(f"*-{capacity}.dsse.json")
        _, statement = statements.read(path)
        own = {"name": signer.name, "role": signer.role, "keyid": signer.keyid, "signed_at": now_text()}
        sealed = statement["subject"][0]["digest"]["sha256"]
        envelope = statements.unsigned(statements.signature(sealed, statement["predicate"] | own | changed))
        statements.sign(envelope, signer.unlock(PASSPHRASE), signer.keyid)
        new = {"sha256": sha256(statements.write(path, envelope))}
        lines(lambda all_: [x | new if x.get("file") == f"signatures/{path.name}" else x for x in all_])(a)

    return edit


def signed_too_early(a: Attacker) -> None:
    """The reviewer has seen the ledger as it was when the run had only started."""
    raw = a.ledger.read_bytes().splitlines()
    at = next(n for n, line in enumerate(raw, 1) if (x := json.loads(line))["type"] == "run_started" and x["run"] == 3)
    signed_by("reviewer", "reviewer", ledger={"line": at, "hash": sha256(raw[at - 1])})(a)
