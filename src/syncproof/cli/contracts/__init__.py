"""``syncproof contracts``: what the messages between the systems are held against."""

import click

from syncproof.cli.lazy import Lazy

PLACES = {name: f"{__name__}.{name}" for name in ("check", "compat", "pact", "validate", "verify")}


@click.group(cls=Lazy, places=PLACES)
def contracts() -> None:
    """The messages between the systems: validate documents, compare versions, verify providers, gate a release."""
