"""Events: their meaning, repetition, and what happens when a source is out."""

from pytest_bdd import parsers, then, when

from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof.capabilities import having


@when(
    parsers.parse('a bom event of "Cream" with {fault} is delivered to every system'),
    target_fixture="delivered",
)
def _(odd_events, fault):
    return odd_events.deliver(fault)


@then("every system rejects the event, keeps a receipt and changes nothing")
def _(check, delivered, landscape, products, in_effect, expected) -> None:
    for name, outcome in delivered.outcomes.items():
        system = landscape.systems[name]
        check.refused(
            "URS-SYN-004",
            f"{name} does not guess",
            outcome,
            {"unsupported_event_version", "unsupported_event_type", "schema"},
        )
        check.equal(
            "URS-SYN-004",
            f"{name} keeps a receipt of the rejection",
            "rejected",
            lambda system=system: mapped(
                having(system, "synchronised.receipts").receipts(delivered.event["subject"]),
                lambda receipts: next((r.status for r in receipts if r.event_id == delivered.event["id"]), None),
            ),
        )
    in_effect.agreed(
        "URS-SYN-004",
        "nothing changed",
        expected.refs(products["Cream"], ("bom",), "EAST"),
        "EAST",
        domain="bom",
    )


@when('a bom event of "Cream" is delivered twice to every system', target_fixture="delivered")
def _(odd_events):
    return odd_events.deliver_twice()


@then("every system applied it once")
def _(check, delivered, landscape) -> None:
    for name, outcome in delivered.outcomes.items():
        system = landscape.systems[name]
        check.accepted("URS-SYN-004", f"{name} takes the repetition without complaint", outcome)
        check.equal(
            "URS-SYN-004",
            f"{name} applied the event once",
            ("accepted", 1),
            lambda system=system: mapped(
                having(system, "synchronised.receipts").receipts(delivered.event["subject"]),
                lambda receipts: first_and_applied([r.status for r in receipts if r.event_id == delivered.event["id"]]),
            ),
        )


def first_and_applied(statuses: list[str]) -> tuple[str, int]:
    """The status of the first receipt, and how many receipts say that the event was applied."""
    return statuses[0] if statuses else "none", statuses.count("accepted")


@when(
    phrase("the quality system is out and 1 KGM of lot {lot:Name} is consumed for order {order:Name}"),
    target_fixture="attempt",
)
def _(faults, quality, batches, lots, one_kg, lot, order):
    faults.outage(quality)
    return batches.consume(order, lots[lot].id, one_kg, lots[lot].item)


@then("the consumption is refused as long as eligibility cannot be confirmed")
def _(check, attempt) -> None:
    check.refused("URS-SYN-005", "no confirmation, no consumption", attempt, "eligibility_unconfirmed")


@then("the consumption is accepted once the quality system is back")
def _(check, faults, batches, lots, one_kg) -> None:
    faults.clear()
    check.accepted(
        "URS-SYN-005",
        "consumption goes on after the outage",
        batches.consume("O1", lots["L1"].id, one_kg, lots["L1"].item),
    )


@when(
    phrase("the bom of {product:Name} is edited in {role:w} behind the back of change control"),
    target_fixture="tampered",
)
def _(faults, landscape, products, product, role):
    system = landscape.by_role(role)
    faults.tamper(system, products[product].current["bom"], "base_quantity", {"value": "99", "unit": "C62"})
    return system


@then(phrase("the drift report names the bom of {product:Name} in {role:w} and nothing else"))
def _(check, products, integration, tampered, product, role) -> None:
    refs = [master.ref for master in products[product].current.values()]
    bom = products[product].current["bom"].ref
    check.equal(
        "URS-CHG-007",
        f"silent drift in {role} is found",
        frozenset({(tampered.name, str(bom))}),
        integration.drift(refs),
    )
