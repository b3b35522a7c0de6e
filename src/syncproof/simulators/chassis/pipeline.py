"""What a write passes before its handler, one by one or in bulk."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.errors import FORBIDDEN, INVALID, Reason, Refused

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context
    from syncproof.simulators.chassis.routes import Write

Json = dict[str, Any]


def shape_check(_ctx: "Context", write: "Write", body: Any) -> None:
    """The body keeps the schema that the OpenAPI description states."""
    if not isinstance(body, dict):
        raise Refused(Reason("schema", "the body is no JSON object; valid: an object"), status=INVALID)
    if write.validator.is_valid(body):
        return
    reasons = [
        Reason("schema", error.message, "".join(f"/{part}" for part in error.instance_path))
        for error in write.validator.iter_errors(body)
    ]
    raise Refused(*reasons, status=INVALID)


def role_check(ctx: "Context", write: "Write", body: Json) -> None:
    """The user has one of the roles that this write needs."""
    reason = ctx.rules.role_guard(ctx, write.roles_for(body))
    if reason:
        raise Refused(reason, status=FORBIDDEN)


def reason_check(ctx: "Context", write: "Write", _body: Json) -> None:
    """The write says why it is made."""
    reason = ctx.rules.reason_guard(ctx.reason) if write.needs_reason else None
    if reason:
        raise Refused(reason, status=INVALID)


CHECKS = (role_check, shape_check, reason_check)
