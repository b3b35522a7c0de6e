"""What both documents say alike: the facts of the run, its deviations, and who signed."""

import json
from collections.abc import Iterable

from syncproof.evidence import seal
from syncproof.evidence.dossier import Dossier
from syncproof.evidence.execution import acts
from syncproof.evidence.execution.deviation import Deviation
from syncproof.reporting.pdf.sheet import Sheet
from syncproof.reporting.text import folded, instant

CAPACITIES = ("author", "reviewer", "approver")
LANDSCAPE = "inputs/landscape.toml"


def run_facts(sheet: Sheet, dossier: Dossier) -> None:
    """Which run, by whom, on what, with what."""
    started = dossier.started
    who, versions = started.get("who", {}), started.get("versions", {})
    sheet.facts(
        (
            ("Run", f"{dossier.run}: {instant(started.get('at'))} to {instant(dossier.ended)}"),
            ("Performed by", _performer(who, started)),
            ("Landscape", _landscape(dossier)),
            ("Suite", _suite(started)),
            ("Tool", f"Syncproof {versions.get('syncproof', 'of no version on record')}, {_others(versions, started)}"),
            ("Seal (SHA-256)", dossier.seal or "not sealed"),
            ("Ledger told up to", dossier.told_until),
        )
    )


def _performer(who: dict[str, str], started: dict[str, object]) -> str:
    kind = {"ci": "the CI system, no person", "account": "account of the machine"}.get(who.get("kind", ""), "?")
    return f"{who.get('name', 'not on record')} ({kind}) on {started.get('host', '?')}"


def _landscape(dossier: Dossier) -> str:
    given = dossier.started.get("landscape") or {}
    return f"{given.get('path', 'reference')}, SHA-256 {given.get('sha256') or _sealed_landscape(dossier)}"


def _sealed_landscape(dossier: Dossier) -> str:
    """The hash of the landscape file as the seal has it."""
    path = dossier.record.path / seal.SEAL
    try:
        inputs = json.loads(path.read_bytes())["inputs"]
    except (OSError, ValueError, KeyError):
        return "not on record"
    return next((str(one["sha256"]) for one in inputs if one["file"] == LANDSCAPE), "not on record")


def _suite(started: dict[str, dict[str, object]]) -> str:
    git = started.get("git") or {}
    commit = git.get("commit", "no commit on record")
    return f"{commit}{', with uncommitted changes' if git.get('dirty') else ''}"


def _others(versions: dict[str, str], started: dict[str, object]) -> str:
    found = {"Python": started.get("python", "?"), **{n: v for n, v in versions.items() if n != "syncproof"}}
    return ", ".join(f"{name} {version}" for name, version in found.items())


def deviations(sheet: Sheet, found: Iterable[Deviation]) -> None:
    """A table of deviations, with what people did about each."""
    sheet.begin_table(("Deviation", "State", "Requirement", "Claim, place, and what was done"), (1.2, 1.5, 2, 8))
    for one in found:
        place = "no step" if one.event["step"] is None else f"step {one.event['step']}"
        where = f"{one.scenario}, {place}; exchanges: {folded(one.event['exchanges']) or 'none'}"
        told = [*one.event["claims"], where, *map(_told, one.acts)]
        if not one.acts:
            told.append("No disposition, root cause or owner has been entered.")
        sheet.row((one.id, one.state, ", ".join(one.event["requirements"]), "\n".join(told)))
    sheet.end_table()


def _told(act: acts.Act) -> str:
    """Who did what, when and why, with all that was entered."""
    what = act.type.removeprefix("deviation_")
    names = {"disposition": "disposition", "root_cause": "root cause", "owner": "owner", "retest_run": "in run"}
    said = "; ".join(f"{name}: {act.fields[key]}" for key, name in names.items() if key in act.fields)
    return f"{instant(act.at)} {what} by {act.name} ({act.role}): {act.reason}{f' ({said})' if said else ''}"


def signatures(sheet: Sheet, dossier: Dossier) -> None:
    """The block of signatures: printed name, role, meaning, date and time; visibly blank where nobody signed."""
    sheet.heading("Signatures")
    signed = {one.capacity: one for one in dossier.signatures}
    sheet.begin_table(("As", "Name", "Role", "Meaning", "Date and time", "State"), (1.4, 2.2, 2.2, 4, 2.6, 1.6))
    for capacity in CAPACITIES:
        one = signed.get(capacity)
        if one is None:
            sheet.row((capacity, "\n\n", "", "", "", "not signed"))
        else:
            sheet.row((capacity, one.name, one.role, one.meaning, instant(one.at), one.state))
    sheet.end_table()
