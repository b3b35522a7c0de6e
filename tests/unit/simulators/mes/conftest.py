"""A running execution system with one product, fed by events as in the landscape."""

import itertools
import sys
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from syncproof import contracts
from syncproof.simulators.chassis.app import build
from syncproof.simulators.chassis.config import make_config
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.peers import PeerUnavailable
from syncproof.simulators.mes import SYSTEM

OWNERS = {
    "material": "erp", "uom": "erp", "bom": "erp", "routing": "erp", "variant": "erp", "recipe": "mes",
    "equipment": "mes", "identity": "wms", "label": "qms", "test_specification": "qms", "security": "qms",
}  # fmt: skip
USERS = {"operator": ["operator"], "viewer": ["viewer"], "integration": ["integration"]}
CONFIG = {
    "system": "mes", "time_zone": "America/New_York",
    "sites": {"EAST": "Europe/Berlin", "WEST": "America/New_York"},
    "owns": ["recipe", "equipment"], "owners": OWNERS,
    "users": [{"name": name, "token": name, "roles": roles} for name, roles in USERS.items()],
}  # fmt: skip
APPROVALS = [
    {"user": user, "role": role, "meaning": "approved", "at": "2027-01-01T00:00:00Z"}
    for user, role in (("qa", "quality_approver"), ("production", "production_approver"))
]
START = "2027-02-01T12:00:00Z"
INITIAL = "2026-01-01T00:00:00Z"
CLASSES = {"10": "MIXER", "20": "FILLER", "25": "FILLER", "30": "PACKER"}
STRUCTURE = {"bom": "B", "routing": "R", "recipe": "REC", "label": "LBL", "test_specification": "SPEC"}


def kg(value: str) -> dict[str, str]:
    return {"value": value, "unit": "KGM"}


def pieces(value: str) -> dict[str, str]:
    return {"value": value, "unit": "C62"}


def master(domain: str, id: str, revision: str = "A", **fields: Any) -> dict[str, Any]:
    return {"domain": domain, "id": id, "revision": revision, **fields}


def recipe(revision: str = "A", op_nos: tuple[str, ...] = ("10", "20", "30"), id: str = "REC") -> dict[str, Any]:
    steps = [{"id": f"STEP-{n}", "document": f"SOP-{n}", "evidence": ["signature"]} for n in op_nos]
    return master("recipe", id, revision, item="CREAM", steps=steps)


def routing(revision: str = "A", op_nos: tuple[str, ...] = ("10", "20", "30"), id: str = "R") -> dict[str, Any]:
    operations = [
        {
            "op_no": n, "name": f"op {n}", "step_definition": f"STEP-{n}", "equipment_class": CLASSES[n],
            "evidence": ["signature"], "packaging": n == "30",
        }
        for n in op_nos
    ]  # fmt: skip
    return master("routing", id, revision, item="CREAM", recipe="REC", operations=operations)


def bom(revision: str = "A", oil: str = "10", id: str = "B", item: str = "CREAM", **first: Any) -> dict[str, Any]:
    line = {"line_no": 10, "item": "OIL", "quantity": kg(oil), **first}
    return master("bom", id, revision, item=item, base_quantity=pieces("100"), lines=[line])


def label(revision: str = "A", id: str = "LBL", tolerance: int = 2) -> dict[str, Any]:
    return master(
        "label", id, revision, item="CREAM", artwork_hash=f"sha256:{revision}", market="EU",
        reconciliation_tolerance=tolerance,
    )  # fmt: skip


def specification() -> dict[str, Any]:
    limits = {"name": "pH", "unit": "C62", "low": "5", "high": "6"}
    return master("test_specification", "SPEC", item="CREAM", samples=1, characteristics=[limits])


def item(id: str, unit: str, **fields: Any) -> dict[str, Any]:
    return master("material", id, description=id, base_unit=unit, **fields)


def equipment(id: str, name: str, revision: str = "A", **fields: Any) -> dict[str, Any]:
    return master("equipment", id, revision, equipment_class=name, **fields)


PRODUCT = (
    item("OIL", "KGM"), item("OIL-2", "KGM"), item("WAX", "KGM"),
    item("CREAM", "C62", structure=STRUCTURE), master("uom", "CREAM", base_unit="C62"),
    *(equipment(f"{name}-1", name) for name in ("MIXER", "FILLER", "PACKER")),
    recipe(), routing(), bom(), label(), specification(),
)  # fmt: skip


class Mes:
    """Drives the system through HTTP, as a user or as the integration."""

    make = sys.modules[__name__]
    """The makers of masters above, for tests that cannot import this module."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.instance = client.app.instance  # type: ignore[attr-defined]
        self.at(START)
        self.count = 0
        self._numbers = itertools.count(1)
        self.eligible: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    # the quality system's side of the on-demand call

    async def peer(self, name: str, path: str, params: dict[str, str]) -> dict[str, Any]:
        self.asked.append((f"{name}{path}", params))
        answer = self.eligible.get(params["lot"], {"eligible": True, "reasons": []})
        if answer is None:
            raise PeerUnavailable(name)
        return answer

    # business time

    def at(self, instant: str) -> None:
        self.instance.clock.set(datetime.fromisoformat(instant))

    # the integration

    def event(self, kind: str, subject: str, data: dict[str, Any], source: str, contract: str = "") -> str:
        number = next(self._numbers)
        sent = {
            "specversion": "1.0", "id": f"E{number}", "source": f"urn:syncproof:{source}", "subject": subject,
            "type": f"org.syncproof.{kind}.v1", "time": START, "sequence": f"{number:012d}", "data": data,
            "dataschema": f"urn:syncproof:contract:{contract or kind}:1.0.0",
        }  # fmt: skip
        (result,) = self.post("/inbox", sent, "integration").json()["results"]
        assert result["status"] == "accepted", result
        return result["status"]

    def release(self, *masters: dict[str, Any], at: str = INITIAL, local: str = "", change: str = "") -> None:
        """Delivers masters and puts them into effect together, at an instant or a local time."""
        for m in masters:
            self.event("master", f"{m['domain']}/{m['id']}", m, OWNERS[m["domain"]], m["domain"])
        refs = [{k: m[k] for k in ("domain", "id", "revision")} for m in masters]
        change = change or f"C{next(self._numbers)}"
        effectivity = {"local": local} if local else {"instant": at}
        activation = {
            "change_id": change, "members": refs, "effectivity": effectivity, "approvals": APPROVALS,
        }  # fmt: skip
        self.event("activation", f"activation/{change}", activation, "integration")

    def order(self, id: str = "O1", status: str = "Released", **fields: Any) -> None:
        order = {"id": id, "item": "CREAM", "quantity": pieces("100"), "site": "EAST", "status": status}
        self.event("order", f"order/{id}", {**order, **fields}, "erp")

    def lot(self, id: str = "L1", of: str = "OIL", quantity: Any = None, **fields: Any) -> None:
        told = {"id": id, "item": of, "quantity": quantity or kg("500"), "site": "EAST", "location": "RACK-1"}
        self.event("lot", f"lot/{id}", {**told, **fields}, "wms")

    def hold(self, scope: str, target: str, disposition: str = "Restricted") -> None:
        data = {"scope": scope, "target": target, "disposition": disposition, "reason": "suspect"}
        self.event("disposition", f"{scope}/{target}", data, "qms")

    # users

    def post(self, path: str, body: Any, user: str = "operator") -> Any:
        return self.client.post(path, json=body, headers={"authorization": f"Bearer {user}"})

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, params=query, headers={"authorization": "Bearer viewer"})

    def read(self, path: str, **query: str) -> Any:
        """The item or items of an answer with status 200."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.text
        body = response.json()
        return body["item"] if "item" in body else body.get("items", body)

    def start(self, op_no: str = "10", order: str = "O1", unit: str | None = None, **fields: Any) -> str:
        unit = unit or f"{CLASSES.get(op_no, 'MIXER')}-1"
        return self.write("/operations/start", order=order, op_no=op_no, equipment=unit, **fields)

    def complete(self, op_no: str = "10", order: str = "O1", **fields: Any) -> str:
        fields = {"evidence": {"signature": "done"}, **fields}
        return self.write("/operations/complete", order=order, op_no=op_no, **fields)

    def consume(self, quantity: Any = "1", lot: str = "L1", **fields: Any) -> str:
        amount = kg(quantity) if isinstance(quantity, str) else quantity
        body = {"order_id": "O1", "op_no": "10", "item": "OIL", "lot": lot, "quantity": amount, **fields}
        return self.write("/consumptions", **body)

    def produce(self, lot: str = "P1", quantity: str = "100", **fields: Any) -> str:
        body = {"order_id": "O1", "item": "CREAM", "lot": lot, "quantity": pieces(quantity), **fields}
        return self.write("/outputs", **body)

    def write(self, path: str, **body: Any) -> str:
        """``accepted``, or the code of the first reason."""
        answer = self.post(path, {"reason": "work", **body}).json()
        return answer["reasons"][0]["code"] if answer["status"] == "refused" else answer["status"]

    def run(self, *op_nos: str, order: str = "O1", label_revision: str = "A") -> None:
        """Starts and completes operations."""
        ref = {"domain": "label", "id": "LBL", "revision": label_revision}
        for n in op_nos:
            packing = {"label": ref} if n == "30" else {}
            assert self.start(n, order, **packing) == "accepted"
            labels = {"labels": {"issued": 5, "used": 5, "destroyed": 0, "returned": 0}} if packing else {}
            assert self.complete(n, order, **labels) == "accepted"

    def published(self, kind: str) -> list[dict[str, Any]]:
        """The data of the events of a kind that were published, oldest first."""
        events = self.get("/outbox", after="0").json()["events"]
        return [e["data"] for e in events if e["type"] == f"org.syncproof.{kind}.v1"]

    def statuses(self, order: str = "O1") -> dict[str, str]:
        return {job["op_no"]: job["status"] for job in self.read("/dispatch", order=order)}

    def set(self, order: str = "O1") -> dict[str, str]:
        """Revision by domain, as the batch record of a started order has it."""
        return {ref["domain"]: ref["revision"] for ref in self.read("/batch-records", order=order)["revision_set"]}


@pytest.fixture
def mes(monkeypatch):
    """The system with product CREAM in effect at both sites, and nothing else."""
    with TestClient(build(SYSTEM, make_config(CONFIG))) as client:
        system = Mes(client)
        monkeypatch.setattr(Context, "call_peer", staticmethod(system.peer))
        system.release(*PRODUCT, change="C-INITIAL")
        yield system


@pytest.fixture
def running(mes):
    """The same with order O1 of 100 pieces released and its operation 10 started, and lot L1."""
    mes.order()
    mes.lot()
    assert mes.start("10") == "accepted"
    return mes


@pytest.fixture
def broken():
    """What of a document breaks its contract: ``broken(name, document)`` is empty if it keeps it."""
    return contracts.explain
