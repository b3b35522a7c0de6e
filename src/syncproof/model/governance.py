"""Change control, effectivity, audit trail and synchronisation receipts."""

from datetime import datetime
from typing import Literal

from syncproof.model.masters import AnyMaster
from syncproof.model.values import MasterRef, Record

Status = Literal["draft", "staged", "approved", "effective", "superseded", "withdrawn"]


class Effectivity(Record, frozen=True, kw_only=True):
    """When a change takes effect: one ``instant`` (with offset) for all sites, or a ``local``
    wall time (no offset) that each site reads in its own zone. A local time that a clock change
    skips is read with the offset before the change; one that occurs twice means the first."""

    instant: datetime | None = None
    local: datetime | None = None


class Approval(Record, frozen=True, kw_only=True):
    user: str
    role: str
    meaning: str
    at: datetime


class ChangeRequest(Record, frozen=True, kw_only=True):
    """A governed change of several masters that take effect together.

    ``emergency`` selects the governed exception path; ``backs_out`` names the change that this
    one reverts. ``review`` is the conclusion of the post-hoc review of an emergency change.
    """

    id: str
    rationale: str
    impact: tuple[str, ...]
    members: tuple[MasterRef, ...]
    effectivity: Effectivity
    emergency: bool = False
    backs_out: str | None = None
    status: Literal["draft", "approved", "promoted", "active", "rejected"] = "draft"
    author: str | None = None
    approvals: tuple[Approval, ...] = ()
    review_due: datetime | None = None
    review: str | None = None


class EmergencyAuthority(Record, frozen=True, kw_only=True):
    """Time-bound authority to promote an emergency change without prior approvals."""

    user: str
    granted_by: str
    valid_until: datetime


class Activation(Record, frozen=True, kw_only=True):
    """What the integration tells every system once all members of a change are accepted."""

    change_id: str
    members: tuple[MasterRef, ...]
    effectivity: Effectivity
    approvals: tuple[Approval, ...]


class MasterState(Record, frozen=True, kw_only=True):
    """One revision of a master as one system knows it. ``effective_from`` is resolved to an
    instant for the site asked about; ``content_hash`` is sha256 over the RFC 8785 form of the
    master's JSON."""

    master: AnyMaster
    status: Status
    content_hash: str
    effective_from: datetime | None = None
    change_id: str | None = None
    approvals: tuple[Approval, ...] = ()


class AuditEvent(Record, frozen=True, kw_only=True):
    """``domain``/``id`` name the object; ``old`` and ``new`` are the values before and after as
    text (``None``: there was none); a refused write has ``outcome`` refused and its reasons."""

    domain: str
    id: str
    action: str
    outcome: Literal["accepted", "refused"]
    actor: str
    at: datetime
    reason: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    revision: str | None = None
    change_id: str | None = None
    errors: tuple[str, ...] = ()


class SyncReceipt(Record, frozen=True, kw_only=True):
    """One synchronisation transaction as the receiver keeps it (URS-AUD-004)."""

    event_id: str
    source: str
    type: str
    subject: str
    payload_hash: str
    at: datetime
    status: Literal["accepted", "rejected", "staged", "duplicate"]
    reasons: tuple[str, ...] = ()


class EligibilityCheck(Record, frozen=True, kw_only=True):
    """One on-demand "is this lot still released?" call as the quality system logged it."""

    lot: str
    asked_by: str
    at: datetime
    eligible: bool
