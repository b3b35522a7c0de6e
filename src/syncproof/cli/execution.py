"""``syncproof evidence deviations|dispose|retest|close|accept-gap|conclude``: people settle what a run left open."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from syncproof.errors import ConfigurationError
from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act, Person
from syncproof.evidence.execution.deviation import DISPOSITIONS, MAY_CHANGE
from syncproof.evidence.execution.items import items as items_of
from syncproof.evidence.execution.items import protocol_states
from syncproof.evidence.execution.register import Register, read_history

COMMANDS: list[click.Command] = []

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("evidence"),
    help="Evidence folder. Default: evidence.",
)


def by_person(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every act: who, why, where."""
    for option in (
        click.option("--name", envvar="SYNCPROOF_PERSON", required=True, help="Your name (or SYNCPROOF_PERSON)."),
        click.option("--role", envvar="SYNCPROOF_ROLE", required=True, help="Your role (or SYNCPROOF_ROLE)."),
        folder_option,
    ):
        function = option(function)
    return function


reason_option = click.option("--reason", required=True, help="Why: it goes on record.")


@click.command()
@folder_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def deviations(folder: Path, as_json: bool) -> None:
    """List the deviations that runs opened, with what was done about them."""
    history = read_history(folder.resolve())
    found = history.deviations.values()
    if as_json:
        click.echo(json.dumps({one.id: {**asdict(one), "state": one.state} for one in found}))
        return
    for one in found:
        click.echo(f"{one.id:10} {one.state:14} {', '.join(one.event['requirements'])}  {one.scenario}")
        for claim in one.event["claims"]:
            click.echo(f"           {claim.splitlines()[0]}")
        for act in one.acts:
            click.echo(f"           {act.at[:16]}Z {_told(act)} by {act.name} ({act.role}): {act.reason}")
    for act, why in history.void:
        click.echo(f"line {act.line} of the ledger ({act.type} by {act.name or 'nobody'}) does not count: {why}")
    if not found:
        click.echo("no run opened a deviation")


@click.command()
@click.argument("deviation")
@click.option("--disposition", type=click.Choice(DISPOSITIONS), required=True, help="What is to become of it.")
@click.option("--root-cause", required=True, help="Why it came about.")
@click.option("--owner", required=True, help="Who sees to it.")
@reason_option
@by_person
def dispose(
    deviation: str, disposition: str, root_cause: str, owner: str, reason: str, name: str, role: str, folder: Path
) -> None:
    """Say what is to become of DEVIATION (an id as 'deviations' lists it).

    What is to be corrected is shown by a retest, which may differ from the run that failed only in what was corrected:
    the system, the environment (landscape file included), the test, or the requirement. What is accepted as is, or is
    not a defect, needs none. A new disposition asks for a new retest.
    """
    _register(folder, name, role).dispose(deviation, reason, disposition, root_cause, owner)
    _done(deviation)


@click.command()
@click.argument("deviation")
@click.option("--run", type=int, required=True, help="The later run in which its scenario passed.")
@reason_option
@by_person
def retest(deviation: str, run: int, reason: str, name: str, role: str, folder: Path) -> None:
    """Name the run that shows DEVIATION corrected."""
    _register(folder, name, role).retest(deviation, reason, run)
    _done(deviation)


@click.command()
@click.argument("deviation")
@reason_option
@by_person
def close(deviation: str, reason: str, name: str, role: str, folder: Path) -> None:
    """Close DEVIATION; somebody does who neither owns it, nor disposed it, nor performed its runs."""
    _register(folder, name, role).close(deviation, reason)
    _done(deviation)


@click.command(name="accept-gap")
@click.argument("what")
@click.option("--run", type=int, required=True, help="The run in which it could not be executed.")
@reason_option
@by_person
def accept_gap(what: str, run: int, reason: str, name: str, role: str, folder: Path) -> None:
    """Accept that WHAT could not be executed on this landscape: a scenario (its id), or a requirement with all of its
    scenarios that are not settled. It holds for the configuration of RUN: when that changes, it is a gap again.
    """
    for scenario in _register(folder, name, role).accept_gap(what, run, reason):
        _done(scenario)


@click.command()
@click.argument("run", type=int)
@click.option("--text", required=True, help="Your conclusion, for example on the fitness for the intended use.")
@click.option("--with-open", default="", help="What you say to scenarios that are not settled.")
@by_person
def conclude(run: int, text: str, with_open: str, name: str, role: str, folder: Path) -> None:
    """Enter the conclusion on RUN (its number). Until then every view leaves it visibly blank."""
    _register(folder, name, role).conclude(run, text, with_open)
    _done(f"run {run}")


@click.command()
@click.argument("run", type=int)
@folder_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def items(run: int, folder: Path, as_json: bool) -> None:
    """Say how every scenario of the protocols of RUN stands over all runs: passed at first, after a deviation, open
    and so on. A run counts if it was made on the same landscape, systems, suite and requirements.
    """
    history = read_history(folder.resolve())
    if run not in history.runs:
        known = ", ".join(map(str, history.runs)) or "none"
        raise ConfigurationError(f"run {run} is not on record in {folder}; runs: {known}")
    found = items_of(history, run)
    if as_json:
        click.echo(json.dumps([asdict(item) for item in found]))
        return
    for item in found:
        runs = ", ".join(f"{one.run}: {one.verdict}{' (does not count)' if one.differs else ''}" for one in item.seen)
        click.echo(f"{item.state:22} {item.scenario} ({runs}){''.join(f' {id_}' for id_ in item.deviations)}")
        for text in item.seen[-1].differs if item.seen and not item.is_settled else ():
            click.echo(f"{'':22} run {item.seen[-1].run} does not count here: {text}")
    for protocol, states in protocol_states(found).items():
        counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        click.echo(f"{protocol or 'no protocol'}: {counts}")


COMMANDS += [deviations, dispose, retest, close, accept_gap, conclude, items]


def _register(folder: Path, name: str, role: str) -> Register:
    return Register(folder.resolve(), Person(name, role))


def _done(what: str) -> None:
    click.echo(f"{what}: entered; make the views again to show it: syncproof evidence report PACK", err=True)


def _told(act: Act) -> str:
    if act.type == acts.DISPOSED:
        said = f"{act.text('disposition')}, root cause: {act.text('root_cause')}, owner: {act.text('owner')};"
        return said if act.text("disposition") in MAY_CHANGE else f"{said} no retest;"
    return f"retested in run {act.number('retest_run')}" if act.type == acts.RETESTED else "closed"
