"""Lots: received, put on hold, released, consumed and moved."""

from pytest_bdd import given, then, when

from fixtures.attempts import attempted
from fixtures.lots import REASONS
from fixtures.observers import mapped
from steps.vocabulary import phrase

HOLD = {"lot_restricted"}
EXPIRED = {"lot_expired", "lot_restricted"}
DISPOSITION = {"accepted": "UnRestricted", "refused": "Restricted"}
ELIGIBLE = ("URS-HLD-006", "URS-HLD-010")


@given(phrase("lot {lot:Name} of {amount:Number} KGM of {component:Name} is in stock at {site:Site}"))
def _(lots, lot, amount, component, site) -> None:
    lots.receive(lot, component, amount, site)


@given(
    phrase(
        "lot {lot:Name} of {amount:Number} KGM of {component:Name} that expires at {expiry:Instant} is in stock at {site:Site}"
    )
)
def _(lots, lot, amount, component, site, expiry) -> None:
    lots.receive(lot, component, amount, site, expiry=expiry)


@when(phrase("lot {lot:Name} of {amount:Number} KGM of {component:Name} is received as restricted at {site:Site}"))
def _(lots, lot, amount, component, site) -> None:
    lots.receive(lot, component, amount, site, disposition="Restricted")


@given(phrase("the {scope:Scope} of lot {lot:Name} is on hold"))
def _(holds, waiting, dispositions, scope, lot) -> None:
    holds.set(lot, scope, "Restricted")
    waiting.until(
        "the hold is known",
        {name: lambda observe=observe: observe().value == "Restricted" for name, observe in dispositions(lot).items()},
        domain="lot",
    )


@when(phrase("the {scope:Scope} of lot {lot:Name} is put on hold"))
def _(holds, scope, lot) -> None:
    holds.set(lot, scope, "Restricted")


@when(
    phrase(
        "a hold of lot {lot:Name} reaches every system before the lot of {amount:Number} KGM of {component:Name} is received at {site:Site}"
    )
)
def _(lots, early_hold, lot, amount, component, site) -> None:
    early_hold(lots.build(lot, component, amount, site))
    lots.receive(lot, component, amount, site)


@when(phrase("the release of lot {lot:Name} from before that hold reaches every other system only now"))
def _(overtaken_release, lot) -> None:
    overtaken_release(lot)


@when(phrase("the {scope:Scope} of lot {lot:Name} is released"))
def _(holds, scope, lot) -> None:
    holds.set(lot, scope, "UnRestricted")


@when(
    phrase("consumption of lot {lot:Name} for order {order:Name} is attempted by every verb, {path:Path}"),
    target_fixture="attempts",
)
def _(verbs, lot, order, path):
    return {verb: attempted(attempt) for verb, attempt in verbs.consuming(lot, order, bulk=path == "bulk").items()}


@when(phrase("movement of lot {lot:Name} is attempted by every verb, {path:Path}"), target_fixture="attempts")
def _(verbs, lot, path):
    return {verb: attempted(attempt) for verb, attempt in verbs.moving(lot, bulk=path == "bulk").items()}


@when(
    phrase("use and movement of lot {lot:Name} for order {order:Name} are attempted by every verb"),
    target_fixture="attempts",
)
def _(verbs, lot, order):
    every = {**verbs.consuming(lot, order, bulk=False), **verbs.moving(lot, bulk=False)}
    return {verb: attempted(attempt) for verb, attempt in every.items()}


@then(phrase("every attempt is {verdict:Verdict} by the expiry of lot {lot:Name}"))
def _(check, expected, attempts, verdict, lot) -> None:
    expected.same_as_stated(expected.disposition(lot), DISPOSITION[verdict])
    for verb, outcome in attempts.items():
        check.verdict("URS-HLD-014", f"{verb} at the day of expiry", outcome, verdict, code=EXPIRED)


@then("every attempt to consume is refused because of the hold")
def _(check, attempts) -> None:
    for verb, outcome in attempts.items():
        check.refused(("URS-HLD-002", "URS-HLD-004"), f"{verb} of a held lot", outcome, code=HOLD)


@then("every attempt to move is refused because of the hold")
def _(check, attempts) -> None:
    for verb, outcome in attempts.items():
        check.refused(("URS-HLD-003", "URS-HLD-005"), f"{verb} of a held lot", outcome, code=HOLD)


@then(phrase("the stock of lot {lot:Name} is unchanged"))
def _(check, lots, warehouse, lot) -> None:
    check.equal(
        ("URS-HLD-002", "URS-HLD-003"),
        "refused attempts took nothing from the lot",
        lots[lot].quantity.value,
        mapped(warehouse.stock(lots[lot].id), lambda balances: sum(b.on_hand for b in balances)),
    )


@then(phrase("lot {lot:Name} is {disposition:w} in every system"))
def _(check, expected, dispositions, lot, disposition) -> None:
    expected.same_as_stated(expected.disposition(lot), disposition)
    check.agreed(
        ("URS-HLD-001", "URS-HLD-010", "URS-HLD-014"),
        f"disposition of lot {lot}",
        disposition,
        dispositions(lot),
        domain="lot",
    )


@then(phrase("lot {lot:Name} is eligible again in every system"))
def _(check, expected, dispositions, lot) -> None:
    check.agreed(
        "URS-HLD-006",
        f"lot {lot} is eligible again",
        expected.disposition(lot),
        dispositions(lot),
        domain="lot",
    )


@then(phrase("every consuming and moving verb accepts lot {lot:Name} again"))
def _(check, verbs, waiting_for_release, lot) -> None:
    waiting_for_release(lot)
    for verb, attempt in (
        *verbs.moving(lot, bulk=False).items(),
        *verbs.consuming(lot, "O1", bulk=False).items(),
    ):
        check.accepted(ELIGIBLE, f"{verb} of the released lot", attempt)


@then(phrase("the hold of lot {lot:Name} reaches every system within the SLA of lot status"))
def _(check, dispositions, lot) -> None:
    check.agreed("URS-HLD-011", "latency of hold propagation", "Restricted", dispositions(lot), domain="lot")


@then(phrase("the audit trail of lot {lot:Name} shows the hold and the release with old, new, who, when and why"))
def _(check, lots, quality, clock, lot) -> None:
    steps = (("UnRestricted", "Restricted"), ("Restricted", "UnRestricted"))
    check.equal(
        "URS-HLD-006",
        "hold and release in the audit trail",
        tuple((old, new, "qa", clock.now, REASONS[new]) for old, new in steps),
        mapped(
            quality.audit_trail("lot", lots[lot].id),
            lambda events: tuple(
                (e.old, e.new, e.actor, e.at, e.reason)
                for e in events
                if e.field == "disposition" and e.outcome == "accepted"
            ),
        ),
    )


@given("delivery of events to execution is paused")
def _(faults, execution) -> None:
    faults.pause_delivery(execution.name)


@then("the consumption is refused on the word of the quality system")
def _(check, attempt) -> None:
    check.refused("URS-HLD-008", "execution asks before it consumes", attempt, code=HOLD)


@then(phrase("the quality system logged the question about lot {lot:Name}"))
def _(check, lots, quality, execution, lot) -> None:
    check.equal(
        "URS-HLD-008",
        "the on-demand call was made by execution and answered no",
        (execution.name, False),
        mapped(
            quality.eligibility_checks(lots[lot].id),
            lambda checks: (checks[-1].asked_by, checks[-1].eligible) if checks else None,
        ),
    )


@when(
    phrase("lot {lot:Name} is disposed of, sampled and moved for inspection by the right roles"),
    target_fixture="attempts",
)
def _(lots, warehouse, quality, small, lot):
    held = lots[lot]
    return {
        "sample": quality.take_sample(held.id, small, by="inspector", reason="investigation"),
        "move for inspection": warehouse.move(
            held.id,
            f"{held.location}-QC",
            small,
            by="inspector",
            reason="investigation",
            purpose="inspection",
        ),
        "dispose": warehouse.dispose(held.id, small, by="warehouse", reason="contaminated"),
    }


@then("each of these is accepted")
def _(check, attempts) -> None:
    for verb, outcome in attempts.items():
        check.accepted("URS-HLD-003", f"{verb} of a held lot stays allowed", outcome)


@then(phrase("inspection of lot {lot:Name} by an operator is refused"))
def _(check, lots, warehouse, small, lot) -> None:
    held = lots[lot]
    check.refused(
        "URS-HLD-003",
        "an inspection move needs the role",
        warehouse.move(held.id, f"{held.location}-QC", small, by="operator", reason="try", purpose="inspection"),
        code={"forbidden"},
    )
