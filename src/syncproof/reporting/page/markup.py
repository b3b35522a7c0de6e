"""What all sections share: escaped text, coloured states (a state is always written out as well), tables, links.

A table names the column in every cell (``data-label``), so that on a narrow screen a row becomes a card.
"""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from syncproof.reporting.text import visible

_CLASSES = {
    "passed": "good", "verified": "good", "passed at first": "good", "passed after deviation": "good", "closed": "good",
    "signed": "good", "in the pack": "good", "detected": "good", "silent": "good",
    "failed": "bad", "aborted": "bad", "open": "bad", "changed after signing": "bad", "not signed": "bad", "survived": "bad", "alarm": "bad",
    "procedural": "plain", "unselected": "plain", "procedural, yours": "plain",
}  # fmt: skip


def badge(state: str) -> str:
    """A state with its colour."""
    return f'<span class="badge {css_class(state)}">{e(state)}</span>'


def css_class(state: str) -> str:
    """The class of a state's colour."""
    return _CLASSES.get(state, "warn")


def e(text: str) -> str:
    """Text as it may stand in a page, invisible characters shown."""
    return escape(visible(text))


def anchor(id_: str) -> str:
    """The link to a requirement of this page."""
    return f'<a href="#{quote(id_)}">{e(id_)}</a>'


def scenario_link(id_: str, text: str | None = None) -> str:
    """The link that opens a scenario."""
    return f'<a href="#s={quote(id_, safe="/:")}">{e(text or id_)}</a>'


def table(caption: str, heads: Sequence[str], rows: Iterable[str], *, id_: str = "", css: str = "") -> str:
    """A table of rows made by :func:`row`; ``heads`` are texts, or cells that are markup already."""
    cells = "".join(head if head.startswith("<th") else f'<th scope="col">{e(head)}</th>' for head in heads)
    names = "".join(f' {name}="{value}"' for name, value in (("id", id_), ("class", css)) if value)
    return (
        f"<table{names}><caption>{caption}</caption>\n<thead><tr>{cells}</tr></thead>\n"
        f"<tbody>\n{''.join(rows)}</tbody></table>\n"
    )


def row(labels: Sequence[str], cells: Iterable[str], attributes: str = "") -> str:
    """A row of cells that are markup already; the first one heads it."""
    first, *rest = cells
    tail = "".join(
        f'<td data-label="{e(label)}">{cell}</td>' if cell else '<td class="void"></td>'
        for label, cell in zip(labels[1:], rest, strict=True)
    )
    return f'<tr{attributes}><th scope="row">{first}</th>{tail}</tr>\n'


def section(id_: str, title: str, *parts: str) -> str:
    """A section that its heading names."""
    return f'<section id="{id_}" aria-labelledby="{id_}-h">\n<h2 id="{id_}-h">{e(title)}</h2>\n{"".join(parts)}</section>\n'
