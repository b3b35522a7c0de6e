"""``syncproof contracts compat``: whether a new version of a schema fits the old ones."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from syncproof.contracts.compatibility.modes import MODES, TRANSITIVE, Finding, findings
from syncproof.contracts.compatibility.schemas import read
from syncproof.errors import ConfigurationError


@click.command()
@click.argument("old", nargs=-1, required=True)
@click.argument("new")
@click.option("--mode", type=click.Choice(MODES), default="backward", show_default=True, help="What must hold.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def compat(old: tuple[str, ...], new: str, mode: str, as_json: bool) -> None:
    """Prove that schema NEW fits schema OLD, or show documents that one accepts and the other rejects.

    OLD and NEW are files of JSON Schema (draft 7 or 2020-12) or contracts of ours (bom:1.0.0). A transitive mode
    takes several OLD, or a folder of versions. What cannot be proved is a break; one without a document is 'not
    proved'. See docs/contracts-compatibility.md.

    \b
    Exit codes: 0 compatible; 1 breaks; 2 usage, or a file that is no schema.
    """
    names = [name for given in old for name in _versions(given, new)]
    if len(names) > 1 and not mode.endswith(TRANSITIVE) and not any(Path(given).is_dir() for given in old):
        raise click.UsageError("only a transitive mode takes several OLD")
    found = list(findings([read(name) for name in names], read(new), mode))
    if as_json:
        told = {"compatible": not found, "mode": mode, "breaks": [one.plain() for one in found]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _tell(found, mode)
    sys.exit(1 if found else 0)


def _versions(given: str, new: str) -> Iterator[str]:
    """A file by its name; a folder by the schemas in it, oldest version first, without the new one."""
    if not Path(given).is_dir():
        yield given
        return
    paths = [*Path(given).glob("*.json"), *Path(given).glob("*/schema.json")]
    others = sorted((path for path in paths if path.resolve() != Path(new).resolve()), key=_in_order)
    if not others:
        raise ConfigurationError(f"{given} has no schemas to compare with: *.json or VERSION/schema.json")
    yield from map(str, others)


def _in_order(path: Path) -> list[tuple[int, str]]:
    """Numbers as numbers: 1.10.0 comes after 1.9.0."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", str(path))]


def _tell(found: list[Finding], mode: str) -> None:
    """One paragraph for each break."""
    for one in found:
        click.echo(f"{one.direction}: {one.message}. The {one.move_first} must move first.")
        if one.found.witness:
            click.echo(f"    {json.dumps(one.found.witness[0], ensure_ascii=False)}")
        click.echo()
    shown = sum(one.found.proved for one in found)
    click.echo(
        f"Not {mode} compatible: {len(found)} breaks, {shown} shown by a document."
        if found
        else f"Compatible ({mode})."
    )
