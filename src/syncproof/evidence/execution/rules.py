"""Which act of a person is permitted when (21 CFR Part 11, 11.10(f): permitted sequencing).

One small function for each rule; it says what is missing and the command for it, or nothing. The same rules judge an
act when it is entered and every time the ledger is read, so that a line that was appended past them does not count.
"""

import difflib
import math
from collections.abc import Callable

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act, same_name
from syncproof.evidence.execution.configuration import differences
from syncproof.evidence.execution.deviation import DISPOSITIONS, MAY_CHANGE, Deviation
from syncproof.evidence.execution.history import History, Run
from syncproof.evidence.execution.items import items

GAPS = ("not supported", "blocked", "not run", "aborted")
_CLI = "syncproof evidence"

Rule = Callable[[History, Act], str | None]


def refusal(history: History, act: Act) -> str | None:
    """Why an act is not permitted as things stand; None if it is."""
    return next((why for rule in RULES[act.type] if (why := rule(history, act)) is not None), None)


def by_a_person(_: History, act: Act) -> str | None:
    if act.kind == "person" and act.name.strip() and act.role.strip():
        return None
    return f"a person decides this, with name and role, not {act.kind or 'nobody'} {act.name!r}"


def with_a_reason(_: History, act: Act) -> str | None:
    return None if act.reason else "say why (--reason): what people decide is never without one"


def on_a_run_that_ended(history: History, act: Act) -> str | None:
    number = act.number("run")
    if history.ended_before(act, number) is not None:
        return None
    if number in history.runs:
        return f"run {number} has not ended: wait for it"
    return f"run {number} is not on record in {history.directory}; runs: {_known(history)}"


def on_a_finished_run(history: History, act: Act) -> str | None:
    """Of a run that was aborted nobody knows what it would have come to."""
    run = history.runs[act.number("run")]
    return None if run.ended == "finished" else f"run {run.number} was aborted: nothing can rest on it. Repeat it"


def on_a_pack_that_is_here(history: History, act: Act) -> str | None:
    run = history.runs[act.number("run")]
    return None if run.is_here else f"the pack {run.outline.path.name} of run {run.number} is not here: put it back"


def on_a_deviation(history: History, act: Act) -> str | None:
    found = history.deviations.get(id_ := act.text("deviation"))
    if found is not None and found.run == act.number("run"):
        return None
    known = ", ".join(history.deviations) or "none"
    return f"there is no deviation {id_!r} in {history.directory}; deviations: {known}"


def while_it_is_not_closed(history: History, act: Act) -> str | None:
    found = _deviation(history, act)
    return (
        f"{found.id} is closed: what comes up again opens a deviation of its own" if found.state == "closed" else None
    )


def with_a_known_disposition(_: History, act: Act) -> str | None:
    said = act.text("disposition")
    return None if said in DISPOSITIONS else f"{said!r} is no disposition; valid: {', '.join(DISPOSITIONS)}"


def with_root_cause_and_owner(_: History, act: Act) -> str | None:
    if act.text("root_cause") and act.text("owner"):
        return None
    return "a disposition needs a root cause and an owner (--root-cause, --owner)"


def after_a_disposition(history: History, act: Act) -> str | None:
    found = _deviation(history, act)
    return None if found.disposition else f"{found.id} has no disposition yet: {_CLI} dispose {found.id}"


def if_a_retest_is_asked_for(history: History, act: Act) -> str | None:
    found = _deviation(history, act)
    if found.needs_retest:
        return None
    return f"{found.id} is disposed as {found.disposition!r}, which needs no retest: {_CLI} close {found.id}"


def retest_in_a_later_run(history: History, act: Act) -> str | None:
    found, retest = _deviation(history, act), history.ended_before(act, act.number("retest_run"))
    if retest is None or retest.line <= history.runs[found.run].end_line or not retest.is_here:
        return f"run {act.number('retest_run')} is no later run than {found.run} that has ended and is on record here"
    return (
        None if retest.ended == "finished" else f"run {retest.number} was aborted and proves nothing: {_again(found)}"
    )


def retest_passed(history: History, act: Act) -> str | None:
    """The same scenario, as a whole."""
    found, retest = _deviation(history, act), _retest(history, act)
    verdict = retest.outline.verdicts.get(found.scenario, "unselected")
    if verdict == "passed":
        return None
    return f"{found.scenario} is {verdict} in run {retest.number}: a retest is a run in which it passed"


def retest_checked_it(history: History, act: Act) -> str | None:
    """A scenario that no longer checks the requirement passes for nothing."""
    found, retest = _deviation(history, act), _retest(history, act)
    unseen = set(found.event["requirements"]) - retest.outline.shown.get(found.scenario, frozenset())
    if not unseen:
        return None
    return f"run {retest.number} has no check of {', '.join(sorted(unseen))} in the scenario that opened {found.id}"


def retest_on_the_same(history: History, act: Act) -> str | None:
    """Only what the disposition says was mended may differ."""
    found, retest = _deviation(history, act), _retest(history, act)
    differing = differences(history.runs[found.run].outline, retest.outline, found.scenario)
    others = [one.text for one in differing if one.aspect not in MAY_CHANGE[found.disposition]]
    if not others:
        return None
    return (
        f"run {retest.number} differs from run {found.run} in more than {found.disposition!r} accounts for: "
        f"{'; '.join(others)}. Retest on the same, or dispose {found.id} again with what was really changed"
    )


def after_a_retest(history: History, act: Act) -> str | None:
    found = _deviation(history, act)
    if not found.needs_retest or found.last(acts.RETESTED) is not None:
        return None
    return f"{found.id} is disposed as {found.disposition!r} and has no retest since: {_again(found)}"


def by_another_person(history: History, act: Act) -> str | None:
    """Four eyes: not the owner, not who entered the disposition, not who performed a run that it rests on."""
    found = _deviation(history, act)
    disposed, retested = found.last(acts.DISPOSED), found.last(acts.RETESTED)
    runs = [found.run, *([] if retested is None else [retested.number("retest_run")])]
    taken = [(f"performed run {number}", history.runs[number].performer) for number in runs]
    if disposed is not None:
        taken += [(f"owns {found.id}", disposed.text("owner")), ("entered its disposition", disposed.name)]
    return _other(act, taken, "somebody else closes it")


def not_by_the_performer(history: History, act: Act) -> str | None:
    run = history.runs[act.number("run")]
    return _other(act, [(f"performed run {run.number}", run.performer)], "somebody else accepts the gap")


def on_a_gap(history: History, act: Act) -> str | None:
    """What passed needs no acceptance, and what failed has a deviation."""
    number, scenario = act.number("run"), act.text("scenario")
    known = {item.scenario for item in items(history, number, act.line)}
    verdict = history.runs[number].outline.verdicts.get(scenario, "not run") if scenario in known else None
    if verdict in GAPS:
        return None
    near = difflib.get_close_matches(scenario, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near and verdict is None else ""
    return f"{scenario} is {verdict or 'not planned'} in run {number}: only {', '.join(GAPS)} is a gap{hint}"


def once_nothing_is_open(history: History, act: Act) -> str | None:
    """Or it must say so, and of how much."""
    number = act.number("run")
    points = open_points(history, number, act.line)
    if act.text("with_open"):
        is_told = act.fields.get("open") == len(points)
        return None if is_told else f"{len(points)} points were open in run {number}, and it speaks of another number"
    if not points:
        return None
    shown = "; ".join(points[:3]) + ("; …" if len(points) > 3 else "")  # noqa: PLR2004
    return f"not settled ({len(points)}): {shown}. Settle that, or say why you conclude (--with-open)"


def open_points(history: History, run: int, before: float = math.inf) -> list[str]:
    """What speaks against a conclusion on a run, as far as is known before a line of the ledger."""
    away = [f"the pack of run {one.number} is not here" for one in history.ended(before) if not one.is_here]
    return [*away, *(one.scenario for one in items(history, run, before) if not one.is_settled)]


_EVERY: tuple[Rule, ...] = (by_a_person, with_a_reason)
_DEVIATION: tuple[Rule, ...] = (*_EVERY, on_a_deviation, on_a_run_that_ended, while_it_is_not_closed)
_RUN: tuple[Rule, ...] = (*_EVERY, on_a_run_that_ended, on_a_finished_run, on_a_pack_that_is_here)
RULES: dict[str, tuple[Rule, ...]] = {
    acts.DISPOSED: (*_DEVIATION, with_a_known_disposition, with_root_cause_and_owner),
    acts.RETESTED: (
        *_DEVIATION,
        after_a_disposition,
        if_a_retest_is_asked_for,
        retest_in_a_later_run,
        retest_passed,
        retest_checked_it,
        retest_on_the_same,
    ),
    acts.CLOSED: (*_DEVIATION, after_a_disposition, after_a_retest, by_another_person),
    acts.GAP_ACCEPTED: (*_RUN, on_a_gap, not_by_the_performer),
    acts.CONCLUDED: (*_RUN, once_nothing_is_open),
}
"""In the order in which they are asked; a later rule may rely on the earlier ones."""


def _deviation(history: History, act: Act) -> Deviation:
    return history.deviations[act.text("deviation")]


def _retest(history: History, act: Act) -> Run:
    return history.runs[act.number("retest_run")]


def _again(deviation: Deviation) -> str:
    feature = deviation.scenario.partition("::")[0]
    return f"run it again (syncproof qualify {feature}), then {_CLI} retest {deviation.id} --run N"


def _other(act: Act, taken: list[tuple[str, str]], what: str) -> str | None:
    mine = (why for why, name in taken if name and same_name(name, act.name))
    return next((f"{act.name} {why}: {what}" for why in mine), None)


def _known(history: History) -> str:
    return ", ".join(map(str, history.runs)) or "none"
