"""Where a variation could raise an alarm: requirements whose scenarios rest on the same thing."""

SYSTEMS: tuple[str, ...] = ("erp", "mes", "wms", "qms")
OTHERS: tuple[str, ...] = ("mes", "wms", "qms")
"""Those beside the first."""

FLOW: tuple[str, ...] = (
    "URS-VLD-005", "URS-SYN-007", "URS-SYN-004", "URS-SIT-001", "URS-REV-001", "URS-REV-002", "URS-REV-009",
    "URS-UOM-001", "URS-UOM-003", "URS-RTG-002", "URS-RTG-004", "URS-HLD-001", "URS-HLD-010", "URS-HLD-011",
    "URS-VAR-001", "URS-LBL-001", "URS-LBL-002", "URS-CHG-003", "URS-CHG-007", "URS-DEP-001", "URS-TRC-001",
    "URS-TRC-004", "URS-BCK-001", "URS-AUD-002", "URS-QLT-001",
)  # fmt: skip
"""All that rests on messages between the systems."""

READS: tuple[str, ...] = (
    "URS-UOM-001", "URS-UOM-002", "URS-UOM-003", "URS-UOM-004", "URS-UOM-008", "URS-REV-001", "URS-REV-006",
    "URS-REV-008", "URS-AUD-002", "URS-AUD-003", "URS-AUD-004", "URS-TRC-001", "URS-TRC-005", "URS-IDN-001",
    "URS-HLD-006", "URS-HLD-002", "URS-HLD-008", "URS-LBL-002", "URS-VAR-002", "URS-CHG-003", "URS-SEC-002",
    "URS-SYN-003", "URS-RTG-003", "URS-QLT-001", "URS-IQ-002", "URS-IQ-003", "URS-IQ-005", "URS-IQ-006",
)  # fmt: skip
"""All that rests on what a system answers to a question."""

LOTS: tuple[str, ...] = (
    "URS-HLD-001", "URS-HLD-002", "URS-HLD-003", "URS-HLD-004", "URS-HLD-005", "URS-HLD-006", "URS-HLD-008",
    "URS-HLD-010", "URS-HLD-011", "URS-TRC-001", "URS-TRC-005", "URS-QLT-001",
)  # fmt: skip
"""Lots, holds and where a lot went."""

QUANTITIES: tuple[str, ...] = ("URS-UOM-001", "URS-UOM-002", "URS-UOM-004", "URS-VAR-001")
DATES: tuple[str, ...] = (
    "URS-REV-001", "URS-REV-002", "URS-REV-006", "URS-REV-008", "URS-REV-009", "URS-SIT-001", "URS-UOM-001",
    "URS-UOM-003",
)  # fmt: skip
"""All that rests on effective dates."""

WORK: tuple[str, ...] = (
    "URS-RTG-002", "URS-RTG-003", "URS-RTG-004", "URS-REV-002", "URS-REV-009", "URS-TRC-001", "URS-TRC-004",
    "URS-UOM-001", "URS-UOM-008", "URS-HLD-002", "URS-HLD-006", "URS-AUD-002", "URS-LBL-001", "URS-VAR-001",
)  # fmt: skip
"""Orders, their execution and what is booked on them."""
CLOCKS: tuple[str, ...] = (
    "URS-IQ-003",
    "URS-IQ-001",
    "URS-IQ-002",
    "URS-IQ-004",
    "URS-AUD-002",
    "URS-AUD-003",
    "URS-REV-001",
)
