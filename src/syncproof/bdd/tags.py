"""Tags: which of them name a requirement, and which of those are known."""

import difflib
import re
from collections.abc import Iterable

_SHAPE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-\d+")
NEAR = 0.85
"""How like an id (0 to 1, as difflib measures) a tag is that means to be one."""
_PREFIX = re.compile(r"[A-Za-z0-9]+")


def requirements_in(tags: Iterable[str], known: frozenset[str] | None) -> tuple[str, ...]:
    """The tags that are requirement ids, sorted: those of the registry, or without one those that
    look like an id (``URS-REV-002``)."""
    found = {tag for tag in tags if (tag in known if known is not None else _SHAPE.fullmatch(tag))}
    return tuple(sorted(found))


def unknown_requirement(tag: str, known: frozenset[str] | None) -> str | None:
    """What is wrong with a tag that means to be a requirement id; None if nothing is."""
    if known is None:
        meant = tag.upper().startswith("URS") and _SHAPE.fullmatch(tag) is None
        return f"@{tag} is no requirement id: write it like @URS-REV-002" if meant else None
    if tag in known or ":" in tag:
        return None
    if not any(c.isdigit() for c in tag):
        return None
    near = difflib.get_close_matches(tag.upper().replace("_", "-"), known, n=1, cutoff=0)
    if not (_SHAPE.fullmatch(tag) or _begins_like_one(tag, known) or _is_near(tag, near)):
        return None
    hint = f"; the nearest id is @{near[0]}" if near else ""
    return f"the requirement @{tag} is not in the registry{hint}"


def _begins_like_one(tag: str, known: frozenset[str]) -> bool:
    prefixes = {match[0].upper() for id_ in known if (match := _PREFIX.match(id_))}
    prefix = _PREFIX.match(tag)
    return prefix is not None and prefix[0].upper() in prefixes


def _is_near(tag: str, ids: list[str]) -> bool:
    """Whether it is an id but for a character or two."""
    return bool(difflib.get_close_matches(tag.upper().replace("_", "-"), ids, cutoff=NEAR))
