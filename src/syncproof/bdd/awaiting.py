"""Coroutines and generators that a step made and nobody ran: their bodies did nothing.

Python tells of each when it is thrown away, by a warning that a filter can turn off; the function that it calls for
that purpose cannot be filtered.
"""

import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from syncproof.errors import MisuseError

_TELL = "_warn_unawaited_coroutine"


@contextmanager
def never_awaited() -> Iterator[list[str]]:
    """The names of the coroutines that were thrown away meanwhile; the list grows as it happens."""
    former = getattr(warnings, _TELL)
    names: list[str] = []

    def tell(coroutine: Any) -> None:
        names.append(coroutine.__qualname__)
        former(coroutine)

    setattr(warnings, _TELL, tell)
    try:
        yield names
    finally:
        setattr(warnings, _TELL, former)


def refuse_unrun(result: Any, place: str) -> None:
    """MisuseError if what a step returned (or a collection that it returned) has a body that nobody has run."""
    for value in [result, *(result if isinstance(result, list | tuple | set) else ())]:
        if inspect.isawaitable(value) or inspect.isasyncgen(value):
            if inspect.iscoroutine(value):
                value.close()
            raise MisuseError(f"the step at {place} returned something to await: its body never ran")
        if inspect.isgenerator(value):
            raise MisuseError(f"the step at {place} returned a generator: what is in it never ran; make a list of it")
