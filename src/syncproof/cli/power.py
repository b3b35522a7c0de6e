"""``syncproof power``: whether the scenarios would catch a real defect."""

import json
import random
import secrets
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syncproof.cli.qualify import landscape_option, out_option
from syncproof.cli.suite import Selection, command, environment, evidence_folder, landscape_file, repository
from syncproof.suite_files import suite_root

if TYPE_CHECKING:
    from syncproof.defects.base import Defect

FILE = click.Path(path_type=Path, exists=True)


@click.command()
@landscape_option
@click.option(
    "--defects",
    "file",
    metavar="FILE.py",
    type=FILE,
    help="Defects of your own, or a folder of such files.",
)
@click.option(
    "--only", multiple=True, metavar="ID", help="Only this defect or variation; OK-* means all variations. Repeatable."
)
@click.option("--sample", type=click.IntRange(1), help="So many defects, drawn by the seed.")
@click.option("-n", "--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="Workers.")
@click.option("--seed", help="Seed of the sample and of the business keys. Default: fresh for each run.")
@click.option("--whole", is_flag=True, help="Run all scenarios of a defect, not only up to the first that detects it.")
@click.option("--policies", "only_policies", is_flag=True, help="List the policies that a defect can replace.")
@out_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, all else on standard error.")
def power(
    landscape: Path | None,
    file: Path | None,
    only: tuple[str, ...],
    sample: int | None,
    workers: int,
    seed: str | None,
    whole: bool,
    only_policies: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Seed one defect after the other into the reference landscape and see which scenario catches it.

    \b
    Exit codes: 0 all detected, all harmless variations silent; 1 a survivor or an alarm;
    2 usage (also: a defect file that cannot be used); 3 something could not be tried.
    """
    from syncproof.defects.campaign import Campaign  # noqa: PLC0415  no other command needs the simulators
    from syncproof.defects.registry import registry  # noqa: PLC0415

    if only_policies:
        _list_policies()
        return
    seed = seed or secrets.token_hex(5)
    path = landscape_file(landscape)
    file = file and file.resolve()
    known = registry(file)
    chosen = _chosen(known, only, sample, seed)
    about = {**_about(path), "seed": seed, "whole": len(chosen) == len(known)}
    arguments = command(Selection(landscape=path, out=out))[3:]
    begin = time.monotonic()
    campaign = Campaign(
        arguments, environment(), chosen, file=file, workers=workers, whole=whole, seed=seed,
        tell=lambda text: click.echo(text, err=True),
    )  # fmt: skip
    trials = campaign.run()
    about["seconds"] = round(time.monotonic() - begin, 1)
    sys.exit(_told(trials, about, evidence_folder(out, path), as_json=as_json))


def _about(landscape: Path) -> dict[str, Any]:
    """When, by whom and of what this is measured."""
    from syncproof.evidence.environment import environment as made_with  # noqa: PLC0415

    return {"at": datetime.now(UTC).isoformat(), **made_with(repository() or suite_root(), landscape)}


def _chosen(known: "dict[str, Defect]", only: tuple[str, ...], sample: int | None, seed: str) -> "dict[str, Defect]":
    from syncproof.defects.registry import chosen  # noqa: PLC0415

    found = chosen(known, only)
    if sample is None or sample >= len(found):
        return found
    drawn = set(random.Random(seed).sample(sorted(found), sample))  # noqa: S311  a sample, not a secret
    return {id_: defect for id_, defect in found.items() if id_ in drawn}


def _told(trials: list, about: dict[str, Any], evidence: Path, *, as_json: bool) -> int:  # type: ignore[type-arg]
    from syncproof.defects import matrix  # noqa: PLC0415
    from syncproof.evidence import fitness  # noqa: PLC0415
    from syncproof.reporting.page.fitness import write  # noqa: PLC0415

    code = matrix.exit_code(trials)
    told = {**matrix.summary(trials), **about, "exit": code}
    folder = matrix.write(trials, told, evidence / f"power-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    if (record := fitness.read(folder / fitness.NAME)) is not None:
        write(record, folder / "index.html")
    if as_json:
        click.echo(json.dumps(told))
    for line in matrix.lines(trials):
        click.echo(line, err=as_json)
    click.echo(f"{matrix.closing(trials)} of {len(trials)} in {about['seconds']:.0f} s; matrix: {folder}", err=as_json)
    return code


def _list_policies() -> None:
    from syncproof.defects.policies import policies, systems  # noqa: PLC0415

    for system in systems():
        for name, meaning in policies(system).items():
            click.echo(f"{system}.{name:34} {meaning}")
