"""``syncproof evidence``: look at what a run left."""

import json
import sys
from pathlib import Path

import click

from syncproof.cli import report as reports
from syncproof.cli.execution import COMMANDS
from syncproof.cli.replay import replay
from syncproof.cli.sign import sign
from syncproof.cli.verify import verify
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import read_pack

INCOMPLETE = 3


@click.group()
def evidence() -> None:
    """Look at what a run left: show, check, play back, settle, sign."""


for command in (*COMMANDS, replay, sign, verify):
    evidence.add_command(command)

pack_argument = click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))


@evidence.command()
@pack_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def show(pack: Path, as_json: bool) -> None:
    """Say what the run of PACK came to."""
    summary = reports.summarise(read_pack(pack))
    if as_json:
        click.echo(json.dumps(summary))
        return
    reports.show(summary, str(pack / "allure-report" / "index.html"), err=False)


@evidence.command()
@pack_argument
@click.option("--no-allure", is_flag=True, help="Only the views that are made without Node.")
def report(pack: Path, no_allure: bool) -> None:
    """Make the views of PACK again, from its record and from what people entered since."""
    from syncproof.reporting.views import make_views, make_views_and_allure  # noqa: PLC0415  others need none of it

    told = lambda name: click.echo(pack / name)  # noqa: E731
    if no_allure:
        make_views(pack.resolve(), told=told)
        return
    page = make_views_and_allure(pack.resolve(), html=True, told=told)
    click.echo(page)
    if not Path(page).is_file():  # it says why
        sys.exit(INCOMPLETE)


@evidence.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path("evidence"))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Append it to this file as well.")
@click.option("--timestamp", metavar="URL", help="Have this authority stamp that file (RFC 3161): FILE.tsr.")
def head(folder: Path, out: Path | None, timestamp: str | None) -> None:
    """Say where the ledger of FOLDER (default: evidence) stands: number of lines and hash of the last one.

    Kept outside the folder (committed, mailed, time-stamped), it shows later that no run was taken away:
    syncproof evidence verify PACK --head LINES:HASH.
    """
    keeper = Evidence(folder)
    keeper.mark_killed()
    text = str(keeper.ledger.head())
    click.echo(text)
    if out is not None:
        with out.open("a", encoding="utf-8") as stream:
            stream.write(text + "\n")
        if timestamp is not None:
            from syncproof.evidence.signing import stamps  # noqa: PLC0415  not needed by others

            click.echo(stamps.stamp(out, timestamp), err=True)
    elif timestamp is not None:
        raise click.UsageError("--timestamp stamps a file: say which with --out")


@evidence.command()
@pack_argument
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="BASELINE")
@click.option("--write", "update", is_flag=True, help="Write what PACK came to into BASELINE, for review.")
def compare(pack: Path, file: Path, update: bool) -> None:
    """Compare verdict and reason of every scenario of PACK with a reviewed BASELINE.

    For a system with known deviations: what is known and explained there is not news, everything else is.
    Exit codes: 0 as known; 1 something differs.
    """
    from syncproof.evidence import baseline  # noqa: PLC0415  not needed by other commands

    record = read_pack(pack)
    found = baseline.observed(record)
    known = baseline.read(file) if file.exists() or not update else {}
    if update:
        baseline.write(file, found, known)
        click.echo(f"{len(found)} scenarios written into {file}: review it before you keep it")
        return
    whole = record.is_whole and "unselected" not in record.verdicts().values()
    differing = baseline.differences(found, known, whole=whole)
    for text in differing:
        click.echo(text)
    click.echo(f"{len(found)} scenarios compared with {file}: {len(differing) or 'none'} differ", err=True)
    sys.exit(1 if differing else 0)
