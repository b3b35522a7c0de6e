"""Who may do what: roles, reasons, systems of record."""

from typing import TYPE_CHECKING

from syncproof.simulators.chassis.errors import Reason

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context


def roles_of(ctx: "Context", user: str) -> frozenset[str]:
    """Policy ``roles_of``: the security master in effect decides; before the first one of a user,
    the roles of the configuration do."""
    assignment = ctx.effective("security", user, ctx.site)
    if assignment is not None:
        return frozenset(assignment["roles"])
    return ctx.instance.first_roles.get(user, frozenset())


def role_guard(ctx: "Context", needed: frozenset[str]) -> Reason | None:
    """Policy ``role_guard``: one of the needed roles is enough."""
    held = ctx.rules.roles_of(ctx, ctx.user)
    if held & needed:
        return None
    return Reason(
        "forbidden",
        f"user {ctx.user!r} has the roles {', '.join(sorted(held)) or 'none'}; "
        f"this needs one of {', '.join(sorted(needed))}",
    )


def reason_guard(reason: str | None) -> Reason | None:
    """Policy ``reason_guard``: a reason is text that is not blank."""
    if isinstance(reason, str) and reason.strip():
        return None
    return Reason("reason_missing", 'every write states why: give "reason" as text', "/reason")


def ownership(ctx: "Context", domain: str) -> Reason | None:
    """Policy ``ownership``: this system edits only the domains it is the system of record of."""
    if domain in ctx.config.owns:
        return None
    owner = ctx.config.owners.get(domain)
    where = f"edit it in {owner}" if owner else f"known owners: {', '.join(sorted(ctx.config.owners))}"
    return Reason(
        "not_system_of_record",
        f"{ctx.config.system} is not the system of record of {domain}; {where}",
        "/data/domain",
    )
