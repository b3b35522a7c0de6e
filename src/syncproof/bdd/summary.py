"""The last lines on the terminal: verdicts, what was not supported and why, where the record lies."""

from collections import Counter

import pytest

from syncproof.bdd.run import Run
from syncproof.bdd.verdicts import NOT_SUPPORTED, PASSED


def write_summary(terminal: pytest.TerminalReporter, run: Run, faults: list[str]) -> None:
    """Say it in full only if scenarios were run."""
    if not run.verdicts and not faults:
        return
    terminal.section("syncproof")
    counts = Counter(run.verdicts.values())
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items(), key=_passed_first))
    # Workers that were broken off have not said what was written and selected.
    unselected = f"; {run.written - run.selected} unselected of {run.written} written" if run.written else ""
    terminal.write_line(f"scenarios: {told or 'none'}{unselected}")
    without = [id_ for id_, verdict in run.verdicts.items() if verdict == NOT_SUPPORTED]
    reasons = [run.reasons[id_].splitlines()[-1] for id_ in without]
    for reason, number in sorted(Counter(reasons).items()):
        terminal.write_line(f"not supported: {reason} ({number} scenario{'s' if number > 1 else ''})")
    for fault in faults:
        terminal.write_line(f"not green: {fault}", red=True)
    if run.pack is not None:
        terminal.write_line(f"record: {run.pack.path}")
    if run.head is not None:
        terminal.write_line(f"ledger head (keep it elsewhere): {run.head}")


def _passed_first(pair: tuple[str, int]) -> tuple[bool, str]:
    return pair[0] != PASSED, pair[0]
