"""A planning system on the bench."""

from typing import Any

import pytest
from hypothesis import settings

from syncproof.simulators.erp import SYSTEM
from tests.unit.simulators.bench import Bench, pieces

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # a busy machine is no failure


class Erp(Bench):
    """Planning, with the calls that its tests make most."""

    def __init__(self, **policies: Any) -> None:
        super().__init__(SYSTEM, **policies)

    def create(self, key: str = "O1", **fields: Any) -> dict[str, Any]:
        body = {"id": key, "item": "CREAM", "quantity": pieces("100"), "site": "EAST", **fields}
        return self.post("/orders", by="planner", **body)

    def release(self, key: str = "O1") -> dict[str, Any]:
        return self.post("/orders/release", by="planner", order=key)

    def place(self, key: str = "O1", **fields: Any) -> None:
        assert self.create(key, **fields)["status"] == "accepted"
        assert self.release(key)["status"] == "accepted"

    def order(self, key: str = "O1") -> dict[str, Any]:
        found: dict[str, Any] = self.get("/orders", id=key)["item"]
        return found

    def complete(self, key: str = "O1", op_nos: tuple[str, ...] = ("10", "20")) -> None:
        """Execution reports all operations as started and completed."""
        refs = self.order(key)["revision_set"]
        for op_no in op_nos:
            self.started(key, *refs, op_no=op_no)
            self.fact("completed", order_id=key, op_no=op_no, at="2027-02-01T13:00:00Z")


@pytest.fixture
def erp() -> Erp:
    """Planning with the reference product in effect."""
    return Erp()


@pytest.fixture
def new_erp() -> type[Erp]:
    """Makes a planning system with other policies."""
    return Erp
