"""``syncproof key`` and ``syncproof evidence sign``: people put their names to a record."""

import os
import sys
from pathlib import Path

import click

from syncproof.errors import ConfigurationError
from syncproof.evidence.environment import performer

PASSPHRASE = "SYNCPROOF_CI_PASSPHRASE"  # noqa: S105  the name of a variable


@click.group()
def key() -> None:
    """Make keys to sign evidence with, and see whose they are."""


@key.command()
@click.option("--name", required=True, help="Name of the person, as it will be printed.")
@click.option("--role", required=True, help="Their role, for example 'Validation engineer'.")
@click.option("--ci", is_flag=True, help="A key of the CI system, which signs as CI and never as a person.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to make.")
def new(name: str, role: str, ci: bool, out: Path) -> None:
    """Make a key, encrypted by a passphrase that is asked for.

    It prints the entry for the trust file of those who will check the signatures. They add it once they know from
    the person that the key is theirs.
    """
    from syncproof.evidence.signing import keys  # noqa: PLC0415  cryptography is loaded only by those who sign

    made = keys.create(out, name, role, _new_passphrase(ci), kind="ci" if ci else "person")
    click.echo(f"{out} holds the key {made.keyid}. Keep it to yourself; hand this to who checks:", err=True)
    click.echo(keys.trust_entry(made), nl=False)


@key.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def show(file: Path) -> None:
    """Print the trust-file entry of the key in FILE; the passphrase is not needed."""
    from syncproof.evidence.signing import keys  # noqa: PLC0415

    click.echo(keys.trust_entry(keys.read(file)), nl=False)


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--as", "capacity", required=True, type=click.Choice(("author", "reviewer", "approver", "ci")),
    help="author: performed it; reviewer and approver: two others, in this order; ci: the CI system.",
)  # fmt: skip
@click.option("--key", "key_file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Your key.")
@click.option("--timestamp", metavar="URL", help="Have this authority stamp the time of your signature (RFC 3161).")
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input instead of asking.")
def sign(pack: Path, capacity: str, key_file: Path, timestamp: str | None, passphrase_stdin: bool) -> None:
    """Sign PACK with your key; your name, role, the meaning and the time go into the views.

    The passphrase is asked for at that moment. CI signs with --as ci and the passphrase in SYNCPROOF_CI_PASSPHRASE.
    """
    from syncproof.evidence.signing import keys, people  # noqa: PLC0415

    signing = people.Signing(pack.resolve(), keys.read(key_file), capacity, timestamp)
    path = signing.sign(_passphrase(capacity, passphrase_stdin))
    click.echo(path)
    click.echo(f"signed as {capacity}; make the views again to print it: syncproof evidence report {pack}", err=True)


def _new_passphrase(ci: bool) -> str:
    if ci and PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    return str(click.prompt("Passphrase (12 characters or more)", hide_input=True, confirmation_prompt=True, err=True))


def _passphrase(capacity: str, from_stdin: bool) -> str:
    if capacity == "ci":
        if PASSPHRASE not in os.environ:
            raise ConfigurationError(f"CI signs with the passphrase in the variable {PASSPHRASE}: it is not set")
        return os.environ[PASSPHRASE]
    if performer()["kind"] == "ci":
        raise ConfigurationError("CI cannot sign as a person: sign with --as ci, or on the person's own machine")
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Passphrase", hide_input=True, err=True))
