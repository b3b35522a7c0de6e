"""``syncproof contracts pact``: our consumer contracts as Pact files, and a look into others'."""

import json
from pathlib import Path

import click

from syncproof.contracts.pact import read, writing
from syncproof.errors import ConfigurationError


@click.group()
def pact() -> None:
    """Consumer-driven contracts as Pact files: write ours, look into others'."""


@pact.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--consumer", metavar="NAME", help="Only files of this consumer.")
@click.option("--provider", metavar="NAME", help="Only the file of this provider (a role of the landscape).")
def export(out: Path, consumer: str | None, provider: str | None) -> None:
    """Write our interactions into the folder OUT: Pact V4, one file for each provider."""
    documents = writing.documents(consumer, provider)
    if not documents:
        known = ", ".join(" -> ".join(pair) for pair in writing.documents())
        raise ConfigurationError(
            f"there is no contract of {consumer or 'any'} with {provider or 'any'}; known: {known}"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for (ours, theirs), document in documents.items():
            path = out / f"{ours}-{theirs}.json"
            path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            click.echo(f"{path}: {len(document['interactions'])} interactions")
    except OSError as problem:
        raise ConfigurationError(f"the contracts cannot be written: {problem}") from None


@pact.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Read Pact FILES and say what they hold; what is not understood is told with its place."""
    for file in files:
        found = read(file)
        click.echo(f"{file}: {found.consumer} -> {found.provider}, version {found.version}")
        for each in found.interactions:
            states = "; ".join(state.name for state in each.states)
            click.echo(f"  {each.kind:9}{each.description}{f' [{states}]' if states else ''}")
