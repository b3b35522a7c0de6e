"""The question to the quality system at the moment of use (URS-HLD-008, URS-SYN-005)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.peers import PeerUnavailable
from syncproof.simulators.mes.errors import Reason

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

QUALITY = "qms"


async def ask_quality(ctx: "Context", lot: str) -> dict[str, Any] | None:
    """Whether a lot may be used, in the words of the quality system; None if it gives no answer."""
    try:
        return await ctx.call_peer(QUALITY, "/eligibility", {"lot": lot})
    except PeerUnavailable:
        return None


def answer_of_quality(lot: str, answer: Mapping[str, Any] | None) -> Reason | None:
    """What the quality system said of a lot at the moment of use; None is no usable answer, and
    then nothing is consumed (URS-SYN-005)."""
    if answer is None or not isinstance(answer.get("eligible"), bool):
        return Reason(
            "eligibility_unconfirmed",
            f"the quality system did not confirm that lot {lot} may be used; try again when it answers",
            "/lot",
        )
    if answer["eligible"]:
        return None
    said = answer.get("reasons") or ["no reason given"]
    return Reason(
        "lot_restricted",
        f"lot {lot} may not be used, says the quality system: {'; '.join(map(_said, said))}",
        "/lot",
    )


def _said(reason: object) -> str:
    return str(reason.get("message", reason)) if isinstance(reason, Mapping) else str(reason)
