"""What all sections share: escaped text and coloured states (a state is always written out as well)."""

from html import escape

from syncproof.reporting.text import visible


def badge(state: str) -> str:
    """A state with its colour."""
    return f'<span class="badge {css_class(state)}">{e(state)}</span>'


def css_class(state: str) -> str:
    """The class of a state's colour."""
    return {
        "passed": "good", "verified": "good", "passed at first": "good", "closed": "good", "signed": "good", "in the pack": "good",
        "failed": "bad", "aborted": "bad", "open": "bad", "changed after signing": "bad", "not signed": "bad",
        "procedural": "plain", "unselected": "plain", "procedural, yours": "plain",
    }.get(state, "warn")  # fmt: skip


def e(text: str) -> str:
    """Text as it may stand in a page, invisible characters shown."""
    return escape(visible(text))
