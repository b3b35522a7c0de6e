"""The traceability matrix, both ways: requirements with their scenarios (in the page as it is written), and scenarios
with their requirements (filled in from the index, for there may be very many).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.matrix import Link, Orphan, Row
from syncproof.reporting.page.markup import anchor, badge, e, row, scenario_link, section, table

COLUMNS = ("Requirement", "Text", "GxP", "Risk", "State", "Scenarios")
BY = ("id", "", "gxp", "risk", "state", "n")
SCENARIOS = ("Scenario", "Verdict", "Phase", "Epic", "Requirements")
SCENARIOS_BY = ("name", "state", "phase", "epic", "")
MOST_LINKS = 200
"""Scenarios listed in the row of one requirement; the other direction lists them all."""
RANKS = {"high": 0, "medium": 1, "low": 2}
REVIEWS = {"stale": "stale: the text changed since the review", "not reviewed": "not reviewed"}


def matrix(dossier: Dossier) -> str:
    """Every requirement a row; scenarios without one are rows as well."""
    rows = [*map(_row, dossier.matrix.rows), *map(_orphan, dossier.matrix.orphans)]
    one_way = "Requirements, with the scenarios that verify them; scenarios without a requirement stand at the end"
    other_way = "Scenarios, with the requirements that they verify"
    by_requirement = table(one_way, [*map(_sortable, COLUMNS, BY)], rows, id_="matrix-table")
    by_scenario = table(other_way, [*map(_sortable, SCENARIOS, SCENARIOS_BY)], (), id_="scenario-table")
    return section(
        "matrix",
        "Traceability matrix",
        _form(dossier),
        '<noscript><p class="notice">Filters, and scenarios with their steps and exchanges, need JavaScript; the same is '
        "in protocol.pdf, in traceability.xlsx and in the record.</p></noscript>\n"
        f'<div class="panel" id="requirements">{by_requirement}</div>\n'
        f'<div class="panel" id="scenarios" hidden>{by_scenario}'
        '<p><button id="more" type="button" hidden>Show more</button></p></div>\n'
        '<dialog id="detail" aria-labelledby="detail-h"><div id="detail-body"></div></dialog>\n',
    )


def _form(dossier: Dossier) -> str:
    ways = "".join(
        f'<label class="way"><input type="radio" name="v" value="{value}"{checked}> {text}</label>'
        for value, text, checked in (
            ("requirements", "By requirement", " checked"),
            ("scenarios", "By scenario", ""),
        )
    )
    risks = sorted({_risk(one) for one in dossier.matrix.rows}, key=lambda risk: (RANKS.get(risk, 9), risk))
    selects = (("state", "State", ()), ("phase", "Phase", ()), ("epic", "Epic", ()), ("risk", "Risk", risks))
    return (
        '<form class="filter" id="filter" role="search" aria-label="Matrix">'
        f"<fieldset><legend>Direction</legend>{ways}</fieldset>"
        '<label class="grow">Search <input id="q" type="search" placeholder="id, text or scenario" autocomplete="off" '
        'aria-keyshortcuts="/"></label>'
        f"{''.join(_select(*one) for one in selects)}"
        '<button id="clear" type="button">Clear</button><span id="hits" role="status" aria-live="polite"></span></form>\n'
    )


def _select(id_: str, text: str, options: Iterable[str]) -> str:
    shown = "".join(f"<option>{e(option)}</option>" for option in options)
    return f'<label class="half">{text} <select id="{id_}"><option value="">all</option>{shown}</select></label>'


def _sortable(name: str, key: str) -> str:
    """The head of a column; ``key`` is what it sorts by, if it does."""
    if not key:
        return f'<th scope="col">{name}</th>'
    return f'<th scope="col" data-name="{name}"><button type="button" data-sort="{key}">{name}</button></th>'


def _risk(one: Row) -> str:
    return str((one.facts.get("risk") or {}).get("priority", "not assessed"))


def _row(one: Row) -> str:
    title = one.facts.get("title")
    head = anchor(one.id) + (f"<small>{e(title)}</small>" if title else "")
    gxp = "yes" if one.facts.get("gxp") else "no"
    attributes = f' id="{e(one.id)}" data-state="{e(one.state)}" data-risk="{e(_risk(one))}" data-gxp="{gxp}" data-n="{len(one.links)}"'
    return row(COLUMNS, (head, _text(one), gxp, _assessed(one), badge(one.state), _links(one)), attributes)


def _text(one: Row) -> str:
    source = one.facts.get("source") or {}
    cited = ", ".join(str(source[name]) for name in ("title", "section") if source.get(name))
    known = f"version {one.facts.get('version', '?')}, {str(one.facts.get('hash', ''))[:19]}"
    return f"{e(one.text)}<small>{e(f'{cited}; ' if cited else '')}{e(known)}</small>"


def _assessed(one: Row) -> str:
    risk: dict[str, Any] = one.facts.get("risk") or {}
    if not risk:
        return e(_risk(one))
    numbers = " ".join(
        f'<abbr title="{name}">{name[0].upper()}</abbr>&nbsp;{risk[name]}'
        for name in ("severity", "probability", "detectability")
    )
    return f"{e(_risk(one))}<small>{numbers}</small>"


def _links(one: Row) -> str:
    if not one.links:
        reason = one.facts.get("procedural")
        return e(reason) if reason else "<em>no scenario</em>"
    counts = Counter(link.verdict for link in one.links)
    said = ", ".join(f"{count} {e(verdict)}" for verdict, count in sorted(counts.items()))
    stale = sum(link.review == "stale" for link in one.links)
    mark = f' <span class="stale">{stale} stale</span>' if stale else ""
    listed = "".join(map(_link, one.links[:MOST_LINKS]))
    if len(one.links) > MOST_LINKS:
        listed += f'<li><a href="#v=scenarios&amp;q={e(one.id)}">all {len(one.links)} scenarios</a></li>'
    return f"<details><summary>{said}{mark}</summary><ul>{listed}</ul></details>"


def _link(link: Link) -> str:
    via = f" via {e(link.via)}" if link.via else ""
    review = REVIEWS.get(link.review)
    mark = f' <span class="stale">{review}</span>' if review else ""
    return f"<li>{badge(link.verdict)} {scenario_link(link.scenario, link.scenario.partition('::')[2])}{via}{mark}</li>"


def _orphan(one: Orphan) -> str:
    link = f"Orphan scenario: {scenario_link(one.scenario)}"
    cells = ("<em>no requirement</em>", link, "", "", badge(one.verdict), "")
    return row(COLUMNS, cells, ' data-state="orphan" data-risk="" data-gxp="" data-n="1"')
