"""``syncproof evidence verify``: check a pack offline."""

import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from syncproof.errors import ConfigurationError
from syncproof.evidence import core_verifier

SIGNS = {"ok": "ok", "failed": "FAILED", "could not check": "could not check", "unsigned": "unsigned"}
CONCLUSIONS = {
    0: "The pack verifies: nothing in it contradicts anything else.",
    3: "The pack was not checked completely: see 'could not check' above.",
    4: "The pack does NOT verify: see FAILED above.",
}


file_option = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@click.option("--ledger", type=file_option, help="The ledger, if it does not lie beside PACK.")
@click.option("--head", metavar="LINES:HASH", help="The ledger's head as it was kept outside.")
@click.option("--trust", type=file_option, help="Your TOML file of the keys that you trust.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--core-hash", is_flag=True, help="Print the SHA-256 of the core verifier and end.")
def verify(
    pack: Path | None,
    ledger: Path | None,
    head: str | None,
    trust: Path | None,
    as_json: bool,
    core_hash: bool,
) -> None:
    """Check PACK offline: hashes, chain, seal, verdicts, views, ledger, signatures.

    Nothing of the pack is executed. The core of it is one file that also runs without Syncproof (see
    docs/evidence-format.md).

    \b
    Exit codes: 0 it verifies (signed or not); 4 it does not; 3 something could not be checked; 2 usage.
    """
    if core_hash:
        click.echo(hashlib.sha256(Path(core_verifier.__file__).read_bytes()).hexdigest())
        return
    if pack is None:
        raise click.UsageError("give the PACK to check, for example evidence/0001-20260101T000000Z")
    from syncproof.evidence.verification import findings  # noqa: PLC0415  views need their libraries

    if head is not None and not core_verifier.HEAD.fullmatch(head.strip()):
        raise click.UsageError("--head is LINES:HASH, as 'syncproof evidence head' prints it")
    found = findings(pack.resolve(), ledger, head, read_trust(trust))
    code = core_verifier.exit_code(found)
    if as_json:
        click.echo(json.dumps({"verified": code == 0, "findings": [asdict(one) for one in found]}))
    else:
        show(found, code)
    sys.exit(code)


def show(found: list[core_verifier.Finding], code: int) -> None:
    """A line for each finding and a conclusion."""
    for one in found:
        place = f"{one.place}: " if one.place else ""
        click.echo(f"{SIGNS[one.status]:<16} {one.check:<12} {place}{one.message}")
    click.echo(CONCLUSIONS[code])


def read_trust(file: Path | None) -> dict[str, Any]:
    """The auditor's trust file; empty without one."""
    if file is None:
        return {}
    try:
        return core_verifier.read_trust(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"the trust file {file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ConfigurationError(f"the trust file {file} cannot be used: {error}") from None
