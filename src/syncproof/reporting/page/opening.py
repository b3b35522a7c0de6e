"""What is seen first: when and by whom, what it came to, who stands behind it, and what was qualified."""

import tomllib
from pathlib import Path
from typing import Any

from syncproof.evidence.dossier import BLANK, Dossier
from syncproof.reporting.page.markup import badge, css_class, e, row, table
from syncproof.reporting.text import instant

SYSTEMS = ("System", "Product", "Version", "Time zone")
PROTOCOLS = ("Protocol", "Phase", "Title", "Approval")
SIGNED = ("Name", "Role", "Signed as", "Meaning", "Date and time", "State")
LANDSCAPE = "inputs/landscape.toml"


def opening(dossier: Dossier) -> str:
    """The head of the page."""
    landscape = _landscape(dossier.record.path)
    name = f": {e(str(landscape['name']))}" if "name" in landscape else ""
    notice = _notice(dossier.notice)
    return (
        f'<header>\n<p class="kicker">Syncproof evidence, pack {e(dossier.record.path.name)}</p>\n'
        f"<h1>Run {dossier.run}{name}</h1>\n{notice}{_facts(dossier, landscape)}"
        f'<div class="halves">\n<section aria-labelledby="came-h"><h2 id="came-h">What it came to</h2>\n{_counts(dossier)}'
        f"{_deviations(dossier)}</section>\n"
        '<section id="standing" aria-labelledby="standing-h"><h2 id="standing-h">Who stands behind it</h2>\n'
        f"{_conclusion(dossier)}{_signatures(dossier)}</section>\n</div>\n"
        f'<section aria-labelledby="what-h"><h2 id="what-h">What was qualified</h2>\n<div class="halves">'
        f"<div>{_systems(dossier)}</div><div>{_protocols(dossier)}</div></div>\n{_seal(dossier)}</section>\n</header>\n<main>\n"
    )


def _notice(said: str | None) -> str:
    if said is None:
        return ""
    return f'<p class="notice" role="note"><strong>{e(said[:1].upper() + said[1:])}.</strong></p>\n'


def _facts(dossier: Dossier, landscape: dict[str, Any]) -> str:
    started = dossier.started
    who, git, file = (started.get(name) or {} for name in ("who", "git", "landscape"))
    dirty = ", with uncommitted changes" if git.get("dirty") else ""
    facts = [
        ("Started", instant(started.get("at"))),
        ("Ended", instant(dossier.ended)),
        ("Performed by", f"{who.get('name', 'not on record')} ({who.get('kind', '?')}) on {started.get('host', '?')}"),
        ("Environment", str(landscape.get("environment", "not on record"))),
        ("Landscape file", f"{file.get('path', 'not on record')} {file.get('sha256', '')[:12]}"),
        ("Suite", f"commit {git['commit'][:12]}{dirty}" if git.get("commit") else "no commit on record"),
        ("Ledger told up to", dossier.told_until),
        ("Made with", f"Syncproof {started.get('versions', {}).get('syncproof', 'not on record')}"),
    ]
    rows = "".join(f"<div><dt>{e(name)}</dt><dd>{e(text)}</dd></div>" for name, text in facts)
    return f'<dl class="facts">{rows}</dl>\n'


def _counts(dossier: Dossier) -> str:
    groups = [("requirements", dossier.matrix.counts), ("scenarios", dossier.counts)]
    return "".join(_tiles(kind, counts) for kind, counts in groups)


def _tiles(kind: str, counts: dict[str, int]) -> str:
    tiles = "".join(
        f'<li><a class="tile {css_class(state)}" href="#v={kind}&amp;state={e(state).replace(" ", "+")}">'
        f"<b>{count}</b> {e(state)}</a></li>"
        for state, count in counts.items()
    )
    return (
        f'<p id="count-{kind}"><b>{sum(counts.values())}</b> {kind}, as the record has them</p>\n'
        f'<ul class="tiles" aria-labelledby="count-{kind}">{tiles}</ul>\n'
    )


def _deviations(dossier: Dossier) -> str:
    states: dict[str, int] = {}
    for one in dossier.deviations:
        states[one.state] = states.get(one.state, 0) + 1
    if not states:
        return "<h3>Deviations</h3>\n<p>This run opened no deviation.</p>\n"
    said = " ".join(f"{count} {badge(state)}" for state, count in sorted(states.items()))
    return (
        f'<h3>Deviations</h3>\n<p><a href="#deviations">{len(dossier.deviations)} opened by this run</a>: {said}</p>\n'
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
    if not dossier.signatures:
        return '<h3>Signatures</h3>\n<p class="blank">Nobody has signed this record.</p>\n'
    rows = (
        row(SIGNED, (e(one.name), e(one.role), e(one.capacity), e(one.meaning), instant(one.at), badge(one.state)))
        for one in dossier.signatures
    )
    caption = "As the pack states them; whether a key is this person's, your trust file says"
    return f"<h3>Signatures</h3>\n{table(caption, SIGNED, rows)}"


def _systems(dossier: Dossier) -> str:
    if not dossier.systems:
        return "<p>No system has identified itself in this run.</p>\n"
    rows = (row(SYSTEMS, (e(event["system"]), *_identity(event["identity"]))) for event in dossier.systems)
    return table("Systems under test, as they identified themselves", SYSTEMS, rows)


def _identity(said: dict[str, Any]) -> list[str]:
    return [e(str(said.get(name) or "not stated")) for name in ("product", "version", "time_zone")]


def _protocols(dossier: Dossier) -> str:
    if not dossier.protocols:
        return "<p>This run was made under no protocol.</p>\n"
    rows = (row(PROTOCOLS, _protocol(one)) for one in dossier.protocols.values())
    return table("Protocols that the scenarios of this run belong to", PROTOCOLS, rows)


def _protocol(one: dict[str, Any]) -> tuple[str, ...]:
    approval = one["approval"]
    said = badge("not approved")
    if approval is not None:
        said = f"{e(approval['name'])} ({e(approval['role'])}), {instant(approval['at'])}"
    return f"{e(one['id'])} {e(one['version'])}", e(one["phase"].upper()), e(one.get("title") or "not stated"), said


def _seal(dossier: Dossier) -> str:
    if dossier.seal is None:
        return '<h3>Seal</h3>\n<p class="notice">This record is not sealed.</p>\n'
    return (
        f'<h3>Seal</h3>\n<p><code class="seal">{e(dossier.seal)}</code></p>\n<p>SHA-256 of '
        '<a href="record/seal.json">record/seal.json</a>, which holds the hashes of all of the record: '
        "<code>sha256sum record/seal.json</code> has to give the same. "
        '<a href="#checking">How to check the rest</a></p>\n'
    )


def _landscape(pack: Path) -> dict[str, Any]:
    """The landscape file as the run had it; empty where it is not there or cannot be read."""
    try:
        return tomllib.loads((pack / LANDSCAPE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
