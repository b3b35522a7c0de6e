"""What checks compare with, and what they refuse to compare because it would prove nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from syncproof.errors import MisuseError
from syncproof.ports import Observation, Outcome
from syncproof.transport.recorder import Recorder

NOTHING: tuple[Any, ...] = (None, "", [], {})
"""Plain forms of what is not there."""


def looked_at(observation: Any) -> Observation[Any]:
    """An observation that may be checked: what a system answered, with exchanges behind it."""
    if not isinstance(observation, Observation):
        what = type(observation).__name__
        text = f"a check needs an Observation (what a system answered), not a {what}"
        raise MisuseError(text)
    if not observation.exchanges:
        text = f"the observation of {observation.system} has no recorded exchange behind it"
        raise MisuseError(f"{text}: what the record does not hold proves nothing")
    return observation


def answered(requirement: str, outcome: Outcome | Sequence[Outcome]) -> Sequence[Outcome]:
    """Outcomes that may be checked: one at least, each with an exchange behind it."""
    outcomes = [outcome] if isinstance(outcome, Outcome) else list(outcome)
    if not outcomes or not all(isinstance(one, Outcome) for one in outcomes):
        text = f"{requirement}: a check of an answer needs the Outcome of at least one write"
        raise MisuseError(text)
    for one in outcomes:
        if not one.exchanges:
            text = f"{requirement}: the answer of {one.system} has no exchange behind it"
            raise MisuseError(f"{text}: only the system itself may refuse or accept")
    return outcomes


def refuse_unanswered(recorder: Recorder, said: Observation[Any] | Outcome) -> None:
    """MisuseError if an observation or outcome rests on an exchange that never was, or on none in which the system
    itself answered: an adapter that takes no answer for an empty one, or refuses by itself."""
    found = []
    for exchange in said.exchanges:
        behind = recorder.behind(exchange)
        if behind is None:
            text = f"exchange {exchange} was never made here: what the record does not hold proves nothing"
            raise MisuseError(f"{text}; give the id that the recording session gave")
        found.append((exchange, *behind))
    if any(system == said.system and has_answered for _, system, has_answered in found):
        return
    exchange, system, _ = found[-1]
    if system != said.system:
        raise MisuseError(f"{exchange} is an exchange with {system}, not with {said.system}: only it may answer")
    raise MisuseError(f"{system} gave no answer in exchange {exchange}: only the system itself may answer")


def answering(name: str, look: Callable[[], Any], all_: Mapping[str, Any]) -> Callable[[], Any]:
    """An observer that refuses to take another one's system for its own (a loop variable that was bound late)."""

    def answer() -> Any:
        seen = look()
        system = getattr(seen, "system", name)
        if system != name and system in all_:
            raise MisuseError(f"the question to {name} was answered by {system}: bind the system in its observer")
        return seen

    return answer


def gives(reasons: Sequence[str], codes: set[str]) -> bool:
    """Whether one of the reasons (``code: message``) has one of the codes; without codes, whether
    there is a reason at all."""
    given = {reason.partition(":")[0].strip() for reason in reasons}
    return bool(given & codes) if codes else bool(given)


def members(value: Any) -> list[Any]:
    """The members of an observed collection."""
    if isinstance(value, Collection) and not isinstance(value, str | bytes | Mapping):
        return list(value)
    text = f"the observed {type(value).__name__} is no collection: pick one out of it with project="
    raise MisuseError(text)


def is_subsequence(expected: Iterable[Any], actual: Iterable[Any]) -> bool:
    """Whether all expected members occur, in their order."""
    rest = iter(actual)
    return all(any(member == other for other in rest) for member in expected)


def refuse_set_against_list(expected: Any, actual: Any) -> None:
    """They would be compared in an order that nobody stated."""
    if not (_is_many(expected) and _is_many(actual)):
        return
    if isinstance(expected, AbstractSet) != isinstance(actual, AbstractSet):
        kinds = f"a {type(expected).__name__} is expected and a {type(actual).__name__} was observed"
        text = f"{kinds}: compare two sets (project=frozenset) or two sequences"
        raise MisuseError(text)


def _is_many(value: Any) -> bool:
    return isinstance(value, AbstractSet | list | tuple)
