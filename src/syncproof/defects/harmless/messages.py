"""What the variations of messages in transit share."""

from syncproof.defects.base import Json

Batch = list[tuple[int, Json]]
"""Messages that arrive together, each with its number in the integration."""


def kind_of(event: Json) -> str:
    """``master`` of ``org.syncproof.master.v1``."""
    return str(event["type"]).split(".")[2]
