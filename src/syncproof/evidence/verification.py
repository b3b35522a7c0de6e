"""The full check of a pack: the core's, and what needs Syncproof itself."""

from pathlib import Path
from typing import Any

from syncproof.evidence.core_verifier import Finding, Verifier


def findings(pack: Path, ledger: Path | None, head: str | None, trust: dict[str, Any]) -> list[Finding]:
    """All findings, the core's first."""
    return Verifier(pack, ledger, head, trust).verify()
