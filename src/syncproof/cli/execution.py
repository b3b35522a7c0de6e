"""``syncproof evidence deviations|dispose|retest|close|accept-gap|conclude``: people settle what a run left open."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from syncproof.evidence import acts
from syncproof.evidence.acts import Person
from syncproof.evidence.execution import DISPOSITIONS, Execution

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
    found = Execution(folder.resolve()).deviations.values()
    if as_json:
        click.echo(json.dumps({one.id: {**asdict(one), "state": one.state} for one in found}))
        return
    for one in found:
        click.echo(f"{one.id:10} {one.state:14} {', '.join(one.event['requirements'])}  {one.scenario}")
        for claim in one.event["claims"]:
            click.echo(f"           {claim.splitlines()[0]}")
        for act in one.acts:
            click.echo(f"           {act.at[:16]}Z {_told(act)} by {act.name} ({act.role}): {act.reason}")
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
    """Say what is to become of DEVIATION (an id as 'deviations' lists it)."""
    _on(folder).dispose(deviation, Person(name, role), reason, disposition, root_cause, owner)
    _done(deviation)


@click.command()
@click.argument("deviation")
@click.option("--run", type=int, required=True, help="The later run in which its scenario passed.")
@reason_option
@by_person
def retest(deviation: str, run: int, reason: str, name: str, role: str, folder: Path) -> None:
    """Name the run that shows DEVIATION corrected."""
    _on(folder).retest(deviation, Person(name, role), reason, run)
    _done(deviation)


@click.command()
@click.argument("deviation")
@reason_option
@by_person
def close(deviation: str, reason: str, name: str, role: str, folder: Path) -> None:
    """Close DEVIATION; somebody else than its owner does."""
    _on(folder).close(deviation, Person(name, role), reason)
    _done(deviation)


@click.command(name="accept-gap")
@click.argument("scenario")
@click.option("--run", type=int, required=True, help="The run in which it could not be executed.")
@reason_option
@by_person
def accept_gap(scenario: str, run: int, reason: str, name: str, role: str, folder: Path) -> None:
    """Accept that SCENARIO (its id) could not be executed on this landscape."""
    _on(folder).accept_gap(scenario, run, Person(name, role), reason)
    _done(scenario)


@click.command()
@click.argument("run", type=int)
@click.option("--text", required=True, help="Your conclusion, for example on the fitness for the intended use.")
@click.option("--with-open", help="What you say to scenarios that are not settled.")
@by_person
def conclude(run: int, text: str, with_open: str | None, name: str, role: str, folder: Path) -> None:
    """Enter the conclusion on RUN (its number). Until then every view leaves it visibly blank."""
    _on(folder).conclude(run, Person(name, role), text, with_open)
    _done(f"run {run}")


@click.command()
@click.argument("run", type=int)
@folder_option
def items(run: int, folder: Path) -> None:
    """Say how every scenario of RUN stands over all runs: passed at first, after a deviation, open and so on."""
    for item in _on(folder).items(run):
        runs = ", ".join(f"{number}: {verdict}" for number, verdict in item.runs)
        click.echo(
            f"{item.state:22} {item.scenario} ({runs}){' ' + ', '.join(item.deviations) if item.deviations else ''}"
        )


COMMANDS += [deviations, dispose, retest, close, accept_gap, conclude, items]


def _on(folder: Path) -> Execution:
    return Execution(folder.resolve())


def _done(what: str) -> None:
    click.echo(f"{what}: entered; make the views again to show it: syncproof evidence report PACK", err=True)


def _told(act: acts.Act) -> str:
    said = act.fields
    if act.type == acts.DISPOSED:
        return f"{said['disposition']}, root cause: {said['root_cause']}, owner: {said['owner']};"
    return f"retested in run {said['retest_run']}" if act.type == acts.RETESTED else "closed"
