"""Everything that a view is made from: the record of a run, and what the ledger says of it.

Views are functions of this and of nothing else; the same dossier gives the same bytes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncproof.evidence import seal
from syncproof.evidence.acts import Act
from syncproof.evidence.execution import Deviation, Execution, Item
from syncproof.evidence.matrix import Matrix, claim_notice, matrix
from syncproof.evidence.reader import Event, Record, read_pack
from syncproof.evidence.signing.seen import SignatureSeen, signatures

BLANK = "No conclusion has been entered. It is for a person to say whether the system is fit for its intended use."


@dataclass(frozen=True, slots=True)
class Dossier:
    """One run. ``notice`` is what every view has to say when no approved protocol stands behind the run."""

    record: Record
    matrix: Matrix
    notice: str | None
    deviations: tuple[Deviation, ...]
    items: tuple[Item, ...]
    conclusion: Act | None
    signatures: tuple[SignatureSeen, ...]
    seal: str | None

    @property
    def started(self) -> Event:
        """The event with which the run began; empty in a record without one."""
        return self.record.first("run_started") or {}

    @property
    def run(self) -> int | None:
        """The number of the run."""
        return self.started.get("run")

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


def read_dossier(pack: Path) -> Dossier:
    """The dossier of a pack; what people entered is read from the ledger beside it."""
    record = read_pack(pack)
    run: int = (record.first("run_started") or {}).get("run", 0)
    execution = Execution(pack.parent)
    return Dossier(
        record=record,
        matrix=matrix(record),
        notice=claim_notice(record),
        deviations=tuple(one for one in execution.deviations.values() if one.run == run),
        items=() if run not in execution.records else tuple(execution.items(run)),
        conclusion=execution.conclusion(run),
        signatures=signatures(pack),
        seal=seal.of(pack),
    )
