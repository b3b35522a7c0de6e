"""Change requests, approvals and promotion."""

from pytest_bdd import given, parsers, then, when

from fixtures.instants import effectivity
from fixtures.observers import mapped
from steps.vocabulary import phrase
from syncproof import model as m

DATE = effectivity("2027-03-10T06:00:00Z")
REASONS = {
    "rationale": {"rationale_missing"},
    "impact": {"impact_missing"},
    "effective date": {"effective_date_missing"},
    "impact on a domain that it changes": {"impact_incomplete"},
}
CHANGED = ("recipe", "routing", "bom")


@when(
    parsers.parse('a change request for revision B of "Cream" without {missing} is made'),
    target_fixture="attempt",
)
def _(products, governance, missing):
    blank = {
        "rationale": {"rationale": ""},
        "impact": {"impact": ()},
        "effective date": {},
        "impact on a domain that it changes": {"impact": ("recipe", "routing")},
    }[missing]
    date = m.Effectivity() if missing == "effective date" else DATE
    change = governance.draft("incomplete", products["Cream"].refs(CHANGED, "B"), date, **blank)
    return governance.request(change)


@then(parsers.parse("the change request is refused because of its {missing}"))
def _(check, attempt, missing) -> None:
    check.refused("URS-CHG-001", f"a change states its {missing}", attempt, code=REASONS[missing])


@when(
    phrase("a change request for revision B of {product:Name} with effect from {date:Effectivity} is made"),
    target_fixture="attempt",
)
def _(products, governance, product, date):
    return governance.request(governance.draft("dated", products[product].refs(CHANGED, "B"), date))


@then(phrase("the change request is {verdict:Verdict} by its effective date"))
def _(check, attempt, verdict) -> None:
    claim = "an effective date is to come, or comes now"
    check.verdict("URS-REV-011", claim, attempt, verdict, code={"effective_date_past"})


@then(phrase("no revision {revision:Rev} of {product:Name} is released in any system"))
def _(check, attempt, products, states_of, revision, product) -> None:
    check.refused("URS-REV-011", "no release without an effective date", attempt, code=REASONS["effective date"])
    for ref in sorted(products[product].refs(CHANGED, revision)):
        check.agreed(
            "URS-REV-011",
            f"{ref} has no effective date",
            (None, False),
            states_of(ref, lambda s: (s.effective_from, s.status in ("effective", "superseded"))),
            domain="bom",
        )


@given(
    phrase(
        "revision {revision:Rev} of {product:Name} and {other:Name} is released by one change for {date:Effectivity}"
    )
)
def _(products, governance, revision, product, other, date) -> None:
    masters = [master for name in (product, other) for master in products[name].revise(revision)]
    governance.release(f"{product} and {other} {revision}", masters, date)


@then(
    phrase(
        "the {domains:Domains} in effect of {product:Name} and {other:Name} at {site:Site} are their own in every system"
    )
)
def _(check, products, expected, effective_content, domains, product, other, site) -> None:
    for name, domain in ((name, domain) for name in (product, other) for domain in domains):
        own = products[name].current[domain]
        expected.same_as_stated(expected.effective(domain, own.id, site), own)
        seen = effective_content(domain, own.id, site)
        check.agreed("URS-CHG-008", f"the {domain} in effect of {name} is its own", own, seen, domain=domain)


@given(phrase("a change request for revision B of {product:Name} by {author:Name}"), target_fixture="change")
def _(products, governance, require_accepted, product, author):
    change = governance.draft(f"{product} B", products[product].refs(CHANGED, "B"), DATE)
    require_accepted(governance.request(change, by=author))
    return change


@when(parsers.re("the change request is approved by (?P<who>.+)"), target_fixture="attempt")
def _(governance, require_accepted, change, who):
    if who == "the same person in a second role":
        return governance.approve_twice(change)
    role, by = {
        "somebody without the role": ("quality_approver", "operator"),
        "its own author": ("quality_approver", "multi"),
    }[who]
    return governance.approve(change.id, role, by=by)


@then("the approval is refused")
def _(check, attempt) -> None:
    check.refused(
        "URS-CHG-002",
        "approvals are by role and by different people",
        attempt,
        code={"segregation_of_duties", "forbidden"},
    )


@when(parsers.parse("its author tries to {act} it"), target_fixture="attempt")
def _(governance, change, act):
    if act == "promote":
        for role in ("quality_approver", "production_approver"):
            governance.approve(change.id, role)
        return governance.promote(change.id, by="multi")
    return governance.approve(change.id, act.removeprefix("approve as "), by="multi")


@then("the self-approval is refused and the change stays as it was")
def _(check, attempt, governance, quality, change) -> None:
    check.refused("URS-SEC-001", "nobody acts on a change of their own", attempt, code={"segregation_of_duties"})
    check.equal(
        "URS-SEC-001",
        "no trace of the author among approvers, not promoted",
        (False, False),
        mapped(
            quality.change(change.id),
            lambda c: ("multi" in {a.user for a in c.approvals}, c.status in ("promoted", "active")),
        ),
    )


@given(parsers.re("the change request has (?P<approvals>no approval|only quality approval|only production approval)"))
def _(governance, require_accepted, change, approvals) -> None:
    role = {"only quality approval": "quality_approver", "only production approval": "production_approver"}
    if approvals in role:
        require_accepted(governance.approve(change.id, role[approvals]))


@when("the change request is promoted", target_fixture="attempt")
def _(governance, clock, change):
    outcome = governance.promote(change.id)
    clock.set(DATE.instant)
    return outcome


@then("the promotion is refused because approvals are missing")
def _(check, attempt) -> None:
    check.refused("URS-REV-012", "no activation without all approvals", attempt, code={"approvals_missing"})


@when("the change request is approved, promoted and its date is reached", target_fixture="states")
def _(governance, lifecycle, change):
    return lifecycle.walk(change)


@then("each state was reached by a person of the right role, in the order draft, approved, promoted, active")
def _(check, states) -> None:
    check.in_order(
        "URS-CHG-003",
        "draft to effective by promotion",
        ("draft", "approved", "promoted", "active"),
        states.of_change,
    )


@then("revision B was not in effect before")
def _(check, states, products) -> None:
    (before,), (after,) = (products["Cream"].refs(("bom",), revision) for revision in ("A", "B"))
    check.equal("URS-CHG-003", "not in effect before its date", before, states.bom_before)
    check.equal("URS-CHG-003", "in effect at its date", after, states.bom_after)


@when("that change is promoted a second time", target_fixture="attempt")
def _(governance):
    return governance.promote(governance.changes["Cream C"].id)


@then("the second promotion is refused")
def _(check, attempt) -> None:
    check.refused("URS-CHG-003", "a promotion happens once", attempt, code={"change_state"})


@when("that change is approved by another quality approver", target_fixture="attempt")
def _(governance):
    return governance.approve(governance.changes["Cream C"].id, "quality_approver", by="qa2")


@then("the belated approval is refused and the approvals stay as they were")
def _(check, attempt, governance, quality) -> None:
    check.refused("URS-CHG-003", "what is promoted is not approved any more", attempt, code={"change_state"})
    check.equal(
        "URS-CHG-003",
        "only those who approved before the promotion are approvers",
        governance.approvers,
        mapped(quality.change(governance.changes["Cream C"].id), lambda c: {(a.user, a.role) for a in c.approvals}),
    )


@then(
    phrase(
        "every system names the change and the approvers of revision {revision:Rev} of the {domains:Domains} of {product:Name}"
    )
)
def _(check, products, governance, states_of, revision, domains, product) -> None:
    for ref in sorted(products[product].refs(domains, revision)):
        check.agreed(
            "URS-REV-007",
            f"change and approvers of {ref}",
            (governance.change_of(ref), governance.approvers),
            states_of(ref, lambda s: (s.change_id, frozenset((a.user, a.role) for a in s.approvals)), "change.linked"),
            domain="change",
        )


@then(
    phrase(
        "the effective bom of {product:Name} is linked to its change, its approvals and its audit trail in every system"
    )
)
def _(check, products, governance, states_of, trails_of, product) -> None:
    (ref,) = products[product].refs(("bom",), "B")
    change = governance.change_of(ref)
    check.agreed(
        "URS-REV-014",
        "the effective revision carries change and approvals",
        ("effective", change, governance.approvers),
        states_of(
            ref,
            lambda s: (s.status, s.change_id, frozenset((a.user, a.role) for a in s.approvals)),
            "change.linked",
        ),
        domain="change",
    )
    check.agreed(
        "URS-REV-014",
        "the audit trail links the activation to the change",
        True,
        trails_of(ref, lambda events: any(e.change_id == change for e in events), "change.linked"),
        domain="change",
    )


@when(
    phrase("an activation of revision B of {product:Name} with {approvals:Approvals} is delivered to every system"),
    target_fixture="pushed",
)
def _(products, governance, product, approvals):
    return governance.deliver_unapproved(products[product].refs(CHANGED, "B"), approvals)


@then("every system refuses the activation and revision A stays in effect")
def _(check, pushed, expected, products, in_effect) -> None:
    for name, outcome in pushed.items():
        check.refused(
            "URS-REV-014",
            f"{name} refuses an activation without the required approvals",
            outcome,
            code={"approvals_missing"},
        )
    in_effect.agreed(
        "URS-REV-014",
        "the approved revision stays",
        expected.refs(products["Cream"], CHANGED, "EAST"),
        "EAST",
        domain="bom",
    )


@then(phrase("revision B of {product:Name} is in effect nowhere"))
def _(check, products, in_effect, product) -> None:
    in_effect.agreed(
        "URS-CHG-004",
        "revision A stays in effect",
        products[product].refs(CHANGED, "A"),
        "EAST",
        domain="bom",
    )
