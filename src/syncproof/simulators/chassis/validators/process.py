"""Recipes and routings: every operation can be executed, and leaves evidence (URS-RTG-003, -004, -005)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators.known import known_item

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def recipe(ctx: "Context", master: Json) -> Iterator[Reason]:
    """Every step has a document and evidence."""
    yield from known_item(ctx, master)
    if not master["steps"]:
        yield Reason("recipe_incomplete", f"recipe {master['id']} has no steps; give at least one", "/steps")
    for place, step in enumerate(master["steps"]):
        name = f"recipe {master['id']}: step {step['id']}"
        if not step["document"].strip():
            yield Reason(
                "document_missing", f"{name} has no instruction document; name one", f"/steps/{place}/document"
            )
        if not _stated(step["evidence"]):
            yield Reason("recipe_incomplete", f"{name} has no evidence; name at least one", f"/steps/{place}/evidence")


def _stated(texts: Iterable[str]) -> bool:
    """There is at least one text, and none of them is blank."""
    found = list(texts)
    return bool(found) and all(text.strip() for text in found)


def routing(ctx: "Context", master: Json) -> Iterator[Reason]:
    """Every operation can be executed: step definition, evidence, resource."""
    yield from known_item(ctx, master)
    name = f"routing {master['id']}"
    if not master["operations"]:
        yield Reason("routing_incomplete", f"{name} has no operations; give at least one", "/operations")
    numbers = [operation["op_no"] for operation in master["operations"]]
    if len(set(numbers)) < len(numbers):
        yield Reason("operation_duplicate", f"{name}: each op_no may occur once, found {numbers}", "/operations")
    steps = {s["id"] for r in masters.accepted(ctx, "recipe", master["recipe"]) for s in r["steps"]}
    classes = {e["equipment_class"] for e in masters.accepted(ctx, "equipment")}
    for place, operation in enumerate(master["operations"]):
        pointer = f"/operations/{place}"
        yield from _incomplete(name, operation, pointer)
        yield from _unresolved(name, operation, pointer, master["recipe"], steps, classes)


def _incomplete(name: str, operation: Json, pointer: str) -> Iterator[Reason]:
    given = {
        "step_definition": bool(operation["step_definition"].strip()),
        "equipment_class": bool(operation["equipment_class"].strip()),
        "evidence": _stated(operation["evidence"]),
    }
    for field, ok in given.items():
        if not ok:
            yield Reason(
                "routing_incomplete",
                f"{name}: operation {operation['op_no']} has no {field}; state it",
                f"{pointer}/{field}",
            )


def _unresolved(
    name: str, operation: Json, pointer: str, recipe_id: str, steps: set[str], classes: set[str]
) -> Iterator[Reason]:
    step, needed = operation["step_definition"], operation["equipment_class"]
    if step.strip() and step not in steps:
        yield Reason(
            "step_definition_missing",
            f"{name}: step {step} of operation {operation['op_no']} is in no accepted revision of "
            f"recipe {recipe_id}; submit it there",
            f"{pointer}/step_definition",
        )
    if needed.strip() and needed not in classes:
        yield Reason(
            "resource_missing",
            f"{name}: no equipment of class {needed} for operation {operation['op_no']} is known",
            f"{pointer}/equipment_class",
        )


def equipment(_ctx: "Context", master: Json) -> Iterator[Reason]:
    """A unit of equipment is of some class."""
    if not master["equipment_class"].strip():
        yield Reason(
            "equipment_class_missing",
            f"equipment {master['id']}: equipment_class is empty; name the class",
            "/equipment_class",
        )
