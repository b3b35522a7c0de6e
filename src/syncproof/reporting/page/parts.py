"""The frame of the page: its head, with a policy that lets nothing in or out, and how to check the pack."""

import base64
import hashlib

from syncproof.evidence.dossier import Dossier
from syncproof.reporting.page.markup import e, section

SECTIONS = (
    ("matrix", "Matrix"), ("deviations", "Deviations"), ("execution", "Protocols"), ("latency", "Latency"),
    ("messages", "Messages"), ("power", "Test power"), ("scorecard", "Scorecard"), ("clauses", "Clauses"), ("checking", "Check it"),
)  # fmt: skip


def head(dossier: Dossier, css: str, script: str) -> str:
    """Everything above the first heading, with links to the sections."""
    links = "".join(f'<a href="#{id_}">{name}</a>' for id_, name in SECTIONS)
    title = f"Evidence of run {dossier.run}, {dossier.record.path.name}"
    return (
        f"{frame(title, css, script)}"
        '<a class="skip" href="#matrix">Skip to the traceability matrix</a>\n'
        f'<nav aria-label="Sections">{links}</nav>\n'
    )


def frame(title: str, css: str, script: str) -> str:
    """Document head and beginning of the body; nothing but this style and this script may run or be loaded."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(css, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{e(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
    )


def checking(dossier: Dossier, limits: str) -> str:
    """How to check all this without trusting us, and what this page leaves out."""
    pack = e(dossier.record.path.name)
    steps = (
        "<ol>"
        f"<li><code>syncproof evidence verify {pack} --trust trust.toml --head LINES:HASH</code>: hashes, chain, seal, "
        "verdicts, views, ledger and signatures, offline. Its core is one file that runs without Syncproof.</li>"
        f"<li><code>syncproof evidence replay {pack}</code>: derives every verdict anew from the recorded exchanges.</li>"
        "<li>This page is a copy made for reading. The record is in <code>record/</code> and <code>exchanges/</code>; the "
        "name of each file in <code>exchanges/</code> is the SHA-256 of its bytes.</li>"
        f"</ol>\n<h3>What this page holds</h3>\n<p>{limits}</p>\n"
    )
    return f"{section('checking', 'Check this pack yourself', steps)}</main>\n"


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
