"""Documents that break a contract: its good examples, with one thing made wrong."""

import copy
import json
from typing import Any

import hypothesis.strategies as st

from syncproof.contracts import explain, folder, versions

Json = dict[str, Any]
ODD = (None, True, 0, -1, 1.5, 10**40, "", " ", "\u0000", "\u202e", "9" * 4000, [], {}, [[]], {"": None}, "2027-02-30")
"""Values that some field somewhere does not take."""


def examples(contract: str) -> list[Json]:
    """The good ones of its current version."""
    found = sorted((folder() / contract / versions()[contract] / "examples").glob("good-*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


@st.composite
def broken(draw: st.DrawFn, contract: str) -> Json:
    """A document that the contract does not take, with the object that it is about left as it was."""
    document = copy.deepcopy(draw(st.sampled_from(examples(contract))))
    owner, key = draw(st.sampled_from(list(_places(document))))
    if draw(st.booleans()) and isinstance(owner, dict):
        del owner[key]
    elif draw(st.integers(0, 4)) == 0 and isinstance(owner, dict):
        owner[draw(st.text(min_size=1, max_size=12))] = draw(st.sampled_from(ODD))
    else:
        owner[key] = draw(st.sampled_from(ODD))
    return document


def breaks(contract: str, document: Json) -> bool:
    """Whether it really does."""
    return bool(explain(contract, document))


def _places(part: Any, depth: int = 0) -> Any:
    """Every member of every object and list, but the names by which the document is found again."""
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in items:
        if depth or key not in {"domain", "id", "revision"}:
            yield part, key
        if isinstance(value, dict | list):
            yield from _places(value, depth + 1)
