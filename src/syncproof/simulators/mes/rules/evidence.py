"""Evidence that an operation must leave before it counts as completed."""

from collections.abc import Mapping
from typing import Any

from syncproof.simulators.mes.errors import Reason


def evidence_complete(operation: dict[str, Any], given: object) -> Reason | None:
    """Every piece of evidence that the routing asks for is there and not blank."""
    values = given if isinstance(given, Mapping) else {}
    missing = [name for name in operation["evidence"] if not str(values.get(name) or "").strip()]
    if not missing:
        return None
    return Reason(
        "evidence_missing",
        f"operation {operation['op_no']} lacks evidence: {', '.join(missing)}; give a value for each",
        "/evidence",
    )
