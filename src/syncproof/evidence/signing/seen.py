"""The signatures that a pack holds, and whether they still speak of it.

Whether a key is the person's, only the auditor's trust file can say: :mod:`syncproof.evidence.core_verifier`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from syncproof.errors import EvidenceError
from syncproof.evidence import seal
from syncproof.evidence.canonical import sha256
from syncproof.evidence.signing import statements

FOLDER = "signatures"
State = Literal["signed", "changed after signing", "not signed"]


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """One signature as it is printed (checklist rows 30, 31): name, role, meaning, time (UTC, RFC 3339).

    ``capacity`` is author, reviewer or approver; ``state`` says whether the record is still the one that was signed;
    ``not signed`` is an envelope that claims a signature and holds none.
    """

    name: str
    role: str
    capacity: str
    meaning: str
    at: str
    keyid: str
    state: State
    file: str
    sha256: str


def signatures(pack: Path) -> tuple[SignatureSeen, ...]:
    """The people's signatures of a pack, in their order; what cannot be read as one is left to verify."""
    sealed = seal.of(pack)
    found = (_seen(path, pack, sealed) for path in sorted((pack / FOLDER).glob("*.dsse.json")))
    return tuple(one for one in found if one is not None)


def _seen(path: Path, pack: Path, sealed: str | None) -> SignatureSeen | None:
    try:
        envelope, statement = statements.read(path)
        said = statement["predicate"]
        return SignatureSeen(
            name=str(said["name"]),
            role=str(said["role"]),
            capacity=str(said["as"]),
            meaning=str(said["meaning"]),
            at=str(said["signed_at"]),
            keyid=str(said["keyid"]),
            state=_state(bool(envelope.signatures), statements.sealed_by(statement) == sealed),
            file=path.relative_to(pack).as_posix(),
            sha256=sha256(path.read_bytes()),
        )
    except (EvidenceError, KeyError):
        return None


def _state(is_signed: bool, is_same: bool) -> State:
    if not is_signed:
        return "not signed"
    return "signed" if is_same else "changed after signing"
