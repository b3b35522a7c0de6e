"""``syncproof requirements`` and ``syncproof protocol``: what runs are judged by."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from syncproof.errors import ConfigurationError
from syncproof.evidence import protocols, reviews
from syncproof.evidence.environment import performer
from syncproof.evidence.files import write_whole
from syncproof.evidence.reader import read_pack
from syncproof.evidence.registry import load_registry
from syncproof.suite_files import registry_files, registry_folders


@click.group()
def protocol() -> None:
    """The protocols that scenarios are executed under, and their approval."""


@protocol.command()
@click.argument("id", required=False)
def show(id: str | None) -> None:
    """List the protocols, or show what the one of this ID covers."""
    for one in _protocols(id).values():
        click.echo(f"{one.id} {one.version} ({one.phase.upper()}): {one.title}")
        click.echo(f"    {_approval(one)}")
        if id is None:
            continue
        click.echo(f"    objective: {one.objective}\n    scope: {one.scope}")
        for criterion in one.acceptance:
            click.echo(f"    accepted when: {criterion}")
        for item in one.items:
            click.echo(f"    {item.select}: {item.intended_use} {item.criterion}")


@protocol.command()
@click.argument("id")
@click.option("--name", required=True, help="Who approves it.")
@click.option("--role", required=True, help="In which role.")
@click.option("--reason", required=True, help="On what grounds.")
def approve(id: str, name: str, role: str, reason: str) -> None:
    """Approve the protocol ID as it is now, before it is executed.

    The approval lies beside the protocol in your repository (reports/registry/protocols) and is for this content: when
    the protocol changes, it has to be approved again. Runs that started earlier do not profit from it.
    """
    if performer()["kind"] == "ci":
        raise ConfigurationError("CI cannot approve a protocol: a person does, before the run")
    [one] = _protocols(id).values()
    own = Path.cwd() / "reports" / "registry" / protocols.FOLDER
    if one.path.parent.resolve() != own.resolve():
        own.mkdir(parents=True, exist_ok=True)
        copy = own / one.path.name
        copy.write_bytes(one.path.read_bytes())
        [one] = [each for each in protocols.load([own]).values() if each.id == id]
        click.echo(f"{copy} (your copy of the protocol)", err=True)
    path = protocols.approval_path(one)
    path.write_text(protocols.approval_text(one, name, role, reason, datetime.now(UTC)), encoding="utf-8")
    click.echo(path)


@click.group()
def requirements() -> None:
    """The requirements that runs are judged by: review, import, export."""


@requirements.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--name", required=True, help="Who reviewed the links.")
@click.option("--requirement", multiple=True, metavar="ID", help="Only links to this requirement. Repeatable.")
def review(pack: Path, name: str, requirement: tuple[str, ...]) -> None:
    """Say that you reviewed the links from scenarios to requirements as they are in the plan of PACK.

    Written to reports/registry/reviews.tsv here. When the text of a requirement changes afterwards, its links are
    stale in every matrix until they are reviewed again.
    """
    plan = read_pack(pack).first("plan") or {"scenarios": [], "requirements": {}}
    path = Path.cwd() / "reports" / "registry" / reviews.REVIEWS
    found = dict(reviews.load([path]))
    today = datetime.now(UTC).date().isoformat()
    for scenario in plan["scenarios"]:
        for id_ in scenario["requirements"]:
            if id_ in plan["requirements"] and (not requirement or id_ in requirement):
                _review(found, (reviews.template(scenario["id"]), id_), plan["requirements"][id_]["hash"], name, today)
    path.parent.mkdir(parents=True, exist_ok=True)
    reviews.write(path, found)
    click.echo(f"{path}: {len(found)} links")


@requirements.command(name="export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write all requirements to FILE (.csv, .xlsx or .reqif)."""
    from syncproof.evidence.exchange import files  # noqa: PLC0415  not needed by other commands

    known = load_registry(registry_files()).requirements
    files.write(file, known.values())
    click.echo(f"{file}: {len(known)} requirements")


@requirements.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--title", help="Name of the document the requirements come from. Default: the file's name.")
@click.option("--column", multiple=True, metavar="FIELD=NAME", help="Which column holds a field. Repeatable.")
@click.option("--sheet", help="Which sheet of a workbook.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Default: reports/registry/FILE.toml.")
def import_(file: Path, title: str | None, column: tuple[str, ...], sheet: str | None, out: Path | None) -> None:
    """Take requirements from FILE (.csv, .xlsx or .reqif) into a registry file of your own.

    Fields: id, text, title, version, priority, gxp, maps_to, source, section and, as
    an export has them, kind, scope, testable, procedural. A column 'maps to' names the requirements of ours
    that verify each of yours: your matrix fills without touching a feature. Nothing in FILE is executed or computed.
    """
    from syncproof.evidence.exchange import files, table  # noqa: PLC0415

    mapping = dict(_pair(one) for one in column)
    notes: list[str] = []
    entries = table.requirements(files.read(file, mapping, sheet, notes), title or file.name)
    target = out or Path.cwd() / "reports" / "registry" / f"{file.stem}.toml"
    if target.exists() and out is None:
        raise ConfigurationError(f"{target} exists: give --out to say that it is to be replaced, or another file")
    text = table.toml(entries, f"Imported from {file.name}.")
    _check_registry(text, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, text.encode())
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"{target}: {len(entries)} requirements")


def _check_registry(text: str, target: Path) -> None:
    """What is imported must fit what is there: ids are new, and what they map to exists."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / target.name
        draft.write_text(text, encoding="utf-8")
        others = [path for path in registry_files() if path.resolve() != target.resolve()]
        try:
            load_registry([*others, draft])
        except ConfigurationError as error:
            raise ConfigurationError(str(error).replace(str(draft), target.name)) from None


def _pair(text: str) -> tuple[str, str]:
    field, separator, name = text.partition("=")
    if not separator or not name:
        raise ConfigurationError(f"--column {text!r}: write it as FIELD=NAME, for example id=Number")
    return field, name


def _review(found: dict[reviews.Link, reviews.Review], link: reviews.Link, text: str, name: str, today: str) -> None:
    """A link that is reviewed for this text keeps its day."""
    if link not in found or found[link][0] != reviews.short(text):
        found[link] = (reviews.short(text), name, today)


def _protocols(id: str | None) -> dict[str, protocols.Protocol]:
    found = protocols.load(folder / protocols.FOLDER for folder in registry_folders())
    if id is None:
        return found
    if id not in found:
        raise ConfigurationError(f"there is no protocol {id!r}; protocols: {', '.join(found) or 'none'}")
    return {id: found[id]}


def _approval(one: protocols.Protocol) -> str:
    if one.approval is None:
        return f"not approved: {one.hash}"
    if one.approval.protocol_hash != one.hash:
        return f"not approved: it was changed after {one.approval.name} had approved it, {one.approval.at:%Y-%m-%d}"
    return (
        f"approved by {one.approval.name} ({one.approval.role}), {one.approval.at.isoformat()}: {one.approval.reason}"
    )
