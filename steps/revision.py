"""New revisions: released, restored, and in effect."""

from pytest_bdd import given, then, when

from steps.vocabulary import phrase

CHANGES = {
    "drops operation 20": ("10", "30"),
    "replaces operation 20 by operation 25": ("10", "25", "30"),
}
"""What a revision does to the reference routing, and the operations that remain."""


@given(phrase("revision {revision:Rev} of {product:Name} is released for {date:Effectivity}"))
def _(products, governance, revision, product, date) -> None:
    governance.release(f"{product} {revision}", products[product].revise(revision), date)


@given(phrase("revision {revision:Rev} of the {domains:Domains} of {product:Name} is released for {date:Effectivity}"))
def _(products, governance, revision, domains, product, date) -> None:
    masters = [products.any_revision(product, domain, revision) for domain in domains]
    governance.release(f"{product} {revision}: {', '.join(domains)}", masters, date)


@given(phrase("revision {revision:Rev} of {product:Name} adds operation {op_no:Op} from {date:Effectivity}"))
def _(products, governance, revision, product, op_no, date) -> None:
    masters = products[product].revise(revision, (*products[product].op_nos, op_no))
    governance.release(f"{product} {revision}", masters, date)


@given(phrase("revision {revision:Rev} of {product:Name} drops operation 20 from {date:Effectivity}"))
def _(products, governance, revision, product, date) -> None:
    masters = products[product].revise(revision, CHANGES["drops operation 20"])
    governance.release(f"{product} {revision}", masters, date)


@given(
    phrase("revision {revision:Rev} of {product:Name} replaces operation 20 by operation 25 from {date:Effectivity}")
)
def _(products, governance, revision, product, date) -> None:
    masters = products[product].revise(revision, CHANGES["replaces operation 20 by operation 25"])
    governance.release(f"{product} {revision}", masters, date)


@given(phrase("revision {revision:Rev} of {product:Name} is submitted and not released"))
def _(products, governance, masters_known, revision, product) -> None:
    masters = products[product].revise(revision)
    governance.submit(masters)
    masters_known(masters)


@given(phrase("revision {revision:Rev} of {product:Name} is restored by a back-out for {date:Effectivity}"))
def _(products, governance, back_out, revision, product, date) -> None:
    governance.release(
        f"{product} back-out",
        (),
        date,
        members=back_out.members(product, revision),
        backs_out=back_out.reverted(product),
    )


@then(phrase("the {domains:Domains} of {product:Name} at {site:Site} are revision {revision:Rev} in every system"))
def _(check, products, expected, in_effect, domains, product, site, revision) -> None:
    refs = expected.stated(expected.refs(products[product], domains, site), revision)
    in_effect.agreed(
        ("URS-REV-001", "URS-REV-012", "URS-REV-015"),
        f"{', '.join(domains)} of {product} in effect at {site}",
        refs,
        site,
        domain="bom",
    )


@then(
    phrase(
        "every system answers that revision {revision:Rev} of the {domains:Domains} of {product:Name} was effective at {site:Site} at {at:Instant}"
    )
)
def _(check, products, expected, in_effect, revision, domains, product, site, at) -> None:
    refs = expected.stated(expected.refs(products[product], domains, site, at), revision)
    in_effect.agreed(
        "URS-REV-006",
        f"{', '.join(domains)} of {product} at {site} as of {at.isoformat()}",
        refs,
        site,
        at,
        domain="bom",
    )


@then(phrase("the whole revision set of {product:Name} at {site:Site} is revision {revision:Rev} in every system"))
def _(check, products, expected, in_effect, product, site, revision) -> None:
    domains = ("recipe", "routing", "bom")
    refs = expected.stated(expected.refs(products[product], domains, site), revision)
    in_effect.agreed(
        "URS-BCK-001",
        f"whole revision set of {product} at {site}",
        refs,
        site,
        domain="bom",
    )


@then(
    phrase(
        "recipe, routing and bom of {product:Name} at {site:Site} are all of revision {revision:Rev} in every system"
    )
)
def _(check, products, expected, in_effect, product, site, revision) -> None:
    domains = ("recipe", "routing", "bom")
    refs = expected.stated(expected.refs(products[product], domains, site), revision)
    in_effect.agreed(
        "URS-DEP-001",
        f"recipe, routing and bom of {product} at {site} switch together",
        refs,
        site,
        domain="bom",
    )


@when(
    phrase("revision A of the {domain:Domain} of {product:Name} is submitted again with other content"),
    target_fixture="overwriting",
)
def _(products, governance, domain, product):
    forged = products[product].forged(domain)
    return forged, governance.submit([forged])[0]


@then(phrase("the overwriting is refused and revision A of the {domain:Domain} is unchanged in every system"))
def _(check, products, content_of, overwriting, domain) -> None:
    forged, outcome = overwriting
    check.refused("URS-REV-010", f"a revision of a {domain} is never overwritten", outcome, "revision_exists")
    original = products["Cream"].history[domain, "A"]
    check.agreed(
        "URS-REV-010",
        f"revision A of the {domain} is as it was",
        original,
        content_of(forged.ref),
        domain=domain,
    )


@when(
    phrase(
        "revision A of the {domain:Domain} of {product:Name} with other content is sent to every other system than its owner"
    ),
    target_fixture="pushed",
)
def _(products, pushes, domain, product):
    return pushes.to_receivers(products[product].forged(domain))


@then(phrase("each of them refuses the event and revision A of the {domain:Domain} is unchanged in every system"))
def _(check, products, content_of, pushed, domain) -> None:
    for name, answer in pushed.answers.items():
        check.refused("URS-REV-010", f"no event overwrites a revision of a {domain}: {name}", answer, "revision_exists")
    original = products["Cream"].history[domain, "A"]
    seen = content_of(original.ref)
    check.agreed("URS-REV-010", f"revision A of the {domain} is as it was", original, seen, domain=domain)


@then(phrase("a new revision of the {domain:Domain} is kept beside revision A"))
def _(check, products, governance, require_accepted, revisions_of, content_of, domain) -> None:
    new = products.any_revision("Cream", domain, "B")
    require_accepted(*governance.submit([new]))
    check.agreed(
        "URS-REV-010",
        f"both revisions of the {domain} are kept",
        frozenset({"A", "B"}),
        revisions_of(domain, new.id),
        domain=domain,
    )
    check.agreed(
        "URS-REV-010",
        f"the new revision of the {domain} is as it was submitted",
        new,
        content_of(new.ref),
        domain=domain,
    )
