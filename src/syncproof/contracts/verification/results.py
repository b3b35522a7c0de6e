"""What came of an interaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from syncproof.contracts.pact.difference import Difference

Verdict = Literal["verified", "failed", "error", "not supported"]
FAILED = ("failed", "error")


@dataclass(frozen=True, slots=True)
class Result:
    """``verified``: everything is as the contract says. ``failed``: it differs. ``error``: it could not be asked.
    ``not supported``: the system does not have what our own interaction asks for. ``pending`` ones may fail."""

    description: str
    system: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    reason: str | None = None
    place: str = ""
    pending: bool = False
    contract: str | None = None
    """The contract that one of our own interactions is about."""

    def plain(self) -> dict[str, Any]:
        """For a JSON document."""
        return {
            "description": self.description,
            "system": self.system,
            "verdict": self.verdict,
            "differences": [each.plain() for each in self.differences],
            **({"reason": self.reason} if self.reason else {}),
            "place": self.place,
            "pending": self.pending,
            "contract": self.contract,
        }


def counted(results: Iterable[Result]) -> list[Result]:
    """Those that decide: what is pending at the consumer may still fail."""
    return [each for each in results if not (each.pending and each.verdict in FAILED)]


def exit_code(results: Sequence[Result]) -> int:
    """0: all that was asked is verified. 1: something failed or was an error. 3: nothing was verified."""
    verdicts = {each.verdict for each in counted(results)}
    if verdicts & set(FAILED):
        return 1
    return 0 if "verified" in verdicts else 3


def document(results: Sequence[Result], *, landscape: str, contracts: Mapping[str, str]) -> dict[str, Any]:
    """All of it as one JSON document. ``contracts``: what was driven as it is here, SHA-256 of the schema by contract
    and version (others' files say nothing of it)."""
    return {
        "landscape": landscape,
        "interactions": [each.plain() for each in results],
        "contracts": dict(contracts),
        "verified": exit_code(results) == 0,
    }


def told(results: Sequence[Result]) -> str:
    """All of it for people: the differences below each interaction, then the count."""
    lines: list[str] = []
    for each in results:
        word = each.verdict if each.verdict in {"verified", "not supported"} else each.verdict.upper()
        lines.append(f"{word:13} {each.system}: {each.description}{' (pending)' if each.pending else ''}")
        lines += [f"    {each.reason}"] if each.reason and each.verdict != "verified" else []
        lines += [f"    {one.pointer or '/'}: {one.text} [{one.rule}]" for one in each.differences]
    return "\n".join([*lines, _count(results)])


def _count(results: Sequence[Result]) -> str:
    order = ("verified", "failed", "error", "not supported")
    counts = {verdict: sum(each.verdict == verdict for each in results) for verdict in order}
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return f"{len(results)} interactions: {said or 'nothing was verified'}"
