"""Invalid masters, pushed at every system."""

from pytest_bdd import given, then, when

from fixtures import faulty
from fixtures.instants import effectivity
from steps.vocabulary import phrase


@when(phrase("a bom of {product:Name} with {fault:BomFault} is pushed to every system"), target_fixture="pushed")
def _(products, pushes, product, fault):
    return pushes.everywhere(faulty.BOM[fault][0](products[product]))


@when(phrase("a bom of {product:Name} that needs {other:Name} is pushed to every system"), target_fixture="pushed")
def _(products, pushes, product, other):
    return pushes.everywhere(faulty.bom_needing(products[product], products[other]))


@given(phrase("a bom of {product:Name} without lines is pushed to every system"), target_fixture="pushed")
@when(phrase("a bom of {product:Name} without lines is pushed to every system"), target_fixture="pushed")
def _(products, pushes, product):
    return pushes.everywhere(faulty.BOM["no lines"][0](products[product]))


@when(
    phrase("a routing revision B of {product:Name} without {missing:Part} is pushed to every system"),
    target_fixture="pushed",
)
def _(products, pushes, product, missing):
    return pushes.everywhere(faulty.ROUTING[missing](products[product]))


@when(
    phrase("a recipe revision B of {product:Name} without an instruction document is pushed to every system"),
    target_fixture="pushed",
)
def _(products, pushes, product):
    return pushes.everywhere(faulty.recipe_without_document(products[product]))


@when(
    phrase("a variant of {product:Name} without its {dependent:Domain} is pushed to every system"),
    target_fixture="pushed",
)
def _(products, pushes, keys, product, dependent):
    return pushes.everywhere(faulty.variant(products[product], keys("item", "bad variant"), dependent))


@when(
    phrase("an invalid {domain:Domain} of {product:Name} is pushed to every system, {path:Path}"),
    target_fixture="pushed",
)
def _(products, pushes, domain, product, path):
    return pushes.everywhere(faulty.INVALID[domain](products[product]), bulk=path == "bulk")


@when(
    phrase("a {domain:Domain} of {product:Name} with {fault:Fault} is pushed to every system"),
    target_fixture="pushed",
)
def _(products, pushes, domain, product, fault):
    return pushes.everywhere(faulty.FAULTS[fault](products[product]))


@when(phrase("{fault:SharedFault} is pushed to every system"), target_fixture="pushed")
def _(pushes, keys, fault):
    return pushes.everywhere(faulty.SHARED[fault][0](keys("item", "faulty")))


@then(
    phrase("{fault:SharedFault} is kept out of every system, and each error names the object, the fault and the mend")
)
def _(pushes, pushed, fault) -> None:
    pushes.kept_out("URS-VAL-001", f"{fault} is never accepted with a warning", pushed, faulty.SHARED[fault][1])
    pushes.actionable("URS-VAL-008", f"the error for {fault} says what to mend", pushed)


@then("the bom is kept out of every system because the component is unknown")
def _(pushes, pushed) -> None:
    pushes.kept_out("URS-VAL-002", "no orphan component gets in", pushed, {"orphan_component"})


@then("no receipt says that the bom was accepted")
def _(pushes, pushed) -> None:
    pushes.receipted("URS-AUD-004", "the receipt of what was set aside or rejected does not say accepted", pushed)


@then("the substitution fault is kept out of every system")
def _(pushes, pushed) -> None:
    codes = {"alternate_missing", "substitution_uncontrolled", "orphan_component"}
    pushes.kept_out("URS-VAL-003", "alternates are complete and controlled", pushed, codes)


@then("the bom is rejected by every system and logged")
def _(pushes, pushed) -> None:
    codes = {code for _, codes in faulty.BOM.values() for code in codes}
    pushes.kept_out("URS-VAL-005", "an incomplete bom is rejected", pushed, codes)
    pushes.logged("URS-VAL-005", "the rejection is logged", pushed)


@then(phrase("no system knows the invalid {domain:Domain} as approved or effective"))
def _(pushes, pushed, domain) -> None:
    pushes.kept_out("URS-VAL-001", f"an invalid {domain} is never accepted with a warning", pushed, None)


@then(phrase("the incomplete routing is kept out of every system because of its {missing:Part}"))
def _(pushes, pushed, missing) -> None:
    requirement = "URS-RTG-003" if missing == "step definition" else "URS-RTG-004"
    pushes.kept_out(requirement, f"no operation without {missing}", pushed, {"routing_incomplete"})


@then("the recipe is kept out of every system because the document is missing")
def _(pushes, pushed) -> None:
    pushes.kept_out("URS-RTG-005", "no step definition without its document", pushed, {"document_missing"})


@then("the variant is kept out of every system because it is incomplete")
def _(pushes, pushed) -> None:
    pushes.kept_out("URS-VAR-002", "a variant names all dependent masters", pushed, {"variant_incomplete"})


@then("every system logged the rejection with what is wrong, where and what would be valid")
def _(pushes, pushed) -> None:
    pushes.logged("URS-AUD-005", "the rejection is logged with an actionable error", pushed)


@then("each system's error for the bad bom names the object, the fault and the mend")
def _(pushes, pushed) -> None:
    pushes.kept_out("URS-VAL-008", "bad data is blocked", pushed, {"bom_incomplete"})
    pushes.actionable("URS-VAL-008", "the error says what to mend", pushed)


@then(phrase("order {order:Name} was executed with the last good bom"))
def _(check, orders, expected, execution, in_batch, order) -> None:
    check.equal(
        "URS-VAL-008",
        "production goes on with the last good bom",
        expected.master(order, "bom").ref,
        in_batch(order, "bom"),
    )


@given(
    phrase("a bom revision B of {product:Name} with component {component:Name} that no system knows yet"),
    target_fixture="submitted",
)
def _(products, governance, product, component):
    bom = products.add_component(product, component, "B")
    governance.declared.declare(bom)
    return governance.submit([bom])


@given(phrase("the bom revision B is released for {date:Effectivity}"), target_fixture="waiting_change")
def _(products, governance, date):
    return governance.promote_unready("bom B", [products["Cream"].current["bom"].ref], date)


@then(phrase("the bom of {product:Name} at {site:Site} is revision A in every system because it is not accepted"))
def _(check, products, expected, in_effect, product, site) -> None:
    refs = expected.stated(expected.refs(products[product], ("bom",), site), "A")
    in_effect.agreed(
        "URS-VAL-004",
        "what is not accepted is not in effect",
        refs,
        site,
        domain="bom",
    )


@then(
    phrase("the bom of {product:Name} at {site:Site} becomes revision B in every system once {component:Name} is known")
)
def _(check, products, governance, submitted, waiting_change, expected, in_effect, product, site, component) -> None:
    governance.release(f"introduce {component}", products.new_components(), effectivity("2027-01-01T00:00:00Z"))
    governance.submit_refused([products[product].current["bom"]], submitted)
    governance.declare_active(waiting_change)
    refs = expected.stated(expected.refs(products[product], ("bom",), site), "B")
    in_effect.agreed(
        "URS-VAL-004",
        "once accepted everywhere it is in effect",
        refs,
        site,
        domain="change",
    )
