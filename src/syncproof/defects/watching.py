"""What a scenario's checks said, kept in memory: a power run writes no journal."""

import json
from typing import Any

from syncproof.transport import NullSink

LONG = 200
"""Characters of an expected or observed value that are kept."""


class Watching(NullSink):
    """Takes the place of a journal and keeps the checks that failed."""

    def __init__(self, worker: str) -> None:
        super().__init__(worker)
        self.failed: list[dict[str, str]] = []

    def append(self, type_: str, fields: dict[str, Any]) -> None:
        """Keep a failed check, drop everything else."""
        if type_ == "check" and fields["verdict"] == "failed":
            told = {name: _short(fields[name]) for name in ("expected", "actual")}
            named = {"requirement": fields["requirement"], "claim": fields["claim"], "kind": fields["kind"]}
            self.failed.append({**named, **told})

    def take(self) -> list[dict[str, str]]:
        """The failed checks since the last time."""
        failed, self.failed = self.failed, []
        return failed


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONG else f"{text[:LONG]}…"
