"""A system with nothing but the chassis, a write of its own to probe it, and the product on the bench."""

from typing import Any

import pytest

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.errors import refuse
from syncproof.simulators.chassis.routes import TEXT, Answer, Read, Write, obj, optional, roles
from syncproof.simulators.chassis.system import System
from tests.unit.simulators.bench import APPROVALS, OWNERS, Bench


def note(ctx, body):
    """Stores and publishes something before it may be refused."""
    ctx.state.put("note", body["id"], {"text": body["text"], "bulk": ctx.bulk, "told": ctx.consulted})
    ctx.emit("fact", f"note/{body['id']}", {"kind": "equipment_state", "equipment": body["id"], "state": "down"})
    if body["text"] == "bad":
        refuse("note_bad", "the text is bad, write another", "/text")
    return Answer(fields={"length": len(body["text"])})


async def consult(ctx, body):
    ctx.instance.asked.append(body["id"])
    return f"{ctx.user} asks about {body['id']}"


def use(ctx, body):
    holds.require_unrestricted(ctx, body["lot"])


ROUTES = (
    Write(
        path="/notes", handler=note, summary="Write a note", roles=roles("planner"), about=("note", "id"),
        body=obj(id=TEXT, text=TEXT, remark=optional(TEXT)), bulk=True, consult=consult,
    ),
    Write(
        path="/uses", handler=use, summary="Use a lot", roles=roles("operator"), about=("lot", "lot"),
        body=obj(lot=TEXT), bulk=True,
    ),
    Read(path="/notes", handler=lambda ctx, query: {"item": ctx.state.get("note", query["id"])}, summary="A note",
         required=("id",)),
)  # fmt: skip
SYSTEM = System(name="erp", product="Test system", routes=ROUTES)


class Plain(Bench):
    """Owns what planning owns."""

    def __init__(self, **policies: Any) -> None:
        super().__init__(SYSTEM, **policies)
        self.asked = self.app.instance.asked = []

    def submit(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        return self.post("/masters", by=options.pop("by", "engineer"), data=data, **options)

    def arrive(self, data: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        """A master from its owner."""
        domain = data["domain"]
        return self.deliver("master", f"{domain}/{data['id']}", data, OWNERS[domain], **envelope)

    def states(self, domain: str, key: str, **query: str) -> dict[str, dict[str, Any]]:
        """Revision -> MasterState."""
        items = self.get("/masters", domain=domain, id=key, **query)["items"]
        return {state["master"]["revision"]: state for state in items}

    def effective(self, domain: str, key: str, site: str = "EAST", **query: str) -> str | None:
        """The revision in effect."""
        item = self.get("/masters/effective", domain=domain, id=key, site=site, **query)["item"]
        return item and item["master"]["revision"]

    def receipts(self, subject: str) -> list[str]:
        return [receipt["status"] for receipt in self.get("/receipts", subject=subject)["items"]]

    def activate(self, *members: dict[str, str], change: str, **effectivity: str) -> dict[str, Any]:
        data = {"change_id": change, "members": list(members), "effectivity": effectivity, "approvals": APPROVALS}
        return self.deliver("activation", f"activation/{change}", data, "integration")


@pytest.fixture
def plain() -> Plain:
    return Plain()


@pytest.fixture
def new_plain() -> type[Plain]:
    """Makes a system with other policies."""
    return Plain
