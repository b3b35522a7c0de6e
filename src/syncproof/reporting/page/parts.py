"""The sections that say who, what and when: head, summary, conclusion and signatures, how to check."""

from typing import Any

from syncproof.evidence.dossier import BLANK, Dossier
from syncproof.reporting.page.markup import badge, css_class, e
from syncproof.reporting.text import instant

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def head(dossier: Dossier, css: str) -> str:
    """Everything above the first heading."""
    title = f"Evidence of run {dossier.run}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{e(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#matrix">Skip to the traceability matrix</a>\n'
        '<nav aria-label="Sections"><a href="#matrix">Matrix</a><a href="#scenarios">Scenarios</a>'
        '<a href="#deviations">Deviations</a><a href="#standing">Signatures</a><a href="#execution">Protocols</a><a href="#latency">Latency</a>'
        '<a href="#scorecard">Scorecard</a><a href="#clauses">Clauses</a><a href="#checking">Check it</a></nav>\n'
    )


def summary(dossier: Dossier) -> str:
    """What was run, what it came to, who stands behind it."""
    started = dossier.started
    who = started.get("who", {})
    git = started.get("git") or {}
    landscape = started.get("landscape") or {}
    facts = [
        ("Run", f"{dossier.run}, {instant(started.get('at'))} to {instant(dossier.ended)}"),
        ("Performed by", f"{who.get('name', 'not on record')} ({who.get('kind', '?')}) on {started.get('host', '?')}"),
        ("Landscape", f"{landscape.get('path', 'reference')} {landscape.get('sha256', '')[:12]}"),
        ("Protocols", "; ".join(_protocol(one) for one in dossier.protocols.values()) or "none"),
        ("Suite", f"{git.get('commit', 'no commit')[:12]}{', with uncommitted changes' if git.get('dirty') else ''}"),
        ("Syncproof", started.get("versions", {}).get("syncproof", "not on record")),
        ("Seal (SHA-256)", dossier.seal or "not sealed"),
    ]
    rows = "".join(f"<div><dt>{e(name)}</dt><dd>{e(str(text))}</dd></div>" for name, text in facts)
    notice = (
        ""
        if dossier.notice is None
        else f'<p class="notice" role="note"><strong>{e(dossier.notice.capitalize())}.</strong></p>\n'
    )
    return (
        f'<header>\n<p class="kicker">Syncproof evidence</p>\n<h1>Run {dossier.run}</h1>\n{notice}{_tiles(dossier)}'
        f'<dl class="facts">{rows}</dl>\n</header>\n<main>\n'
    )


def standing(dossier: Dossier) -> str:
    """Who stands behind it: conclusion and signatures; and the systems that were asked."""
    return (
        '<section id="standing" aria-labelledby="standing-h">\n<h2 id="standing-h">Conclusion, signatures, systems</h2>\n'
        f"{_conclusion(dossier)}{_signatures(dossier)}<h3>Systems</h3>\n{_systems(dossier)}</section>\n"
    )


def checking(dossier: Dossier) -> str:
    """How to check all this without trusting us."""
    pack = dossier.record.path.name
    return (
        '<section id="checking" aria-labelledby="checking-h">\n<h2 id="checking-h">Check this pack yourself</h2>\n<ol>'
        f"<li><code>syncproof evidence verify {e(pack)} --trust trust.toml --head LINES:HASH</code>: hashes, chain, seal, "
        "verdicts, views, ledger and signatures, offline. Its core is one file that runs without Syncproof.</li>"
        f"<li><code>syncproof evidence replay {e(pack)}</code>: derives every verdict anew from the recorded exchanges.</li>"
        "<li>This page is a copy made for reading. The record is in <code>record/</code> and <code>exchanges/</code>.</li>"
        "</ol>\n</section>\n</main>\n"
    )


def _tiles(dossier: Dossier) -> str:
    pairs = [("requirements", dossier.matrix.counts), ("scenarios", dossier.counts)]
    tiles = "".join(
        f'<li class="tile {css_class(state)}"><b>{count}</b> {e(state)}<span>{kind}</span></li>'
        for kind, counts in pairs
        for state, count in counts.items()
    )
    return f'<ul class="tiles" aria-label="Counts, unadjusted">{tiles}</ul>\n'


def _systems(dossier: Dossier) -> str:
    rows = []
    for event in dossier.systems:
        said = event["identity"]
        names = ("product", "version", "time_zone")
        rows.append(
            f'<tr><th scope="row">{e(event["system"])}</th>'
            + "".join(f"<td>{e(str(said.get(n) or ''))}</td>" for n in names)
            + "</tr>"
        )
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("System", "Product", "Version", "Time zone"))
    return (
        f'<div class="wide"><table class="narrow"><caption>Systems under test, as they identified themselves</caption><thead><tr>{heads}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def _conclusion(dossier: Dossier) -> str:
    found = dossier.conclusion
    if found is None:
        return f'<h3>Conclusion</h3>\n<p class="blank">{BLANK}</p>\n'
    more = found.fields.get("with_open")
    said = "" if more is None else f"<br>With {found.fields['open']} scenarios not settled: {e(more)}"
    return (
        f"<h3>Conclusion</h3>\n<blockquote>{e(found.reason)}{said}<footer>{e(found.name)}, {e(found.role)}, "
        f"{instant(found.at)}</footer></blockquote>\n"
    )


def _signatures(dossier: Dossier) -> str:
    rows = "".join(
        f'<tr><th scope="row">{e(one.name)}</th><td>{e(one.role)}</td><td>{e(one.capacity)}</td><td>{e(one.meaning)}</td>'
        f"<td>{instant(one.at)}</td><td>{badge(one.state)}</td></tr>"
        for one in dossier.signatures
    )
    if not rows:
        return '<h3>Signatures</h3>\n<p class="blank">Nobody has signed this record.</p>\n'
    heads = "".join(f'<th scope="col">{n}</th>' for n in ("Name", "Role", "As", "Meaning", "Date and time", "State"))
    return (
        '<h3>Signatures</h3>\n<div class="wide"><table class="narrow"><caption>As the pack states them; whether a key is this '
        f"person's, your trust file says</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _protocol(one: dict[str, Any]) -> str:
    approval = one["approval"]
    said = (
        "not approved" if approval is None else f"approved by {approval['name']} ({approval['role']}), {approval['at']}"
    )
    return f"{one['id']} {one['version']} ({one['phase'].upper()}): {said}"
