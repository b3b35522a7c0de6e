"""``syncproof contracts validate``: documents against a contract and its rules."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # what it brings with it is not needed by other commands
    from syncproof.contracts.bulk.report import Report

INVALID, NOTHING = 1, 3


@click.command()
@click.argument("contract", metavar="CONTRACT[:VERSION]")
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, readable=False)
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option(
    "--rules/--no-rules", default=True, help="Also what a schema cannot say (units, totals, references, dates)."
)
@click.option(
    "--most",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="How many mistakes are told; all are counted.",
)
def validate(contract: str, files: tuple[Path, ...], as_json: bool, rules: bool, most: int) -> None:
    """Hold documents against CONTRACT: one of ours by name, a JSON Schema file, or 'auto' (each by its own name).

    A FILE is one document (.json), one document on each line (anything else), or a directory of such files.

    Exit codes: 0 all valid; 1 some invalid; 2 usage, or a schema that is none; 3 nothing was validated.
    """
    from syncproof.cli.contracts.progress import progress  # noqa: PLC0415  as below
    from syncproof.contracts.bulk.routing import router  # noqa: PLC0415  not needed by other commands
    from syncproof.contracts.bulk.run import validate as run  # noqa: PLC0415  as above
    from syncproof.contracts.rules import Rules  # noqa: PLC0415  as above

    held = router(contract)
    with progress(files) as told:
        report = run(files, held, rules=Rules() if rules else None, most=most, told=told)
    if as_json:
        click.echo(json.dumps(report.plain()))
    else:
        _show(report)
    sys.exit(_code(report))


def _show(report: "Report") -> None:
    for mistake in report.errors:
        click.echo(str(mistake).encode("utf-8", "backslashreplace").decode())
    if report.total > len(report.errors):
        click.echo(f"and {report.total - len(report.errors):,} more mistakes")
    for what, number in report.unchecked.items():
        click.echo(f"could not check: {what} ({number:,})")
    click.echo(f"{report.documents:,} documents, {report.invalid:,} invalid", err=True)


def _code(report: "Report") -> int:
    if not report.documents:
        return NOTHING
    return INVALID if report.total else 0
