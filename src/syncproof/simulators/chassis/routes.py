"""Declarations of what a system answers: one per path, from which the application, the bulk form, the
role checks and the OpenAPI description are all made."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from syncproof.simulators.chassis.errors import Reason

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
Roles = frozenset[str] | Callable[[Json], frozenset[str]]

TEXT: Json = {"type": "string", "minLength": 1}
WHOLE: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}
DECIMAL: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
INSTANT: Json = {"type": "string", "format": "date-time"}
QUANTITY: Json = {
    "type": "object",
    "required": ["value", "unit"],
    "properties": {"value": DECIMAL, "unit": TEXT},
}


def optional(schema: Json) -> Json:
    """A member that may be left out or null."""
    return {"anyOf": [schema, {"type": "null"}], "x-optional": True}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def obj(**members: Json) -> Json:
    """An object; every member that is not :func:`optional` is required."""
    required = [name for name, schema in members.items() if "x-optional" not in schema]
    return {"type": "object", "required": required, "properties": members}


def one(contract: str) -> Json:
    """An answer that holds one message of a contract, or null where there is none."""
    return obj(item={"anyOf": [{"x-contract": contract}, {"type": "null"}]})


def many(contract: str) -> Json:
    """An answer that holds messages of a contract."""
    return obj(items=array({"x-contract": contract}))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write handler returns if there is more to say than "accepted"."""

    status: Literal["accepted", "staged"] = "accepted"
    reasons: tuple[Reason, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Read:
    """``GET path``. ``handler(ctx, query)`` returns the JSON of the answer; anybody with a valid token
    may ask. ``required`` and ``optional`` are the query's parameters, ``answer`` the schema of what comes back."""

    path: str
    handler: Callable[["Context", dict[str, str]], Any]
    summary: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    answer: Json = field(default_factory=lambda: {"type": "object"})
    method: str = "GET"


@dataclass(frozen=True, kw_only=True)
class Write:
    """``POST path``, and ``POST path/bulk`` if ``bulk``: both make each item pass the same checks and
    the same ``handler(ctx, body)``, which returns None (accepted) or an :class:`Answer`, or raises
    :class:`~syncproof.simulators.chassis.errors.Refused`.

    ``about`` names the audit domain and the member of the body that identifies the object.
    ``consult(ctx, body)`` may await (another system, say) before the transaction begins; what it
    returns is ``ctx.consulted`` in the handler. ``needs_reason`` is false for what changes nothing.
    """

    path: str
    handler: Callable[["Context", Json], Answer | None]
    summary: str
    roles: Roles
    body: Json
    about: tuple[str, str] | Callable[[Json], tuple[str, str]]
    bulk: bool = False
    needs_reason: bool = True
    consult: Callable[["Context", Json], Awaitable[Any]] | None = None
    method: str = "POST"

    @cached_property
    def validator(self) -> Any:
        """The compiled schema of the body."""
        from jsonschema_rs import validator_for  # noqa: PLC0415  not needed to start

        return validator_for(self.body)

    def roles_for(self, body: Json) -> frozenset[str]:
        """The roles of which a user needs one for this body."""
        if isinstance(self.roles, frozenset):
            return self.roles
        return self.roles(body if isinstance(body, dict) else {})

    def object_of(self, body: Any) -> tuple[str, str]:
        """Audit domain and id of what the body is about, as far as it says so."""
        if not isinstance(body, dict):
            return ("session", "unreadable")
        if callable(self.about):
            return self.about(body)
        domain, member = self.about
        return domain, str(body.get(member) or "unnamed")


Route = Read | Write


def roles(*names: str) -> frozenset[str]:
    """Roles of which one is needed."""
    return frozenset(names)
