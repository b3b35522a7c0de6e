"""``syncproof requirements`` and ``syncproof protocol``: what runs are judged by."""

import difflib
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from syncproof.errors import ConfigurationError
from syncproof.evidence import protocols, reviews
from syncproof.evidence.environment import performer
from syncproof.evidence.files import write_whole
from syncproof.evidence.reader import read_pack
from syncproof.evidence.registry import load_registry
from syncproof.suite_files import registry_files, registry_folders, suite_root


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
@click.option("--meaning", help="What the approval means. Default: that the protocol may be executed.")
def approve(id: str, name: str, role: str, reason: str, meaning: str | None) -> None:
    """Approve the protocol ID as it is now, before it is executed.

    The approval lies beside the protocol in your repository (reports/registry/protocols) and is for this content, and
    that of the features which the protocol lists: when either changes, it has to be approved again. Runs that started
    earlier do not profit from it.
    """
    if performer()["kind"] == "ci":
        raise ConfigurationError("CI cannot approve a protocol: a person does, before the run")
    [one] = _protocols(id).values()
    given = {"name": name, "role": role, "reason": reason} | ({} if meaning is None else {"meaning": meaning})
    features = protocols.features_of(one, dict.fromkeys((suite_root(), Path.cwd())))
    text = protocols.approval_text(
        one, given, datetime.now(UTC), features
    )  # a mistake is told before anything is written
    path = protocols.approval_path(_own(one))
    write_whole(path, text.encode())
    click.echo(path)


def _own(one: protocols.Protocol) -> protocols.Protocol:
    """The protocol in the repository we are in; a copy is made of one of ours."""
    registry = Path.cwd() / "reports" / "registry"
    if not registry.is_dir():
        raise ConfigurationError(f"there is no {registry}: approve in your repository (syncproof init DIR makes one)")
    copy = registry / protocols.FOLDER / one.path.name
    if one.path.resolve() == copy.resolve():
        return one
    if copy.exists():
        raise ConfigurationError(f"{copy} is another protocol: rename that file, then approve {one.id} again")
    copy.parent.mkdir(exist_ok=True)
    write_whole(copy, one.path.read_bytes())
    click.echo(f"{copy} (your copy of the protocol)", err=True)
    return replace(one, path=copy)


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
        near = difflib.get_close_matches(id.upper(), found, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigurationError(f"there is no protocol {id!r}{hint} Protocols: {', '.join(found) or 'none'}")
    return {id: found[id]}


def _approval(one: protocols.Protocol) -> str:
    features = protocols.features_of(one, dict.fromkeys((suite_root(), Path.cwd())))
    reason, found = one.unapproved(features=features), one.approval
    if reason is not None or found is None:
        return f"not approved: {reason} ({one.hash})"
    return f"approved by {found.name} ({found.role}), {found.at.isoformat()}: {found.reason}"
