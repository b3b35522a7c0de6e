"""Operations on the shop floor: dispatched, started, completed, recorded."""

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof.capabilities import held


@given(phrase("operation {op_no:Op} of order {order:Name} is completed"))
def _(batches, op_no, order) -> None:
    batches.complete(order, op_no)


@given(phrase("operation {op_no:Op} of order {order:Name} is started"))
def _(orders, require_accepted, op_no, order) -> None:
    require_accepted(orders.start(order, op_no))
    orders.await_started(order)


@when(phrase("the remaining operations of order {order:Name} are completed"))
def _(batches, order) -> None:
    batches.execute(order)


@when(phrase("operation {op_no:Op} of order {order:Name} is attempted"), target_fixture="attempt")
def _(orders, op_no, order):
    return orders.start(order, op_no)


@then("the attempt is refused because the operation is not in the effective routing")
def _(check, attempt) -> None:
    check.refused(
        "URS-REV-002",
        "an operation outside the effective revision cannot be executed",
        attempt,
        code={"operation_unknown"},
    )


@then("the ghost operation is refused")
def _(check, attempt) -> None:
    check.refused(
        "URS-RTG-002",
        "an operation that the routing dropped cannot be started",
        attempt,
        code={"operation_unknown"},
    )


@then("the operation out of sequence is refused")
def _(check, attempt) -> None:
    check.refused(
        "URS-RTG-002",
        "an operation cannot be started before the one it follows",
        attempt,
        code={"sequence_violation"},
    )


@then(phrase("operation {op_no:Op} of order {order:Name} can be started"))
def _(check, orders, op_no, order) -> None:
    check.accepted(
        ("URS-REV-002", "URS-VAL-009"),
        f"operation {op_no} of the revision that drives the order can be executed",
        orders.start(order, op_no),
    )


@then(phrase("order {order:Name} is dispatched with operations {ops:Ops} and their step definitions"))
def _(check, orders, expected, execution, order, ops) -> None:
    effective = expected.operations(order)
    expected.same_as_stated([o.op_no for o in effective], ops)
    check.equal(
        ("URS-RTG-001", "URS-RTG-008"),
        "operations, steps and resources follow the effective routing",
        tuple((o.op_no, o.name, o.step_definition, o.equipment_class) for o in effective),
        mapped(
            execution.dispatch_list(orders.id(order)),
            lambda jobs: tuple((j.op_no, j.name, j.step_definition, j.equipment_class) for j in jobs),
        ),
    )


@then(phrase("the dispatchable operations of order {order:Name} are exactly those of the effective routing"))
def _(check, orders, expected, execution, order) -> None:
    def dispatched():
        return mapped(execution.dispatch_list(orders.id(order)), lambda jobs: frozenset(j.op_no for j in jobs))

    # A switched order may reach the shop floor in steps (taken back, changed, released again).
    check.agreed(
        ("URS-RTG-002", "URS-VAR-001"),
        "the set of dispatchable operations is the routing's",
        frozenset(o.op_no for o in expected.operations(order)),
        {execution.name: dispatched},
        domain="order",
    )


@then(phrase("every dispatched operation of order {order:Name} names a step of the effective recipe"))
def _(check, orders, expected, execution, order) -> None:
    steps = {step.id for step in expected.master(order, "recipe").steps}
    check.equal(
        "URS-RTG-003",
        "each operation's execution definition is a step of the recipe",
        tuple((o.op_no, o.step_definition) for o in expected.operations(order) if o.step_definition in steps),
        mapped(
            execution.dispatch_list(orders.id(order)),
            lambda jobs: tuple((j.op_no, j.step_definition) for j in jobs),
        ),
    )


@then(
    phrase(
        "every dispatched operation of order {order:Name} states the evidence and equipment class of the effective routing"
    )
)
def _(check, orders, expected, execution, order) -> None:
    check.equal(
        "URS-RTG-004",
        "each operation states its evidence and its resource",
        tuple((o.op_no, o.evidence, o.equipment_class) for o in expected.operations(order)),
        mapped(
            execution.dispatch_list(orders.id(order)),
            lambda jobs: tuple((j.op_no, j.evidence, j.equipment_class) for j in jobs),
        ),
    )


@then("it starts as an operation of its own")
def _(check, attempt) -> None:
    check.accepted("URS-RTG-008", "an operation is not taken for another one of its name", attempt)


@then(phrase("operation {op_no:Op} of order {order:Name} takes 1 KGM of lot {own:Name} and none of lot {foreign:Name}"))
def _(check, batches, lots, one_kg, op_no, order, own, foreign) -> None:
    wrong = batches.consume(order, lots[foreign].id, one_kg, lots[foreign].item, op_no)
    check.refused("URS-RTG-008", "material of another operation of that name", wrong, "not_of_operation")
    right = batches.consume(order, lots[own].id, one_kg, lots[own].item, op_no)
    check.accepted("URS-RTG-008", "its own material", right)


@then(
    phrase(
        "operation {op_no:Op} of order {order:Name} is issued 1 KGM of lot {own:Name} and none of lot {foreign:Name} by every system"
    )
)
def _(check, issues, op_no, order, own, foreign) -> None:
    for verb, attempt in issues(order, foreign, op_no).items():
        check.refused("URS-RTG-008", f"{verb} of material of another operation", attempt, "not_of_operation")
    for verb, attempt in issues(order, own, op_no).items():
        check.accepted("URS-RTG-008", f"{verb} of its own material", attempt)


@then(phrase("the batch record of order {order:Name} shows exactly lot {lot:Name} at operation {op_no:Op}"))
def _(check, orders, lots, execution, order, lot, op_no) -> None:
    check.equal(
        "URS-RTG-008",
        "which material was consumed at which operation",
        frozenset({(lots[lot].id, op_no)}),
        mapped(
            execution.batch_record(orders.id(order)),
            lambda b: frozenset((x.lot, x.op_no) for x in b.materials if x.use == "Consumed"),
        ),
    )


@then(phrase("order {order:Name} executed entirely under revision {revision:Rev}"))
def _(check, orders, expected, execution, order, revision) -> None:
    refs = expected.revision_set(order)
    expected.stated(frozenset(r for r in refs if r.domain in ("recipe", "routing", "bom")), revision)
    record = execution.batch_record(orders.id(order))
    check.equal(
        ("URS-REV-003", "URS-REV-004", "URS-REV-009", "URS-REV-015", "URS-BCK-001"),
        f"order {order} was driven by revision {revision} throughout",
        refs,
        mapped(record, lambda batch: batch.revision_set if batch else None),
    )
    check.equal(
        ("URS-REV-003", "URS-REV-004", "URS-REV-009", "URS-REV-015", "URS-BCK-001"),
        f"order {order} executed exactly the operations of that revision",
        tuple(o.op_no for o in expected.operations(order)),
        mapped(record, lambda batch: tuple(run.op_no for run in batch.operations) if batch else ()),
    )


@then("the order records which revisions executed")
def _(check, orders, expected, planning) -> None:
    executed = expected.revision_set("O1")
    check.agreed(
        "URS-REV-005",
        "planning holds the revisions that executed",
        held(planning, executed),
        {
            planning.name: lambda: mapped(
                planning.order(orders.id("O1")), lambda o: o.revision_set if o.pinned else frozenset()
            )
        },
        domain="order",
    )


@then(
    phrase("order {order:Name} stays with revision {revision:Rev} in dispatch, batch record, confirmation and supply")
)
def _(check, orders, expected, execution, driven_by, required, order, revision) -> None:
    refs = expected.revision_set(order)
    expected.stated(frozenset(r for r in refs if r.domain in ("recipe", "routing", "bom")), revision)
    check.equal(
        "URS-REV-005",
        "dispatch follows the routing that the batch was started with",
        frozenset({expected.master(order, "routing").revision}),
        mapped(execution.dispatch_list(orders.id(order)), lambda jobs: frozenset(j.routing_revision for j in jobs)),
    )
    check.equal(
        "URS-REV-005",
        "the batch record holds the revisions that the batch was started with",
        refs,
        mapped(execution.batch_record(orders.id(order)), lambda batch: batch.revision_set if batch else None),
    )
    driven_by("URS-REV-005", "every system's order holds the revisions that the batch was started with", order)


@then(phrase("the batch record of order {order:Name} stores the revision of every master that drove it"))
def _(check, orders, expected, execution, order) -> None:
    check.equal(
        "URS-REV-013",
        "the batch record stores bom, routing, recipe, label and test specification",
        expected.revision_set(order),
        mapped(execution.batch_record(orders.id(order)), lambda batch: batch.revision_set if batch else None),
    )


@then(
    phrase(
        "exactly order {order:Name} is listed as driven by revision {revision:Rev} of the {domains:Domains} of {product:Name}"
    )
)
def _(check, orders, products, execution, order, revision, domains, product) -> None:
    for ref in sorted(products[product].refs(domains, revision)):
        check.equal(
            "URS-REV-008",
            f"batches driven by {ref}",
            frozenset({orders.id(order)}),
            execution.where_used(ref),
        )


@then(phrase("operation {op_no:Op} of order {order:Name} is {status:w}"))
def _(check, operation_status, op_no, order, status) -> None:
    check.agreed(
        "URS-RTG-007",
        f"operation {op_no} is {status}",
        status,
        operation_status(order, op_no),
        domain="equipment",
    )


@then(
    phrase(
        "operation {op_no:Op} of order {order:Name} is {status:w} once the mixer of {product:Name} is available again"
    )
)
def _(check, operation_status, mixers, op_no, order, status, product) -> None:
    mixers.set_state(product, "available")
    check.agreed(
        "URS-RTG-007",
        f"operation {op_no} is {status} again",
        status,
        operation_status(order, op_no),
        domain="equipment",
    )
