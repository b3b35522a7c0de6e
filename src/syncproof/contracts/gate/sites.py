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
    pack = path if (path / "record").is_dir() else _latest(path)
    record = read_pack(pack)
    ended = record.first("run_finished") or {}
    name = name or pack.parent.parent.name
    try:
        in_use, fault, others = tuple(_in_use(record)), _fault(pack) or _unheld(record), apart(record)
    except MALFORMED as error:
        in_use, others = (), ()
        fault = f"its record does not have the form it should have ({type(error).__name__}: {error})"
    return Site(name, pack, str(ended.get("at", "")), in_use, fault, others)


def _named(given: str) -> tuple[str, str]:
    name, is_named, place = given.partition("=")
    return (name, place) if is_named else ("", given)


def _latest(folder: Path) -> Path:
    """The pack of the last run that finished."""
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
    return finished[-1]


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
