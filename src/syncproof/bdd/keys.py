"""Business keys that no other scenario or run uses.

They derive from the run's seed and the scenario, so that runs are parallel-safe on a shared,
persistent system and can be replayed.
"""

import hashlib
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no I, L, O, U, so that a key can be read out loud and typed."""
WIDTH = 6


class Keys:
    """``keys("lot", "L1")`` is the same key throughout one scenario of one run."""

    def __init__(self, seed: str, scenario: str, width: int = WIDTH) -> None:
        self.seed = seed
        self.scenario = scenario
        self.width = width

    def __call__(self, kind: str, name: str) -> str:
        """The key of the thing of this kind that the feature calls ``name``: ``L1-7F3K9Q``."""
        text = f"{self.seed}\0{self.scenario}\0{kind}\0{name}"
        number = int.from_bytes(hashlib.sha256(text.encode()).digest())
        digits = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(self.width))
        stem = re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")
        return f"{stem}-{digits}" if stem else digits
