"""Whether a change may be released, with the one sentence that says why not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.contracts.gate.pairs import Pair, pairs
from syncproof.contracts.gate.sites import Site
from syncproof.errors import ConfigurationError

YES, NO, UNSAID = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of ``syncproof contracts verify --json``: interactions by verdict, and the first that is not sound."""

    file: str
    counts: dict[str, int]
    fault: str | None


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
            {"site": one.name, "pack": one.pack.name, "ended": one.ended, "fault": one.fault} for one in self.sites
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
    code, why = next(_reasons(sites, found, verifications), (YES, _released(sites)))
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
    if not checked:
        yield UNSAID, "no provider was verified: give the result of 'syncproof contracts verify --json' with --verified"


def verification(path: Path) -> Verification:
    """A result file; ConfigurationError if it is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        verdicts = [(one["verdict"], one) for one in document["interactions"]]
        counts = {verdict: sum(said == verdict for said, _ in verdicts) for verdict, _ in verdicts}
        is_sound = document["verified"] is True
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = f"{path} is no result of 'syncproof contracts verify --json' ({type(error).__name__}: {error})"
        raise ConfigurationError(text) from None
    bad = next((one for verdict, one in verdicts if verdict in {"failed", "error"} and not one.get("pending")), None)
    if bad is not None:
        return Verification(str(path), counts, f"{bad['system']}: {bad['description']} ({bad['verdict']})")
    return Verification(str(path), counts, None if is_sound else "nothing was verified")


def _released(sites: Sequence[Site]) -> str:
    return f"may be released to {', '.join(site.name for site in sites)}"


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
        "breaks": [one.plain() for one in pair.breaks],
    }
