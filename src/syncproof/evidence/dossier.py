"""Everything that a view is made from: the record of a run, and what the ledger says of it.

Views are functions of this and of nothing else; the same dossier gives the same bytes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.evidence import seal
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.items import Item, items
from syncproof.evidence.execution.register import read_history
from syncproof.evidence.ledger import Head, Ledger
from syncproof.evidence.matrix import Matrix, claim_notice, matrix
from syncproof.evidence.reader import Event, Record, read_pack
from syncproof.evidence.signing.seen import SignatureSeen, signatures

BLANK = "No conclusion has been entered. It is for a person to say whether the system is fit for its intended use."


@dataclass(frozen=True, slots=True)
class Dossier:
    """One run. ``notice`` is what every view has to say when no approved protocol stands behind the run; ``as_of`` the
    line of the ledger up to which acts of people and other runs are told; ``void`` what stands there about this run
    and does not count, and why; ``away`` are runs whose packs are not here."""

    record: Record
    matrix: Matrix
    notice: str | None
    deviations: tuple[Deviation, ...]
    items: tuple[Item, ...]
    conclusion: Act | None
    signatures: tuple[SignatureSeen, ...]
    seal: str | None
    as_of: Head
    void: tuple[tuple[Act, str], ...] = ()
    away: tuple[int, ...] = ()

    @property
    def started(self) -> Event:
        """The event with which the run began; empty in a record without one."""
        return self.record.first("run_started") or {}

    @property
    def run(self) -> int | None:
        """The number of the run."""
        return self.started.get("run")

    @property
    def told_until(self) -> str:
        """Up to where acts of people and other runs are told, in words."""
        if not self.as_of.lines:
            return "there is no ledger beside the pack"
        missing = f"; packs of runs {', '.join(map(str, self.away))} are not here" if self.away else ""
        return f"line {self.as_of.lines} ({self.as_of.hash[:12]}){missing}"

    @property
    def systems(self) -> list[Event]:
        """What every system said of itself, once each."""
        return list({event["system"]: event for event in self.record.of_type("system_identified")}.values())

    @property
    def protocols(self) -> dict[str, dict[str, Any]]:
        """The protocols in use."""
        found: dict[str, dict[str, Any]] = (self.record.first("plan") or {}).get("protocols", {})
        return found

    @property
    def ended(self) -> str | None:
        """When the run ended (UTC); None if that is not on record."""
        event = self.record.first("run_finished") or self.record.first("run_aborted")
        return None if event is None else str(event["at"])

    @property
    def counts(self) -> dict[str, int]:
        """How many scenarios came to which verdict, unadjusted."""
        found: dict[str, int] = {}
        for verdict in self.record.verdicts().values():
            found[verdict] = found.get(verdict, 0) + 1
        return dict(sorted(found.items()))


def read_dossier(pack: Path, until: int | None = None) -> Dossier:
    """The dossier of a pack; what people entered is read from the ledger beside it, up to a line of it."""
    record = read_pack(pack)
    run: Any = (record.first("run_started") or {}).get("run")
    history = read_history(pack.parent, until)
    return Dossier(
        record=record,
        matrix=matrix(record),
        notice=claim_notice(record),
        deviations=tuple(one for one in history.deviations.values() if one.run == run),
        items=tuple(items(history, run)) if run in history.runs else (),
        conclusion=history.conclusions.get(run),
        signatures=signatures(pack),
        seal=seal.of(pack),
        as_of=Ledger(pack.parent).head(until),
        void=tuple((act, why) for act, why in history.void if act.number("run") == run),
        away=tuple(one.number for one in history.ended() if not one.is_here),
    )
