"""Label artwork: which version packaging uses, and reconciliation."""

from pytest_bdd import given, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase


@given(phrase("label revision {revision:Rev} of {product:Name} is released for {date:Effectivity}"))
def _(labels, governance, revision, product, date) -> None:
    governance.release(f"label {revision}", [labels.revise(product, revision)], date)


@when(phrase("label revision {revision:Rev} of {product:Name} is submitted"), target_fixture="label")
def _(labels, governance, require_accepted, revision, product):
    master = labels.revise(product, revision)
    require_accepted(*governance.submit([master]))
    return master


@given(phrase("order {order:Name} is executed up to packaging"))
def _(batches, order) -> None:
    batches.operate(order, until_packaging=True)


@given(phrase("packaging of order {order:Name} is started"))
def _(orders, batches, require_accepted, order) -> None:
    require_accepted(orders.start(order, "30", label=batches.label(order)))


@when(
    phrase("packaging of order {order:Name} is attempted with label revision {revision:Rev}"),
    target_fixture="attempt",
)
def _(orders, labels, order, revision):
    return orders.start(order, "30", label=labels.ref("Cream", revision))


@when(phrase("packaging of order {order:Name} is attempted with the label of {product:Name}"), target_fixture="attempt")
def _(orders, labels, order, product):
    return orders.start(order, "30", label=labels.latest(product).ref)


@when(phrase("packaging of order {order:Name} is attempted with no label"), target_fixture="attempt")
def _(orders, order):
    return orders.start(order, "30")


@when(
    phrase(
        "packaging ends with {issued:d} labels issued, {used:d} used, {destroyed:d} destroyed and {returned:d} returned"
    ),
    target_fixture="attempt",
)
def _(orders, issued, used, destroyed, returned):
    labels = {"issued": issued, "used": used, "destroyed": destroyed, "returned": returned}
    return orders.complete("O1", "30", ("operator signature",), labels)


@then("packaging is refused because of the label version")
def _(check, attempt) -> None:
    check.refused("URS-LBL-001", "packaging cannot start with another version", attempt, code={"label_version"})


@then(phrase("packaging of order {order:Name} starts with label revision {revision:Rev}"))
def _(check, orders, labels, batches, expected, order, revision) -> None:
    expected.same_as_stated(batches.label(order).revision, revision)
    check.accepted(
        "URS-LBL-001",
        f"packaging starts with revision {revision}",
        orders.start(order, "30", label=labels.ref("Cream", revision)),
    )


@then(phrase("the end of packaging is {verdict:Verdict} as the reconciliation rule says"))
def _(check, attempt, verdict) -> None:
    check.verdict(
        "URS-LBL-002",
        "packaging ends only with reconciled labels",
        attempt,
        verdict,
        code={"label_reconciliation"},
    )


@then(phrase("the label of {product:Name} with artwork and reconciliation rule is identical in every system"))
def _(check, labels, content_of, product) -> None:
    label = labels.latest(product)
    check.agreed(
        "URS-LBL-002",
        "label version, artwork and reconciliation rule",
        label,
        content_of(label.ref),
        domain="label",
    )


@then(phrase("label revision {revision:Rev} of {product:Name} reaches every system within the SLA of labels"))
def _(check, label, content_of, revision, product) -> None:
    check.agreed(
        "URS-LBL-003",
        f"latency of label revision {revision} of {product}",
        label,
        content_of(label.ref),
        domain="label",
    )


@then(phrase("the produced lot of order {order:Name} is traced to label revision {revision:Rev}"))
def _(check, orders, labels, execution, order, revision) -> None:
    def label_of_lot(batch):
        produced = {material.lot for material in batch.materials if material.use == "Produced"}
        used = {run.label for run in batch.operations if run.label}
        return (produced, used)

    check.equal(
        "URS-LBL-004",
        f"label version on the lot of order {order}",
        ({orders[order].lot}, {labels.ref("Cream", revision)}),
        mapped(execution.batch_record(orders.id(order)), label_of_lot),
    )


@then(phrase("exactly order {order:Name} is listed for label revision {revision:Rev} of {product:Name}"))
def _(check, orders, labels, execution, order, revision, product) -> None:
    check.equal(
        "URS-LBL-004",
        f"batches packed with label revision {revision}",
        frozenset({orders.id(order)}),
        execution.where_used(labels.ref(product, revision)),
    )
