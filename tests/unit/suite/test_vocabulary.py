"""The suite's vocabulary: one phrase per meaning."""

import importlib
import pkgutil
from collections import defaultdict
from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

import steps
from syncproof.suite_files import suite_root

ROOT = suite_root()
FEATURES = sorted((ROOT / "features").rglob("*.feature"))


def definitions() -> list[StepFunctionContext]:
    for module in pkgutil.iter_modules(steps.__path__):
        importlib.import_module(f"steps.{module.name}")
    return [
        context
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith("steps.")
    ]


def spoken(feature: Path) -> set[tuple[str, str]]:
    """Type and text of every step of a feature, with examples filled in."""
    found = set()
    for template in FeatureParser(str(feature.parent), feature.name).parse().scenarios.values():
        rows = [row for examples in template.examples for row in examples.as_contexts()] or [{}]
        found |= {(step.type, step.name) for row in rows for step in template.render(row).steps}
    return found


def matching(kind: str, text: str) -> list[StepFunctionContext]:
    return [d for d in definitions() if d.type == kind and d.parser.is_matching(text)]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.stem)
def test_every_spoken_step_has_exactly_one_definition(feature: Path) -> None:
    wrong = {
        f"{kind} {text}": [d.parser.name for d in found]
        for kind, text in spoken(feature)
        if len(found := matching(kind, text)) != 1
    }
    assert wrong == {}


def test_every_definition_is_spoken() -> None:
    used = defaultdict(set)
    for feature in FEATURES:
        for kind, text in spoken(feature):
            used[kind].add(text)
    silent = [
        f"{d.type} {d.parser.name} ({d.step_func.__module__})"
        for d in definitions()
        if not any(d.parser.is_matching(text) for text in used[d.type])
    ]
    assert silent == []
