"""Risk of each requirement not being met (FMEA): severity, probability, detectability, and what follows.

The class comes from severity and probability, the priority from class and detectability, the test depth from the
priority (GAMP 5 functional risk assessment, ICH Q9; checklist rows 4 to 6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from syncproof.errors import ConfigurationError
from syncproof.evidence import toml_file

RISK = "risk.toml"
Level = Literal["high", "medium", "low"]
LEVELS = ("high", "medium", "low")
SCALES = ("severity", "probability", "detectability")
TEXTS = ("failure_mode", "effect")
HIGH_CLASS, MEDIUM_CLASS, HARD_TO_DETECT = 15, 8, 4
SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class Risk:
    """One assessment. Scales run from 1 to 5; ``test_depth`` is what the priority asks of the tests."""

    failure_mode: str
    effect: str
    severity: int
    probability: int
    detectability: int
    test_depth: str = ""

    @property
    def risk_class(self) -> Level:
        """From severity and probability."""
        product = self.severity * self.probability
        return "high" if product >= HIGH_CLASS else "medium" if product >= MEDIUM_CLASS else "low"

    @property
    def priority(self) -> Level:
        """From class and detectability: what is hard to detect goes up by one."""
        if self.detectability < HARD_TO_DETECT or self.risk_class == "high":
            return self.risk_class
        return "high" if self.risk_class == "medium" else "medium"

    def facts(self) -> dict[str, Any]:
        """As the record holds it."""
        return {**asdict(self), "class": self.risk_class, "priority": self.priority}


def load(paths: Iterable[Path]) -> Mapping[str, Risk]:
    """Assessments by id or pattern, of several files: what stands in a later one goes before. ConfigurationError names
    file and entry of a mistake."""
    found: dict[str, Risk] = {}
    for path in paths:
        found |= _read(path)
    return found


def assess(risks: Mapping[str, Risk], id_: str) -> Risk | None:
    """The assessment of a requirement: that of the longest pattern that fits; None if nobody assessed it."""
    fitting = [pattern for pattern in risks if fnmatchcase(id_, pattern)]
    return risks[max(fitting, key=len)] if fitting else None


def _read(path: Path) -> dict[str, Risk]:
    content = toml_file.read(path)
    toml_file.refuse_keys(str(path), content, ("test_depth", "risk"))
    depths, tables = content["test_depth"], content["risk"]
    if not isinstance(depths, dict):
        raise ConfigurationError(f"{path}: 'test_depth' is {depths!r}: write {', '.join(LEVELS)} under [test_depth]")
    toml_file.refuse_keys(f"{path}: [test_depth]", depths, LEVELS)
    toml_file.refuse_empty(f"{path}: [test_depth]", depths, LEVELS)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(f"{path}: write each assessment under a header [[risk]]")
    found: dict[str, Risk] = {}
    for number, table in enumerate(tables, 1):
        place = f"{path} (risk {number})"
        risk = _risk(place, table, depths)
        for id_ in table["requirements"]:
            if id_ in found:
                raise ConfigurationError(f"{place}: {id_!r} is assessed a second time in this file")
            found[id_] = risk
    return found


def _risk(place: str, table: dict[str, Any], depths: dict[str, str]) -> Risk:
    toml_file.refuse_keys(place, table, ("requirements", *TEXTS, *SCALES))
    toml_file.refuse_empty(place, table, TEXTS)
    ids = table["requirements"]
    if not isinstance(ids, list) or not ids or not all(isinstance(id_, str) and id_.strip() for id_ in ids):
        raise ConfigurationError(f"{place}: 'requirements' is {ids!r}: write a list of ids")
    for key in SCALES:
        if type(table[key]) is not int or table[key] not in SCALE:
            raise ConfigurationError(f"{place}: {key!r} is {table[key]!r}: write a whole number from 1 to 5")
    values = {key: table[key] for key in (*TEXTS, *SCALES)}
    return Risk(**values, test_depth=depths[Risk(**values).priority])
