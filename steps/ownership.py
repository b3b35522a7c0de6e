"""Who may edit what, and where: system of record, roles, unknown users."""

from pytest_bdd import given, then, when

from fixtures.factories import MaterialFactory
from fixtures.observers import accepted_content, mapped
from steps.vocabulary import phrase
from syncproof.capabilities import having


@when(
    phrase("an edit of the {domain:Domain} of {product:Name} is tried in every system, {path:Path}"),
    target_fixture="edits",
)
def _(products, landscape, domain, product, path):
    master = products.any_revision(product, domain, "B")
    return master, {
        name: system.submit(master, by="engineer", reason="local edit", bulk=path == "bulk")[0]
        for name, system in landscape.takers(domain).items()
    }


@then(phrase("only the system of record accepts the edit of the {domain:Domain}"))
def _(check, landscape, edits, domain) -> None:
    _, outcomes = edits
    owner = landscape.owner(domain).name
    check.accepted("URS-OWN-002", f"{owner} owns {domain}", outcomes[owner])
    for name in sorted(outcomes.keys() - {owner}):
        check.refused("URS-OWN-002", f"{name} does not own {domain}", outcomes[name], code={"not_system_of_record"})


@then("every other system refuses it, names the owner and logs the attempt")
def _(check, landscape, edits) -> None:
    master, outcomes = edits
    owner = landscape.owner(master.domain).name
    for name in sorted(outcomes.keys() - {owner}):
        system = landscape.systems[name]
        check.mentions("URS-OWN-002", f"{name} says who owns it", owner, outcomes[name])
        check.equal(
            "URS-OWN-002",
            f"{name} logged the attempt",
            True,
            lambda system=system: mapped(
                having(system, "audit.refused").audit_trail(master.domain, master.id),
                lambda events: any(e.outcome == "refused" and e.actor == "engineer" for e in events),
            ),
        )


@when(
    phrase(
        "revision B of the {domain:Domain} of {product:Name} reaches every other system from one that does not own it"
    ),
    target_fixture="pushed",
)
def _(products, pushes, domain, product):
    return pushes.from_another(products.any_revision(product, domain, "B"))


@then("every other system refuses the event, names the owner and holds nothing of it")
def _(check, pushed, landscape) -> None:
    ref = pushed.master.ref
    owner = landscape.owner(ref.domain).name
    for name, answer in pushed.answers.items():
        claim = f"{name} takes a {ref.domain} from its owner only"
        check.refused("URS-OWN-002", claim, answer, code={"not_system_of_record"})
        check.mentions("URS-OWN-002", f"{name} says who owns it", owner, answer)
        known = landscape.systems[name].masters(ref.domain, ref.id)
        held = mapped(known, lambda states: next((s.status for s in states if s.master.ref == ref), None))
        check.equal("URS-OWN-002", f"{name} does not hold {ref}, not even in staging", None, held)


@when(phrase("{user:Name} submits revision B of {product:Name}, {path:Path}"), target_fixture="submitted")
def _(products, governance, user, product, path):
    masters = products[product].revise("B")
    return masters, governance.submit(masters, by=user, bulk=path == "bulk")


@then("the submission is refused for want of the role")
def _(check, submitted) -> None:
    for outcome in submitted[1]:
        check.refused("URS-SEC-002", "no master change without the role", outcome, code={"forbidden"})


@then(phrase("revision B of {product:Name} is known nowhere"))
def _(check, submitted, landscape, product) -> None:
    for master in submitted[0]:
        for name, system in landscape.takers(master.domain).items():
            check.equal(
                "URS-SEC-002",
                f"{master.ref} of {product} did not get into {name}",
                None,
                mapped(
                    system.masters(master.domain, master.id),
                    lambda states, ref=master.ref: accepted_content(states, ref),
                ),
            )


@when(phrase("{user:Name} puts lot {lot:Name} on hold, {path:Path}"), target_fixture="attempt")
def _(holds, user, lot, path):
    return holds.attempt(lot, by=user, bulk=path == "bulk")


@then("the hold is refused for want of the role")
def _(check, attempt) -> None:
    check.refused("URS-SEC-002", "no hold without the role", attempt, code={"forbidden"})


@then(phrase("lot {lot:Name} stays {disposition:w} in every system"))
def _(check, expected, dispositions, lot, disposition) -> None:
    expected.same_as_stated(expected.disposition(lot), disposition)
    claim = f"the refused hold of lot {lot} is known nowhere"
    check.agreed("URS-SEC-002", claim, disposition, dispositions(lot), domain="lot")


@when("a master change with an unknown credential is tried in every system", target_fixture="attempts")
def _(landscape, keys):
    material = MaterialFactory(id=keys("item", "intruder"))
    return {
        name: system.submit(material, by="intruder", reason="try")[0]
        for name, system in landscape.takers("material").items()
    }


@then("every system turns it away")
def _(check, attempts) -> None:
    for name, outcome in attempts.items():
        check.refused("URS-SEC-002", f"{name} turns an unknown user away", outcome, code={"unauthenticated"})


@given(phrase("{user:Name} has no roles"))
def _(assignments, user) -> None:
    assignments.assign(user, ())


@when(phrase("{user:Name} is given the roles operator, warehouse and planner"))
def _(assignments, user) -> None:
    assignments.assign(user, ("operator", "planner", "warehouse"))


@then(phrase("the roles of {user:Name} are the same in every system"))
def _(check, assignments, content_of, user) -> None:
    assignment = assignments.current[user]
    check.agreed("URS-SEC-004", f"roles of {user}", assignment, content_of(assignment.ref), domain="security")


@then(phrase("{user:Name} may do the work of these roles in execution, warehouse and planning"))
def _(check, assignments, user) -> None:
    for system, outcome in assignments.try_work(user).items():
        check.accepted("URS-SEC-004", f"the granted role works in {system}", outcome)


@then(phrase("once the roles are withdrawn {user:Name} may do none of it"))
def _(check, assignments, user) -> None:
    assignments.assign(user, ())
    for path, bulk in (("single", False), ("bulk", True)):
        for system, outcome in assignments.try_work(user, bulk=bulk).items():
            claim = f"the withdrawn role is gone in {system}, {path}"
            check.refused("URS-SEC-004", claim, outcome, code={"forbidden"})
