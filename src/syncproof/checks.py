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
from typing import Any

from syncproof.agreement import Agreement, Observer
from syncproof.check_making import Answer, CheckMaking, Look, Project, shown
from syncproof.comparison import NOTHING, answering, gives, is_subsequence, members
from syncproof.errors import MisuseError
from syncproof.evidence.plain import Tolerance
from syncproof.step_checks import Claim, remembered
from syncproof.transport.recorder import Recorder, milliseconds

DEFAULT_SLA_SECONDS = 5.0


def default_sla(domain: str) -> float:  # noqa: ARG001 - the landscape gives a real one
    """Seconds within which a domain must be in step where no landscape says otherwise."""
    return DEFAULT_SLA_SECONDS


class Checks(CheckMaking):
    """Checks of one scenario. ``requirements`` are the ones it carries (None: any may be named)."""

    def __init__(
        self,
        recorder: Recorder,
        *,
        requirements: Collection[str] | None = None,
        sla: Callable[[str], float] = default_sla,
    ) -> None:
        super().__init__(recorder, requirements=requirements)
        self.sla = sla

    @property
    def requirements(self) -> Collection[str] | None:
        """The requirements that the scenario carries (None: any may be named)."""
        return self.step.requirements

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
            {n: shown(s) for n, s in seen.items()},
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
