"""The command line: ``syncproof``.

Exit codes: 0 all in scope verified, 1 something failed, 2 usage or configuration, 3 incomplete
(could not be run, or under ``--strict`` not supported), 4 the evidence does not verify.
"""

import sys

import click

from syncproof import __version__
from syncproof.cli.lazy import Lazy
from syncproof.errors import ConfigurationError, EvidenceError, LandscapeError, SyncproofError

MANY = 25
"""How many lines of a mistake are shown."""
USAGE, INCOMPLETE, NOT_VERIFIED = 2, 3, 4
EXIT_CODES: dict[type[SyncproofError], int] = {
    ConfigurationError: USAGE,
    LandscapeError: INCOMPLETE,
    EvidenceError: NOT_VERIFIED,
}


PLACES = {
    **dict.fromkeys(("qualify", "demo"), f"{__name__}.qualify"),
    **{name: f"{__name__}.{name}" for name in ("landscape", "init", "evidence")},
    "key": f"{__name__}.sign",
    **dict.fromkeys(("protocol", "requirements"), f"{__name__}.registry"),
    **{name: f"{__name__}.{name}" for name in ("contracts", "power")},
}
"""Command -> the module that holds it."""


@click.group(cls=Lazy, places=PLACES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="syncproof")
def app() -> None:
    """Prove that ERP, MES, WMS and quality systems agree on what the product is.

    \b
    First look, with the reference systems:   syncproof qualify
    On your own systems:                      syncproof init DIR, then edit landscape.toml
    """


def main() -> None:
    """Runs the command line; a user's mistake ends with a message, never with a stack trace."""
    try:
        app.main(standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except click.Abort:
        click.echo("aborted", err=True)
        sys.exit(INCOMPLETE)
    except SyncproofError as problem:
        lines = str(problem).splitlines()
        click.echo("syncproof: " + "\n".join(lines[:MANY]), err=True)
        if len(lines) > MANY:
            click.echo(f"and {len(lines) - MANY} more", err=True)
        sys.exit(_code(problem))


def _code(problem: SyncproofError) -> int:
    return next((code for kind, code in EXIT_CODES.items() if isinstance(problem, kind)), INCOMPLETE)
