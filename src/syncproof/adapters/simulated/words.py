"""A system's own words for states and codes, where the landscape file maps them to ours."""

from collections.abc import Mapping
from typing import Any

STATES = frozenset({"status", "disposition"})
"""Members of answers that hold a state."""


class Words:
    """``[systems.NAME.mappings.status]`` and ``[systems.NAME.mappings.code]``: our word = theirs. A word that is
    not mapped stays as it is."""

    def __init__(self, mappings: Mapping[str, Mapping[str, str]]) -> None:
        self._states = _ours(mappings.get("status", {}))
        self._codes = _ours(mappings.get("code", {}))

    def state(self, word: str) -> str:
        """Our word for a state."""
        return self._states.get(word, word)

    def code(self, word: str) -> str:
        """Our word for the code of a reason."""
        return self._codes.get(word, word)

    def read(self, value: Any) -> Any:
        """What was answered, with every state in our words."""
        return self._read(value) if self._states else value

    def _read(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._read(member, key) for key, member in value.items()}
        if isinstance(value, list):
            return [self._read(member, name) for member in value]
        return self.state(value) if name in STATES and isinstance(value, str) else value


def _ours(words: Mapping[str, str]) -> dict[str, str]:
    return {theirs: ours for ours, theirs in words.items()}
