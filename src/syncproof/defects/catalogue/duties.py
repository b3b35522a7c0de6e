"""Duties, approvals, validation and identity."""

from datetime import datetime
from typing import Any

from syncproof.defects.base import Defect, Json, Original

STRUCTURE = ("bom", "routing", "recipe")
"""What a product that can be made names."""


class BulkPastTheGuard(Defect):
    """A bulk action is taken without the checks that a single one passes."""

    id = "SOD-02"
    citation = "frappe/frappe#8323"
    requirements = ("URS-SEC-002",)
    system = "erp"
    policy = "bulk_checks.role_check"

    def replacement(self, original: Original, ctx: Any, write: Any, body: Json) -> None:
        return None


class DerivedPastTheApproval(Defect):
    """What a program makes takes effect without the approvals that a person's change needs."""

    id = "SOD-03"
    citation = "frappe/frappe#19323"
    requirements = ("URS-REV-014", "URS-REV-012")
    system = "mes"
    policy = "approvals"

    def replacement(self, original: Original, activation: Json) -> list[Any]:
        return []


class ApprovedAgain(Defect):
    """A record that has gone through can be acted on a second time."""

    id = "SOD-04"
    citation = "frappe/frappe#19425"
    requirements = ("URS-CHG-003",)
    system = "qms"
    policy = "open_for_promotion"

    def replacement(self, original: Original, change: Json) -> list[Any]:
        return []


class FirstSignatureIsEnough(Defect):
    """The first approver releases; the second signature is never asked for."""

    id = "SOD-05"
    citation = "frappe/erpnext#37128"
    requirements = ("URS-REV-012", "URS-CHG-002", "URS-BCK-001")
    system = "qms"
    policy = "promotion_approvals"

    def replacement(self, original: Original, change: Json) -> Any:
        return [] if change["approvals"] else original(change)


class AuthorityWithoutEnd(Defect):
    """An emergency authority never ends."""

    id = "SOD-07"
    citation = "section 7 of the requirements: the emergency path"
    requirements = ("URS-CHG-004",)
    system = "qms"
    policy = "authority"

    def replacement(self, original: Original, granted: Json | None, user: str, now: datetime) -> Any:
        return [] if granted else original(granted, user, now)


class LoopAccepted(Defect):
    """A BOM that needs its own product is accepted."""

    id = "VAL-01"
    citation = "frappe/erpnext#26747; metasfresh/metasfresh#807; odoo/odoo#132477"
    requirements = ("URS-VAL-005", "URS-VAL-001")
    system = "erp"
    policy = "validators.bom"

    def replacement(self, original: Original, ctx: Any, master: Json) -> list[Any]:
        return [reason for reason in original(ctx, master) if reason.code != "bom_recursive"]


class AcceptedWithAWarning(Defect):
    """An invalid master goes live with a line in the log."""

    id = "VAL-05"
    citation = "section 9 of the requirements: rejected or quarantined"
    requirements = ("URS-VAL-001", "URS-VAL-005", "URS-VAL-002")
    system = "wms"
    policy = "quarantine"

    def replacement(self, original: Original, reasons: Any) -> str:
        return "accepted"


class UsedAndDeleted(Defect):
    """A withdrawal takes the master away from the open orders that use it as well."""

    id = "VAL-06"
    citation = "odoo/odoo#77576; frappe/ecommerce_integrations#337"
    requirements = ("URS-VAL-009",)
    system = "wms"
    policy = "lookup"

    def replacement(self, original: Original, ctx: Any, order: Json) -> Original:
        find, now = original(ctx, order), original(ctx, {"site": order["site"]})

        def lookup(domain: str, key: str) -> Json | None:
            made = now("material", order["item"]) if "item" in order else None
            is_withdrawn = made is not None and domain in STRUCTURE and not (made.get("structure") or {}).get(domain)
            return None if is_withdrawn else find(domain, key)

        return lookup


class BlanksKept(Defect):
    """Blanks around an identifier are kept when it is written and looked up as they are."""

    id = "IDN-02"
    citation = "FreeOpenSourcePOS/FloCafe#249"
    requirements = ("URS-IDN-001",)
    system = "wms"
    policy = "identity"

    def replacement(self, original: Original, text: str, rule: Json | None) -> str:
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}{original(text, rule)}{after}"


class CaseMatters(Defect):
    """One side distinguishes upper and lower case in a key where the other does not."""

    id = "IDN-03"
    citation = "mautic/mautic#7138 (fix #7401)"
    requirements = ("URS-IDN-001",)
    system = "mes"
    policy = "identity"

    def replacement(self, original: Original, text: str, rule: Json | None) -> Any:
        return original(text, None)
