"""What the latest evidence pack of a site proves about the contracts that its systems speak."""

from dataclasses import dataclass
from pathlib import Path

from syncproof.contracts.wire.parts import is_spoken
from syncproof.errors import ConfigurationError
from syncproof.evidence.core_verifier import FAILED, MALFORMED, UNCHECKED, Verifier
from syncproof.evidence.ledger import FINISHED, LEDGER, Ledger
from syncproof.evidence.reader import HELD, Record, read_pack
from syncproof.reporting.wire import apart

_NOT_THE_RECORD = ("manifest", "ledger head", "signature")


@dataclass(frozen=True, slots=True)
class InUse:
    """A version of a contract that a system of a site spoke in its latest run: how many messages, and how many of
    them broke it. What it refused it did not speak: runs send bad messages on purpose."""

    system: str
    contract: str
    version: str
    messages: int
    broken: int
    schema: str | None
    """SHA-256 of the schema's file there."""


@dataclass(frozen=True, slots=True)
class Site:
    """``fault`` says why its pack proves nothing (None: it does); ``apart`` are systems with messages of their own, of
    which a contract says nothing."""

    name: str
    pack: Path
    ended: str
    in_use: tuple[InUse, ...]
    fault: str | None = None
    apart: tuple[str, ...] = ()


def site(given: str) -> Site:
    """A site as it is named on the command line: ``NAME=PATH`` or ``PATH``, an evidence folder or a pack.
    ConfigurationError if there is none."""
    name, place = ("", given) if Path(given).is_dir() else _named(given)
    path = Path(place).resolve()
    if not path.is_dir():
        raise ConfigurationError(f"{place} is no evidence folder and no pack: name it as [SITE=]PATH")
    record, parts = (read_pack(path), []) if (path / "record").is_dir() else _latest_whole(path)
    pack, ended = record.path, record.first("run_finished") or {}
    name = name or pack.parent.parent.name
    try:
        in_use, others = tuple(_in_use(record)), apart(record)
        fault = _fault(pack) or _partial(record) or _unheld(record) or _unseen(in_use, parts)
    except MALFORMED as error:
        in_use, others = (), ()
        fault = f"its record does not have the form it should have ({type(error).__name__}: {error})"
    return Site(name, pack, str(ended.get("at", "")), in_use, fault, others)


def _named(given: str) -> tuple[str, str]:
    name, is_named, place = given.partition("=")
    return (name, place) if is_named else ("", given)


def _latest_whole(folder: Path) -> tuple[Record, list[Record]]:
    """The last run of the whole suite that finished, and the runs of a part that came after it; if there is no whole
    one, the last part."""
    parts: list[Record] = []
    for pack in reversed(_finished(folder)):
        record = read_pack(pack)
        if not _is_part(record):
            return record, parts
        parts.append(record)
    return parts[0], []


def _is_part(record: Record) -> bool:
    """Whether it surely is one; of a record without the form it should have, something else is said later."""
    try:
        return bool(_part(record))
    except MALFORMED:
        return False


def _part(record: Record) -> str:
    """What was asked for in a run of a part of the suite; empty for one of the whole. One site's scenarios
    are the whole for that site."""
    started = record.first("run_started") or {}
    asked = started.get("selection", {})
    said = [f"--requirement {one}" for one in asked.get("requirements", ())]
    said += [f"--phase {one}" for one in asked.get("phases", ())]
    said += [f"-k {asked['keyword']}"] if asked.get("keyword") else []
    return ", ".join(said if record.is_whole else [*asked["paths"], *said])


def _partial(record: Record) -> str | None:
    """A run of a part says nothing of what the rest of the suite would have met."""
    asked = _part(record)
    text = f"no run of the whole suite is on record; {record.path.name} was asked for a part ({asked}), "
    return f"{text}and what the rest would have met is not known: run 'syncproof qualify' whole" if asked else None


def _unseen(in_use: tuple[InUse, ...], parts: list[Record]) -> str | None:
    """A version that the whole run did not meet and a later part did: the systems have changed since."""
    known = {(one.system, one.contract, one.version) for one in in_use}
    for part in parts:
        for one in _in_use(part):
            if (one.system, one.contract, one.version) not in known:
                text = f"{one.system} speaks {one.contract} {one.version} in {part.path.name}, a later run of a part"
                return f"{text}, and did not in the latest whole one: run 'syncproof qualify' whole"
    return None


def _finished(folder: Path) -> list[Path]:
    """The packs of the runs that finished, in their order; that of the last is there."""
    if not (folder / LEDGER).is_file():
        raise ConfigurationError(f"{folder} holds no {LEDGER}: it is no evidence folder")
    try:
        finished: list[Path] = [folder / line["pack"] for line in Ledger(folder).lines() if line["type"] == FINISHED]
    except (*MALFORMED, OSError) as error:
        raise ConfigurationError(f"{folder / LEDGER} is no ledger ({type(error).__name__}: {error})") from None
    if not finished:
        raise ConfigurationError(f"{folder} holds no pack of a run that finished")
    if not (finished[-1] / "record").is_dir():
        raise ConfigurationError(
            f"{folder} does not hold {finished[-1].name}, the pack of its latest run that finished"
        )
    return [pack for pack in finished if (pack / "record").is_dir()]


def _fault(pack: Path) -> str | None:
    """Why a pack cannot be relied on: it does not verify, or its run did not come to its end."""
    verifier = Verifier(pack, None, None, {})
    for one in verifier.verify():
        if one.status in {FAILED, UNCHECKED} and one.check not in _NOT_THE_RECORD:
            return f"the pack does not verify: {one.check}, {one.place} {one.message}"
    ended = verifier.seal["ended"]
    return None if ended == "finished" else f"the run of {pack.name} was {ended}: what came after is not known"


def _unheld(record: Record) -> str | None:
    """Messages that were sent or taken and broke what no contract holds: the description of their operation."""
    for row in (row for event in record.of_type(HELD) for row in event["rows"]):
        system, operation, part, outcome, contract, messages, _, faults = row
        if faults and ":" not in contract:
            return f"{faults} of {messages} messages of {system}, {operation} ({part}, {outcome}) broke its description"
    return None


def _in_use(record: Record) -> list[InUse]:
    counts: dict[tuple[str, str, str], list[int]] = {}
    for row in (row for event in record.of_type(HELD) for row in event["rows"]):
        system, _, part, outcome, contract, messages, _, faults = row
        name, _, version = contract.rpartition(":")
        if name and is_spoken(part, outcome):
            found = counts.setdefault((system, name, version), [0, 0])
            found[0] += messages
            found[1] += faults
    schemas = {key: value for event in record.of_type(HELD) for key, value in event["schemas"].items()}
    return [
        InUse(system, name, version, messages, broken, schemas.get(f"{name}:{version}"))
        for (system, name, version), (messages, broken) in sorted(counts.items())
    ]
