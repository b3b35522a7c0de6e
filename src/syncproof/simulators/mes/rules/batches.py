"""The batch record: what drove a batch, fixed when its first operation starts.

``pin`` is {item, variant, site, started_at, revision_set, changes}; ``changes`` maps the text of a
reference ("bom ID rev A") to the change that released it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from syncproof.simulators.mes.errors import Reason

Ref = Mapping[str, str]
Json = dict[str, Any]


def ref_text(ref: Ref) -> str:
    """A reference as the batch record's ``changes`` name it."""
    return f"{ref['domain']} {ref['id']} rev {ref['revision']}"


def ref(master: Ref) -> Json:
    """The reference to a master, or to what a reference names."""
    return {"domain": master["domain"], "id": master["id"], "revision": master["revision"]}


def pin(order: Json, states: Iterable[Json], at: str) -> Json:
    """What drives the batch of ``order`` from now on. ``states`` are the master states of its
    revision set as they are in effect at the start ``at``."""
    known = list(states)
    return {
        "item": order["item"],
        "variant": order.get("variant"),
        "site": order["site"],
        "quantity": order["quantity"],
        "started_at": at,
        "revision_set": [ref(state["master"]) for state in known],
        "changes": {ref_text(state["master"]): state["change_id"] for state in known if state.get("change_id")},
    }


def pinned_once(existing: Json | None, candidate: Callable[[], Json]) -> Json:
    """A batch is pinned by its first operation and never pointed to anything else afterwards."""
    return candidate() if existing is None else existing


def pinned_revision(pinned: Json | None, domain: str, id: str) -> str | None:
    """The revision that a started batch is fixed to; None if it has not started or the master is
    not in its set."""
    if pinned is None:
        return None
    refs = pinned["revision_set"]
    return next((r["revision"] for r in refs if r["domain"] == domain and r["id"] == id), None)


def order_instant(started: datetime | None, now: datetime) -> datetime:
    """As of when the masters that are not in the set count (units, components of components): the
    start of a running batch, now for an order that has not started."""
    return started or now


def label_instant(_started: datetime | None, now: datetime) -> datetime:
    """Labels are the exception: packaging uses the version in effect when it starts (URS-LBL-001)."""
    return now


def batch_started(order: Json, pinned: Json | None) -> Reason | None:
    """Material is booked on a batch, which begins with its first operation."""
    if pinned is not None:
        return None
    return Reason("order_not_started", f"order {order['id']} has not started; start its first operation", "/order_id")


def refs_used(pinned: Sequence[Ref], runs: Iterable[Json]) -> list[Json]:
    """The pinned set with the label replaced by the version(s) that packaging really used."""
    used = {(r["domain"], r["id"], r["revision"]): r for r in (run.get("label") for run in runs) if r}
    if not used:
        return [ref(r) for r in pinned]
    kept = [ref(r) for r in pinned if r["domain"] != "label"]
    return kept + [ref(r) for r in used.values()]


def recorded_set(_ctx: object, pinned: Json) -> list[Json]:
    """A batch record names what the batch was fixed to when it started."""
    return list(pinned["revision_set"])


def batch_record(order_id: str, pinned: Json, runs: Sequence[Json], materials: Sequence[Json]) -> Json:
    """The batch record as it is read later: only what was fixed or happened, nothing looked up."""
    refs = refs_used(pinned["revision_set"], runs)
    changes = {**pinned["changes"], **{k: v for run in runs for k, v in run.get("changes", {}).items()}}
    texts = {ref_text(r) for r in refs}
    return {
        "order_id": order_id,
        "item": pinned["item"],
        "site": pinned["site"],
        "variant": pinned["variant"],
        "revision_set": refs,
        "started_at": pinned["started_at"],
        "operations": [operation_run(run) for run in runs],
        "materials": list(materials),
        "changes": {text: change for text, change in changes.items() if text in texts},
    }


RUN_FIELDS = ("op_no", "equipment", "started_at", "completed_at", "by", "label", "evidence")


def operation_run(run: Json) -> Json:
    """One executed operation as the batch record shows it."""
    return {field: run[field] for field in RUN_FIELDS}


def driven_by(ref: Ref, batches: Iterable[tuple[str, Sequence[Ref]]]) -> list[str]:
    """Where used: the orders whose batch was driven by this revision, sorted."""
    wanted = ref_text(ref)
    return sorted(order for order, refs in batches if any(ref_text(r) == wanted for r in refs))
