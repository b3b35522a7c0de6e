"""Exchanges as the page shows them: all headers, and the bodies that a check rests on, within limits."""

from typing import Any

from syncproof.evidence.reader import Event, Record
from syncproof.reporting.text import visible

LONGEST_BODY = 16_000
"""Characters of a body that the page holds; the file in ``exchanges`` has all of it."""
BUDGET = 60_000_000
"""Characters of bodies in one page: beyond, it only links to them. What passed may use up half of it."""


class Exchanges:
    """The exchanges of a record. ``needed``: what is asked for next may use all of the budget."""

    def __init__(self, record: Record) -> None:
        self.needed = False
        self._record = record
        self._left = BUDGET

    def shown(self, id_: str, *, whole: bool) -> dict[str, Any]:
        """One exchange; ``whole`` with its bodies."""
        event = self._record.exchanges.get(id_)
        if event is None:
            return {"id": id_}
        request, response = event["request"], event["response"]
        return {
            "id": id_,
            "system": event["system"],
            "call": visible(f"{request['method']} {request['url']}"),
            "status": None if response is None else response["status"],
            "error": event["error"],
            "ms": event["ms"],
            "started": event["started"],
            "finished": event.get("at"),
            "sent": self._side(request, whole=whole),
            "got": None if response is None else self._side(response, whole=whole),
        }

    def _side(self, side: Event, *, whole: bool) -> dict[str, Any]:
        headers = {visible(name): visible(str(value)) for name, value in side["headers"].items()}
        return {"sha": side["body_sha"], "headers": headers, "body": self._body(side["body_sha"]) if whole else None}

    def _body(self, sha: str | None) -> str | None:
        path = None if sha is None else self._record.path / "exchanges" / sha
        floor = 0 if self.needed else BUDGET // 2
        if path is None or self._left <= floor or not path.is_file():
            return None
        with path.open("rb") as stream:
            text = stream.read(LONGEST_BODY + 1).decode("utf-8", "replace")
        self._left -= len(text)
        return visible(text if len(text) <= LONGEST_BODY else text[:LONGEST_BODY] + "…")
