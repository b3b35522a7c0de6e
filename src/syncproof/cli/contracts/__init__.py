"""``syncproof contracts``: what the messages between the systems are held against."""

from importlib import import_module

import click

COMMANDS = ("check", "compat", "pact", "validate", "verify")
"""Each is a module of this package, and loaded when it is called: other commands need none of what they need."""


class Lazy(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  of click
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  of click
        """One of them, if there is one of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


@click.group(cls=Lazy)
def contracts() -> None:
    """The messages between the systems: validate documents, compare versions, verify providers, gate a release."""
