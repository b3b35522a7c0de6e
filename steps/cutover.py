"""Changes whose parts come apart: missing members, orders of arrival, outages."""

from pytest_bdd import given, then, when

from steps.vocabulary import phrase

CHANGED = ("recipe", "routing", "bom")


@given(
    phrase("routing revision B of {product:Name} is released for {date:Effectivity} without its recipe"),
    target_fixture="parts",
)
def _(parts, product, date):
    return parts.release_without(product, "B", "recipe", date, only=("routing",))


@given(
    phrase("revision B of {product:Name} is released for {date:Effectivity} while its {missing:Domain} is missing"),
    target_fixture="parts",
)
def _(parts, product, date, missing):
    return parts.release_without(product, "B", missing, date)


@then(
    phrase(
        "the routing of {product:Name} at {site:Site} is revision A in every system because step definitions are missing"
    )
)
def _(check, products, expected, in_effect, product, site) -> None:
    refs = expected.stated(expected.refs(products[product], ("routing",), site), "A")
    in_effect.agreed(
        "URS-RTG-005",
        "a routing without step definitions is not in effect",
        refs,
        site,
        domain="bom",
    )


@when("the activation of that change reaches every system all the same", target_fixture="answers")
def _(governance, parts):
    return governance.deliver_early(parts.change)


@then(phrase("no system takes the activation as long as it lacks the {missing:Domain}"))
def _(check, answers, missing) -> None:
    for name, answer in answers.items():
        claim = f"{name} activates nothing without the {missing}"
        check.refused("URS-SYN-003", claim, answer, {"member_not_accepted"}, staged=True)


@then(phrase("no part of revision B of {product:Name} at {site:Site} is in effect in any system"))
def _(check, products, expected, in_effect, product, site) -> None:
    refs = expected.stated(expected.refs(products[product], CHANGED, site), "A")
    in_effect.agreed("URS-SYN-003", "nothing takes effect in part", refs, site, domain="bom")


@then(
    phrase(
        "all of revision B of {product:Name} at {site:Site} is in effect in every system once its {missing:Domain} arrives"
    )
)
def _(check, parts, products, expected, in_effect, product, site, missing) -> None:
    parts.supply(missing)
    refs = expected.stated(expected.refs(products[product], CHANGED, site), "B")
    in_effect.agreed(
        "URS-SYN-003",
        "once complete, all of it takes effect",
        refs,
        site,
        domain="change",
    )


@given('the parts of revision B of "Cream" are submitted in one batch')
def _(parts) -> None:
    parts.submit("Cream", "B", together=True)


@given('the parts of revision B of "Cream" are submitted one by one')
def _(parts) -> None:
    parts.submit("Cream", "B")


@given('the parts of revision B of "Cream" are submitted one by one, in reverse order')
def _(parts) -> None:
    parts.submit("Cream", "B", backwards=True)


@given('the parts of revision B of "Cream" are submitted after an outage of execution')
def _(parts, faults, execution) -> None:
    faults.pause_delivery(execution.name)
    parts.submit("Cream", "B")
    faults.clear()


@given(phrase("revision B of {product:Name} takes effect on {date:Effectivity}"))
def _(products, governance, product, date) -> None:
    governance.release(f"{product} B", (), date, members=products[product].refs(CHANGED, "B"))


@then(phrase("order {order:Name} is no orphan: every system drives it by the same complete revision set"))
def _(driven_by, order) -> None:
    driven_by("URS-DEP-002", "one complete revision set drives the order everywhere", order)


@when(
    phrase("a bom revision B of {product:Name} arrives before its new component {component:Name}"),
    target_fixture="early",
)
def _(ahead, product, component):
    return ahead.deliver(product, component)


@then("every receiver sets the bom aside and says which component is missing")
def _(check, early) -> None:
    for name, answer in early.answers.items():
        claim = f"{name} waits for what the bom depends on"
        check.set_aside("URS-DEP-002", claim, answer, "orphan_component")


@then("every receiver takes the bom over once the component arrives")
def _(check, early, receivers, content_of) -> None:
    early.supply()
    seen = content_of(early.bom.ref)
    told = {name: seen[name] for name in receivers("bom")}
    check.agreed(
        "URS-DEP-002", "what was set aside is taken over without being sent again", early.bom, told, domain="bom"
    )


@then(phrase("the bom of {product:Name} at {site:Site} is revision B in every system from {date:Effectivity}"))
def _(early, clock, expected, products, in_effect, product, site, date) -> None:
    early.release(date)
    clock.set(date.instant)
    refs = expected.stated(expected.refs(products[product], ("bom",), site), "B")
    in_effect.agreed("URS-DEP-002", "what came too early takes effect with the rest", refs, site, domain="bom")


@when(
    phrase("revisions {revisions:Revs} of {product:Name} are released one after another"),
    target_fixture="releases",
)
def _(series, revisions, product):
    return series.plan(product, revisions)


@then("every system is aligned with each revision while it is in effect")
def _(check, releases, clock, expected, products, in_effect) -> None:
    for release in releases:
        release.make()
        clock.set(release.date)
        in_effect.agreed(
            "URS-SYN-007",
            f"aligned with revision {release.revision}",
            expected.stated(expected.refs(products["Cream"], CHANGED, "EAST"), release.revision),
            "EAST",
            domain="bom",
        )


@when(
    phrase("revisions B, C and D of {product:Name} with dates of their own are released in the order {order:Revs}"),
    target_fixture="releases",
)
def _(series, product, order):
    return series.release(product, order)


@then(phrase("every system shows the same revision of {product:Name} in effect before, at and after each date"))
def _(check, releases, clock, expected, products, in_effect, product) -> None:
    for at in releases.instants():
        clock.set(at)
        in_effect.agreed(
            "URS-VLD-005",
            f"revision in effect at {at.isoformat()}",
            expected.refs(products[product], CHANGED, "EAST"),
            "EAST",
            domain="bom",
        )


@when("the revision block test is run three times, each with fresh masters", target_fixture="runs")
def _(series):
    return [series.cutover(f"Run {n}") for n in (1, 2, 3)]


@then("each run gives the expected result")
def _(check, runs, clock, expected, products, in_effect) -> None:
    times = sorted({(run.before, "A") for run in runs} | {(run.date, "B") for run in runs})
    for at, revision in times:  # all runs at one time: a clock that is not ours never goes back
        clock.set(at)
        for run in runs:
            in_effect.agreed(
                "URS-VLD-004",
                f"{run.product} at {at.isoformat()}",
                expected.stated(expected.refs(products[run.product], CHANGED, "EAST"), revision),
                "EAST",
                domain="bom",
            )


@then(phrase("the recipe of {product:Name} is the same revision with the same content at every site in every system"))
def _(check, landscape, products, expected, effective_content, product) -> None:
    recipe = products[product].current["recipe"]
    for site in landscape.zones:
        check.agreed(
            "URS-SIT-001",
            f"recipe of {product} at {site}",
            expected.effective("recipe", recipe.id, site),
            effective_content("recipe", recipe.id, site),
            domain="bom",
        )
