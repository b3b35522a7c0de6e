"""The traceability workbook: matrix both ways, steps and checks, deviations, risks, clauses.

Every cell is written as text, so that nothing in it is ever computed. A sheet that is full goes on in the next one.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from syncproof.evidence.dossier import BLANK, Dossier
from syncproof.evidence.files import written
from syncproof.evidence.fitness import of_pack
from syncproof.evidence.matrix import unclaimed
from syncproof.reporting.clauses import clause_rows
from syncproof.reporting.text import cut, instant, value_text, visible
from syncproof.reporting.wire import coverage

LONGEST_CELL, LAST_ROW = 32_767 - 100, 1_048_576
"""What a workbook can hold (Excel specifications and limits)."""
Columns = Sequence[tuple[str, int]]
Table = tuple[str, Columns, Iterable[Sequence[str]]]


def write(dossier: Dossier, path: Path) -> None:
    """Write the workbook; EvidenceError if that fails."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        book = xlsxwriter.Workbook(str(made), options)
        _properties(book, dossier)
        head = book.add_format({"bold": True, "bg_color": "#E9EDF1", "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for table in _tables(dossier):
            _sheets(book, table, head, body)
        for sheet in book.worksheets():
            _print_set_up(sheet, dossier)
        book.close()
        with written(path) as stream:
            stream.write(made.read_bytes())


def _properties(book: Any, dossier: Dossier) -> None:
    at = dossier.ended or dossier.started.get("at") or "1970-01-01T00:00:00Z"
    created = datetime.fromisoformat(at).replace(tzinfo=None)
    book.set_properties({"title": f"Traceability, run {dossier.run}", "author": "Syncproof", "created": created})


def _print_set_up(sheet: Any, dossier: Dossier) -> None:
    """What stands on every printed page: the warning, the seal, page x of y."""
    sheet.set_header(f"&L&A, run {dossier.run}&R{dossier.notice or ''}")
    sheet.set_footer(f"&L&8seal {dossier.seal or 'none'}&R&8page &P of &N")


def _sheets(book: Any, table: Table, head: Any, body: Any) -> None:
    name, columns, rows = table
    sheet, at, part = _sheet(book, name, columns, head), 1, 1
    for row in rows:
        if at == LAST_ROW:
            part += 1
            sheet, at = _sheet(book, f"{name} {part}", columns, head), 1
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, _cell(cell), body)
        at += 1
    if at > 1:
        sheet.autofilter(0, 0, at - 1, len(columns) - 1)


def _cell(text: str) -> str:
    """``text`` as a cell can hold it: invisible characters shown, and cut where it is longer, which it says."""
    shown = visible(text)
    if len(shown) <= LONGEST_CELL // 2:  # the limit counts UTF-16 units: two of them for some characters
        return shown
    if len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return shown
    return cut(shown, LONGEST_CELL if shown.isascii() else LONGEST_CELL // 2)


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], head: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, (title, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    return sheet


def _tables(dossier: Dossier) -> Iterator[Table]:
    yield "Summary", (("What", 28), ("Value", 90)), _summary(dossier)
    columns: Columns
    columns = (("Requirement", 16), ("Text", 70), ("Version", 9), ("Text hash", 22), ("Source", 40), ("GxP", 6), ("Priority", 10), ("Risk", 10), ("State", 12), ("Scenario", 70), ("Verdict", 14), ("Link", 14), ("Procedural", 40))  # fmt: skip
    yield "Requirements", columns, _requirements(dossier)
    columns = (("Scenario", 80), ("Verdict", 14), ("Over all runs", 20), ("Requirements", 40), ("Protocol", 12), ("Started (UTC)", 24), ("Finished (UTC)", 24), ("Reason", 70))  # fmt: skip
    yield "Scenarios", columns, _scenarios(dossier)
    columns = (("Scenario", 60), ("Step", 6), ("Action", 50), ("Requirement", 16), ("Claim", 50), ("Kind", 10), ("Expected", 50), ("Actual", 50), ("Tolerance", 10), ("Verdict", 12), ("Started (UTC)", 24), ("Finished (UTC)", 24), ("Exchanges", 30))  # fmt: skip
    yield "Steps and checks", columns, _checks(dossier)
    columns = (("System", 12), ("Operation", 32), ("Part", 10), ("Outcome", 12), ("Contract", 24), ("Messages", 10), ("Broken", 8))  # fmt: skip
    yield "Messages", columns, _messages(dossier)
    columns = (("Defect", 12), ("State", 16), ("What was seeded", 70), ("Reported in", 40), ("Requirement", 16), ("Scenario", 70), ("Expected", 50), ("Actual", 50))  # fmt: skip
    yield "Test power", columns, _power(dossier)
    columns = (("Deviation", 12), ("State", 14), ("Requirements", 18), ("Scenario", 60), ("Step", 6), ("Claims", 60), ("Exchanges", 30), ("What was done", 80))  # fmt: skip
    yield "Deviations", columns, _deviations(dossier)
    columns = (("Requirement", 16), ("Failure mode", 50), ("Effect", 50), ("Severity", 9), ("Probability", 10), ("Detectability", 12), ("Class", 9), ("Priority", 9), ("Test depth", 60), ("Result", 12))  # fmt: skip
    yield "Risks", columns, _risks(dossier)
    columns = (("No.", 6), ("Rule", 60), ("Source", 30), ("State", 18), ("Where", 60), ("Files", 50))
    rows = ((str(r.number), r.rule, r.source, r.state, r.where, "\n".join(r.files)) for r in clause_rows(dossier))
    yield "Clause index", columns, rows


def _summary(dossier: Dossier) -> Iterator[tuple[str, str]]:
    started = dossier.started
    yield "Run", str(dossier.run)
    yield "Note", _note(dossier)
    yield "Copy", "This workbook is a copy made for reading. The original is the record that the seal names."
    yield "Started", instant(started.get("at"))
    yield "Ended", instant(dossier.ended)
    yield "Performed by", f"{started.get('who', {}).get('name')} ({started.get('who', {}).get('kind')})"
    yield "Landscape", value_text(started.get("landscape"))
    yield "Suite", value_text(started.get("git"))
    yield "Seal (SHA-256)", dossier.seal or "not sealed"
    yield "Ledger told up to", dossier.told_until
    for event in dossier.systems:
        said = event["identity"]
        yield f"System {event['system']}", f"{said.get('product')} {said.get('version')}, {said.get('time_zone')}"
    yield "Versions", value_text(started.get("versions"))
    for protocol in dossier.protocols.values():
        name = f"Protocol {protocol['id']} {protocol['version']}"
        yield name, f"{protocol['title']}. {_approved(protocol['approval'])}"
    yield from ((f"Requirements {state}", str(count)) for state, count in dossier.matrix.counts.items())
    yield from ((f"Scenarios {verdict}", str(count)) for verdict, count in dossier.counts.items())
    found = dossier.conclusion
    yield "Conclusion", BLANK if found is None else f"{found.reason} ({found.name}, {found.role}, {instant(found.at)})"
    if found is not None and "with_open" in found.fields:
        yield f"With {found.fields['open']} not settled", found.fields["with_open"]
    for one in dossier.signatures:
        yield f"Signed as {one.capacity}", f"{one.name}, {one.role}, {instant(one.at)}: {one.meaning} ({one.state})"


def _note(dossier: Dossier) -> str:
    if dossier.notice is None:
        return "all protocols in use were approved beforehand"
    return f"{dossier.notice} ({unclaimed(dossier.record)})"


def _approved(approval: dict[str, str] | None) -> str:
    if approval is None:
        return "Not approved before the run."
    return f"Approved by {approval['name']}, {approval['role']}, {approval['at']}: {approval['reason']}"


def _requirements(dossier: Dossier) -> Iterator[Sequence[str]]:
    """A line for each link; one for a requirement or scenario without."""
    for row in dossier.matrix.rows:
        facts, source = row.facts, row.facts.get("source") or {}
        risk = (facts.get("risk") or {}).get("priority", "not assessed")
        left = (row.id, row.text, str(facts.get("version", "")), str(facts.get("hash", "")), f"{source.get('title', '')}, {source.get('section', '')}", "yes" if facts.get("gxp") else "no", str(facts.get("priority", "")), risk, row.state)  # fmt: skip
        for link in row.links:
            yield (*left, link.scenario, link.verdict, link.review, facts.get("procedural") or "")
        if not row.links:
            yield (*left, "", "", "", facts.get("procedural") or "")
    for orphan in dossier.matrix.orphans:
        yield ("no requirement", *[""] * 8, orphan.scenario, orphan.verdict, "", "")


def _scenarios(dossier: Dossier) -> Iterator[Sequence[str]]:
    by_scenario, plan = dossier.matrix.by_scenario, {one["id"]: one for one in dossier.record.plan}
    items = {item.scenario: item.state for item in dossier.items}
    for id_, verdict in dossier.record.verdicts().items():
        scenario = dossier.record.scenarios.get(id_)
        times = ("", "") if scenario is None else (scenario.started["at"], (scenario.finished or {}).get("at") or "")
        reason = (scenario.reason if scenario is not None else None) or ""
        protocol = str(plan.get(id_, {}).get("protocol") or "")
        yield id_, verdict, items.get(id_, ""), ", ".join(by_scenario.get(id_, ())), protocol, *times, reason


def _checks(dossier: Dossier) -> Iterator[Sequence[str]]:
    for scenario in dossier.record.scenarios.values():
        for step in scenario.steps:
            ended = (step.finished or {}).get("at") or ""
            left = (scenario.id, str(step.number), f"{step.keyword} {step.text}")
            yield (*left, "", "", "", "", "", "", step.verdict, step.started or "", ended, "")
            for check in step.checks:
                said = (
                    check["requirement"],
                    check["claim"],
                    check["kind"],
                    value_text(check["expected"]),
                    value_text(check["actual"]),
                )
                yield (
                    *left,
                    *said,
                    check["tolerance"] or "",
                    check["verdict"],
                    check["at"],
                    "",
                    ", ".join(check["exchanges"]),
                )


def _messages(dossier: Dossier) -> Iterator[Sequence[str]]:
    """Operation, outcome and contract version; 0 messages where it was not exercised."""
    for one in coverage(dossier.record):
        for part, outcome, contract, messages, broken in one.outcomes:
            yield one.system, one.operation, part, outcome, contract, str(messages), str(broken)


def _power(dossier: Dossier) -> Iterator[Sequence[str]]:
    told = of_pack(dossier.record)
    for id_, one in ({} if told is None else {**told.defects, **told.benign}).items():
        about = (id_, one.state, one.mechanism, one.citation)
        for scenario, check in one.checks.items():
            yield *about, check.requirement, scenario, check.expected, check.actual
        if not one.checks:
            yield *about, ", ".join(one.requirements), "\n".join(one.alarms), "", one.why


def _deviations(dossier: Dossier) -> Iterator[Sequence[str]]:
    for one in dossier.deviations:
        event = one.event
        told = "\n".join(
            f"{act.at} {act.type} by {act.name} ({act.role}): {act.reason} {value_text(act.fields)}" for act in one.acts
        )
        requirements, claims = ", ".join(event["requirements"]), "\n".join(event["claims"])
        yield (
            one.id,
            one.state,
            requirements,
            one.scenario,
            str(event["step"]),
            claims,
            ", ".join(event["exchanges"]),
            told,
        )


def _risks(dossier: Dossier) -> Iterator[Sequence[str]]:
    names = ("failure_mode", "effect", "severity", "probability", "detectability", "class", "priority", "test_depth")
    for row in dossier.matrix.rows:
        risk = row.facts.get("risk")
        cells = ("not assessed", *[""] * 7) if risk is None else tuple(str(risk[name]) for name in names)
        yield (row.id, *cells, row.state)
