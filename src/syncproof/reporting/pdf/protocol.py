"""The protocol execution record: what was done in each scenario, step by step, and what came of it."""

from collections.abc import Iterable, Mapping

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.reader import Event, ScenarioRecord
from syncproof.evidence.scenarios import StepRecord
from syncproof.reporting.pdf import parts
from syncproof.reporting.pdf.sheet import SOFT, WARNING, Sheet
from syncproof.reporting.text import folded, instant, value_text

COLUMNS = ("No.", "Action, and claim checked", "Expected", "Actual", "Exchanges", "Verdict", "Start to end (UTC)")
SHARES = (0.6, 5, 4, 4, 1.8, 1.3, 1.9)


def fill(sheet: Sheet, dossier: Dossier) -> None:
    """The facts of the run, every scenario, what was not run, and the signatures."""
    parts.run_facts(sheet, dossier)
    items = {item.scenario: item.state for item in dossier.items}
    opened: dict[str, list[Deviation]] = {}
    for one in dossier.deviations:
        opened.setdefault(one.scenario, []).append(one)
    protocols = {one["id"]: one.get("protocol") for one in dossier.record.plan}
    for id_, scenario in dossier.record.scenarios.items():
        _scenario(sheet, scenario, {"protocol": protocols.get(id_), "over all runs": items.get(id_)})
        if id_ in opened:
            parts.deviations(sheet, opened[id_])
    _others(sheet, dossier)
    parts.signatures(sheet, dossier)


def _others(sheet: Sheet, dossier: Dossier) -> None:
    """What the run was asked for and did not begin, by name; what it was not asked for, by number."""
    verdicts = dossier.record.verdicts()
    for id_ in (id_ for id_, verdict in verdicts.items() if verdict == "not run"):
        sheet.paragraph(f"{id_}: not run", colour=WARNING)
    left = sum(verdict == "unselected" for verdict in verdicts.values())
    sheet.paragraph(f"Scenarios that were collected and not selected: {left}.", colour=SOFT)


def _scenario(sheet: Sheet, scenario: ScenarioRecord, more: Mapping[str, str | None]) -> None:
    started = scenario.started
    ended = None if scenario.finished is None else scenario.finished["at"]
    sheet.heading(str(started.get("name", scenario.id)), 10)
    said = [scenario.id, ", ".join(scenario.requirements) or "no requirement"]
    said += [f"{instant(started['at'])} to {instant(ended)}", f"verdict: {scenario.verdict}"]
    said += [f"{name}: {value}" for name, value in more.items() if value]
    sheet.paragraph(" · ".join(said), size=7.5, colour=SOFT)
    if scenario.reason and scenario.verdict not in {"passed", "failed"}:
        sheet.paragraph(scenario.reason, size=7.5, colour=WARNING)
    sheet.begin_table(COLUMNS, SHARES)
    for step in scenario.steps:
        _step(sheet, step, str(started["at"])[:10])
    sheet.end_table()


def _step(sheet: Sheet, step: StepRecord, day: str) -> None:
    finished: Event = step.finished or {}
    times = f"{_time(step.started, day)} to {_time(finished.get('at'), day)}" if step.started else ""
    sheet.row((str(step.number), f"{step.keyword} {step.text}", "", "", "", step.verdict, times))
    for number, check in enumerate(step.checks, 1):
        sheet.row((f"{step.number}.{number}", *_check(check)))
    if finished.get("error") and all(check["verdict"] == "passed" for check in step.checks):
        sheet.row(("", str(finished["error"]), "", "", folded(x["id"] for x in step.exchanges), step.verdict, ""))


def _check(check: Event) -> Iterable[str]:
    limits = [f"tolerance {check['tolerance']}"] if check["tolerance"] else []
    limits += [f"within {check['sla_ms']:g} ms"] if "sla_ms" in check else []
    expected = value_text(check["expected"]) + (f" ({', '.join(limits)})" if limits else "")
    claim = f"{check['requirement']}: {check['claim']}"
    return (claim, expected, value_text(check["actual"]), folded(check["exchanges"]), check["verdict"], "")


def _time(at: str | None, day: str) -> str:
    """Time of day; with its date where that is another than the scenario's first."""
    if at is None:
        return "no end"
    return at[11:23] if at.startswith(day) else f"{at[:10]} {at[11:23]}"
