"""Labels at packaging: the version in effect, and reconciliation.

Source of both rules: SG Systems Global, "Master Data Synchronization", label and packaging control
(URS-LBL-001, URS-LBL-002).
"""

from collections.abc import Mapping
from typing import Any

from syncproof.simulators.mes.errors import Reason

COUNTS = ("issued", "used", "destroyed", "returned")


def label_guard(
    operation: dict[str, Any], effective: Mapping[str, str] | None, given: Mapping[str, str] | None
) -> Reason | None:
    """Packaging starts only with the label version in effect now; other operations take none.

    ``effective`` and ``given`` are references {domain, id, revision}; None is no label.
    """
    if not operation.get("packaging", False):
        return _no_label_wanted(operation, given)
    if _key(effective) == _key(given):
        return None
    return Reason(
        "label_version",
        f"packaging operation {operation['op_no']} was given {_text(given)}; in effect now is {_text(effective)}",
        "/label",
    )


def _no_label_wanted(operation: dict[str, Any], given: Mapping[str, str] | None) -> Reason | None:
    if given is None:
        return None
    return Reason(
        "label_not_applicable",
        f"operation {operation['op_no']} is no packaging operation; start it without a label",
        "/label",
    )


def _key(ref: Mapping[str, str] | None) -> tuple[str, ...] | None:
    return None if ref is None else (ref["domain"], ref["id"], ref["revision"])


def _text(ref: Mapping[str, str] | None) -> str:
    return "no label" if ref is None else f"label {ref['id']} revision {ref['revision']}"


def reconciliation(label: dict[str, Any], counts: object) -> Reason | None:
    """Packaging ends only when issued = used + destroyed + returned within the label's tolerance."""
    if not isinstance(counts, Mapping) or not all(_is_count(counts.get(name)) for name in COUNTS):
        return Reason(
            "label_reconciliation",
            f"label counts {counts!r} are incomplete; give {', '.join(COUNTS)} as whole numbers, 0 or more",
            "/labels",
        )
    accounted = counts["used"] + counts["destroyed"] + counts["returned"]
    tolerance = label.get("reconciliation_tolerance", 0)
    if abs(counts["issued"] - accounted) <= tolerance:
        return None
    return Reason(
        "label_reconciliation",
        f"{counts['issued']} labels issued, {accounted} accounted for; the difference may be at most {tolerance}",
        "/labels",
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
