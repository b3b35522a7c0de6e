"""Genealogy, lot-specific consumption, identities and scans."""

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from fixtures.instants import INITIAL
from fixtures.observers import mapped
from fixtures.odd import LOT_CODES
from steps.vocabulary import phrase
from syncproof import model as m


@given(phrase("product {product:Name} is made from 1 C62 of product {part:Name}"))
def _(products, governance, product, part) -> None:
    governance.release(f"introduce {product}", products.assembly(product, part), INITIAL)


@given(
    phrase(
        "order {order:Name} for {pieces:Op} C62 of {product:Name} at {site:Site} consumes lot {lots:Names} and produces lot {out:Name} at {at:Instant}"
    )
)
def _(traced, clock, order, pieces, product, site, lots, out, at) -> None:
    clock.set(at)
    traced.make(order, product, pieces, site, consumed=lots, produced=out)


@then(phrase("lot {lot:Name} is traced to exactly lot {origins:Names}"))
def _(check, traced, genealogies, lot, origins) -> None:
    inputs = traced.stated_inputs(lot, origins)
    seen = genealogies(traced.id(lot))
    check.agreed("URS-TRC-001", f"what went into lot {lot}", inputs, seen, domain="lot", project=lambda g: g.inputs)


@then(phrase("lot {lot:Name} is traced forward to exactly lot {products:Names}"))
def _(check, traced, genealogies, lot, products) -> None:
    outputs = traced.stated_outputs(lot, products)
    seen = genealogies(traced.id(lot))
    check.agreed("URS-TRC-001", f"what lot {lot} went into", outputs, seen, domain="lot", project=lambda g: g.outputs)


@then(phrase("lot {lot:Name} holds {amount:Number} C62 of {product:Name} in every system"))
def _(check, expected, traced, products, lot_content, lot, amount, product) -> None:
    item, quantity = traced.content(lot)
    stated = (products[product].item, m.Quantity(value=Decimal(amount), unit="C62"))
    expected.same_as_stated((item, quantity), stated)
    check.agreed("URS-TRC-007", f"item and content of lot {lot}", stated, lot_content(traced.id(lot)), domain="lot")


@then("each produced lot is traced to the revisions that drove it")
def _(check, traced, orders, expected, execution) -> None:
    for order in traced.orders:
        check.equal(
            "URS-TRC-001",
            f"revisions behind the lot of order {order}",
            ({orders[order].lot}, expected.revision_set(order)),
            mapped(
                execution.batch_record(orders.id(order)),
                lambda b: ({x.lot for x in b.materials if x.use == "Produced"}, b.revision_set),
            ),
        )


@when(
    parsers.re(
        r"(?P<amount>[\d.]+) KGM of lot \"(?P<lot>\w+)\" is consumed for order \"(?P<order>\w+)\" (?P<how>with|without) an explanation"
    ),
    target_fixture="attempt",
)
def _(explained, batches, lots, amount, lot, order, how):
    actual = explained(lots[lot].id, amount, with_words=how == "with")
    return batches.consume(order, actual.lot, actual.quantity, lots[lot].item, explanation=actual.explanation)


@then(phrase("the consumption is {verdict:Verdict} and the batch record agrees"))
def _(check, attempt, orders, execution, explained, verdict) -> None:
    check.verdict(
        "URS-TRC-003",
        "consumption agrees with the bom or is explained",
        attempt,
        verdict,
        code="unexplained_discrepancy",
    )
    check.equal(
        "URS-TRC-003",
        "the batch record holds what was consumed and why",
        explained.in_record(verdict),
        mapped(
            execution.batch_record(orders.id("O1")),
            lambda b: tuple((x.lot, x.quantity, x.explanation) for x in b.materials if x.use == "Consumed"),
        ),
    )


@when(parsers.parse('a lot that is {case} is consumed for order "O1"'), target_fixture="attempt")
def _(odd_lots, batches, case):
    lot_id, item, quantity = odd_lots.that_is(case)
    return batches.consume("O1", lot_id, quantity, item)


@then(parsers.parse("the consumption is refused because the lot is {case}"))
def _(check, attempt, case) -> None:
    check.refused("URS-TRC-005", f"a lot that is {case} cannot be consumed", attempt, LOT_CODES[case])


@given(
    phrase(
        "product {product:Name} needs {amount:Number} KGM of {component:Name} per 100 C62, or its approved alternate {alternate:Name}"
    )
)
def _(products, product, amount, component, alternate) -> None:
    products.need_with_alternate(product, component, alternate, amount)


@then(phrase("consumption of lot {lot:Name} for order {order:Name} is accepted as an approved alternate"))
def _(check, batches, lots, one_kg, lot, order) -> None:
    check.accepted(
        "URS-VAL-003",
        "an approved alternate can be consumed",
        batches.consume(order, lots[lot].id, one_kg, lots[lot].item),
    )


@then(phrase("consumption of lot {lot:Name} for order {order:Name} is refused as no component of it"))
def _(check, batches, lots, one_kg, lot, order) -> None:
    check.refused(
        "URS-VAL-003",
        "nothing else can be consumed in its place",
        batches.consume(order, lots[lot].id, one_kg, lots[lot].item),
        "not_in_bom",
    )


@then(phrase("scrap of lot {lot:Name} for order {order:Name} is refused as no component of it"))
def _(check, batches, lots, one_kg, lot, order) -> None:
    attempt = batches.scrap(order, lots[lot].id, one_kg, lots[lot].item)
    check.refused("URS-VAL-003", "nothing else can be scrapped in its place", attempt, "not_in_bom")


@then(phrase("every system knows {product:Name} by the same identity, GTIN and cross-references"))
def _(check, products, content_of, product) -> None:
    material = products[product].current["material"]
    check.agreed("URS-TRC-002", f"identity of {product}", material, content_of(material.ref), domain="material")


@given(phrase("a material whose identifier is {identifier:Name}"), target_fixture="material")
def _(named_materials, identifier):
    return named_materials.introduce(identifier)


@then(phrase("every system finds it by {identifier:Name} and keeps it apart from {another:Name}"))
def _(check, named_materials, material, materials_by_id, identifier, another) -> None:
    check.agreed(
        "URS-IDN-001",
        f"{identifier!r} is found as it is",
        material,
        materials_by_id(material.id),
        domain="material",
    )
    check.agreed(
        "URS-IDN-001",
        f"{another!r} is something else",
        None,
        materials_by_id(named_materials.id(another)),
        domain="material",
    )


@then(phrase("every system finds order {order:Name} when it is asked for with outer blanks"))
def _(check, orders, order_by_id, order) -> None:
    id = orders.id(order)
    check.agreed("URS-IDN-001", f"order {order} asked for with blanks", id, order_by_id(f" {id} "), domain="order")


@then(phrase("every system finds lot {lot:Name} when it is asked for {how:Spelling}"))
def _(check, lots, lot_by_id, lot, how) -> None:
    id = lots[lot].id
    spelled = {
        "in lower case": id.lower(),
        "with outer blanks": f" {id} ",
        "in decomposed Unicode": lots.decomposed(lot),
    }[how]
    check.agreed("URS-IDN-001", f"lot {lot} asked for {how}", id, lot_by_id(spelled), domain="lot")


@when(parsers.parse('{barcode} of lot "L1" is scanned in execution and warehouse'), target_fixture="scans")
def _(barcodes, execution, warehouse, barcode):
    text = barcodes.of("L1", barcode)
    return {
        execution.name: execution.scan(text, by="operator"),
        warehouse.name: warehouse.scan(text, by="warehouse"),
    }


@then(phrase("the scan is {verdict:Verdict} in both"))
def _(check, scans, barcodes, verdict) -> None:
    for name, (outcome, scan) in scans.items():
        check.verdict("URS-TRC-004", f"scan in {name}", outcome, verdict, code={"barcode_invalid", "unknown_lot"})
        if verdict == "accepted":
            check.same("URS-TRC-004", f"{name} reads lot, item and serial number", barcodes.said, scan, outcome)


@given(phrase("{component:Name} has a GTIN"))
def _(products, barcodes, component) -> None:
    products.component(component).identify(barcodes.GTIN)


@then("the lot identity rule is identical in every system")
def _(check, lot_rule, content_of) -> None:
    check.agreed("URS-TRC-004", "the rule of lot identifiers", lot_rule, content_of(lot_rule.ref), domain="identity")


@then("a lot whose identifier breaks the rule is refused")
def _(check, odd_lots) -> None:
    for fault, outcome in odd_lots.receive_misnamed().items():
        check.refused("URS-TRC-004", f"a lot identifier that is {fault}", outcome, "identity_format")
