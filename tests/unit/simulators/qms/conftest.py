"""A quality system on the bench."""

from typing import Any

import pytest

from syncproof.simulators.qms import SYSTEM
from tests.unit.simulators import bench
from tests.unit.simulators.bench import Bench, bom, ref

DATE = "2027-03-10T06:00:00Z"
bench.USERS.update(
    {
        "production": ["production_approver"], "release": ["release_manager"], "qa2": ["quality_approver"],
        "multi": ["engineer", "quality_approver", "production_approver", "release_manager"],
        "multi2": ["quality_approver", "production_approver"],
    }
)  # fmt: skip


class Qms(Bench):
    """Quality, with the calls that its tests make most."""

    def __init__(self, **policies: Any) -> None:
        super().__init__(SYSTEM, **policies)

    def decide(self, scope: str, target: str, disposition: str = "Restricted", by: str = "qa", **options: Any) -> Any:
        return self.post("/dispositions", by=by, scope=scope, target=target, disposition=disposition, **options)

    def result(self, value: str, sample: int = 1, lot: str = "P1", name: str = "pH", by: str = "inspector") -> Any:
        return self.post("/results", by=by, lot=lot, characteristic=name, sample=sample, value=value)

    def request(self, key: str = "C1", by: str = "engineer", **fields: Any) -> Any:
        body = {
            "id": key, "rationale": "better yield", "impact": ["bom"], "members": [ref(bom("B"))],
            "effectivity": {"instant": DATE}, **fields,
        }  # fmt: skip
        return self.post("/changes", by=by, **body)

    def approve(self, role: str = "quality_approver", by: str = "qa", key: str = "C1") -> Any:
        return self.post("/approvals", by=by, change=key, role=role, meaning="content and date are right")

    def approve_both(self, key: str = "C1") -> None:
        assert self.approve(key=key)["status"] == "accepted"
        assert self.approve("production_approver", "production", key)["status"] == "accepted"

    def promote(self, by: str = "release", key: str = "C1") -> Any:
        return self.post("/promotions", by=by, change=key)

    def grant(self, user: str = "release", until: str = "2027-02-01T13:00:00Z", by: str = "qa") -> Any:
        return self.post("/emergency-authorities", by=by, user=user, valid_until=until)

    def review(self, by: str = "qa", key: str = "C1", conclusion: str = "justified") -> Any:
        return self.post("/reviews", by=by, change=key, conclusion=conclusion)

    def change(self, key: str = "C1") -> Any:
        return self.get("/changes", id=key)["item"]

    def disposition(self, lot: str = "L1") -> str:
        found: str = self.get("/lots", id=lot)["item"]["disposition"]
        return found


@pytest.fixture
def qms() -> Qms:
    """Quality with the reference product in effect."""
    return Qms()


@pytest.fixture
def new_qms() -> type[Qms]:
    """Makes a quality system with other policies."""
    return Qms
