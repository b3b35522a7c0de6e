"""``syncproof contracts``: what the messages between the systems are held against."""

import click

COMMANDS: tuple[click.Command, ...] = ()


@click.group()
def contracts() -> None:
    """The messages between the systems: validate documents, compare versions, verify providers, gate a release."""


for command in COMMANDS:
    contracts.add_command(command)
