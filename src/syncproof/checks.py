"""The checking vocabulary: the only way to a verdict.

A check compares what a system was observed to hold, or what it answered to a write, with an
expectation that comes from elsewhere (the oracle, the feature), and records both as it happens,
with the exchanges behind the observation. All checks of one step are made and recorded before the
step fails: :meth:`StepChecks.end` raises, never a check itself. What would make a check
meaningless (an expectation taken from the answer, nobody to ask, a foreign requirement) is a
:class:`~syncproof.errors.MisuseError`, raised on the spot.

Verdict of a check: ``passed``, ``failed``, ``error`` when no usable answer came, or ``not supported``
when the system has declared that it lacks what the observation needs. What failed weighs more than
what is not supported: a step raises NotSupported only if nothing in it failed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from syncproof.agreement import Agreement, Observer, Sighting
from syncproof.comparison import (
    NOTHING,
    answered,
    answering,
    gives,
    is_subsequence,
    looked_at,
    members,
    refuse_set_against_list,
    refuse_unanswered,
    refuse_unmade,
)
from syncproof.errors import MisuseError, NotSupported, SystemUnavailable, UnusableAnswer
from syncproof.evidence.canonical import canonical
from syncproof.evidence.plain import Tolerance, is_close, plain
from syncproof.ports import Observation, Outcome
from syncproof.seen import Seen
from syncproof.step_checks import Claim, StepChecks, Verdict, remembered
from syncproof.transport.recorder import Recorder, milliseconds

Look = Observation[Any] | Observer
"""An observation, or a callable that makes one (then no answer is an error of the check)."""
Answer = Outcome | Sequence[Outcome] | Callable[[], Outcome | Sequence[Outcome]]
"""What a system answered to a write, or a callable that says so or that it does not support it."""
Project = Callable[[Any], Any]
Passes = Callable[[Any], bool]

DEFAULT_SLA_SECONDS = 5.0


def default_sla(domain: str) -> float:  # noqa: ARG001 - the landscape gives a real one
    """Seconds within which a domain must be in step where no landscape says otherwise."""
    return DEFAULT_SLA_SECONDS


class Checks:
    """Checks of one scenario. ``requirements`` are the ones it carries (None: any may be named)."""

    def __init__(
        self,
        recorder: Recorder,
        *,
        requirements: Collection[str] | None = None,
        sla: Callable[[str], float] = default_sla,
    ) -> None:
        self._recorder = recorder
        self.step = StepChecks(recorder, requirements)
        """Begun and ended by whoever runs the scenario."""
        self._seen = Seen()
        self._heard = 0
        self.sla = sla

    @property
    def requirements(self) -> Collection[str] | None:
        """The requirements that the scenario carries (None: any may be named)."""
        return self.step.requirements

    # --- the vocabulary ---------------------------------------------------------------------------

    @remembered
    def equal(
        self,
        requirement: str,
        claim: str,
        expected: Any,
        actual: Look,
        tolerance: Tolerance | None = None,
        *,
        project: Project | None = None,
        source: str | None = None,
    ) -> None:
        """The observed value (``project`` picks a part of it) is the expected one; with a
        tolerance, its numbers may differ by that much (instants: by that many seconds)."""
        form = self._expectation(requirement, expected)
        stated = Claim(requirement, claim, "equal", form, source, tolerance)
        self._single(stated, actual, project, lambda value: self._same(expected, value, tolerance))

    @remembered
    def agreed(
        self,
        requirement: str,
        claim: str,
        expected: Any,
        observe: Mapping[str, Observer],
        domain: str,
        *,
        project: Project | None = None,
        tolerance: Tolerance | None = None,
        source: str | None = None,
    ) -> None:
        """Every system shows the expected value within the SLA of the domain. Records the last
        value, the latency and the number of attempts of each."""
        form = self._expectation(requirement, expected)
        if not observe:
            text = f"{requirement}: agreement of nobody proves nothing: give a system to observe"
            raise MisuseError(text)
        seconds = self.sla(domain)
        poll = Agreement(
            {name: answering(name, look, observe) for name, look in observe.items()},
            look=lambda observation: self._look(observation, project),
            agrees=lambda value: self._same(expected, value, tolerance),
            mark=self._recorder.mark,
            since=self._recorder.since,
            patience=self._recorder.patience(seconds),
        )
        try:
            seen = poll.reach()
        except Exception:
            self._recorder.broken_off(poll.patience)
            raise
        self.step.hollow += form in NOTHING
        self.step.record(
            Claim(requirement, claim, "agreed", form, source, tolerance),
            {n: _shown(s) for n, s in seen.items()},
            self._agreement(seen.values()),
            [id_ for s in seen.values() for id_ in s.exchanges],
            domain=domain,
            sla_ms=milliseconds(seconds),
            latency_ms={n: None if s.latency is None else milliseconds(s.latency) for n, s in seen.items()},
            attempts={n: s.attempts for n, s in seen.items()},
            rounds=poll.patience.rounds,
        )

    @remembered
    def refused(
        self,
        requirement: str,
        claim: str,
        outcome: Answer,
        code: str | Collection[str] | None = None,
        unchanged: tuple[Look, Look] | None = None,
        *,
        staged: bool = False,
        source: str | None = None,
    ) -> None:
        """The system itself refused the write, with this reason code (several: one of them; None:
        with any reason); ``unchanged`` is what was observed before and after. ``staged=True``: being
        set aside unaccepted counts as well."""
        allowed = ("refused", "staged") if staged else ("refused",)
        codes = {code} if isinstance(code, str) else set(code or ())
        form = {"status": " or ".join(allowed), "code": " or ".join(sorted(codes)) or "any stated reason"}
        self._expectation(requirement, form)
        self._outcomes(
            Claim(requirement, claim, "refused", form, source),
            outcome,
            lambda one: one.status in allowed and gives(one.reasons, codes),
            unchanged,
        )

    @remembered
    def accepted(
        self,
        requirement: str,
        claim: str,
        outcome: Answer,
        *,
        source: str | None = None,
    ) -> None:
        """The system accepted the write (each of them, if several)."""
        form = self._expectation(requirement, {"status": "accepted"})
        stated = Claim(requirement, claim, "accepted", form, source)
        self._outcomes(stated, outcome, lambda one: one.status == "accepted")

    @remembered
    def absent(
        self,
        requirement: str,
        claim: str,
        member: Any,
        observation: Look,
        *,
        project: Project | None = None,
        source: str | None = None,
    ) -> None:
        """The observed collection does not hold the member."""
        form = self._expectation(requirement, member)
        stated = Claim(requirement, claim, "absent", {"absent": form}, source)
        self._single(stated, observation, project, lambda value: not self._holds(value, member))

    @remembered
    def present(
        self,
        requirement: str,
        claim: str,
        member: Any,
        observation: Look,
        *,
        project: Project | None = None,
        source: str | None = None,
    ) -> None:
        """The observed collection holds the member."""
        form = self._expectation(requirement, member)
        stated = Claim(requirement, claim, "present", {"present": form}, source)
        self._single(stated, observation, project, lambda value: self._holds(value, member))

    @remembered
    def in_order(
        self,
        requirement: str,
        claim: str,
        expected: Sequence[Any],
        observation: Look,
        *,
        project: Project | None = None,
        source: str | None = None,
    ) -> None:
        """The observed sequence holds the expected members in this order (others may be between)."""
        form = self._expectation(requirement, expected)
        if not expected:
            text = f"{requirement}: an empty order is always kept: give the members that are expected"
            raise MisuseError(text)
        wanted = [self._form(member) for member in expected]
        self._single(
            Claim(requirement, claim, "in_order", form, source),
            observation,
            project,
            lambda value: is_subsequence(wanted, map(self._form, members(value))),
        )

    # --- how --------------------------------------------------------------------------------------

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
        refuse_unmade(self._recorder, seen.exchanges)
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
                refuse_unmade(self._recorder, one.exchanges)
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


def _shown(sighting: Sighting) -> Any:
    """What one system showed, in plain form."""
    if sighting.missing is not None:
        return {"not supported": str(sighting.missing)}
    return plain(sighting.value) if sighting.error is None else {"error": sighting.error}


def _verdict(good: bool, error: bool = False) -> Verdict:
    if good:
        return "passed"
    return "error" if error else "failed"
