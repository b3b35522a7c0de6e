"""Step lookup: which definition a step text means.

pytest-bdd walks every registered fixture for every step it runs. Here the step definitions visible
to a directory are indexed once, by exact text or by the first word of the pattern, and what was
found for a (directory, type, text) is kept.
"""

import difflib
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

import syncproof
from syncproof.errors import MisuseError

BUNDLED = Path(syncproof.__file__).parent
TRACE = "trace"
"""A step that pytest-bdd itself defines, for debugging."""


class StepLookupError(MisuseError):
    """A step text that means no definition, or more than one, or one that cannot be run."""


@dataclass(frozen=True, slots=True)
class StepDefinition:
    """One step definition as it is called. ``needs`` are its parameters without a default."""

    context: StepFunctionContext
    pattern: str
    place: str
    bundled: bool
    prefix: str
    parameters: frozenset[str]
    needs: tuple[str, ...]
    is_generator: bool
    is_async: bool
    depth: int

    @property
    def function(self) -> Callable[..., Any]:
        """The function to call."""
        return self.context.step_func


@dataclass(frozen=True, slots=True)
class Match:
    """A definition with the arguments that its pattern took from the text."""

    definition: StepDefinition
    arguments: dict[str, Any]


@dataclass(slots=True)
class _Vocabulary:
    """The definitions visible to one directory."""

    exact: defaultdict[str, list[StepDefinition]] = field(default_factory=lambda: defaultdict(list))
    by_word: defaultdict[str, list[StepDefinition]] = field(default_factory=lambda: defaultdict(list))
    everything: list[StepDefinition] = field(default_factory=list)

    def add(self, definition: StepDefinition) -> None:
        self.everything.append(definition)
        if type(definition.context.parser) is parsers.string:
            self.exact[definition.pattern].append(definition)
        else:
            word, blank, _ = definition.prefix.partition(" ")
            self.by_word[word if blank else ""].append(definition)

    def candidates(self, text: str) -> Iterator[StepDefinition]:
        """Definitions that may match: few, whatever the size of the vocabulary."""
        yield from self.exact.get(text, ())
        folded = text.casefold()
        for word in {folded.partition(" ")[0], ""}:
            for definition in self.by_word.get(word, ()):
                if folded.startswith(definition.prefix):
                    yield definition


class StepIndex:
    """Finds definitions for the steps of one session."""

    def __init__(self, session: pytest.Session) -> None:
        self._fixtures: Any = session._fixturemanager  # noqa: SLF001 - pytest has no public registry
        self._names = [
            name for name in get_fixture_names(self._fixtures) if name.startswith(StepNamePrefix.step_def.value)
        ]
        self._vocabularies: dict[pytest.Collector, _Vocabulary] = {}
        self._found: dict[tuple[pytest.Collector, str, str], Match | StepLookupError] = {}
        self._means: dict[tuple[pytest.Collector, str], bool] = {}

    def find(self, node: pytest.Collector, type_: str, text: str) -> Match:
        """The one definition that ``node`` sees for a step; StepLookupError says what is wrong."""
        key = (node, type_, text)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._resolve(self._vocabulary(node), type_, text)
        if isinstance(found, StepLookupError):
            raise found
        return found

    def means(self, node: pytest.Collector, text: str) -> bool:
        """Whether a text would be a step for ``node``, under whatever keyword."""
        key = (node, text)
        if key not in self._means:
            candidates = self._vocabulary(node).candidates(text) if text else ()
            self._means[key] = any(one.pattern != TRACE and one.context.parser.is_matching(text) for one in candidates)
        return self._means[key]

    def definitions(self, node: pytest.Collector) -> list[StepDefinition]:
        """Every definition that ``node`` sees."""
        return list(self._vocabulary(node).everything)

    def _vocabulary(self, node: pytest.Collector) -> _Vocabulary:
        vocabulary = self._vocabularies.get(node)
        if vocabulary is None:
            vocabulary = self._vocabularies[node] = _Vocabulary()
            for name in self._names:
                for definition in getfixturedefs(self._fixtures, name, node) or ():
                    context = step_function_context_registry.get(definition.func)
                    if context is not None:
                        vocabulary.add(_definition(context, len(definition.baseid)))
        return vocabulary

    def _resolve(self, vocabulary: _Vocabulary, type_: str, text: str) -> Match | StepLookupError:
        matching = [
            definition
            for definition in vocabulary.candidates(text)
            if definition.context.type in (None, type_) and definition.context.parser.is_matching(text)
        ]
        matching = _without_replaced(matching)
        if not matching:
            return StepLookupError(_undefined(vocabulary, type_, text))
        if len(matching) > 1:
            places = "".join(f"\n  {one.pattern}   ({one.place})" for one in matching)
            fault = f"{len(matching)} step definitions match {text!r}:{places}\n  keep one of them"
            return StepLookupError(fault)
        definition = matching[0]
        if definition.is_async:
            why = "its body would never run: write a plain def"
            return StepLookupError(f"the step definition at {definition.place} is async, and {why}")
        return Match(definition, definition.context.parser.parse_arguments(text) or {})


def _definition(context: StepFunctionContext, depth: int) -> StepDefinition:
    function = inspect.unwrap(context.step_func)
    parameters = inspect.signature(context.step_func).parameters.values()
    code = getattr(function, "__code__", None)
    path = Path(code.co_filename) if code else Path("?")
    return StepDefinition(
        context=context,
        pattern=context.parser.name,
        place=f"{_shortened(path)}:{code.co_firstlineno if code else 0}",
        bundled=path.is_relative_to(BUNDLED),
        prefix=_literal_prefix(context.parser),
        parameters=frozenset(one.name for one in parameters),
        needs=tuple(one.name for one in parameters if _is_needed(one)),
        is_generator=inspect.isgeneratorfunction(function),
        is_async=inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function),
        depth=depth,
    )


def _is_needed(one: inspect.Parameter) -> bool:
    return one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty


def _shortened(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _literal_prefix(parser: parsers.StepParser) -> str:
    """What every text of a ``parse`` pattern begins with, case folded (``parse`` ignores case)."""
    if isinstance(parser, parsers.parse):
        return parser.name.partition("{")[0].casefold()
    return ""


def _without_replaced(matching: list[StepDefinition]) -> list[StepDefinition]:
    """A user's own definition replaces a bundled one of the same pattern, and one that is nearer to
    the feature one that is farther."""
    kept = []
    for one in matching:
        same = [other for other in matching if other.pattern == one.pattern]
        if not any((not other.bundled, other.depth) > (not one.bundled, one.depth) for other in same):
            kept.append(one)
    return kept


def _undefined(vocabulary: _Vocabulary, type_: str, text: str) -> str:
    same_type = [one for one in vocabulary.everything if one.context.type in (None, type_)]
    near = {one.pattern: one.place for one in same_type if one.pattern != TRACE}
    lines = [f"no step definition for: {type_.capitalize()} {text}"]
    nearest = difflib.get_close_matches(text, near, n=3, cutoff=0.4)
    lines += [f"  near: {pattern}   ({near[pattern]})" for pattern in nearest]
    elsewhere = [one for one in vocabulary.everything if one.context.parser.is_matching(text)]
    lines += [f"  it is defined as {one.context.type}: {one.pattern}   ({one.place})" for one in elsewhere]
    return "\n".join([*lines, "  use one of these, or define it:", _stub(type_, text)])


def _stub(type_: str, text: str) -> str:
    names: list[str] = []

    def named(match: re.Match[str]) -> str:
        names.append(f"text_{len(names) + 1}" if match[0].startswith('"') else f"number_{len(names) + 1}")
        return '"{' + names[-1] + '}"' if match[0].startswith('"') else "{" + names[-1] + "}"

    pattern = re.sub(r'"[^"]*"|(?<![\w-])\d+(?:\.\d+)?(?![\w-])', named, text)
    arguments = ", ".join(f"{name}: str" for name in names)
    return f"    @{type_}(parsers.parse({pattern!r}))\n    def _({arguments}) -> None: ..."
