"""The sections that are tables: deviations, execution, scorecard, clauses."""

from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.items import protocol_states
from syncproof.reporting import clauses as index
from syncproof.reporting import wire
from syncproof.reporting.page.markup import anchor, badge, e, row, scenario_link, section, table
from syncproof.reporting.scorecard import Dimension, dimensions, source
from syncproof.reporting.text import instant

MESSAGES = ("System", "Operation", "Seen: outcome, messages, contract", "Not seen", "Broken")
DEVIATIONS = ("Deviation", "State", "Requirement", "Claim and scenario", "Who, when, why")
EXECUTION = ("Protocol", "State", "Scenarios")
SCORES = ("Dimension", "What is scored", "Excellent means", "What this run shows", "Score")
CLAUSES = ("No.", "Rule", "Source", "In this pack", "Where")


def deviations(dossier: Dossier) -> str:
    """What a failed claim opened, and what people did about it."""
    void = "".join(
        f"<li>line {act.line} of the ledger, {e(act.type)} by {e(act.name or 'nobody')}, does not count: {e(why)}</li>"
        for act, why in dossier.void
    )
    told = f"<ul>{void}</ul>\n" if void else ""
    if not dossier.deviations:
        return section("deviations", "Deviations", "<p>This run opened no deviation.</p>\n", told)
    caption = "Deviations of this run, with what people did about them"
    return section("deviations", "Deviations", table(caption, DEVIATIONS, map(_deviation, dossier.deviations)), told)


def execution(dossier: Dossier) -> str:
    """How many scenarios of each protocol stand where, over all runs."""
    title = "Protocol execution over all runs"
    found = protocol_states(dossier.items)
    if not found:
        return section("execution", title, "<p>The ledger beside this pack does not tell of this run.</p>\n")
    rows = (
        row(EXECUTION, (e(name or "no protocol"), badge(state), str(count)))
        for name, states in found.items()
        for state, count in sorted(states.items())
    )
    accepted = "".join(
        f"<li>{scenario_link(item.scenario)}: gap accepted by {e(item.act.name)} ({e(item.act.role)}): {e(item.act.reason)}</li>"
        for item in dossier.items
        if item.act is not None
    )
    caption = "Scenarios of this run by the state they have over all runs on record"
    shown = table(caption, EXECUTION, rows, css="narrow")
    return section("execution", title, shown, f"<ul>{accepted}</ul>\n" if accepted else "")


def messages(dossier: Dossier) -> str:
    """Every message that the run observed, held against its contract: operation, outcome and version."""
    found, others = wire.coverage(dossier.record), wire.apart(dossier.record)
    if not found and not others:
        return section("messages", "Contracts on the wire", "<p>No message was held against a contract.</p>\n")
    said = "<p>Every request, answer and event of the run was held against the contract and version that it states. "
    said += "An outcome that no message had was not exercised; of what was unanswered, the request was held.</p>\n"
    if others:
        said += f"<p>{e(', '.join(others))}: speaks messages of its own, which the adapter translates.</p>\n"
    held = sum(outcome[3] for one in found for outcome in one.outcomes)
    broken = sum(outcome[4] for one in found for outcome in one.outcomes)
    shown = table("Operation, outcome and contract version, exercised or not", MESSAGES, map(_messages, found))
    head = f"{held} messages of {len(found)} operations, {broken} broken{_whose(broken, wire.faults(dossier.record))}"
    return section("messages", "Contracts on the wire", said, f"<details><summary>{head}</summary>{shown}</details>\n")


def _whose(broken: int, faults: int) -> str:
    """Whether broken messages are those that the run sent to see them refused."""
    if not broken:
        return ""
    return f", {faults} of them sent or taken by a system" if faults else ", all of them sent on purpose and refused"


def _messages(one: wire.Coverage) -> str:
    seen = "".join(
        f"<li>{e(part)} {e(outcome)}: {count}{f' <small>{e(contract)}</small>' if contract else ''}</li>"
        for part, outcome, contract, count, _ in one.exercised
    )
    broken = sum(outcome[4] for outcome in one.outcomes)
    cells = (
        e(one.system),
        e(one.operation),
        f"<ul>{seen}</ul>" if seen else badge("not run"),
        e(", ".join(one.missed)),
    )
    return row(MESSAGES, (*cells, str(broken)))


def scorecard(dossier: Dossier) -> str:
    """What this run brings to each dimension; the score is left blank."""
    found = dimensions(dossier.record.path, dossier.matrix)
    if not found:
        return section("scorecard", "Selection scorecard", "<p>This pack holds no scorecard.</p>\n")
    caption = f"Evidence for each dimension; scores are given by people. Source: {e(source(dossier.record.path))}"
    return section("scorecard", "Selection scorecard", table(caption, SCORES, map(_dimension, found)))


def clauses(dossier: Dossier) -> str:
    """Where each rule on validation records is met, or whose it is."""
    rows = [
        row(CLAUSES, (str(one.number), e(one.rule), e(one.source), badge(one.state), _places(one)))
        for one in index.clause_rows(dossier)
    ]
    if not rows:
        return section("clauses", "Clause index", "<p>This pack holds no clause index.</p>\n")
    said = "<p>Syncproof is Part 11-capable. What remains procedural is yours.</p>\n"
    caption = "Rules on validation records, and where this pack meets them"
    return section("clauses", "Clause index", said, table(caption, CLAUSES, rows))


def _dimension(one: Dimension) -> str:
    shown = "".join(
        f"<details><summary>{len(ids)} {badge(state)}</summary>{' '.join(map(anchor, ids))}</details>"
        for state, ids in one.states.items()
    )
    blank = '<div class="blank">for a person to score</div>'
    return row(SCORES, (e(one.name), e(one.scored), e(one.excellent), shown or "no evidence in this run", blank))


def _deviation(one: Deviation) -> str:
    told = "".join(f"<li>{instant(act.at)} {e(act.type.removeprefix('deviation_'))} by {e(act.name)} ({e(act.role)}): {e(act.reason)}{_more(act.fields)}</li>" for act in one.acts)  # fmt: skip
    claims = "<br>".join(e((claim.splitlines() or [""])[0]) for claim in one.event["claims"])
    where = f"<small>{scenario_link(one.scenario)}, step {one.event['step']}</small>"
    acts = f"<ul>{told}</ul>" if told else "nobody has acted on it"
    requirements = " ".join(map(anchor, one.event["requirements"])) or "none"
    return row(DEVIATIONS, (e(one.id), badge(one.state), requirements, claims + where, acts), f' id="{e(one.id)}"')


def _more(fields: dict[str, Any]) -> str:
    known = ("disposition", "root_cause", "owner", "retest_run")
    said = [f"{name.replace('_', ' ')}: {fields[name]}" for name in known if name in fields]
    return f" ({e('; '.join(said))})" if said else ""


def _places(one: "index.ClauseRow") -> str:
    files = (f'<a href="{e(name)}">{e(name)}</a>' for name in one.files)
    return " ".join([e(one.where), *files])
