"""``syncproof contracts verify``: each system is asked whether it does what the contracts say."""

import json
import sys
from pathlib import Path

import click

from syncproof.cli.qualify import landscape_option, writes_option
from syncproof.cli.suite import landscape_file
from syncproof.contracts import states
from syncproof.contracts.catalogue import fingerprint, versions
from syncproof.contracts.pact import read, read_document, writing
from syncproof.contracts.pact.records import Pact
from syncproof.contracts.verification import results
from syncproof.contracts.verification.places import system_of
from syncproof.contracts.verification.running import verify as run
from syncproof.errors import ConfigurationError
from syncproof.landscape import load
from syncproof.landscape.compose import Landscape, open_landscape
from syncproof.transport import Recorder

STATES = "states.py"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--system", metavar="NAME", help="The system to verify. Default: the one of the provider's name or role.")
@landscape_option
@click.option("--user", metavar="NAME", help="User of the landscape who asks, where no state says who.")
@click.option(
    "--states",
    "handlers",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Handlers of provider states. Default: states.py here or beside the landscape file.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@writes_option
def verify(
    files: tuple[Path, ...],
    system: str | None,
    landscape: Path | None,
    user: str | None,
    handlers: Path | None,
    as_json: bool,
    allow_writes: bool,
) -> None:
    """Drive each interaction with its provider state and show what differs, field by field.

    FILES are Pact files (V2 to V4); without any, our own interactions are driven.

    \b
    Exit codes: 0 all verified; 1 something differs or could not be asked (a state that could not be
    set up is an error); 2 usage or a file that cannot be read; 3 nothing was verified.
    """
    pacts = [read(file) for file in files] if files else ours()
    path = landscape_file(landscape)
    definition = load(path, allow_writes=allow_writes)
    _load_states(handlers, path)
    recorder = Recorder()
    with open_landscape(definition, recorder) as opened:
        wanted = pacts if files or system is None else _of_system(opened, pacts, system)
        found = list(run(opened, wanted, system=system if files else None, user=user))
    text = results.told(found)
    if as_json:
        contracts = {} if files else _as_here(found)
        told = results.document(found, landscape=definition.name, contracts=contracts)
        text = json.dumps(told, ensure_ascii=False)
    click.echo(recorder.redactor.text(text))
    sys.exit(results.exit_code(found))


def ours() -> list[Pact]:
    """Our own interactions."""
    return [read_document(document, "ours") for document in writing.documents().values()]


def _as_here(found: list[results.Result]) -> dict[str, str]:
    """The schemas of the contracts that were driven."""
    driven = {each.contract for each in found}
    stated = (
        (f"{name}:{version}", fingerprint(name, version)) for name, version in versions().items() if name in driven
    )
    return {contract: schema for contract, schema in stated if schema is not None}


def _of_system(landscape: Landscape, pacts: list[Pact], system: str) -> list[Pact]:
    """Those of our own that a system provides."""
    if system not in landscape.systems:
        known = ", ".join(sorted(landscape.systems))
        raise ConfigurationError(f"there is no system {system!r} in the landscape; known: {known}")
    return [pact for pact in pacts if _provider(landscape, pact) == system]


def _provider(landscape: Landscape, pact: Pact) -> str | None:
    try:
        return system_of(landscape, pact, None)
    except ConfigurationError:
        return None


def _load_states(named: Path | None, landscape: Path) -> None:
    if named is not None and not named.is_file():
        raise ConfigurationError(f"there is no file {named} with handlers of states")
    places = [named] if named else [Path.cwd() / STATES, landscape.parent / STATES]
    for place in dict.fromkeys(places):
        if place is not None and place.is_file():
            states.load(place)
            return
