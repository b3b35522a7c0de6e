"""What the right answer is, computed from declared masters in exact arithmetic.

The oracle knows the model and nothing else. It shares no code with the simulators: they must not be
wrong together. Its own tests are hand-worked vectors and metamorphic properties.
"""

from syncproof.oracle.declared import Activated, Declarations
from syncproof.oracle.effectivity import (
    InEffect,
    boundaries,
    effective,
    in_effect,
    missing,
    resolve,
    revision_set,
    timeline,
)
from syncproof.oracle.eligibility import CONSUMING, MOVING, disposition, free, may, restrictions
from syncproof.oracle.genealogy import genealogy, left
from syncproof.oracle.identity import check_digit, conforms, content_hash, is_gtin, normalised_key
from syncproof.oracle.quantities import convert, exact_requirements, requirements, tolerance
from syncproof.oracle.rounding import as_decimal, exceeds, round_to, within
from syncproof.oracle.routing import eligible_equipment, operations, ready, sequence
from syncproof.oracle.undetermined import Undetermined

__all__ = [
    "CONSUMING",
    "MOVING",
    "Activated",
    "Declarations",
    "InEffect",
    "Undetermined",
    "as_decimal",
    "boundaries",
    "check_digit",
    "conforms",
    "content_hash",
    "convert",
    "disposition",
    "effective",
    "eligible_equipment",
    "exact_requirements",
    "exceeds",
    "free",
    "genealogy",
    "in_effect",
    "is_gtin",
    "left",
    "may",
    "missing",
    "normalised_key",
    "operations",
    "ready",
    "requirements",
    "resolve",
    "restrictions",
    "revision_set",
    "round_to",
    "sequence",
    "timeline",
    "tolerance",
    "within",
]
