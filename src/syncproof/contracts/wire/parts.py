"""What an exchange consists of, and which of it a system spoke."""

REQUEST, ANSWER, EVENT = "request", "answer", "event"
PUBLISHED = "published"
UNANSWERED = "unanswered"
"""Outcome of a request that no answer came to: whether it was taken, nobody knows."""
TAKEN = frozenset({"accepted", "staged", "duplicate"})


def is_spoken(part: str, outcome: str) -> bool:
    """Whether a message counts as one that a system speaks: it was sent by it, or taken. What is refused does not."""
    return part == ANSWER or outcome in {PUBLISHED, *TAKEN} or outcome.startswith("2")
