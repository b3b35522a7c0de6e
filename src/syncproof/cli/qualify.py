"""``syncproof qualify`` and ``syncproof demo``: run the suite, then say what was verified."""

import json
import secrets
import sys
from pathlib import Path
from threading import Thread

import click

from syncproof.cli.suite import Selection, evidence_folder, landscape_file, run
from syncproof.errors import LandscapeError
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import Record, read_pack
from syncproof.landscape import load

DEMOS = {
    "a": "features/demo_scripts/a_revision_cutover.feature",
    "b": "features/demo_scripts/b_bom_and_units.feature",
    "c": "features/demo_scripts/c_hold_status.feature",
}
USAGE_ERROR = 4
"""pytest's own exit code for a command line it cannot use."""

landscape_option = click.option(
    "--landscape",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Landscape file. Default: landscape.toml here, else the reference systems.",
)
writes_option = click.option(
    "--allow-writes",
    is_flag=True,
    help='Write to a production landscape. Its file must say writes = "allowed" too; else it is only read.',
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the evidence packs."
)


@click.command()
@click.argument("paths", nargs=-1)
@landscape_option
@click.option("--site", multiple=True, help="Only scenarios of this site (and those of no site). Repeatable.")
@click.option("--phase", multiple=True, type=click.Choice(("iq", "oq", "pq")), help="Only this phase. Repeatable.")
@click.option("--requirement", multiple=True, metavar="ID", help="Only scenarios that carry it. Repeatable.")
@click.option("-n", "--workers", type=click.IntRange(0, 64), default=0, help="Workers, each with its own landscape.")
@click.option("--seed", help="Seed of the business keys. Default: fresh for each run.")
@out_option
@click.option("--strict", is_flag=True, help="What is not supported or awaits a person makes the run incomplete.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, all else on standard error.")
@writes_option
@click.option("--random-order", is_flag=True, help="Run the scenarios in random order (of the seed).")
@click.option("--no-report", is_flag=True, help="Leave the Allure results without making the HTML report.")
def qualify(
    paths: tuple[str, ...],
    landscape: Path | None,
    site: tuple[str, ...],
    phase: tuple[str, ...],
    requirement: tuple[str, ...],
    workers: int,
    seed: str | None,
    out: Path | None,
    strict: bool,
    as_json: bool,
    allow_writes: bool,
    random_order: bool,
    no_report: bool,
) -> None:
    """Run the qualification: all features, or only PATHS.

    \b
    Exit codes: 0 all in scope verified; 1 something failed; 2 usage or configuration;
    3 incomplete (blocked, aborted, nothing verified; with --strict also: not supported).
    """
    selection = Selection(
        paths=paths,
        landscape=landscape,
        requirements=requirement,
        sites=site,
        phases=phase,
        workers=workers,
        seed=seed or secrets.token_hex(5),
        out=out,
        random_order=random_order,
        allow_writes=allow_writes,
    )
    sys.exit(_qualify(selection, strict=strict, as_json=as_json, html=not no_report))


@click.command()
@click.argument("script", type=click.Choice(sorted(DEMOS)))
@landscape_option
@out_option
@writes_option
@click.option("--pause", is_flag=True, help="Wait for the Enter key before every step.")
def demo(script: str, landscape: Path | None, out: Path | None, allow_writes: bool, pause: bool) -> None:
    """Show demo script A, B or C step by step on a landscape."""
    options = ("-vv", "--gherkin-terminal-reporter", *(("--pause", "-s") if pause else ()))
    selection = Selection(
        paths=(DEMOS[script],),
        landscape=landscape,
        seed=secrets.token_hex(5),
        out=out,
        allow_writes=allow_writes,
        extra=options,
    )
    sys.exit(_qualify(selection, strict=False, as_json=False, html=False))


def _qualify(selection: Selection, *, strict: bool, as_json: bool, html: bool) -> int:
    landscape = landscape_file(selection.landscape)
    load(landscape)  # a mistake in the file is told before anything is started
    folder = evidence_folder(selection.out, landscape)
    loading = Thread(target=_load_writers, daemon=True)
    loading.start()
    code = run(selection, stdout=sys.stderr.fileno() if as_json else None)
    loading.join()  # the views are written in two processes: none may be made while another thread imports
    if code == USAGE_ERROR:
        return 2
    if folder.is_dir():
        Evidence(folder).mark_killed()  # if it was, or ended itself without a word, it could not say so
    from syncproof.cli import report  # noqa: PLC0415  what tells of a run is imported while it goes on
    from syncproof.reporting.views import make_views_and_allure  # noqa: PLC0415

    record = _record(folder, selection.seed)
    page = make_views_and_allure(record.path, html=html)
    summary = {**report.summarise(record), "ledger_head": str(Evidence(folder).ledger.head())}
    if as_json:
        click.echo(json.dumps(summary))
    report.show(summary, page, err=as_json)
    return report.exit_code(summary, strict=strict, green=code == 0)


def _load_writers() -> None:
    """Import what will write the views while the run goes on and this process waits: it takes half a second."""
    from syncproof.cli import report  # noqa: F401, PLC0415
    from syncproof.reporting import allure, allure_html  # noqa: F401, PLC0415
    from syncproof.reporting.views import views  # noqa: PLC0415

    views()


def _record(folder: Path, seed: str | None) -> Record:
    """The record of the run that had this seed."""
    for line in reversed(Evidence(folder).lines()):
        if line["type"] == "run_started" and line.get("seed") == seed:
            return read_pack(folder / line["pack"])
    raise LandscapeError(
        f"the run left no record in {folder}: see the messages above; no scenario was collected or started"
    )
