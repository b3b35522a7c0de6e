"""Turns a call into an outcome or an observation, with the exchanges behind it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from syncproof.adapters.tryton.faults import Fault, reason
from syncproof.ports import Observation, Outcome
from syncproof.transport import Recorder

T = TypeVar("T")


class Attempts:
    """Runs calls against one system and says what came of them."""

    def __init__(self, system: str, recorder: Recorder, codes: Mapping[str, str]) -> None:
        self._system = system
        self._recorder = recorder
        self._codes = codes

    def write(self, key: str | None, act: Callable[[], object]) -> Outcome:
        """Accepted, or refused in Tryton's own words."""
        mark = self._recorder.mark()
        try:
            act()
        except Fault as fault:
            said = (reason(fault, self._codes),)
            return Outcome("refused", self._recorder.since(mark), self._system, said, key)
        return Outcome("accepted", self._recorder.since(mark), self._system, (), key)

    def look(self, read: Callable[[], T]) -> Observation[T]:
        """What was read; a refusal to read is an error of the configuration, not a value."""
        return self.look_at_version(lambda: (read(), None))

    def look_at_version(self, read: Callable[[], tuple[T, str | None]]) -> Observation[T]:
        """The same of something whose state has a name."""
        mark = self._recorder.mark()
        value, version = read()
        return Observation(value, self._recorder.since(mark), self._system, version)
