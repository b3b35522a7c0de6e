"""The validation summary report: what was in scope, what came of it, what is left, and what people say to it."""

from collections.abc import Iterable
from typing import Any

from syncproof.evidence.dossier import BLANK, Dossier
from syncproof.evidence.execution.items import protocol_states
from syncproof.evidence.fitness import of_pack
from syncproof.evidence.matrix import Row
from syncproof.reporting.clauses import clause_rows
from syncproof.reporting.pdf import parts
from syncproof.reporting.pdf.sheet import SOFT, WARNING, Sheet
from syncproof.reporting.text import instant

STAMPS = 70
"""Points kept free at the foot of the last page: marks of electronic signatures are placed there."""


def fill(sheet: Sheet, dossier: Dossier) -> None:
    """All sections."""
    parts.run_facts(sheet, dossier)
    for section in (_systems, _scope, _protocols, _result, _gaps, _scenarios, _deviations, _power, _conclusion):
        section(sheet, dossier)
    parts.signatures(sheet, dossier)
    _clauses(sheet, dossier)
    sheet.room(STAMPS)


def _systems(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Systems under test")
    sheet.begin_table(("System", "Product", "Version", "Time zone"), (2, 4, 2, 3))
    for event in dossier.systems:
        said = event["identity"]
        sheet.row((event["system"], *(str(said.get(name) or "") for name in ("product", "version", "time_zone"))))
    sheet.end_table()


def _scope(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Scope")
    selection, verdicts = dossier.started.get("selection") or {}, dossier.record.verdicts()
    chosen = [f"{name}: {', '.join(values)}" for name, values in selection.items() if values and name != "keyword"]
    chosen += [f"keyword: {selection['keyword']}"] if selection.get("keyword") else []
    left = sum(verdict == "unselected" for verdict in verdicts.values())
    known = set((dossier.record.first("plan") or {}).get("requirements", {}))
    outside = known - {row.id for row in dossier.matrix.rows}
    sheet.facts(
        (
            ("Asked for", "; ".join(chosen) or "the whole suite"),
            ("Scenarios", f"{len(verdicts)} collected, {len(verdicts) - left} of them selected"),
            (
                "Requirements",
                f"{len(dossier.matrix.rows)} touched; {len(outside)} of the registry lie outside this run",
            ),
        )
    )
    sheet.blank("Retention class")


def _protocols(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Protocols")
    if not dossier.protocols:
        sheet.paragraph("No protocol is on record for this run.", colour=WARNING)
    used = [str(one.get("protocol")) for one in dossier.record.plan if one.get("selected")]
    for id_, one in dossier.protocols.items():
        sheet.paragraph(f"{one['id']} {one['version']} ({one['phase'].upper()}): {one['title']}", bold=True)
        facts = [("Objective", one["objective"]), ("Scope", one["scope"]), ("Scenarios", str(used.count(id_)))]
        facts += [("Accepted when", criterion) for criterion in one["acceptance"]]
        sheet.facts((*facts, ("Approval", _approval(one["approval"])), ("Content", one["hash"])))
        _items(sheet, one["items"])


def _approval(approval: dict[str, str] | None) -> str:
    if approval is None:
        return "not approved before the run"
    return f"{approval['name']}, {approval['role']}, {approval['at']}: {approval['meaning']} {approval['reason']}"


def _items(sheet: Sheet, items: Iterable[dict[str, str]]) -> None:
    sheet.begin_table(("Features", "Intended use", "Accepted when"), (4, 3, 5))
    for item in items:
        sheet.row((item["select"], item["intended_use"], item["criterion"]))
    sheet.end_table()


def _result(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Result, counted from the record and not adjusted")
    sheet.begin_table(("Counted", "Number", "Of"), (4, 1, 1))
    for name, counts in (("Requirements", dossier.matrix.counts), ("Scenarios", dossier.counts)):
        for state, count in counts.items():
            sheet.row((f"{name}: {state}", str(count), str(sum(counts.values()))))
    sheet.row(("Deviations that this run opened", str(len(dossier.deviations)), ""))
    closed = sum(one.state == "closed" for one in dossier.deviations)
    sheet.row(("Deviations closed", str(closed), str(len(dossier.deviations))))
    sheet.row(
        ("Scenarios that carry no requirement", str(len(dossier.matrix.orphans)), str(sum(dossier.counts.values())))
    )
    for protocol, states in protocol_states(dossier.items).items():
        for state, count in sorted(states.items()):
            sheet.row((f"{protocol or 'no protocol'} over all runs: {state}", str(count), str(states.total())))
    stale = sum(link.review == "stale" for row in dossier.matrix.rows for link in row.links)
    sheet.row(("Links to a requirement whose text changed since they were reviewed", str(stale), ""))
    sheet.end_table()


def _gaps(sheet: Sheet, dossier: Dossier) -> None:
    """What was not shown, and the risk that goes with it."""
    open_ = [row for row in dossier.matrix.rows if row.state not in {"verified", "unselected"}]
    sheet.heading("Gaps, restrictions and residual risk")
    if not open_:
        sheet.paragraph("Every requirement that this run touched is verified.")
        return
    names = ("Requirement", "State", "Class", "S, P, D", "Text, and what a person has to look at")
    sheet.begin_table(names, (2.2, 1.6, 1.4, 1.4, 8))
    for row in open_:
        sheet.row((row.id, row.state, *_risk(row), _text(row)))
    sheet.end_table()


def _risk(row: Row) -> tuple[str, str]:
    risk: dict[str, Any] | None = row.facts.get("risk")
    if risk is None:
        return "not assessed", ""
    return str(risk["priority"]), ", ".join(str(risk[name]) for name in ("severity", "probability", "detectability"))


def _text(row: Row) -> str:
    why, effect = row.facts.get("procedural"), (row.facts.get("risk") or {}).get("effect")
    more = [f"Procedural: {why}"] if why else []
    return "\n".join([row.text, *([f"If it does not hold: {effect}"] if effect else []), *more])


def _scenarios(sheet: Sheet, dossier: Dossier) -> None:
    """With their state over all runs, and who accepted a gap."""
    sheet.heading("Scenarios that did not pass")
    items, verdicts = {item.scenario: item for item in dossier.items}, dossier.record.verdicts()
    missed = {id_: verdict for id_, verdict in verdicts.items() if verdict not in {"passed", "unselected"}}
    if not missed:
        sheet.paragraph("Every scenario that was selected passed.")
        return
    sheet.begin_table(("Scenario", "Verdict", "Over all runs", "Reason"), (5, 1.4, 2, 5))
    for id_, verdict in missed.items():
        item, scenario = items.get(id_), dossier.record.scenarios.get(id_)
        act = None if item is None else item.act
        by = f"\n{act.name} ({act.role}), {instant(act.at)}: {act.reason}" if act is not None else ""
        reason = (scenario.reason if scenario is not None else None) or "did not begin or did not end"
        first = reason.partition("\n")[0]  # the whole of it stands in the protocol execution record
        sheet.row((id_, verdict, item.state if item is not None else "", first + by))
    sheet.end_table()


def _deviations(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Deviations")
    if dossier.deviations:
        parts.deviations(sheet, dossier.deviations)
    else:
        sheet.paragraph("This run opened no deviation.")
    for act, why in dossier.void:
        sheet.paragraph(f"Line {act.line} of the ledger, {act.type} by {act.name or 'nobody'}, does not count: {why}")


def _conclusion(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading("Conclusion")
    found = dossier.conclusion
    if found is None:
        sheet.paragraph(BLANK, colour=SOFT)
        for name in ("Conclusion", "", "Name and role", "Date"):
            sheet.blank(name)
        return
    sheet.paragraph(found.reason)
    if found.fields.get("with_open"):
        sheet.paragraph(f"With {found.fields['open']} scenarios not settled: {found.fields['with_open']}")
    sheet.paragraph(f"{found.name}, {found.role}, {instant(found.at)}", colour=SOFT)


def _power(sheet: Sheet, dossier: Dossier) -> None:
    """How fit the tests themselves were found."""
    sheet.heading("Test power of the suite")
    told = of_pack(dossier.record)
    if told is None:
        sheet.paragraph("It was not measured before this run.")
        return
    differs = ", ".join(told.differs(dossier.started))
    sheet.paragraph(f"{told.figure} Measured {instant(told.at)}.")
    if differs:
        sheet.paragraph(f"Contents of this run differ in: {differs}. Measure it again.", colour=WARNING)


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
