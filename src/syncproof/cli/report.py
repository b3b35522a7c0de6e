"""What a run came to, in one object, in a few lines, and as an exit code."""

from collections import Counter
from typing import Any

import click

from syncproof.evidence.matrix import claim_notice, matrix, unclaimed
from syncproof.evidence.reader import Record

VERIFIED, FAILED, INCOMPLETE = 0, 1, 3
UNENDED = "aborted: its end is not on record"
KILLED = "its end is not on record: it was killed, or still runs"
MANY, LONG = 20, 6
"""How many causes are shown, and how many lines of each."""
UNDECIDED = ("aborted", "blocked", "not run", "awaiting a person")

Summary = dict[str, Any]


def summarise(record: Record) -> Summary:
    """Counts of scenarios and the state of every requirement, from the record alone. Of a run of the
    whole suite, a requirement in scope that no scenario carries is a gap."""
    verdicts, seconds = record.verdicts(), record.seconds
    found = matrix(record)
    return {
        "scenarios": dict(sorted(Counter(verdicts.values()).items())),
        "requirements": {row.id: row.state for row in found.rows},
        "stale": sorted({row.id for row in found.rows for link in row.links if link.review == "stale"}),
        "qualification_claim": claim_notice(record),
        "unclaimed": unclaimed(record),
        "reasons": {
            id: scenario.reason or UNENDED
            for id, scenario in record.scenarios.items() if scenario.verdict != "passed"
        },
        "aborted": _aborted(record),
        "faults": list((record.first("run_finished") or {}).get("faults", ())),
        "seconds": None if seconds is None else round(seconds, 1),
        "pack": str(record.path.resolve()),
    }  # fmt: skip


def _aborted(record: Record) -> str | None:
    """Why the run was aborted; None if it came to its end."""
    told = record.first("run_aborted")
    if told is not None:
        return str(told["reason"])
    return None if record.first("run_finished") else KILLED


def exit_code(summary: Summary, *, strict: bool, green: bool) -> int:
    """0 all in scope verified, 1 something failed, 3 incomplete."""
    scenarios, requirements = summary["scenarios"], summary["requirements"].values()
    if scenarios.get("failed"):
        return FAILED
    if any(scenarios.get(verdict) for verdict in UNDECIDED) or "verified" not in requirements:
        return INCOMPLETE
    if strict and (scenarios.get("not supported") or "gap" in requirements):
        return INCOMPLETE
    if summary["aborted"] or summary["faults"] or not green:
        return INCOMPLETE  # the run did not come to its end, or its numbers do not add up; its own output says where
    return VERIFIED


def show(summary: Summary, page: str, *, err: bool) -> None:
    """A few lines for a person."""
    counts = Counter(summary["requirements"].values())
    click.echo("", err=err)
    click.echo(f"Requirements: {_told(counts)}", err=err)
    took = "" if summary["seconds"] is None else f" in {summary['seconds']} s"
    click.echo(f"Scenarios:    {_told(summary['scenarios'])}{took}", err=err)
    if summary["aborted"]:
        click.echo(f"Aborted:      {summary['aborted']}; what was recorded before is kept", err=err)
    for fault in summary["faults"]:
        click.echo(f"Not green:    {fault}", err=err)
    _show_reasons(summary["reasons"], err=err)
    if summary["stale"]:
        click.echo(f"Stale:        {', '.join(summary['stale'])}: reviewed for another text", err=err)
    if summary["qualification_claim"]:
        click.echo(f"Note:         {summary['qualification_claim']} ({summary['unclaimed']})", err=err)
    click.echo(f"Record:       {summary['pack']}", err=err)
    click.echo(f"Report:       {page}", err=err)
    click.echo(f"Evidence:     {summary['pack']}/index.html", err=err)
    if "ledger_head" in summary:
        click.echo(f"Ledger head:  {summary['ledger_head']} (keep it outside the evidence folder)", err=err)


def _show_reasons(reasons: dict[str, str], *, err: bool) -> None:
    """Each cause once, with the first place where it showed."""
    causes: dict[str, list[str]] = {}
    for id, reason in reasons.items():
        place, _, cause = reason.partition("\n")
        causes.setdefault(cause or place, []).extend((id, place))
    for cause, (id, place, *others) in list(causes.items())[:MANY]:
        more = f" (and {len(others) // 2} more)" if others else ""
        click.echo(f"  {id}{more}", err=err)
        for line in dict.fromkeys([place, *cause.splitlines()[:LONG]]):
            click.echo(f"      {line}", err=err)
    if len(causes) > MANY:
        click.echo(f"  and {len(causes) - MANY} other causes: see the report", err=err)


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in sorted(counts.items()) if number) or "none"
