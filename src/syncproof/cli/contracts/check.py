"""``syncproof contracts check``: whether this change may be released to some sites."""

import json
import os
import sys
from pathlib import Path

import click

from syncproof.contracts.gate import annotations
from syncproof.contracts.gate.decision import Decision, decide, verification
from syncproof.contracts.gate.sites import site
from syncproof.evidence.files import write_whole


@click.command()
@click.option(
    "--site",
    "places",
    multiple=True,
    required=True,
    metavar="[SITE=]PATH",
    help="A site by its evidence folder (the latest finished run of the whole suite counts) or one pack. Repeat it.",
)
@click.option(
    "--verified",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Result of 'syncproof contracts verify --json'. Repeat it.",
)
@click.option("--github", is_flag=True, help="Annotations for GitHub Actions (default there: GITHUB_ACTIONS is set).")
@click.option(
    "--gitlab",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a code quality report for GitLab to this file.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def check(
    places: tuple[str, ...], verified: tuple[Path, ...], github: bool, gitlab: Path | None, as_json: bool
) -> None:
    """Say whether the contracts that are here may be released to some sites, and if not, the one sentence why.

    Every contract version that a site's systems spoke in their latest qualification is held against the version that is
    here, under the compatibility that the contract states. Packs are verified first; nothing is asked over a network.

    \b
    Exit codes: 0 it may; 1 it may not; 3 it cannot be said; 2 usage.
    """
    decision = decide([site(one) for one in places], [verification(path) for path in verified])
    if gitlab is not None:
        write_whole(gitlab, json.dumps(annotations.gitlab(decision), indent=1).encode() + b"\n")
    if as_json:
        click.echo(json.dumps(decision.plain(), ensure_ascii=False))
    else:
        _tell(decision)
    if github or os.environ.get("GITHUB_ACTIONS") == "true":
        for line in annotations.github(decision):
            click.echo(line, err=as_json)
    sys.exit(decision.code)


def _tell(decision: Decision) -> None:
    rows = [("site", "system", "contract", "in use", "messages", "here", "state")]
    for pair in decision.pairs:
        used = pair.used
        place = (pair.site, used.system, used.contract, used.version)
        rows.append((*place, str(used.messages), pair.new or "gone", pair.state))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for site_ in decision.sites:
        click.echo(f"{site_.name}: {site_.pack.name}{f', ended {site_.ended}' if site_.ended else ''}")
        if site_.apart:
            click.echo(f"{site_.name}: {', '.join(site_.apart)} speaks messages of its own, and is in no row")
    for one in decision.verifications:
        counts = ", ".join(f"{count} {verdict}" for verdict, count in one.counts.items()) or "nothing"
        click.echo(f"{one.file}: {counts}")
    click.echo(f"{decision.why[:1].upper()}{decision.why[1:]}.")
