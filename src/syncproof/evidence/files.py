"""Files of a pack: hashed in pieces, replaced whole or not at all."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from syncproof.errors import EvidenceError


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or as it was before; EvidenceError if it cannot be written."""
    with written(path) as stream:
        stream.write(data)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A stream for a file that is there whole at the end, or as it was before; EvidenceError if that fails."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as stream:
            yield stream
        os.replace(beside, path)  # noqa: PTH105  replaces on every platform
    except OSError as error:
        raise EvidenceError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)
