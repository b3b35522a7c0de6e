"""The sections that are tables: matrix, deviations, execution, scorecard, clauses."""

from collections.abc import Iterable
from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.execution import Deviation
from syncproof.evidence.matrix import Link, Row
from syncproof.reporting import clauses as index
from syncproof.reporting.page.markup import badge, e
from syncproof.reporting.scorecard import dimensions
from syncproof.reporting.text import instant


def matrix(dossier: Dossier) -> str:
    """Every requirement a row; scenarios without one are rows as well."""
    states = dossier.matrix.counts
    options = "".join(f'<option value="{e(state)}">{e(state)} ({count})</option>' for state, count in states.items())
    rows = "".join(map(_row, dossier.matrix.rows))
    orphans = "".join(
        f'<tr data-state="orphan"><th scope="row">no requirement</th><td><a href="#s={e(one.scenario)}">{e(one.scenario)}</a></td>'
        f"<td></td><td></td><td>{badge(one.verdict)}</td><td></td></tr>"
        for one in dossier.matrix.orphans
    )
    return (
        '<section id="matrix" aria-labelledby="matrix-h">\n<h2 id="matrix-h">Traceability matrix</h2>\n'
        '<form class="filter" role="search" onsubmit="return false">'
        '<label>Search <input id="search" type="search" placeholder="id, text or scenario" autocomplete="off"></label>'
        f'<label>State <select id="state"><option value="">all ({len(dossier.matrix.rows)})</option>{options}</select></label>'
        '<span id="hits" role="status" aria-live="polite"></span></form>\n'
        '<div class="wide"><table id="matrix-table"><caption>Requirements with the scenarios that verify them</caption>'
        '<thead><tr><th scope="col">Requirement</th><th scope="col">Text</th><th scope="col">GxP</th>'
        '<th scope="col">Risk</th><th scope="col">State</th><th scope="col">Scenarios</th></tr></thead>\n'
        f"<tbody>{rows}{orphans}</tbody></table></div>\n</section>\n"
    )


def scenarios() -> str:
    """The other way round; the rows come from the index."""
    return (
        '<section id="scenarios" aria-labelledby="scenarios-h">\n<h2 id="scenarios-h">Scenarios</h2>\n'
        '<form class="filter" onsubmit="return false"><label>Search <input id="s-search" type="search" '
        'placeholder="name, feature or requirement" autocomplete="off"></label><label>Verdict <select id="s-verdict">'
        '<option value="">all</option></select></label><span id="s-hits" role="status" aria-live="polite"></span></form>\n'
        '<noscript><p class="notice">Scenarios with their steps and exchanges need JavaScript; they are in protocol.pdf, '
        "in traceability.xlsx and in the record as well.</p></noscript>\n"
        '<ol id="s-list" class="list"></ol><button id="s-more" type="button" hidden>Show more</button>\n</section>\n'
        '<dialog id="detail" aria-labelledby="detail-h"><div id="detail-body"></div></dialog>\n'
    )


def deviations(dossier: Dossier) -> str:
    """What a failed claim opened, and what people did about it."""
    rows = "".join(map(_deviation, dossier.deviations)) or '<tr><td colspan="5">This run opened no deviation.</td></tr>'
    return (
        '<section id="deviations" aria-labelledby="deviations-h">\n<h2 id="deviations-h">Deviations</h2>\n<div class="wide"><table>'
        "<caption>Deviations of this run with their disposition</caption>"
        '<thead><tr><th scope="col">Deviation</th><th scope="col">State</th><th scope="col">Requirement</th>'
        '<th scope="col">Claim and scenario</th><th scope="col">Who, when, why</th></tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>\n</section>\n"
    )


def execution(dossier: Dossier) -> str:
    """How many scenarios of each protocol stand where, over all runs."""
    planned = {one["id"]: one.get("protocol") for one in dossier.record.plan}
    found: dict[tuple[str, str], int] = {}
    for item in dossier.items:
        key = (planned.get(item.scenario) or "no protocol", item.state)
        found[key] = found.get(key, 0) + 1
    rows = "".join(
        f'<tr><th scope="row">{e(protocol)}</th><td>{badge(state)}</td><td class="number">{count}</td></tr>'
        for (protocol, state), count in sorted(found.items())
    )
    accepted = "".join(
        f"<li>{e(item.scenario)}: gap accepted by {e(item.act.name)} ({e(item.act.role)}): {e(item.act.reason)}</li>"
        for item in dossier.items
        if item.act is not None
    )
    return (
        '<section id="execution" aria-labelledby="execution-h">\n<h2 id="execution-h">Protocol execution over all runs</h2>\n'
        '<table class="narrow"><caption>Scenarios of this run by the state they have over all runs on record</caption><thead><tr>'
        '<th scope="col">Protocol</th><th scope="col">State</th><th scope="col">Scenarios</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>\n{f'<ul>{accepted}</ul>' if accepted else ''}</section>\n"
    )


def scorecard(dossier: Dossier) -> str:
    """What this run brings to each dimension; the score is left blank."""
    rows = "".join(
        f'<tr><th scope="row">{e(one.name)}</th><td>{e(one.scored)}</td><td>{e(one.excellent)}</td>'
        f"<td>{'<br>'.join(f'{len(ids)} {e(state)}' for state, ids in one.states.items()) or 'no evidence in this run'}</td>"
        '<td class="blank">for a person to score</td></tr>'
        for one in dimensions(dossier.record.path, dossier.matrix)
    )
    if not rows:
        return ""
    return (
        '<section id="scorecard" aria-labelledby="scorecard-h">\n<h2 id="scorecard-h">Selection scorecard</h2>\n<div class="wide"><table>'
        "<caption>Evidence for each dimension; scores are given by people</caption>"
        '<thead><tr><th scope="col">Dimension</th><th scope="col">What is scored</th><th scope="col">Excellent means</th>'
        '<th scope="col">Requirements in this run</th><th scope="col">Score</th></tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>\n</section>\n"
    )


def clauses(dossier: Dossier) -> str:
    """Where each rule on validation records is met, or whose it is."""
    rows = "".join(
        f'<tr><th scope="row">{row.number}</th><td>{e(row.rule)}</td><td>{e(row.source)}</td>'
        f"<td>{badge(row.state)}</td><td>{_places(row)}</td></tr>"
        for row in index.clause_rows(dossier)
    )
    if not rows:
        return ""
    return (
        '<section id="clauses" aria-labelledby="clauses-h">\n<h2 id="clauses-h">Clause index</h2>\n'
        '<p>Syncproof is Part 11-capable. What remains procedural is yours.</p>\n<div class="wide"><table>'
        "<caption>Rules on validation records, and where this pack meets them</caption>"
        '<thead><tr><th scope="col">No.</th><th scope="col">Rule</th><th scope="col">Source</th><th scope="col">In this pack</th>'
        f'<th scope="col">Where</th></tr></thead>\n<tbody>{rows}</tbody></table></div>\n</section>\n'
    )


def _row(row: Row) -> str:
    risk: dict[str, Any] = row.facts.get("risk") or {}
    why = (
        f"severity {risk['severity']}, probability {risk['probability']}, detectability {risk['detectability']}"
        if risk
        else ""
    )
    brief = f"S {risk['severity']} · P {risk['probability']} · D {risk['detectability']}" if risk else ""
    links = "".join(map(_link, row.links))
    shown = (
        f"<details><summary>{len(row.links)}</summary><ul>{links}</ul></details>"
        if row.links
        else e(row.facts.get("procedural") or "none")
    )
    source = row.facts.get("source") or {}
    return (
        f'<tr id="{e(row.id)}" data-state="{e(row.state)}"><th scope="row"><a href="#{e(row.id)}">{e(row.id)}</a></th>'
        f"<td>{e(row.text)}<small>{e(source.get('title', ''))}{', ' + e(source['section']) if source else ''}; "
        f"version {e(str(row.facts.get('version', '?')))}, {e(str(row.facts.get('hash', ''))[:19])}</small></td>"
        f'<td>{"yes" if row.facts.get("gxp") else "no"}</td><td title="{why}">{e(risk.get("priority", "not assessed"))}'
        f"<small>{brief}</small></td><td>{badge(row.state)}</td><td>{shown}</td></tr>\n"
    )


def _link(link: Link) -> str:
    via = f" via {e(link.via)}" if link.via else ""
    stale = "" if link.review == "reviewed" else f' <span class="stale">{e(link.review)}</span>'
    return f'<li>{badge(link.verdict)} <a href="#s={e(link.scenario)}">{e(link.scenario.partition("::")[2])}</a>{via}{stale}</li>'


def _deviation(one: Deviation) -> str:
    told = "".join(f"<li>{instant(act.at)} {e(act.type.removeprefix('deviation_'))} by {e(act.name)} ({e(act.role)}): {e(act.reason)}{_more(act.fields)}</li>" for act in one.acts)  # fmt: skip
    claims = "<br>".join(e(claim.splitlines()[0]) for claim in one.event["claims"])
    return (
        f'<tr><th scope="row">{e(one.id)}</th><td>{badge(one.state)}</td><td>{e(", ".join(one.event["requirements"]))}</td>'
        f'<td>{claims}<small><a href="#s={e(one.scenario)}">{e(one.scenario)}</a>, step {one.event["step"]}</small></td>'
        f"<td>{f'<ul>{told}</ul>' if told else 'nobody has acted on it'}</td></tr>\n"
    )


def _more(fields: dict[str, Any]) -> str:
    known = ("disposition", "root_cause", "owner", "retest_run")
    said = [f"{name.replace('_', ' ')}: {fields[name]}" for name in known if name in fields]
    return f" ({e('; '.join(said))})" if said else ""


def _places(row: "index.ClauseRow") -> str:
    files: Iterable[str] = (f'<a href="{e(name)}">{e(name)}</a>' for name in row.files)
    return " ".join([e(row.where), *files])
