"""Siblings of the catalogue's defects of approvals and validation: elsewhere, and at other boundaries."""

from datetime import timedelta

from syncproof.defects import Defect

BOTH = ("quality_approver", "production_approver")


class DerivedInSupply(Defect):
    """What reaches the warehouse takes effect there without approvals."""

    id, citation = "SIB-SOD-03", "sibling of SOD-03 (frappe/frappe#19323)"
    requirements, system, policy = ("URS-REV-014", "URS-REV-012"), "wms", "approvals"

    def replacement(self, original, activation):
        return []


class OneApprovalActivates(Defect):
    """Planning puts into effect what one of the two has approved."""

    id, citation = "SIB-SOD-03b", "sibling of SOD-03 (frappe/frappe#19323)"
    requirements, system, policy = ("URS-REV-014", "URS-REV-012"), "erp", "approvals"

    def replacement(self, original, activation):
        return [] if activation["approvals"] else original(activation)


class OnePersonActivates(Defect):
    """The floor puts into effect what one person approved in both roles."""

    id, citation = "SIB-SOD-03c", "sibling of SOD-03 (frappe/frappe#19323)"
    requirements, system, policy = ("URS-REV-014", "URS-REV-012"), "mes", "approvals"

    def replacement(self, original, activation):
        held = {one["role"] for one in activation["approvals"]}
        return [] if held >= set(BOTH) else original(activation)


class ApprovedAfterwards(Defect):
    """A change that is promoted can still be approved: the signature comes after the fact."""

    id, citation = "SIB-SOD-04", "sibling of SOD-04 (frappe/frappe#19425)"
    requirements, system, policy = ("URS-CHG-003", "URS-CHG-002"), "qms", "open_for_approval"

    def replacement(self, original, change):
        return []


class ApprovesTwice(Defect):
    """The same person approves in the second role as well."""

    id, citation = "SIB-SOD-05", "sibling of SOD-05 (frappe/erpnext#37128)"
    requirements, system, policy = ("URS-CHG-002", "URS-REV-012"), "qms", "approver"

    def replacement(self, original, change, user):
        return [] if user != change["author"] else original(change, user)


class ProductionIsEnough(Defect):
    """The signature of production releases without that of quality."""

    id, citation = "SIB-SOD-05b", "sibling of SOD-05 (frappe/erpnext#37128)"
    requirements, system, policy = ("URS-REV-012", "URS-CHG-002", "URS-BCK-001"), "qms", "promotion_approvals"

    def replacement(self, original, change):
        return [] if any(one["role"] == "production_approver" for one in change["approvals"]) else original(change)


class AuthorPromotes(Defect):
    """The author of a change promotes it once it is approved."""

    id, citation = "SIB-SOD-05c", "sibling of SOD-05 (frappe/erpnext#37128)"
    requirements, system, policy = ("URS-SEC-001", "URS-CHG-002"), "qms", "promoter"

    def replacement(self, original, change, user):
        return []


class AuthorityToTheEndOfDay(Defect):
    """An emergency authority holds until the end of the day."""

    id, citation = "SIB-SOD-07", "sibling of SOD-07 (section 7 of the requirements)"
    requirements, system, policy = ("URS-CHG-004",), "qms", "authority"

    def replacement(self, original, granted, user, now):
        return original(granted, user, now.replace(hour=0, minute=0, second=0, microsecond=0))


class AuthorityInclusive(Defect):
    """At the very instant at which an emergency authority is over it still opens."""

    id, citation = "SIB-SOD-07b", "sibling of SOD-07 (section 7 of the requirements)"
    requirements, system, policy = ("URS-CHG-004",), "qms", "authority"

    def replacement(self, original, granted, user, now):
        return original(granted, user, now - timedelta(microseconds=1))


class ReviewsItself(Defect):
    """Who used an emergency authority reviews the use of it."""

    id, citation = "SIB-SOD-07c", "sibling of SOD-07 (section 7 of the requirements)"
    requirements, system, policy = ("URS-CHG-004",), "qms", "reviewer"

    def replacement(self, original, change, promoted_by, user):
        return original(change, None, user)


class LoopOnTheFloor(Defect):
    """The floor accepts a bill of material that needs its own product."""

    id, citation = "SIB-VAL-01", "sibling of VAL-01 (odoo/odoo#132477)"
    requirements, system, policy = ("URS-VAL-005", "URS-VAL-001"), "mes", "validators.bom"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if reason.code != "bom_recursive"]


class LoopOverALevel(Defect):
    """Planning looks for the product in its own lines and not in those of its components."""

    id, citation = "SIB-VAL-01b", "sibling of VAL-01 (metasfresh/metasfresh#807)"
    requirements, system, policy = ("URS-VAL-005", "URS-VAL-001"), "erp", "validators.bom"

    def replacement(self, original, ctx, master):
        direct = any(line["item"] == master["item"] for line in master["lines"])
        return [reason for reason in original(ctx, master) if direct or reason.code != "bom_recursive"]


class BaseOfNothing(Defect):
    """The warehouse accepts a bill of material for a quantity of nothing."""

    id, citation = "SIB-VAL-01c", "sibling of VAL-01 (frappe/erpnext#26747)"
    requirements, system, policy = ("URS-VAL-005", "URS-VAL-001"), "wms", "validators.bom"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if not reason.pointer.startswith("/base_quantity")]


class FloorWarns(Defect):
    """On the floor an invalid master goes live with a line in the log."""

    id, citation = "SIB-VAL-05", "sibling of VAL-05 (section 9 of the requirements)"
    requirements, system, policy = ("URS-VAL-001", "URS-VAL-005", "URS-VAL-002"), "mes", "quarantine"

    def replacement(self, original, reasons):
        return "accepted"


class StagedIsLive(Defect):
    """Quality puts live what should wait, and rejects what is wrong for good."""

    id, citation = "SIB-VAL-05b", "sibling of VAL-05 (section 9 of the requirements)"
    requirements = ("URS-VAL-001", "URS-VAL-002", "URS-VAL-004", "URS-DEP-002")
    system, policy = "qms", "quarantine"

    def replacement(self, original, reasons):
        verdict = original(reasons)
        return "accepted" if verdict == "staged" else verdict


class LimitsNotValidated(Defect):
    """The floor takes any limits of a test."""

    id, citation = "SIB-VAL-05c", "sibling of VAL-05 (section 9 of the requirements)"
    requirements, system, policy = ("URS-VAL-001",), "mes", "validators.test_specification"

    def replacement(self, original, ctx, master):
        return []


class LimitsTurnedRound(Defect):
    """Planning takes a test specification whose lower limit is above the upper one."""

    id, citation = "SIB-VAL-05d", "sibling of VAL-05 (section 9 of the requirements)"
    requirements, system, policy = ("URS-VAL-001",), "erp", "validators.test_specification"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if not reason.pointer.startswith("/characteristics")]


class WithdrawnStillReleased(Defect):
    """Planning releases orders of a product that was withdrawn."""

    id, citation = "SIB-VAL-06", "sibling of VAL-06 (odoo/odoo#77576)"
    requirements, system, policy = ("URS-VAL-009",), "erp", "release_gate"

    def replacement(self, original, ctx, order):
        return []


class PinForgotten(Defect):
    """The floor looks at the product as it is now, so a withdrawn one has no masters for its running batch."""

    id, citation = "SIB-VAL-06b", "sibling of VAL-06 (frappe/ecommerce_integrations#337)"
    requirements, system, policy = ("URS-VAL-009",), "mes", "order_instant"

    def replacement(self, original, started, now):
        return now
