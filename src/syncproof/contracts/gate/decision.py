"""Whether a change may be released, with the one sentence that says why not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, get_args

from syncproof.contracts import declared
from syncproof.contracts.catalogue import fingerprint
from syncproof.contracts.gate.pairs import Pair, pairs
from syncproof.contracts.gate.sites import Site
from syncproof.contracts.verification.results import FAILED, Verdict
from syncproof.errors import ConfigurationError
from syncproof.evidence.core_verifier import MALFORMED

YES, NO, UNSAID = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of ``syncproof contracts verify --json``: interactions by verdict, the first that is not sound, and
    which contracts with which schema were kept."""

    file: str
    counts: dict[str, int]
    fault: str | None
    kept: frozenset[tuple[str, str]]
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """``code`` is the exit code: 0 yes, 1 no, 3 it cannot be said. ``why`` is the sentence."""

    sites: tuple[Site, ...]
    pairs: tuple[Pair, ...]
    verifications: tuple[Verification, ...]
    code: int
    why: str

    def plain(self) -> dict[str, Any]:
        """For a JSON document."""
        sites = [
            {
                "site": one.name,
                "pack": one.pack.name,
                "ended": one.ended,
                "fault": one.fault,
                "apart": list(one.apart),
            }
            for one in self.sites
        ]
        results = [{"file": one.file, "interactions": one.counts, "fault": one.fault} for one in self.verifications]
        return {
            "releasable": self.code == YES,
            "why": self.why,
            "sites": sites,
            "matrix": [_row(pair) for pair in self.pairs],
            "verification": results,
        }


def decide(sites: Sequence[Site], verifications: Sequence[Verification]) -> Decision:
    """The decision; whatever stands against it comes before what cannot be said."""
    found = tuple(pair for site in sites for pair in pairs(site))
    code, why = next(_reasons(sites, found, verifications), (YES, _released(sites, found)))
    return Decision(tuple(sites), found, tuple(verifications), code, why)


def _reasons(
    sites: Sequence[Site], found: Sequence[Pair], checked: Sequence[Verification]
) -> Iterator[tuple[int, str]]:
    for pair in found:
        if pair.state in {"break", "broken there"}:
            yield NO, f"not to {pair.site}: {pair.used.system} speaks {_name(pair)}, and {pair.because}"
    yield from ((NO, f"a provider does not keep its contract: {one.fault}") for one in checked if one.fault is not None)
    yield from ((UNSAID, f"nothing is known of {one.name}: {one.fault}") for one in sites if one.fault is not None)
    yield from ((UNSAID, f"it cannot be said for {pair.site}: {pair.because}") for pair in found if not pair.stands)
    for one in sites:
        if not one.in_use:
            text = "its latest pack holds no message that was held against a contract"
            yield UNSAID, f"nothing is known of {one.name}: {text}"
    yield from (
        (UNSAID, f"nothing is known of any provider: {one.file} verified nothing")
        for one in checked
        if not one.is_sound
    )
    give = "give the result of 'syncproof contracts verify --json' with --verified"
    if not checked:
        yield UNSAID, f"no provider was verified: {give}"
    for name in _unverified(found, checked):
        yield UNSAID, f"no provider of {name} was verified with the schema that is here: {give}"


def _unverified(found: Sequence[Pair], checked: Sequence[Verification]) -> Iterator[str]:
    """Contracts in use of which no result says that a provider keeps them as they are here."""
    kept = {contract for one in checked for contract in one.kept}
    for name, version in sorted({(pair.used.contract, pair.new or "") for pair in found} - {("", "")}):
        if name in declared.names() and (f"{name}:{version}", fingerprint(name, version)) not in kept:
            yield f"{name} {version}"


def verification(path: Path) -> Verification:
    """A result file; ConfigurationError if it is none."""
    try:
        return _verification(str(path), json.loads(path.read_text(encoding="utf-8")))
    except (OSError, *MALFORMED) as error:
        text = f"{path} is no result of 'syncproof contracts verify --json' ({type(error).__name__}: {error})"
        raise ConfigurationError(text) from None


def _verification(file: str, document: dict[str, Any]) -> Verification:
    said = [_Said(*(one[name] for name in _Said._fields)) for one in document["interactions"]]
    counts = {one.verdict: 0 for one in said}
    for one in said:
        counts[one.verdict] += 1
    if unknown := counts.keys() - {*get_args(Verdict)}:
        raise ValueError(f"there is no verdict {min(unknown)!r}")
    bad = next((one for one in said if one.verdict in FAILED and not one.pending), None)
    fault = None if bad is None else f"{bad.system}: {bad.description} ({bad.verdict})"
    driven = {one.contract for one in said if one.verdict == "verified"}
    kept = frozenset(each for each in document["contracts"].items() if each[0].rpartition(":")[0] in driven)
    is_sound = document["verified"] is True and "verified" in counts
    return Verification(f"{file} ({document['landscape']})", counts, fault, kept, is_sound)


class _Said(NamedTuple):
    """What a result file says of an interaction."""

    verdict: str
    system: str
    description: str
    pending: bool
    contract: str | None


def _released(sites: Sequence[Site], found: Sequence[Pair]) -> str:
    """With who has to move first: in that order, and in no other, every step of the way is safe."""
    orders = {(pair.first, f"{pair.used.contract} {pair.new}") for pair in found if pair.first is not None}
    first = ", ".join(f"{who} of {contract} first" for who, contract in sorted(orders))
    return f"may be released to {', '.join(site.name for site in sites)}{first and f': {first}'}"


def _name(pair: Pair) -> str:
    return f"{pair.used.contract} {pair.used.version}"


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "site": pair.site,
        "system": pair.used.system,
        "contract": pair.used.contract,
        "in_use": pair.used.version,
        "messages": pair.used.messages,
        "new": pair.new,
        "state": pair.state,
        "because": pair.because,
        "move_first": pair.first,
        "breaks": [one.plain() for one in pair.breaks],
    }
