"""The states that come with Syncproof: records that are there or not, the clock, systems that are out of service."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from syncproof.contracts.declared import Exchange, exchanges
from syncproof.contracts.states import Setup, StateFailed, state
from syncproof.contracts.states.offering import held, offer, put
from syncproof.ports import Controllable

Values = Mapping[str, Any]


@state("the key is new")
def nothing_known(setup: Setup) -> Values:
    """New keys for the record of a contract (``id``) and for one that it names (``other``). Parameters: ``contract``,
    ``domain`` (whose owner's name is ``owner``), ``user``."""
    domain = setup.parameters.get("domain", setup.parameters.get("contract"))
    owner = setup.landscape.definition.ownership.get(str(domain))
    return {"id": setup.fresh(), "other": setup.fresh(), **({"owner": owner} if owner else {})}


@state("the record is known")
def record_known(setup: Setup) -> Values:
    """The good example of a contract is there, under new keys. Parameters: ``contract``, ``user``; or ``record``
    with the record itself in place of the example."""
    exchange = _exchange(setup.text("contract"))
    values = {**setup.values, **nothing_known(setup)}
    record = setup.parameters.get("record") or exchange.record(exchange.good)
    fresh = {} if "record" in setup.parameters else exchange.fresh
    by = str(setup.parameters.get("user", exchange.user))
    setup.accepted(offer(setup.system, exchange.contract, put(record, fresh, values), by))
    return values


def _exchange(contract: str) -> Exchange:
    for each in exchanges():
        if each.contract == contract:
            return each
    known = ", ".join(each.contract for each in exchanges())
    raise StateFailed(f"there is no contract {contract!r}; known: {known}")


@state("items are known")
def items_known(setup: Setup) -> dict[str, str]:
    """New items are known to the system. Parameter ``items``, by the names of their values: the base unit of each, or
    ``base_unit`` and ``made`` (the item names a bom of its own id)."""
    wanted = setup.parameters.get("items")
    if not isinstance(wanted, Mapping):
        raise StateFailed("the state has no parameter 'items'; give the base unit of each, by name")
    made = {str(name): setup.fresh() for name in wanted}
    owner = setup.owner("material")
    for name, item in made.items():
        setup.accepted(offer(owner, "material", _item(item, name, wanted[name]), "engineer"))
    if owner is not setup.system:
        setup.wait("material", lambda: all(held(setup.system, "material", item) for item in made.values()), "an item")
    return made


def _item(id: str, name: str, said: Any) -> dict[str, Any]:
    unit, made = (said.get("base_unit"), said.get("made")) if isinstance(said, Mapping) else (said, False)
    record = {"domain": "material", "id": id, "revision": "A", "description": f"{name} of a contract"}
    return {**record, "base_unit": str(unit), **({"structure": {"bom": id}} if made else {})}


@state("a lot is known")
def lot_known(setup: Setup) -> Values:
    """A new lot (``lot``) of a new item is known to the system."""
    owner, lot = setup.owner("lot"), setup.fresh()
    item = items_known(replace(setup, system_name=owner.name, parameters={"items": {"item": "KGM"}}))["item"]
    record = {"id": lot, "item": item, "quantity": {"value": "1", "unit": "KGM"}, "location": "DOCK-1"}
    site = min(setup.landscape.definition.sites)
    setup.accepted(offer(owner, "lot", {**record, "site": site}, "warehouse"))
    if owner is not setup.system:
        setup.wait("lot", lambda: bool(held(setup.system, "lot", lot)), f"lot {lot}")
    return {"lot": lot, "item": item}


@state("the user is known")
def user_known(setup: Setup) -> Values:
    """The interaction is driven with the credentials of the user in ``user``."""
    return {"user": setup.text("user")}


@state("nobody is logged in")
def nobody(_setup: Setup) -> Values:
    """The interaction is sent as it is written, with no credentials of ours."""
    return {"user": None}


@state("the time is")
def time_is(setup: Setup) -> None:
    """Business time stands at the instant in ``now``, in the whole landscape."""
    try:
        now = datetime.fromisoformat(setup.text("now"))
    except ValueError as problem:
        raise StateFailed(f"'now' is no instant: {problem}") from None
    setup.landscape.set_clock(now)
    setup.after.append(lambda: setup.landscape.set_clock(None))


@state("the system is out of service")
def out_of_service(setup: Setup) -> None:
    """Every call is answered with 503."""
    system = cast("Controllable", setup.system)
    if "control.faults" not in setup.system.capabilities:
        raise StateFailed(f"faults cannot be injected into {setup.system_name}")
    system.inject("unavailable")
    setup.after.append(system.clear_faults)
