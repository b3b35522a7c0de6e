"""JUnit XML: a suite for each feature, a case for each scenario. Nothing that did not pass looks as if it had."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.files import write_whole
from syncproof.evidence.reader import ScenarioRecord
from syncproof.reporting.text import visible

SKIPPED = ("not supported", "not run", "unselected", "awaiting a person")


def write(dossier: Dossier, path: Path) -> None:
    """Write the file; EvidenceError if that fails."""
    verdicts, by_scenario = dossier.record.verdicts(), dossier.matrix.by_scenario
    features: dict[str, list[str]] = {}
    for id_ in verdicts:
        features.setdefault(id_.partition("::")[0], []).append(id_)
    root = Element("testsuites", {"name": f"Syncproof run {dossier.run}", **_counts(verdicts.values())})
    for feature, ids in features.items():
        suite = SubElement(root, "testsuite", {"name": feature, **_counts(verdicts[id_] for id_ in ids)})
        for id_ in ids:
            _case(suite, id_, verdicts[id_], dossier.record.scenarios.get(id_), by_scenario.get(id_, ()))
    indent(root)
    write_whole(path, b"<?xml version='1.0' encoding='utf-8'?>\n" + tostring(root, encoding="utf-8") + b"\n")


def _case(suite: Element, id_: str, verdict: str, scenario: ScenarioRecord | None, requirements: Iterable[str]) -> None:
    feature, _, name = id_.partition("::")
    seconds = 0 if scenario is None or scenario.finished is None else scenario.finished["seconds"]
    case = SubElement(suite, "testcase", classname=feature, name=_text(name), time=str(seconds))
    properties = SubElement(case, "properties")
    for requirement in requirements:
        SubElement(properties, "property", name="requirement", value=requirement)
    reason = _text((scenario.reason if scenario is not None else None) or verdict)
    if verdict in SKIPPED:
        SubElement(case, "skipped", message=f"{verdict}: {reason}"[:1000])
    elif verdict != "passed":
        kind = "failure" if verdict == "failed" else "error"
        SubElement(case, kind, type=verdict, message=reason.splitlines()[0][:1000]).text = reason


def _counts(verdicts: Iterable[str]) -> dict[str, str]:
    found = list(verdicts)
    skipped = sum(verdict in SKIPPED for verdict in found)
    failed, passed = found.count("failed"), found.count("passed")
    errors = len(found) - skipped - failed - passed
    counts = {"tests": len(found), "failures": failed, "errors": errors, "skipped": skipped}
    return {name: str(count) for name, count in counts.items()}


def _text(text: str) -> str:
    """XML holds no control characters."""
    return visible(text)
