"""Feature files as the official Gherkin parser reads them.

pytest-bdd keeps one scenario per name and knows nothing of pickles; the official compiler says how
many scenarios a file holds, and both must agree before anything is run.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.dialect import Dialect
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.gherkin_parser import GherkinDocument
from pytest_bdd.parser import Feature, FeatureParser, Scenario, ScenarioTemplate

from syncproof.bdd.guards import Finding, find_faults, prose
from syncproof.bdd.tags import requirements_in
from syncproof.errors import MisuseError


class FeatureError(MisuseError):
    """A feature file that would hide something if it were run."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))


@dataclass(frozen=True, slots=True)
class ScenarioSpec:
    """One scenario, or one example row of an outline.

    ``id`` is ``<feature path relative to the suite>::<name>[<n>]``, with n only for outlines.
    """

    id: str
    name: str
    line: int
    template: ScenarioTemplate
    params: dict[str, str]
    tags: tuple[str, ...]
    requirements: tuple[str, ...]

    def render(self) -> Scenario:
        """The scenario with the values of its row filled in."""
        return self.template.render(self.params)


@dataclass(frozen=True, slots=True)
class FeatureDocument:
    """A feature file that may be run; ``path`` is relative to the suite."""

    path: str
    feature: Feature
    scenarios: tuple[ScenarioSpec, ...]
    prose: tuple[tuple[int, str], ...] = ()
    """The lines of all descriptions, with their numbers."""


class _ParsedFeature(FeatureParser):
    """pytest-bdd's view of a document that has been parsed already."""

    def __init__(self, path: Path, ast: Any) -> None:
        super().__init__(str(path.parent), path.name)
        self._ast = ast

    def _parse_feature_file(self) -> GherkinDocument:
        return GherkinDocument.from_dict(self._ast)


def read_feature(path: Path, suite: Path, known: frozenset[str] | None) -> FeatureDocument:
    """Parse and check one feature file; FeatureError says every fault with its line.

    ``known`` are the requirement ids of the registry (None: there is no registry).
    """
    rel = Path(os.path.relpath(path, suite)).as_posix()
    source = _source(path, rel)
    ast = _parse(source, rel)
    dialect: Any = Dialect.for_name(ast["feature"]["language"])  # the parser has found it already
    faults = find_faults(ast, rel, source, dialect, known)
    if faults:
        raise FeatureError(faults)
    try:
        feature = _ParsedFeature(path, ast).parse()
    except GherkinParseError as error:
        raise FeatureError([Finding(rel, error.line, error.message)]) from None
    return FeatureDocument(rel, feature, _specs(rel, ast, feature, known), tuple(prose(ast["feature"], source)))


def _source(path: Path, rel: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeatureError([Finding(rel, 1, f"the file is not UTF-8 (byte {error.start})")]) from None


def _parse(source: str, rel: str) -> Any:
    try:
        ast: Any = Parser().parse(source)
    except CompositeParserException as error:
        raise FeatureError([_parse_fault(rel, one) for one in error.errors]) from None
    except ParserException as error:
        raise FeatureError([_parse_fault(rel, error)]) from None
    if "feature" not in ast:
        raise FeatureError([Finding(rel, 1, "the file holds no Feature")])
    return ast


def _parse_fault(rel: str, error: ParserException) -> Finding:
    text = re.sub(r"^\(\d+:\d+\): ", "", str(error))
    return Finding(rel, int(error.location["line"]), f"cannot be parsed: {text}")


def _specs(rel: str, ast: Any, feature: Feature, known: frozenset[str] | None) -> tuple[ScenarioSpec, ...]:
    with_uri: Any = {**ast, "uri": rel}
    pickles = Compiler().compile(with_uri)
    rows = [row for template in feature.scenarios.values() for row in _rows(template)]
    if len(pickles) != len(rows):
        text = f"holds {len(pickles)} scenarios for the official parser and {len(rows)} for pytest-bdd"
        raise FeatureError([Finding(rel, 1, text)])
    lines = _lines(ast)
    specs = []
    for pickle, (template, number, params) in zip(pickles, rows, strict=True):
        name = str(pickle["name"]).replace("::", ":") + ("" if number is None else f"[{number}]")
        tags = tuple(dict.fromkeys(tag["name"].removeprefix("@") for tag in pickle["tags"]))
        line = lines[pickle["astNodeIds"][-1]]
        specs.append(ScenarioSpec(f"{rel}::{name}", name, line, template, params, tags, requirements_in(tags, known)))
    _refuse_same_ids(rel, specs)
    return tuple(specs)


def _rows(template: ScenarioTemplate) -> list[tuple[ScenarioTemplate, int | None, dict[str, str]]]:
    if not template.examples:
        return [(template, None, {})]
    contexts = [context for table in template.examples for context in table.as_contexts()]
    return [(template, number, context) for number, context in enumerate(contexts, 1)]


def _refuse_same_ids(rel: str, specs: list[ScenarioSpec]) -> None:
    first: dict[str, int] = {}
    for spec in specs:
        if spec.id in first:
            text = f"{spec.name!r} is also what the scenario at line {first[spec.id]} is called"
            raise FeatureError([Finding(rel, spec.line, f"{text}: name it otherwise")])
        first[spec.id] = spec.line


def _lines(node: Any) -> dict[str, int]:
    """Line by id of every node of the syntax tree."""
    found: dict[str, int] = {}
    if isinstance(node, dict):
        if "id" in node and "location" in node:
            found[node["id"]] = int(node["location"]["line"])
        for part in node.values():
            found |= _lines(part)
    elif isinstance(node, list):
        for part in node:
            found |= _lines(part)
    return found
