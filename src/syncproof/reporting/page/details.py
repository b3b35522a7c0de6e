"""The scenarios of the page: an index, and chunks of what one has to know to judge each."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.reader import Event, Record, ScenarioRecord
from syncproof.reporting.text import cut, value_text, visible

PER_CHUNK = 8
LONGEST_BODY = 16_000
"""Characters of a body that the page holds; the file in ``exchanges`` has all of it."""
BUDGET = 60_000_000
"""Characters of bodies in one page: beyond, it only links to them."""


def blocks(dossier: Dossier) -> Iterator[str]:
    """Script blocks of data: deflated JSON in Base64, which no browser runs."""
    record = dossier.record
    verdicts, by_scenario = record.verdicts(), dossier.matrix.by_scenario
    index, chunk, number = [], [], 0
    exchanges = _Exchanges(record)
    for id_ in verdicts:
        scenario = record.scenarios.get(id_)
        index.append([id_, verdicts[id_], list(by_scenario.get(id_, ())), number])
        chunk.append(_scenario(scenario, exchanges) if scenario is not None else {})
        if len(chunk) == PER_CHUNK:
            yield _block(f"chunk-{number}", chunk)
            chunk, number = [], number + 1
    yield _block(f"chunk-{number}", chunk)
    yield _block("index", {"scenarios": index, "per": PER_CHUNK})


def _block(name: str, value: Any) -> str:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflate.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) + deflate.flush()
    return f'<script type="application/octet-stream" id="{name}">{base64.b64encode(packed).decode()}</script>\n'


def _scenario(scenario: ScenarioRecord, exchanges: "_Exchanges") -> dict[str, Any]:
    started, finished = scenario.started, scenario.finished or {}
    return {
        "name": visible(str(started.get("name", scenario.id))),
        "feature": visible(str(started.get("feature", {}).get("name", ""))),
        "description": visible(str(started.get("description", ""))),
        "parameters": {visible(k): visible(str(v)) for k, v in (started.get("parameters") or {}).items()},
        "reason": None if scenario.reason is None else visible(cut(scenario.reason)),
        "started": started["at"],
        "finished": finished.get("at"),
        "worker": scenario.worker,
        "steps": [_step(step, exchanges) for step in scenario.steps],
    }


def _step(step: Any, exchanges: "_Exchanges") -> dict[str, Any]:
    cited = dict.fromkeys(id_ for check in step.checks for id_ in check["exchanges"])
    made = dict.fromkeys(exchange["id"] for exchange in step.exchanges)
    return {
        "n": step.number,
        "text": visible(f"{step.keyword} {step.text}"),
        "verdict": step.verdict,
        "started": step.started,
        "finished": None if step.finished is None else step.finished["at"],
        "error": None
        if step.finished is None or not step.finished.get("error")
        else visible(cut(step.finished["error"])),
        "checks": [_check(check) for check in step.checks],
        "exchanges": [exchanges.shown(id_, whole=id_ in cited) for id_ in cited | made],
    }


def _check(check: Event) -> dict[str, Any]:
    return {
        "requirement": check["requirement"],
        "claim": visible(check["claim"]),
        "kind": check["kind"],
        "expected": visible(cut(value_text(check["expected"]))),
        "actual": visible(cut(value_text(check["actual"]))),
        "tolerance": check["tolerance"],
        "source": check["source"],
        "verdict": check["verdict"],
        "exchanges": check["exchanges"],
    }


class _Exchanges:
    """Exchanges as the page shows them; bodies only of those that a check rests on, and within the budget."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._left = BUDGET

    def shown(self, id_: str, *, whole: bool) -> dict[str, Any]:
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
            "at": event["started"],
            "sent": self._side(request, whole=whole),
            "got": None if response is None else self._side(response, whole=whole),
        }

    def _side(self, side: Event, *, whole: bool) -> dict[str, Any]:
        sha = side["body_sha"]
        if not whole:
            return {"sha": sha}
        headers = {visible(name): visible(str(value)) for name, value in side["headers"].items()}
        return {"sha": sha, "headers": headers, "body": self._body(sha)}

    def _body(self, sha: str | None) -> str | None:
        path = None if sha is None else self._record.path / "exchanges" / sha
        if path is None or self._left <= 0 or not path.is_file():
            return None
        with path.open("rb") as stream:
            text = stream.read(LONGEST_BODY + 1).decode("utf-8", "replace")
        self._left -= len(text)
        return visible(text if len(text) <= LONGEST_BODY else text[:LONGEST_BODY] + "…")
