"""Reads the history of an evidence directory, and enters what people decide into its ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from syncproof.errors import ConfigurationError, EvidenceError
from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Person, act_of
from syncproof.evidence.execution.history import History, begun
from syncproof.evidence.execution.items import items
from syncproof.evidence.execution.rules import open_points, refusal
from syncproof.evidence.ledger import Ledger, Line


def read_history(directory: Path, until: int | None = None) -> History:
    """The runs and the acts that count, each judged as things stood where it stands; up to a line of the ledger."""
    return _read(directory, Ledger(directory).numbered(until))


@dataclass(frozen=True, slots=True)
class Register:
    """Where a person enters what they decide. Each of these raises ConfigurationError if a rule does not permit it,
    with what is missing, and then writes nothing; EvidenceError if the ledger cannot be written."""

    directory: Path
    person: Person

    def dispose(self, id_: str, reason: str, disposition: str, root_cause: str, owner: str) -> None:
        """Say what is to become of a deviation, why it came about, and who sees to it."""
        said = {"disposition": disposition, "root_cause": root_cause.strip(), "owner": owner.strip()}
        self._enter(acts.DISPOSED, reason, lambda history: [_about(history, id_) | said])

    def retest(self, id_: str, reason: str, run: int) -> None:
        """Name a later run that shows it mended."""
        self._enter(acts.RETESTED, reason, lambda history: [_about(history, id_) | {"retest_run": run}])

    def close(self, id_: str, reason: str) -> None:
        """Close a deviation."""
        self._enter(acts.CLOSED, reason, lambda history: [_about(history, id_)])

    def accept_gap(self, what: str, run: int, reason: str) -> list[str]:
        """Accept that a scenario, or those of a requirement that did not pass, could not be executed on what a run was
        made on; returns the scenarios."""
        return [
            line["scenario"]
            for line in self._enter(
                acts.GAP_ACCEPTED,
                reason,
                lambda history: [{"run": run, "scenario": id_} for id_ in _gaps(history, what, run)],
            )
        ]

    def conclude(self, run: int, text: str, with_open: str = "") -> None:
        """Enter the conclusion on a run. With something open, only together with a statement on that."""
        self._enter(acts.CONCLUDED, text, lambda history: [{"run": run} | _open(history, run, with_open)])

    def _enter(self, type_: str, reason: str, said: Callable[[History], list[Line]]) -> list[Line]:
        """Write acts, all or none."""
        ledger, who = Ledger(self.directory), self.person.facts()
        try:
            with ledger.lock:  # nothing may come between the check and the line
                history = _read(self.directory, ledger.numbered())
                lines = [{"type": type_, "who": who, "reason": reason.strip(), **fields} for fields in said(history)]
                for number, line in enumerate(lines, history.line + 1):
                    why = refusal(history, act_of(number, line))
                    if why is not None:
                        raise ConfigurationError(why)
                for line in lines:
                    ledger.append(line)
        except OSError as error:
            raise EvidenceError(f"{ledger.path} cannot be written: {error.strerror}") from None
        return lines


def _read(directory: Path, lines: list[tuple[int, Line]]) -> History:
    history = begun(directory, lines)
    for number, line in lines:
        if line["type"] in acts.TYPES:
            act = act_of(number, line)
            why = refusal(history, act)
            if why is None:
                history.take(act)
            else:
                history.void.append((act, why))
    return history


def _about(history: History, id_: str) -> Line:
    found = history.deviations.get(id_)
    return {"deviation": id_, "run": 0 if found is None else found.run}


def _open(history: History, run: int, with_open: str) -> Line:
    points = len(open_points(history, run)) if run in history.runs else 0
    return {"with_open": with_open.strip(), "open": points} if points and with_open.strip() else {}


def _gaps(history: History, what: str, run: int) -> list[str]:
    """The scenario of this id, or those that carry a requirement and are not settled."""
    known = items(history, run) if run in history.runs else []
    of_it = [one.scenario for one in known if not one.is_settled and what in _requirements(history, one.scenario)]
    return of_it or [what]


def _requirements(history: History, scenario: str) -> set[str]:
    return {id_ for run in history.runs.values() for id_ in run.outline.requirements(scenario)}
