"""One simulated system on the bench: called over HTTP in this process, fed by events as in a landscape.

The product on the bench: 100 C62 of CREAM need 10 KGM of OIL (1 BX of OIL is 1/3 KGM) and 100 C62 of
BOX; OIL may be replaced by FAT. Variant ROSE of CREAM has masters of its own.
"""

import itertools
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.testclient import TestClient

from syncproof.contracts import explain, versions
from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import make_config
from syncproof.simulators.chassis.system import System

Json = dict[str, Any]

START = "2027-02-01T12:00:00Z"
INITIAL = "2026-01-01T00:00:00Z"
CUTOVER = "2027-03-10T06:00:00Z"
OWNERS = {
    "material": "erp", "uom": "erp", "bom": "erp", "routing": "erp", "variant": "erp", "recipe": "mes",
    "equipment": "mes", "identity": "wms", "label": "qms", "test_specification": "qms", "security": "qms",
}  # fmt: skip
USERS = {
    "planner": ["planner"], "warehouse": ["warehouse"], "inspector": ["quality_inspector"],
    "qa": ["quality_approver"], "viewer": ["viewer"], "operator": ["operator"],
    "engineer": ["engineer"], "integration": ["integration"],
}  # fmt: skip
APPROVALS = [
    {"user": user, "role": role, "meaning": "approved", "at": INITIAL}
    for user, role in (("qa", "quality_approver"), ("production", "production_approver"))
]
STRUCTURE = {"bom": "B", "routing": "R", "recipe": "REC", "label": "LBL", "test_specification": "SPEC"}


def kg(value: str) -> Json:
    return {"value": value, "unit": "KGM"}


def pieces(value: str) -> Json:
    return {"value": value, "unit": "C62"}


def master(domain: str, key: str, revision: str = "A", **fields: Any) -> Json:
    return {"domain": domain, "id": key, "revision": revision, **fields}


def ref(some_master: Json) -> Json:
    return {name: some_master[name] for name in ("domain", "id", "revision")}


def bom(revision: str = "A", oil: str = "10", key: str = "B", unit: str = "KGM") -> Json:
    lines = [
        {"line_no": 10, "item": "OIL", "quantity": {"value": oil, "unit": unit}, "op_no": "10", "substitution": "approved",
         "alternates": [{"item": "FAT"}]},
        {"line_no": 20, "item": "BOX", "quantity": pieces("100")},
    ]  # fmt: skip
    return master("bom", key, revision, item="CREAM", base_quantity=pieces("100"), lines=lines)


def routing(revision: str = "A", op_nos: tuple[str, ...] = ("10", "20"), key: str = "R") -> Json:
    operations = [
        {"op_no": n, "name": f"op {n}", "step_definition": f"STEP-{n}", "equipment_class": "MIXER",
         "evidence": ["signature"]}
        for n in op_nos
    ]  # fmt: skip
    return master("routing", key, revision, item="CREAM", recipe="REC", operations=operations)


def recipe(revision: str = "A") -> Json:
    steps = [{"id": f"STEP-{n}", "document": f"SOP-{n}", "evidence": ["signature"]} for n in ("10", "20", "25")]
    return master("recipe", "REC", revision, item="CREAM", steps=steps)


def label(key: str = "LBL") -> Json:
    return master("label", key, item="CREAM", artwork_hash="sha256:art", market="EU")


def spec(key: str = "SPEC") -> Json:
    limits = [{"name": "pH", "unit": "C62", "low": "5", "high": "6"}]
    return master("test_specification", key, item="CREAM", samples=2, characteristics=limits)


def material(key: str, base_unit: str = "KGM", **fields: Any) -> Json:
    return master("material", key, description=key, base_unit=base_unit, **fields)


def oil_uom(revision: str = "A", numerator: int = 1, denominator: int = 3) -> Json:
    boxes = {"from_unit": "BX", "numerator": numerator, "denominator": denominator}
    return master("uom", "OIL", revision, base_unit="KGM", conversions=[boxes])


PRODUCT = (
    master("equipment", "MIXER-1", equipment_class="MIXER"),
    material("CREAM", "C62", structure=STRUCTURE),
    material("OIL"), material("FAT"), material("BOX", "C62"), material("WAX", gtin="9521234543213"),
    oil_uom(), recipe(), routing(), bom(), label(), spec(),
)  # fmt: skip
ROSE = (
    bom(key="ROSE-B", oil="20"), routing(key="ROSE-R", op_nos=("10",)), label("ROSE-L"), spec("ROSE-S"),
    master("variant", "ROSE", base_item="CREAM", structure={
        "bom": "ROSE-B", "routing": "ROSE-R", "label": "ROSE-L", "test_specification": "ROSE-S"}),
)  # fmt: skip
LOT_RULE = master(
    "identity", "lot", min_length=2, max_length=8, alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZÄ0123456789-/", case="upper"
)


class Bench:
    """A running system with the product on the bench in effect since :data:`INITIAL`."""

    def __init__(self, system: System, **policies: Any) -> None:
        config = {
            "system": system.name, "time_zone": "Europe/Berlin", "owners": OWNERS,
            "sites": {"EAST": "Europe/Berlin", "WEST": "America/New_York"},
            "owns": [domain for domain, owner in OWNERS.items() if owner == system.name],
            "users": [{"name": name, "token": name, "roles": roles} for name, roles in USERS.items()],
        }  # fmt: skip
        exchanged = replace(system, rules=replace(system.rules, **policies))
        self.app = build(exchanged, make_config(config))
        self.client = TestClient(self.app, raise_server_exceptions=True)
        self._numbers = itertools.count(1)
        self.time(START)
        self.introduce(*PRODUCT)

    def time(self, now: str) -> None:
        """Freezes business time."""
        self.app.instance.clock.set(datetime.fromisoformat(now))

    # calls

    def post(self, path: str, *, by: str, reason: str | None = "test", **body: Any) -> Json:
        """The answer to one write, with its HTTP status as ``http``."""
        return self._write(path, by, body if reason is None else {**body, "reason": reason})

    def bulk(self, path: str, *items: Json, by: str, reason: str | None = "test") -> list[Json]:
        """The results of a bulk write."""
        answer = self._write(f"{path}/bulk", by, {"items": list(items), "reason": reason})
        return answer["results"]

    def _write(self, path: str, by: str, body: Any) -> Json:
        response = self.client.post(path, json=body, headers={"Authorization": f"Bearer {by}"})
        return {**response.json(), "http": response.status_code}

    def get(self, path: str, **query: str) -> Json:
        response = self.client.get(path, params=query, headers={"Authorization": "Bearer viewer"})
        return {**response.json(), "http": response.status_code}

    def audit(self, domain: str, key: str, **fields: Any) -> list[Json]:
        """The audit events of an object that have these fields."""
        events = self.get("/audit", domain=domain, id=key)["items"]
        return [event for event in events if all(event[k] == v for k, v in fields.items())]

    def told(self, kind: str) -> list[Json]:
        """The data of the events of a kind that the system published; all keep their contract."""
        events = self.get("/outbox")["events"]
        found = [event for event in events if event["type"] == f"org.syncproof.{kind}.v1"]
        data = [event["data"] for event in found]
        contracts = [event["dataschema"].split(":")[3] for event in found]
        assert all(explain(contract, each) == [] for contract, each in zip(contracts, data, strict=True))
        return data

    # events

    def deliver(self, kind: str, subject: str, data: Json, source: str = "mes", **envelope: Any) -> Json:
        """The result of one event from another system."""
        number, contract = next(self._numbers), data.get("domain", kind)
        event = {
            "specversion": "1.0", "id": f"event-{number}", "source": f"urn:syncproof:{source}",
            "type": f"org.syncproof.{kind}.v1", "subject": subject, "time": START,
            "dataschema": f"urn:syncproof:contract:{contract}:{versions().get(contract, '1.0.0')}",
            "sequence": f"{number:012d}", "data": data, **envelope,
        }  # fmt: skip
        return self._write("/inbox", "integration", event)["results"][0]

    def introduce(self, *masters: Json, at: str = INITIAL) -> None:
        """Masters arrive from their owners and take effect together at an instant."""
        for each in masters:
            result = self.deliver("master", f"{each['domain']}/{each['id']}", each, OWNERS[each["domain"]])
            assert result["status"] in ("accepted", "duplicate"), result
        change = f"CHANGE-{next(self._numbers)}"
        members = [ref(each) for each in masters]
        activation = {"change_id": change, "members": members, "effectivity": {"instant": at}, "approvals": APPROVALS}
        result = self.deliver("activation", f"activation/{change}", activation, "integration")
        assert result["status"] == "accepted", result

    def fact(self, kind: str, **fields: Any) -> Json:
        return self.deliver("fact", f"fact/{kind}", {"kind": kind, **fields})

    def started(self, order: str = "O1", *refs: Json, at: str = START, op_no: str = "10") -> Json:
        """Execution reports the start of an operation, driven by these revisions."""
        return self.fact("started", order_id=order, op_no=op_no, at=at, revision_set=list(refs))

    def hold(self, scope: str, target: str, disposition: str = "Restricted") -> Json:
        data = {"scope": scope, "target": target, "disposition": disposition, "reason": "suspicion"}
        return self.deliver("disposition", f"hold/{scope}/{target}", data, "qms")

    def lot(self, key: str = "L1", item: str = "OIL", value: str = "50", unit: str = "KGM", **fields: Any) -> Json:
        """A lot that another system tells of."""
        data = {
            "id": key, "item": item, "quantity": {"value": value, "unit": unit}, "site": "EAST",
            "location": "RACK-1", **fields,
        }  # fmt: skip
        return self.deliver("lot", f"lot/{key}", data)


def codes(answer: Json) -> list[str]:
    """The reason codes of an answer."""
    return [reason["code"] for reason in answer["reasons"]]


def revisions(order: Json) -> Json:
    """Domain -> "id revision" of what drives an order."""
    return {each["domain"]: f"{each['id']} {each['revision']}" for each in order["revision_set"]}


def required(answer: Json) -> Json:
    """Item -> quantity text of required quantities."""
    return {need["item"]: f"{need['quantity']['value']} {need['quantity']['unit']}" for need in answer["items"]}
