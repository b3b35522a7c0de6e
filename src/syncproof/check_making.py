"""How a check is made: looked at, compared in the form in which the record will hold it, and recorded."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from syncproof.agreement import Observer, Sighting
from syncproof.comparison import (
    answered,
    looked_at,
    members,
    refuse_set_against_list,
    refuse_unanswered,
)
from syncproof.errors import NotSupported, SystemUnavailable, UnusableAnswer
from syncproof.evidence.canonical import canonical
from syncproof.evidence.plain import Tolerance, is_close, plain
from syncproof.ports import Observation, Outcome
from syncproof.seen import Seen
from syncproof.step_checks import Claim, StepChecks, Verdict
from syncproof.transport.recorder import Recorder

Look = Observation[Any] | Observer
"""An observation, or a callable that makes one (then no answer is an error of the check)."""
Answer = Outcome | Sequence[Outcome] | Callable[[], Outcome | Sequence[Outcome]]
"""What a system answered to a write, or a callable that says so or that it does not support it."""
Project = Callable[[Any], Any]
Passes = Callable[[Any], bool]


class CheckMaking:
    """What all checks of one scenario share. ``requirements`` are the ones it carries (None: any may be named)."""

    def __init__(self, recorder: Recorder, *, requirements: Collection[str] | None = None) -> None:
        self._recorder = recorder
        self.step = StepChecks(recorder, requirements)
        """Begun and ended by whoever runs the scenario."""
        self._seen = Seen()
        self._heard = 0

    def _expectation(self, requirement: str, expected: Any) -> Any:
        """The plain form of an expectation that may be used."""
        self.step.refuse_foreign(requirement)
        while self._heard < len(self._recorder.observed):
            self._seen.add(self._recorder.observed[self._heard].value)
            self._heard += 1
        self._seen.refuse(requirement, expected)
        return plain(expected)

    def _look(self, observation: Any, project: Project | None) -> tuple[Any, tuple[str, ...]]:
        """The compared value of an observation, and its exchanges; None is not projected."""
        seen = looked_at(observation)
        refuse_unanswered(self._recorder, seen)
        self._seen.add(seen.value)
        is_whole = project is None or seen.value is None
        return (seen.value if is_whole else project(seen.value)), seen.exchanges  # type: ignore[misc]

    def _single(self, claim: Claim, look: Look, project: Project | None, passes: Passes) -> None:
        """A check of one observation, which may still have to be made."""
        mark = self._recorder.mark()
        try:
            observation = look() if callable(look) else look
        except (SystemUnavailable, UnusableAnswer) as error:
            self.step.record(claim, {"error": str(error)}, "error", self._recorder.since(mark))
            return
        except NotSupported as error:
            self.step.not_supported(claim, error, self._recorder.since(mark))
            return
        value, exchanges = self._look(observation, project)
        verdict = _verdict(passes(value))
        self.step.record(claim, plain(value), verdict, exchanges, system=observation.system)

    def _agreement(self, seen: Collection[Sighting]) -> Verdict:
        """Those that can be asked must agree; then it counts that others cannot."""
        asked = [sighting for sighting in seen if sighting.missing is None]
        missing = [sighting.missing for sighting in seen if sighting.missing is not None]
        self.step.missing += missing
        verdict = _verdict(all(s.agrees for s in asked), any(s.error is not None for s in asked))
        return "not supported" if missing and verdict == "passed" else verdict

    def _outcomes(
        self,
        claim: Claim,
        outcome: Answer,
        passes: Passes,
        unchanged: tuple[Look, Look] | None = None,
    ) -> None:
        try:
            outcomes = answered(claim.requirement, outcome() if callable(outcome) else outcome)
            for one in outcomes:
                refuse_unanswered(self._recorder, one)
        except NotSupported as error:
            self.step.not_supported(claim, error, ())
            return
        said = [{"system": o.system, "status": o.status, "reasons": list(o.reasons)} for o in outcomes]
        actual: dict[str, Any] = said[0] if len(said) == 1 else {"answers": said}
        good = all(map(passes, outcomes))
        exchanges = [id_ for one in outcomes for id_ in one.exchanges]
        if unchanged is not None:
            (before, of_before), (after, of_after) = (self._look(_made(one), None) for one in unchanged)
            good = good and self._same(before, after, None)
            claim = replace(claim, expected={**claim.expected, "unchanged": plain(before)})
            actual = {**actual, "unchanged": plain(after)}
            exchanges += [*of_before, *of_after]
        self.step.record(claim, actual, _verdict(good), exchanges)

    def _holds(self, value: Any, member: Any) -> bool:
        return self._form(member) in map(self._form, members(value))

    def _same(self, expected: Any, actual: Any, tolerance: Tolerance | None) -> bool:
        refuse_set_against_list(expected, actual)
        if tolerance is not None:
            return is_close(expected, actual, tolerance)
        return self._form(expected) == self._form(actual)

    def _form(self, value: Any) -> bytes:
        """What is compared is what the record will hold: the plain form without secrets."""
        return self._recorder.redactor.clean(canonical(plain(value)))


def _made(look: Look) -> Any:
    return look() if callable(look) else look


def shown(sighting: Sighting) -> Any:
    """What one system showed, in plain form."""
    if sighting.missing is not None:
        return {"not supported": str(sighting.missing)}
    return plain(sighting.value) if sighting.error is None else {"error": sighting.error}


def _verdict(good: bool, error: bool = False) -> Verdict:
    if good:
        return "passed"
    return "error" if error else "failed"
