"""The scenarios of the page: an index, and chunks of what one has to know to judge each."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.reader import Event, ScenarioRecord, StepRecord
from syncproof.reporting.allure_labels import titles
from syncproof.reporting.page.exchanges import BUDGET, LONGEST_BODY, Exchanges
from syncproof.reporting.text import LONGEST, cut, value_text, visible

PER_CHUNK = 8
LIMITS = (
    "Every scenario, step and check, and the headers of every exchange made in a step. Bodies are in the page where a "
    f"check rests on them, up to {LONGEST_BODY:,} characters each and {BUDGET // 1_000_000} million in all (what passed "
    "takes half of that at most); every other body is one link away, in <code>exchanges/</code>. Of an expected or actual "
    f"value, {LONGEST:,} characters are shown; the line of the journal that is named beside it holds all of it."
)


def blocks(dossier: Dossier) -> Iterator[str]:
    """Script blocks of data: deflated JSON in Base64, which no browser runs."""
    record, shown, lines = dossier.record, _Shown(dossier), _Index(dossier)
    index, chunk, number = [], [], 0
    for id_, verdict in record.verdicts().items():
        scenario = record.scenarios.get(id_)
        index.append(lines.line(id_, verdict, scenario))
        chunk.append({} if scenario is None else shown.scenario(scenario))
        if len(chunk) == PER_CHUNK:
            yield _block(f"chunk-{number}", chunk)
            chunk, number = [], number + 1
    yield _block(f"chunk-{number}", chunk)
    yield _block("index", {"scenarios": index, "per": PER_CHUNK})


def _block(name: str, value: Any) -> str:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflate.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) + deflate.flush()
    return f'<script type="application/octet-stream" id="{name}">{base64.b64encode(packed).decode()}</script>\n'


class _Index:
    """What the list of scenarios says of each."""

    def __init__(self, dossier: Dossier) -> None:
        self._phases = {id_: str(one.get("phase", "")) for id_, one in dossier.protocols.items()}
        self._protocols = {one["id"]: one.get("protocol") or "" for one in dossier.record.plan}
        self._links: dict[str, list[list[str]]] = {}
        for row in dossier.matrix.rows:
            for link in row.links:
                self._links.setdefault(link.scenario, []).append([row.id, link.review])

    def line(self, id_: str, verdict: str, scenario: ScenarioRecord | None) -> list[Any]:
        """Id, verdict, phase, epic, requirements with their reviews."""
        started = {} if scenario is None else scenario.started
        return [id_, verdict, self._phase(id_, started), _epic(id_, started), self._links.get(id_, [])]

    def _phase(self, id_: str, started: Event) -> str:
        """That of its protocol; of a scenario without one, its tag's."""
        tagged = [tag.partition(":")[2] for tag in started.get("tags", ()) if tag.startswith("phase:")]
        phase = self._phases.get(self._protocols.get(id_, "")) or "".join(tagged[:1])
        return phase.upper()


def _epic(id_: str, started: Event) -> str:
    known: Event = {"tags": [], "feature": {"path": id_.partition("::")[0], "name": ""}, "rule": None, "name": ""}
    return visible(titles({**known, **started})[0])


class _Shown:
    """Scenarios as the page shows them."""

    def __init__(self, dossier: Dossier) -> None:
        self._exchanges = Exchanges(dossier.record)
        self._deviations: dict[str, list[Deviation]] = {}
        for one in dossier.deviations:
            self._deviations.setdefault(one.scenario, []).append(one)

    def scenario(self, scenario: ScenarioRecord) -> dict[str, Any]:
        """One scenario."""
        started, finished = scenario.started, scenario.finished or {}
        self._exchanges.needed = scenario.verdict != "passed"
        return {
            "name": visible(str(started.get("name", scenario.id))),
            "feature": visible(str(started.get("feature", {}).get("name", ""))),
            "description": visible(str(started.get("description", ""))),
            "parameters": {visible(k): visible(str(v)) for k, v in (started.get("parameters") or {}).items()},
            "reason": None if scenario.reason is None else visible(cut(scenario.reason)),
            "started": started["at"],
            "finished": finished.get("at"),
            "worker": scenario.worker,
            "deviations": [[one.id, one.state, one.event["step"]] for one in self._deviations.get(scenario.id, ())],
            "steps": self._steps(scenario),
        }

    def _steps(self, scenario: ScenarioRecord) -> list[dict[str, Any]]:
        """Each exchange stands where it was made; one that is cited and was made elsewhere, where it is cited first."""
        cited = {id_ for check in scenario.checks for id_ in check["exchanges"]}
        seen = {exchange["id"] for step in scenario.steps for exchange in step.exchanges}
        steps = []
        for step in scenario.steps:
            here = dict.fromkeys(exchange["id"] for exchange in step.exchanges)
            here |= dict.fromkeys(id_ for check in step.checks for id_ in check["exchanges"] if id_ not in seen)
            seen |= here.keys()
            steps.append(_step(step, [self._exchanges.shown(id_, whole=id_ in cited) for id_ in here]))
        return steps


def _step(step: StepRecord, exchanges: list[dict[str, Any]]) -> dict[str, Any]:
    finished = step.finished or {}
    return {
        "n": step.number,
        "text": visible(f"{step.keyword} {step.text}"),
        "verdict": step.verdict,
        "started": step.started,
        "finished": finished.get("at"),
        "error": visible(cut(finished["error"])) if finished.get("error") else None,
        "checks": [_check(check) for check in step.checks],
        "exchanges": exchanges,
    }


def _check(check: Event) -> dict[str, Any]:
    return {
        "requirement": check["requirement"],
        "claim": visible(check["claim"]),
        "kind": check["kind"],
        "expected": _value(check["expected"]),
        "actual": _actual(check),
        "tolerance": check["tolerance"],
        "source": check["source"],
        "verdict": check["verdict"],
        "exchanges": check["exchanges"],
        "line": f"record/journal-{check['worker']}.ndjson, line {check['seq'] + 1}",
        **{name: check[name] for name in ("latency_ms", "sla_ms") if name in check},
    }


def _actual(check: Event) -> Any:
    """What was seen; of an agreement, what each system showed."""
    actual = check["actual"]
    if isinstance(actual, dict) and actual.keys() == check.get("latency_ms", {}).keys():
        return {visible(system): _value(value) for system, value in actual.items()}
    return _value(actual)


def _value(value: Any) -> str:
    return visible(cut(value_text(value)))
