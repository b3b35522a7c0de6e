"""Every guard of every system, knocked out: it finds nothing wrong any more.

A guard is a policy that may refuse. Whatever else a guard could do wrong, a system without it must not be called good:
so each is left out once, in each system that has it, and a scenario of a requirement named here must notice.
``GUARDS`` says which requirements each guard serves, ``UNNOTICED`` which guards may be missing unseen, and why. What no
one lists is found by tests/unit/defects/test_guards.py.

``syncproof power --defects tests/power/guards.py --only 'SIB-GUARD-*'``
"""

from syncproof.defects import Defect
from syncproof.defects.policies import policies

SYSTEMS = ("erp", "mes", "wms", "qms")

GUARDS: dict[str, tuple[str, ...]] = {
    # --- in every system
    "role_guard": ("URS-SEC-002", "URS-SEC-004"),
    "single_checks.role_check": ("URS-SEC-002", "URS-SEC-004"),
    "bulk_checks.role_check": ("URS-SEC-002", "URS-SEC-004"),
    "reason_guard": ("URS-AUD-003",),
    "single_checks.reason_check": ("URS-AUD-003",),
    "bulk_checks.reason_check": ("URS-AUD-003",),
    "ownership": ("URS-OWN-002",),
    "source": ("URS-OWN-002",),
    "immutable": ("URS-REV-010",),
    "identity_format": ("URS-TRC-004",),
    "validators.material": ("URS-VAL-001", "URS-VAL-008"),
    "validators.variant": ("URS-VAL-001", "URS-VAR-001", "URS-VAL-008"),
    "validators.uom": ("URS-UOM-005", "URS-UOM-006", "URS-VAL-006", "URS-VAL-001"),
    "validators.bom": ("URS-VAL-002", "URS-VAL-003", "URS-VAL-005", "URS-VAL-001"),
    "validators.recipe": ("URS-RTG-005", "URS-VAL-001"),
    "validators.routing": ("URS-RTG-003", "URS-RTG-004", "URS-VAL-001"),
    "validators.equipment": ("URS-VAL-001", "URS-VAL-008"),
    "validators.label": ("URS-VAL-001", "URS-VAL-008"),
    "validators.test_specification": ("URS-VAL-001", "URS-VAL-008"),
    "validators.identity": ("URS-VAL-001", "URS-VAL-008"),
    "approvals": ("URS-REV-012", "URS-REV-014"),
    "activation_gate": ("URS-SYN-003", "URS-UOM-010"),
    "restrictions": ("URS-HLD-010", "URS-HLD-001", "URS-HLD-002"),
    "hold_guard": ("URS-HLD-002", "URS-HLD-003", "URS-HLD-004"),
    # --- orders
    "new_order": ("URS-DEP-002",),
    "transition": ("URS-BCK-002", "URS-BCK-003", "URS-DEP-002"),
    "given_back": ("URS-BCK-003",),
    "unchanged": ("URS-VAR-001", "URS-VAR-002"),
    "release_gate": ("URS-DEP-002", "URS-QLT-001", "URS-VAL-009"),
    "close_gate": ("URS-DEP-002",),
    "order_executable": ("URS-BCK-002", "URS-RTG-002"),
    "served": ("URS-BCK-002",),
    # --- postings
    "unique": ("URS-DEP-002", "URS-TRC-002"),
    "new_lot": ("URS-TRC-004", "URS-TRC-002"),
    "positive": ("URS-TRC-005",),
    "lot_item": ("URS-TRC-005",),
    "needed_item": ("URS-TRC-005",),
    "used_at": ("URS-RTG-008",),
    "enough": ("URS-TRC-005", "URS-HLD-013"),
    "lot_of_item": ("URS-TRC-005",),
    "quantity_positive": ("URS-TRC-005",),
    "lot_holds_enough": ("URS-TRC-005",),
    "discrepancy_explained": ("URS-TRC-003",),
    "output_item": ("URS-TRC-001",),
    "output_lot": ("URS-TRC-001",),
    "scrap_item": ("URS-VAL-003",),
    "answer_of_quality": ("URS-HLD-008", "URS-SYN-005"),
    "scanned_item": ("URS-TRC-004",),
    "scan_item": ("URS-TRC-004",),
    # --- operations
    "in_sequence": ("URS-RTG-002",),
    "has_started": ("URS-RTG-008",),
    "is_running": ("URS-RTG-002",),
    "evidence_complete": ("URS-RTG-004",),
    "equipment_fits": ("URS-RTG-007",),
    "equipment_state_valid": ("URS-RTG-007",),
    "label_guard": ("URS-LBL-001",),
    "reconciliation": ("URS-LBL-002",),
    # --- changes and results
    "completeness": ("URS-CHG-001",),
    "impact": ("URS-CHG-001", "URS-DEP-001"),
    "effective_date": ("URS-REV-011",),
    "open_for_approval": ("URS-CHG-003", "URS-CHG-002"),
    "open_for_promotion": ("URS-CHG-003",),
    "approver": ("URS-CHG-002", "URS-SEC-001"),
    "promoter": ("URS-CHG-002", "URS-SEC-001"),
    "reviewer": ("URS-CHG-004",),
    "promotion_approvals": ("URS-REV-012", "URS-CHG-002"),
    "authority": ("URS-CHG-004",),
}
"""Guard -> the requirements it serves, the nearest first."""

CRASH = "what it would refuse is met by code that cannot read it: the system breaks down, and no wrong answer is given"
AGAIN = "another guard of the same write refuses the same thing"
UNNOTICED: dict[tuple[str, str], str] = {
    **{(system, "contract"): CRASH for system in SYSTEMS},
    **{(system, "envelope"): CRASH for system in SYSTEMS},
    ("qms", "sequencing"): "nobody tells it of a state that it does not own and that could be older",
    **{(system, f"{kind}_checks.shape_check"): CRASH for system in SYSTEMS for kind in ("single", "bulk")},
    ("mes", "batch_started"): f"{AGAIN}: operation_not_started",
    (
        "mes",
        "hold_guard",
    ): "the floor asks the quality system besides, which answers the same, or not at all: refused, too",
    ("mes", "scanned_lot_format"): f"{AGAIN}: nobody has a lot of such a number",
    ("wms", "scan_format"): f"{AGAIN}: nobody has a lot of such a number",
    ("qms", "identity_format"): "quality gives no numbers",
    ("qms", "hold_guard"): "quality neither uses nor moves a lot",
    ("erp", "identity_format"): "the reference landscape has a rule for the numbers of lots, none for those of orders",
    ("wms", "elsewhere"): "a move to where the lot lies already changes nothing",
}
"""(system, guard) -> why nobody can, or need, notice that it is missing."""


def finds_nothing(meaning: str) -> list[object] | None:
    """What a guard answers that has no objection, by what the list of policies says of it."""
    return [] if "Reasons" in meaning else None


def knocked_out(system: str, guard: str, meaning: str) -> type[Defect]:
    """The defect that leaves a guard out."""
    return type(
        f"No_{system}_{guard.replace('.', '_')}",
        (Defect,),
        {
            "__doc__": f"In {system} the guard {guard} finds nothing wrong.",
            "__module__": __name__,
            "id": f"SIB-GUARD-{system}-{guard}",
            "citation": "every guard of every system",
            "requirements": GUARDS[guard],
            "system": system,
            "policy": guard,
            "replacement": lambda self, original, *arguments: finds_nothing(meaning),
        },
    )


for _system in SYSTEMS:
    for _guard, _meaning in policies(_system).items():
        if _guard in GUARDS and (_system, _guard) not in UNNOTICED:
            globals()[f"No_{_system}_{_guard}"] = knocked_out(_system, _guard, _meaning)


class _Overtaken(Defect):
    """What is older than what was applied is applied all the same."""

    citation, requirements, policy = "every guard of every system", ("URS-HLD-010",), "sequencing"

    def replacement(self, original, ctx, event):
        original(ctx, event)


class OvertakenInPlanning(_Overtaken):
    """Planning applies a state that is older than the one it has."""

    id, system = "SIB-GUARD-erp-sequencing", "erp"


class OvertakenOnTheFloor(_Overtaken):
    """The floor applies a state that is older than the one it has."""

    id, system = "SIB-GUARD-mes-sequencing", "mes"


class OvertakenInTheWarehouse(_Overtaken):
    """The warehouse applies a state that is older than the one it has."""

    id, system = "SIB-GUARD-wms-sequencing", "wms"


class AnythingConsumed(Defect):
    """The floor takes any item for the first component of the bill of material."""

    id, citation = "SIB-GUARD-mes-use_permitted", "every guard of every system"
    requirements, system, policy = ("URS-VAL-003", "URS-TRC-005"), "mes", "use_permitted"

    def replacement(self, original, bom, item):
        return original(bom, bom["lines"][0]["item"])
