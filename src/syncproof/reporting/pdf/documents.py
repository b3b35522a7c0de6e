"""What stands in the two documents. Both follow from the dossier alone."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from syncproof.evidence.dossier import BLANK, Dossier
from syncproof.evidence.files import written
from syncproof.evidence.reader import ScenarioRecord
from syncproof.reporting.clauses import clause_rows
from syncproof.reporting.pdf.archive import archive
from syncproof.reporting.pdf.sheet import SOFT, Sheet
from syncproof.reporting.text import instant, value_text

WARNING = (0.66, 0.11, 0.11)


Fill = Callable[[Sheet, Dossier], None]


def write_protocol(dossier: Dossier, path: Path) -> None:
    """The protocol execution record: every scenario with its steps, expected and actual values."""
    _write(dossier, path, f"Protocol execution record, run {dossier.run}", _protocol, wide=True)


def write_summary(dossier: Dossier, path: Path) -> None:
    """The summary report: scope, counts, deviations, gaps, conclusion and signatures."""
    _write(dossier, path, f"Validation summary report, run {dossier.run}", _summary, wide=False)


def _write(dossier: Dossier, path: Path, title: str, fill: Fill, *, wide: bool) -> None:
    footer = f"Syncproof · {dossier.record.path.name} · seal {dossier.seal or 'none'}"
    at = dossier.ended or dossier.started.get("at")
    date = datetime.fromisoformat(at) if at else datetime(1970, 1, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        draft, made = Path(folder) / "draft.pdf", Path(folder) / "made.pdf"
        _draw(draft, dossier, title, footer, fill, wide=wide)
        archive(draft, made, title, date)
        with written(path) as stream, made.open("rb") as source:
            shutil.copyfileobj(source, stream)


def _draw(path: Path, dossier: Dossier, title: str, footer: str, fill: Fill, *, wide: bool) -> None:
    sheet = Sheet(path, title, footer, wide=wide)
    sheet.heading(title, 18)
    if dossier.notice is not None:
        sheet.paragraph(dossier.notice.capitalize() + ".", bold=True, colour=WARNING)
    fill(sheet, dossier)
    sheet.save()


def _summary(sheet: Sheet, dossier: Dossier) -> None:
    _facts(sheet, dossier)
    sheet.heading("Systems under test")
    sheet.begin_table(("System", "Product", "Version", "Time zone"), (2, 4, 2, 3))
    for event in dossier.systems:
        said = event["identity"]
        sheet.row((event["system"], *(str(said.get(name) or "") for name in ("product", "version", "time_zone"))))
    sheet.end_table()
    sheet.heading("Protocols")
    for one in dossier.protocols.values():
        sheet.paragraph(f"{one['id']} {one['version']}: {one['title']}. {one['objective']} Scope: {one['scope']}")
        for criterion in one["acceptance"]:
            sheet.paragraph(f"Accepted when: {criterion}", colour=SOFT)
        approval = one["approval"]
        sheet.paragraph("Not approved." if approval is None else f"Approved: {approval['name']}, {approval['role']}, {approval['at']}: {approval['reason']}")  # fmt: skip
    sheet.heading("Result, counted from the record and not adjusted")
    sheet.facts((f"{count} requirements", state) for state, count in dossier.matrix.counts.items())
    sheet.facts((f"{count} scenarios", verdict) for verdict, count in dossier.counts.items())
    _rest(sheet, dossier)
    _deviations(sheet, dossier)
    _conclusion(sheet, dossier)
    _signatures(sheet, dossier)
    _clauses(sheet, dossier)


def _facts(sheet: Sheet, dossier: Dossier) -> None:
    started = dossier.started
    who, landscape, git = started.get("who", {}), started.get("landscape") or {}, started.get("git") or {}
    sheet.facts(
        (
            ("Run", f"{dossier.run}: {instant(started.get('at'))} to {instant(dossier.ended)}"),
            (
                "Performed by",
                f"{who.get('name', 'not on record')} ({who.get('kind', '?')}) on {started.get('host', '?')}",
            ),
            ("Landscape", f"{landscape.get('path', 'reference')}, SHA-256 {landscape.get('sha256', 'not on record')}"),
            (
                "Suite",
                f"{git.get('commit', 'no commit on record')}{', with uncommitted changes' if git.get('dirty') else ''}",
            ),
            ("Seal (SHA-256)", dossier.seal or "not sealed"),
        )
    )


def _rest(sheet: Sheet, dossier: Dossier) -> None:
    """What was not shown, and the risk that goes with it."""
    open_ = [row for row in dossier.matrix.rows if row.state not in {"verified", "unselected"}]
    sheet.heading("Gaps, restrictions and residual risk")
    if not open_:
        sheet.paragraph("Every requirement in scope is verified.")
        return
    sheet.begin_table(("Requirement", "State", "Risk", "Text, and what a person has to look at"), (2.2, 1.6, 1.2, 8))
    for row in open_:
        risk = (row.facts.get("risk") or {}).get("priority", "not assessed")
        why = row.facts.get("procedural")
        sheet.row((row.id, row.state, risk, row.text + (f"\nProcedural: {why}" if why else "")))
    sheet.end_table()


def _deviations(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Deviations")
    if not dossier.deviations:
        sheet.paragraph("This run opened no deviation.")
        return
    sheet.begin_table(("Deviation", "State", "Requirement", "Claim, scenario, what was done"), (1.2, 1.5, 2, 8))
    for one in dossier.deviations:
        told = [f"{instant(act.at)} {act.type} by {act.name} ({act.role}): {act.reason}" for act in one.acts]
        text = "\n".join([*one.event["claims"], f"{one.scenario}, step {one.event['step']}", *told])
        sheet.row((one.id, one.state, ", ".join(one.event["requirements"]), text))
    sheet.end_table()


def _conclusion(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Conclusion")
    found = dossier.conclusion
    if found is None:
        sheet.paragraph(BLANK, colour=SOFT)
        sheet.paragraph("\n" + "_" * 60 + "\n\n" + "_" * 60, colour=SOFT)
        return
    sheet.paragraph(found.reason)
    if found.fields.get("with_open"):
        sheet.paragraph(f"With {found.fields['open']} scenarios not settled: {found.fields['with_open']}")
    sheet.paragraph(f"{found.name}, {found.role}, {instant(found.at)}", colour=SOFT)


def _signatures(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Signatures")
    signed = {one.capacity: one for one in dossier.signatures}
    sheet.begin_table(("As", "Name", "Role", "Meaning", "Date and time", "State"), (1.4, 2.2, 2.2, 4, 2.6, 1.6))
    for capacity in ("author", "reviewer", "approver"):
        one = signed.get(capacity)
        cells = (
            ("", "", "", "", "not signed")
            if one is None
            else (one.name, one.role, one.meaning, instant(one.at), one.state)
        )
        sheet.row((capacity, *cells))
    sheet.end_table()


def _clauses(sheet: Sheet, dossier: Dossier) -> None:
    rows = clause_rows(dossier)
    if not rows:
        return
    sheet.heading("Clause index")
    sheet.paragraph("Syncproof is Part 11-capable. What remains procedural is yours.")
    sheet.begin_table(("No.", "Rule", "Source", "State", "Where"), (0.6, 4.6, 2.4, 1.6, 3.6))
    for row in rows:
        sheet.row((str(row.number), row.rule, row.source, row.state, " ".join([row.where, *row.files])))
    sheet.end_table()


def _protocol(sheet: Sheet, dossier: Dossier) -> None:
    _facts(sheet, dossier)
    items = {item.scenario: item.state for item in dossier.items}
    for id_, scenario in dossier.record.scenarios.items():
        _scenario(sheet, scenario, items.get(id_, ""))
    for id_ in (id_ for id_, verdict in dossier.record.verdicts().items() if verdict == "not run"):
        sheet.paragraph(f"{id_}: not run", colour=WARNING)
    _signatures(sheet, dossier)


def _scenario(sheet: Sheet, scenario: ScenarioRecord, state: str) -> None:
    sheet.heading(str(scenario.started.get("name", scenario.id)), 10)
    ended = None if scenario.finished is None else scenario.finished["at"]
    sheet.paragraph(
        f"{scenario.id} · {', '.join(scenario.requirements) or 'no requirement'} · {instant(scenario.started['at'])} to "
        f"{instant(ended)} · verdict: {scenario.verdict}{f' · over all runs: {state}' if state else ''}",
        size=7.5,
        colour=SOFT,
    )
    names = ("No.", "Action and claim", "Expected", "Actual", "Exchanges", "Verdict", "Start to end (UTC)")
    sheet.begin_table(names, (0.6, 5, 4, 4, 1.8, 1.3, 1.9))
    for step in scenario.steps:
        end = None if step.finished is None else step.finished["at"]
        times = f"{(step.started or '')[11:23]} to {(end or '')[11:23]}"
        sheet.row((str(step.number), f"{step.keyword} {step.text}", "", "", "", step.verdict, times))
        for number, check in enumerate(step.checks, 1):
            expected = value_text(check["expected"]) + (f" (within {check['tolerance']})" if check["tolerance"] else "")
            claim = f"{check['requirement']}: {check['claim']}"
            cells = (expected, value_text(check["actual"]), ", ".join(check["exchanges"]), check["verdict"], "")
            sheet.row((f"{step.number}.{number}", claim, *cells))
        if step.finished is not None and step.finished.get("error") and not step.checks:
            sheet.row(("", str(step.finished["error"]), "", "", "", "", ""))
    sheet.end_table()
