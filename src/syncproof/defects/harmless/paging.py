"""Small pages of what is published."""

from typing import Any

from syncproof.defects.harmless.areas import FLOW
from syncproof.defects.harmless.wire import Written


class Paged(Written):
    """A base: ``size`` messages in a page of an outbox."""

    citation = "the port Synchronised: an outbox answers in pages with a cursor"
    requirements = FLOW
    paths = ("/outbox",)
    events = True
    size = 1

    def rewritten(self, path: str, answer: Any) -> Any:
        events = answer["events"][: self.size]  # cursors count without gaps: that of a shorter page is known
        return {"cursor": answer["cursor"] - len(answer["events"]) + len(events), "events": events}


class PagesOfOne(Paged):
    """An outbox gives one message at a time."""

    id = "OK-PAG-01"


class PagesOfThree(Paged):
    """An outbox gives three messages at a time."""

    id = "OK-PAG-02"
    size = 3


class EmptyPolls(Paged):
    """Every other long poll of an outbox comes back early and empty."""

    id = "OK-PAG-03"

    def __init__(self) -> None:
        self._polls = 0

    def rewritten(self, path: str, answer: Any) -> Any:
        if "wait=" not in path:
            return answer
        self._polls += 1
        before = {"cursor": answer["cursor"] - len(answer["events"]), "events": []}
        return before if self._polls % 2 else answer
