"""Small records to send: as little as each may hold."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from syncproof import model as m
from syncproof.contracts import dialect
from syncproof.model.wire import plain

KG = m.Quantity(value=Decimal(1), unit="KGM")
EFFECTIVE = datetime(2027, 3, 10, 6, tzinfo=UTC)


def material(id: str, **fields: Any) -> m.MaterialDefinition:
    """An item."""
    return m.MaterialDefinition(id=id, revision="A", **{"description": "conformance", "base_unit": "KGM", **fields})


def master(domain: str, id: str) -> m.AnyMaster:
    """A master of any domain; what it refers to has the same id and need not exist."""
    fields: dict[str, dict[str, Any]] = {
        "material": {"description": "conformance", "base_unit": "KGM"},
        "bom": {"item": id, "base_quantity": KG, "lines": (m.BomLine(line_no=10, item=f"{id}-1", quantity=KG),)},
        "recipe": {"item": id, "steps": (m.StepDefinition(id="S", document="D", evidence=("e",)),)},
        "routing": {"item": id, "recipe": id, "operations": (_operation(),)},
        "equipment": {"equipment_class": "CONF"},
        "test_specification": {"item": id, "samples": 1, "characteristics": (_characteristic(),)},
        "label": {"item": id, "artwork_hash": "sha256:0", "market": "EU"},
        "identity": {"min_length": 1, "max_length": 40, "alphabet": "ABC"},
        "uom": {"base_unit": "KGM"},
        "security": {"roles": ()},
        "variant": {"base_item": id},
    }
    kind: Any = m.DOMAINS[domain]
    made: m.AnyMaster = kind(id=id, revision="A", **fields[domain])
    return made


def _operation() -> m.Operation:
    return m.Operation(op_no="10", name="N", step_definition="S", equipment_class="CONF", evidence=("e",))


def _characteristic() -> m.Characteristic:
    return m.Characteristic(name="pH", unit="C62", low=Decimal(1), high=Decimal(2))


def master_event(master: m.AnyMaster, source: str) -> dict[str, Any]:
    """The CloudEvent that carries a master."""
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": f"urn:syncproof:{source}",
        "type": "org.syncproof.master.v1",
        "subject": f"{master.domain}/{master.id}",
        "time": datetime.now(UTC).isoformat(),
        "dataschema": dialect(master.domain),
        "datacontenttype": "application/json",
        "sequence": f"{1:012d}",
        "data": plain(master),
    }


def actual(key: str) -> m.MaterialActual:
    """Material of a lot that nobody knows, used for an order that nobody knows."""
    return m.MaterialActual(order_id=key, item=key, lot=key, quantity=KG, use="Consumed", op_no="10")


def lot(id: str, item: str, site: str) -> m.MaterialLot:
    """A lot."""
    return m.MaterialLot(id=id, item=item, quantity=KG, site=site, location="DOCK-1")


def order(id: str, site: str) -> m.ProductionOrder:
    """An order for an item that nobody knows."""
    return m.ProductionOrder(id=id, item=id, quantity=KG, site=site)


def change(id: str) -> m.ChangeRequest:
    """A change of a bom that nobody knows."""
    ref = m.MasterRef(domain="bom", id=id, revision="A")
    return m.ChangeRequest(
        id=id, rationale="conformance", impact=("bom",), members=(ref,), effectivity=m.Effectivity(instant=EFFECTIVE)
    )


def authority(user: str, by: str) -> m.EmergencyAuthority:
    """A short authority."""
    until = datetime.now(UTC) + timedelta(minutes=1)
    return m.EmergencyAuthority(user=user, granted_by=by, valid_until=until)
