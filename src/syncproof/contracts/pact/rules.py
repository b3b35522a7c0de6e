"""Matching rules: which demands hold at which place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from syncproof.contracts.pact.paths import Path, Place, weight


@dataclass(frozen=True, slots=True)
class Variant:
    """An element that an array must contain: the index of its example, and the rules within it."""

    index: int
    rules: "Rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand. ``settings`` are those of its kind; ``rules`` hold for each key or value; ``variants`` are what an
    array must contain."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple["Rule", ...] = ()
    variants: tuple[Variant, ...] = ()

    def without(self, index: Any, place: Path) -> "Rule":
        """The same rule; the variant of this index says nothing of ``place`` any more."""
        if not self.variants:
            return self
        variants = [
            replace(one, rules=one.rules.without(place)) if one.index == index else one for one in self.variants
        ]
        return replace(self, variants=tuple(variants))

    @property
    def text(self) -> str:
        """As differences name it."""
        settings = [f"{name} {value}" for name, value in self.settings.items()]
        return " ".join([self.kind, *settings, *(f"({rule.text})" for rule in self.rules)])


@dataclass(frozen=True, slots=True)
class RuleList:
    """The demands at one place; ``any`` of them is enough, or all are needed."""

    rules: tuple[Rule, ...]
    any: bool = False

    def without(self, path: Path, place: Path) -> "RuleList":
        """The same list for ``path``, in whose variants nothing is said of ``place`` any more."""
        if place[: len(path)] != path or len(place) <= len(path):
            return self
        index, inner = place[len(path)], place[len(path) + 1 :]
        return RuleList(tuple(rule.without(index, inner) for rule in self.rules), self.any)


@dataclass(frozen=True, slots=True)
class Found:
    """The list that applies at a place; ``cascaded`` if it was written for something above it."""

    rules: tuple[Rule, ...]
    any: bool
    cascaded: bool


@dataclass(frozen=True)
class Rules:
    """All rules of one request, response or message. ``named`` are by category, then name; ``body`` by path."""

    body: tuple[tuple[Path, RuleList], ...] = ()
    named: Mapping[str, Mapping[str, RuleList]] = field(default_factory=dict)

    def of(self, category: str, name: str = "") -> RuleList | None:
        """The rules of a header, a parameter, the path or the status."""
        known = self.named.get(category)
        if not known:
            return None
        if category == "header":
            return next((rules for key, rules in known.items() if key.lower() == name.lower()), None)
        return known.get(name)

    def best(self, place: Place) -> Found | None:
        """The rules that apply at a place of the body: those of the expression that fits best."""
        if not self.body:
            return None
        if place not in self._best:
            self._best[place] = self._find(place)
        return self._best[place]

    @cached_property
    def _best(self) -> dict[Place, Found | None]:
        return {}

    def plus(self, place: Place, rules: tuple[Rule, ...]) -> "Rules":
        """These rules, and others for one place that go before them."""
        return Rules(((place, RuleList(rules)), *self.body), self.named)

    def without(self, place: Path) -> "Rules":
        """These rules, but for those of one place, in the variants of arrays too."""
        kept = tuple((path, rules.without(path, place)) for path, rules in self.body if path != place)
        return Rules(kept, self.named)

    def _find(self, place: Place) -> Found | None:
        weighed = ((weight(path, place), path, rules) for path, rules in self.body)
        best = max((each for each in weighed if each[0]), key=lambda each: each[0], default=None)
        if best is None:
            return None
        _, path, rules = best
        return Found(rules.rules, rules.any, cascaded=len(path) != len(place))

    def direct(self, place: Place, kinds: Iterable[str]) -> bool:
        """Whether a rule of one of these kinds was written for this very place."""
        found = self.best(place)
        return found is not None and not found.cascaded and any(rule.kind in kinds for rule in found.rules)
