"""At the end of a run: every message that a worker saw is held against its contract, and that goes on record."""

import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from syncproof.bdd.run import MAIN, Run
from syncproof.evidence.reader import HELD, Record, events_of

MOST = 50
"""Faults of one worker that are told in full; all are counted."""


def hold(run: Run) -> None:
    """Write what this worker's messages came to into its journal."""
    from syncproof.contracts.catalogue import VERSION, fingerprint, versions  # noqa: PLC0415  as below
    from syncproof.contracts.wire.declared import declared, roles_of  # noqa: PLC0415  only at the end of a run
    from syncproof.contracts.wire.watch import Watch  # noqa: PLC0415  as above

    pack = run.recorder.sink.pack
    if pack is None or run.replay is not None:
        return
    journals = (run.worker, f"integration-{run.worker}")
    opened = list(events_of(pack, run.worker, "system_identified", "landscape_opened"))
    said = [event for event in opened if event["type"] == "system_identified"]
    identities = {event["system"]: event["identity"] for event in said}
    roles = {system: found for system, identity in identities.items() if (found := roles_of(identity))}
    if not identities:
        return
    urls: dict[str, str] = next((event["urls"] for event in opened if "urls" in event), {})
    watch = Watch(roles, partial(_body, f"{pack / 'exchanges'}{os.sep}"), urls)
    for event in (event for event in said if event["system"] in roles):
        watch.hear(event["system"], event["identity"], event["exchange"])
    for exchange in (event for journal in journals for event in events_of(pack, journal, "exchange")):
        watch.take(exchange)
    met = {*versions().items()} | {(name, number) for name, number in watch.contracts() if VERSION.fullmatch(number)}
    told = run.worker in {MAIN, "gw0"}  # all workers have the same systems
    run.recorder.sink.append(
        HELD,
        {
            "rows": watch.rows(),
            "broken": len(watch.faults),
            "faults": [asdict(fault) | {"place": fault.place._asdict()} for fault in watch.faults[:MOST]],
            "declared": {system: [list(row) for row in declared(found)] for system, found in roles.items() if told},
            "schemas": {f"{name}:{version}": fingerprint(name, version) for name, version in sorted(met)},
            "apart": sorted(identities.keys() - roles.keys()) if told else [],
        },
    )


def _body(folder: str, name: str | None) -> bytes | None:
    """A stored body: of strings, for there are tens of thousands."""
    if name is None:
        return None
    with open(folder + name, "rb") as stream:  # noqa: PTH123  as above: no Path
        return stream.read()


def faults(record: Record) -> Iterator[str]:
    """Why a run is not green, if a system sent or took a message that breaks its contract."""
    events = list(record.of_type(HELD))
    broken = sum(event["broken"] for event in events)
    first = next((fault for event in events for fault in event["faults"]), None)
    if first is not None:
        place = first["place"]
        where = f"{place['system']}, {place['operation']} ({place['part']}, {place['outcome']})"
        yield (
            f"{broken} messages break their contract; the first: {where}, {place['contract'] or 'its description'}, "
            f"{first['pointer'] or 'the whole'}: {first['message']} (exchange {first['exchange']})"
        )
