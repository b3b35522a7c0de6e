"""``syncproof contracts``: what the messages between the systems are held against."""

import click

from syncproof.cli.contracts.check import check
from syncproof.cli.contracts.compat import compat
from syncproof.cli.contracts.pact import pact
from syncproof.cli.contracts.validate import validate
from syncproof.cli.contracts.verify import verify

COMMANDS: tuple[click.Command, ...] = (check, compat, pact, validate, verify)


@click.group()
def contracts() -> None:
    """The messages between the systems: validate documents, compare versions, verify providers, gate a release."""


for command in COMMANDS:
    contracts.add_command(command)
