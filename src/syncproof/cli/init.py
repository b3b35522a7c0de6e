"""``syncproof init``: a user's repository that refers to the bundled suite."""

import shutil
from pathlib import Path

import click

from syncproof.errors import ConfigurationError
from syncproof.suite_files import suite_root

PARTS = ("features", "steps", "fixtures", "contracts")

OURS = "URS-REV-003"
"""The requirement of ours whose claim the example feature checks."""

README = """\
# Qualification of {name}

- `landscape.toml` says which systems play which role. Edit it, then `syncproof landscape check`.
- `syncproof qualify` runs the bundled suite and the features in `features/`.
- A new `*.feature` file in `features/` runs at once; it speaks the bundled vocabulary
  (`syncproof qualify features/own_rules.feature`).
- A module in `steps/` or `fixtures/` adds to the bundled ones; one of the same name replaces it.
- `reports/registry/` holds your own requirements; `maps_to` ties them to ours.
- `evidence/` holds one pack per run and is not under version control.
"""

FEATURE = """\
Feature: Rules of our own
  Delete this file, or change it: it shows that a new feature runs at once.

  @{ours}
  Scenario: The first order after the introduction of a product runs under its first revision
    Given product "Cream" is in production
    When order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-02-10T06:00:00Z
    Then order "O1" executed entirely under revision A
"""

REGISTRY = """\
# Requirements of your own URS. "maps_to" names ours whose scenarios verify yours.

[[requirement]]
id = "{requirement}"
version = "1.0"
text = "An order runs under the revision that is effective when it starts."
source = {{ title = "Our URS", section = "4.2" }}
kind = "functional"
scope = "rig"
testable = "yes"
gxp = true
priority = "high"
maps_to = ["{ours}"]
"""

CONFTEST = '''\
"""Composes the bundled suite and what this repository adds to it."""

from syncproof.suite_files import suite_modules

pytest_plugins = suite_modules("fixtures", "steps")
'''


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--eject",
    multiple=True,
    type=click.Choice(PARTS),
    help="Copy a part of the bundled suite that this site must control itself.",
)
def init(directory: Path, eject: tuple[str, ...]) -> None:
    """Make a repository for your own landscape, features and requirements in DIRECTORY."""
    if directory.exists() and any(directory.iterdir()) and not eject:
        raise ConfigurationError(f"{directory} is not empty: choose a new folder, or --eject a part into it")
    directory.mkdir(parents=True, exist_ok=True)
    for path, text in _files(directory.resolve().name).items():
        target = directory / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    for part in eject:
        shutil.copytree(
            suite_root() / part,
            directory / part,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    click.echo(f"{directory} is ready. Next:\n  cd {directory}\n  syncproof qualify features/own_rules.feature")


def _files(name: str) -> dict[str, str]:
    root = suite_root()
    requirement = "SITE-001"
    return {
        "README.md": README.format(name=name),
        "landscape.toml": (root / "landscapes" / "reference.toml").read_text(encoding="utf-8"),
        "conftest.py": CONFTEST,
        "pytest.toml": (root / "pytest.toml").read_text(encoding="utf-8"),
        ".gitignore": "evidence/\n__pycache__/\n.venv/\n",
        "features/own_rules.feature": FEATURE.format(ours=OURS),
        "reports/registry/own.toml": REGISTRY.format(requirement=requirement, ours=OURS),
        "steps/.gitkeep": "",
        "fixtures/.gitkeep": "",
    }
