"""What somebody with write access can do to an evidence folder, and make good again up to some anchor."""

import json
from collections.abc import Callable
from pathlib import Path

from syncproof.evidence import manifest, seal
from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.reader import read_pack
from syncproof.evidence.signing import keys, statements

Line = dict
PASSPHRASE = "the attacker's own"


class Attacker:
    """Knows the format as well as we do; has no key that the auditor trusts."""

    def __init__(self, pack: Path) -> None:
        self.pack = pack
        self.folder = pack.parent
        self.journal = pack / "record" / "journal-main.ndjson"
        self.ledger = pack.parent / "ledger.ndjson"

    # --- edits ----------------------------------------------------------------------------------------

    def lines(self, path: Path) -> list[Line]:
        return [json.loads(line) for line in path.read_bytes().splitlines()]

    def edit(self, path: Path, change: Callable[[list[Line]], list[Line] | None]) -> None:
        """Change lines and leave the chain as it is."""
        lines = self.lines(path)
        lines = change(lines) or lines
        path.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))

    def events(self, type_: str, **fields: object) -> None:
        """Change fields in all events of a type of the journal."""
        self.edit(self.journal, lambda lines: [x | fields if x["type"] == type_ else x for x in lines])

    def body(self) -> Path:
        return min((self.pack / "exchanges").iterdir())

    # --- making good ----------------------------------------------------------------------------------

    def rechain(self, path: Path) -> None:
        """Number and chain the lines of a file anew."""
        prev, out = FIRST, []
        for number, line in enumerate(self.lines(path)):
            line |= {"prev": prev} | ({"seq": number} if "seq" in line else {})
            data = canonical(line)
            out.append(data + b"\n")
            prev = sha256(data)
        path.write_bytes(b"".join(out))

    def reseal(self) -> None:
        """Chain the journal and seal the pack anew, and list its files."""
        self.rechain(self.journal)
        old = json.loads((self.pack / seal.SEAL).read_bytes())
        place = old["ledger"] and (old["ledger"]["line"], old["ledger"]["hash"])
        seal.make(self.pack, old["run"], place, by=old["sealed_by"], ended=old["ended"])
        manifest.make(self.pack)

    def reledger(self) -> None:
        """Put the new seal into the ledger, chain it anew, and let the seal follow (its start may have moved)."""
        self.rechain(self.ledger)
        for number, line in enumerate(self.ledger.read_bytes().splitlines(), 1):
            event = json.loads(line)
            if event["type"] == "run_started" and event["pack"] == self.pack.name:
                old = json.loads((self.pack / seal.SEAL).read_bytes())
                place = (number, sha256(line))
                sealed = seal.make(self.pack, event["run"], place, by=old["sealed_by"], ended=old["ended"])
        manifest.make(self.pack)
        finished = next((x for x in self.lines(self.journal) if x["type"] == "run_finished"), {})
        counts = {"counts": finished["counts"]} if "counts" in finished else {}

        def renew(line: Line) -> Line:
            is_end = line["type"] in {"run_finished", "run_aborted"} and line["pack"] == self.pack.name
            return line | {"seal": sealed} | counts if is_end else line

        self.edit(self.ledger, lambda lines: [renew(line) for line in lines])
        self.rechain(self.ledger)
        statements.attest(read_pack(self.pack))

    def resign(self) -> None:
        """Sign the new seal under the old names with a key of their own, and let the ledger know those."""
        sealed = seal.of(self.pack)
        key = keys.create(self.folder.parent / "attacker.pem", "Jane Roe", "Validation engineer", PASSPHRASE)
        for path in sorted((self.pack / "signatures").glob("*.json")):
            _, statement = statements.read(path)
            facts = statement["predicate"] | {"keyid": key.keyid}
            envelope = statements.unsigned(statements.signature(sealed, facts))
            statements.sign(envelope, key.unlock(PASSPHRASE), key.keyid)
            data = statements.write(path, envelope)
            name = f"signatures/{path.name}"
            self.edit(
                self.ledger,
                lambda lines, n=name, d=data: [x | {"sha256": sha256(d)} if x.get("file") == n else x for x in lines],
            )
        self.rechain(self.ledger)

    def unsign(self) -> None:
        """Take the signatures away, and what the ledger says of them."""
        for path in (self.pack / "signatures").iterdir():
            path.unlink()
        self.edit(self.ledger, lambda lines: [line for line in lines if line["type"] != "signed"])
        self.rechain(self.ledger)
