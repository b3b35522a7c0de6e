"""The checks of one step as they are recorded, and what they come to when the step ends."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from syncproof.errors import CheckFailed, MisuseError, NotSupported
from syncproof.evidence.difference import shown
from syncproof.evidence.plain import Tolerance, plain
from syncproof.evidence.wording import wording
from syncproof.transport.recorder import Recorder

Verdict = Literal["passed", "failed", "error", "not supported"]
P = ParamSpec("P")


class Checking(Protocol):
    """Who makes checks, for the steps of one scenario."""

    step: "StepChecks"


C = TypeVar("C", bound=Checking)


def remembered(make: Callable[Concatenate[C, P], None]) -> Callable[Concatenate[C, P], None]:
    """A check that is broken off by an error does not pass, even if its step catches that error."""

    @wraps(make)
    def check(self: C, *args: P.args, **kwargs: P.kwargs) -> None:
        __tracebackhide__ = True
        try:
            make(self, *args, **kwargs)
        except Exception as error:
            self.step.faults.append(f"a check was broken off: {type(error).__name__}: {error}")
            raise

    return check  # type: ignore[return-value]  # wraps() takes 'self' for a parameter with a name


@dataclass(frozen=True, slots=True)
class Claim:
    """What is checked: the claim of a requirement in words, and the plain form of what is expected."""

    requirement: str
    text: str
    kind: str
    expected: Any
    source: str | None
    tolerance: Tolerance | None = None


class StepChecks:
    """Checks of the current step of a scenario that carries ``requirements`` (None: any may be named)."""

    def __init__(self, recorder: Recorder, requirements: Collection[str] | None) -> None:
        self._recorder = recorder
        self.requirements = requirements
        self.checked: set[str] = set()
        """The requirements that checks of the scenario have named so far."""
        self.faults: list[str] = []
        """What did not pass in the scenario so far, or was broken off, whoever has heard of it."""
        self.begin()

    def begin(self) -> None:
        """A step begins: no check made yet, and none that could only agree that something is not there."""
        self.made = self.hollow = 0
        self.failures: list[str] = []
        """What did not pass in this step, in words."""
        self.missing: list[NotSupported] = []
        """What could not be checked for want of a capability."""

    def end(self) -> None:
        """Raise CheckFailed if a check of this step did not pass, else NotSupported if one could not be
        made for want of a capability."""
        failures, missing, made, hollow = self.failures, self.missing, self.made, self.hollow
        self.begin()
        if failures:
            head = "" if made == 1 else f"{len(failures)} of {made} checks did not pass\n"
            raise CheckFailed(head + "\n".join(failures))
        if missing:
            raise missing[0]
        if hollow and hollow == made:
            text = "the systems agreed on nothing: where nothing is asked for right, all of them show nothing"
            raise MisuseError(f"{text}; check in the same step something that is there")

    def unchecked(self) -> list[str]:
        """The requirements of the scenario that no check has named so far."""
        return sorted(set(self.requirements or ()) - self.checked)

    def refuse_foreign(self, requirement: str) -> None:
        """MisuseError if the scenario does not carry the requirement."""
        if self.requirements is not None and requirement not in self.requirements:
            carried = ", ".join(sorted(self.requirements)) or "none"
            text = f"a check names {requirement}, but its scenario carries {carried}"
            raise MisuseError(f"{text}: tag the scenario or mend the step")

    def record(self, claim: Claim, actual: Any, verdict: Verdict, exchanges: Iterable[str], **more: Any) -> None:
        """One check into the record, with the exchanges it rests on."""
        sink = self._recorder.sink
        event = {
            "scenario": sink.scenario,
            "step": sink.step,
            "requirement": claim.requirement,
            "claim": claim.text,
            "kind": claim.kind,
            "expected": claim.expected,
            "actual": actual,
            "source": claim.source,
            "tolerance": None if claim.tolerance is None else shown(plain(claim.tolerance)),
            "verdict": verdict,
            "exchanges": list(dict.fromkeys(exchanges)),
            **more,
        }
        sink.append("check", event)
        self.made += 1
        self.checked.add(claim.requirement)
        if verdict in {"failed", "error"}:
            self.failures.append(self._recorder.redactor.text(wording(event)))
            self.faults.append(self.failures[-1])

    def not_supported(self, claim: Claim, error: NotSupported, exchanges: Iterable[str]) -> None:
        """One check that a system has declared it cannot be asked for."""
        self.missing.append(error)
        self.record(claim, {"not supported": str(error)}, "not supported", exchanges)
