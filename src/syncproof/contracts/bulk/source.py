"""Documents out of files: one JSON text in each ``.json``, one on each line of anything else.

Read as a stream, in bytes, with nothing converted: what is wrong with a file is told by its byte.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

SUFFIXES = (".json", ".ndjson", ".jsonl")
"""What is taken out of a directory."""
LONGEST = 64 * 2**20
"""Bytes that one document may have. A longer one is passed over, and told."""
BUFFER = 2**20
MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16 or UTF-32"), (b"\xfe\xff", "UTF-16"))


class Document(Struct, gc=False):
    """``line`` is that of its first byte; ``whole``: the file holds nothing else, and may have many lines."""

    file: str
    line: int
    raw: bytes
    whole: bool


class Refused(Struct, gc=False):
    """What cannot be a document. ``counts``: it stands in the place of one."""

    file: str
    line: int | None
    message: str
    expected: str
    actual: str
    counts: bool = False


Read = Document | Refused


def documents(paths: Iterable[Path]) -> Iterator[Read]:
    """Every document of files and directories, in the order given; inside a directory by name."""
    for path in paths:
        found = files(path)
        for file in found if isinstance(found, list) else (path,):
            yield from _file(file)
        if found == []:
            yield Refused(str(path), None, "no document is in this directory", " ".join(SUFFIXES), "none")


def files(path: Path) -> list[Path] | None:
    """The documents of a directory; None: it is none."""
    if not path.is_dir():
        return None
    folders = ((folder, names) for folder, _, names in os.walk(path, onerror=_raise))
    try:
        return sorted(Path(folder, name) for folder, names in folders for name in names if name.endswith(SUFFIXES))
    except OSError as problem:
        return [Path(problem.filename)]  # opening it will tell


def _raise(problem: OSError) -> None:
    raise problem


def _file(path: Path) -> Iterator[Read]:
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_fifo():
            yield Refused(name, None, "this is no file", "a file", "something else")
            return
        with path.open("rb", buffering=BUFFER) as stream:
            yield from _stream(name, stream, whole=path.suffix.lower() == ".json")
    except OSError as problem:
        yield Refused(name, None, f"cannot be read: {problem.strerror}", "a file to read", str(problem.errno))


def _stream(name: str, stream: BinaryIO, *, whole: bool) -> Iterator[Read]:
    strange = _strange(name, stream.peek(8192))  # type: ignore[attr-defined]  # buffered, as opened above
    if strange:
        yield strange
        return
    yield from (_text if whole else _lines)(name, stream)


def _strange(name: str, start: bytes) -> Refused | None:
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return Refused(
                name, 1, "the file begins with a byte order mark, at byte 0", "UTF-8 without a mark", encoding
            )
    byte = start.find(0)
    if byte >= 0:
        line = start.count(b"\n", 0, byte) + 1
        return Refused(name, line, f"the file is binary or not UTF-8: a zero at byte {byte}", "UTF-8", "a zero byte")
    return None


def _text(name: str, stream: BinaryIO) -> Iterator[Read]:
    raw = stream.read(LONGEST + 1)
    if len(raw) > LONGEST:
        yield _long(name, 1, "file")
    elif raw and not raw.isspace():
        yield Document(name, 1, raw, whole=True)
    else:
        yield _empty(name)


def _lines(name: str, stream: BinaryIO) -> Iterator[Read]:
    line, blank = 0, True
    while raw := stream.readline(LONGEST + 1):
        line += 1
        if len(raw) > LONGEST:
            _pass_over(raw, stream)
            yield _long(name, line, "line")
        elif raw.isspace():
            continue
        else:
            yield Document(name, line, raw, False)  # a million times: no keywords
        blank = False
    if blank:
        yield _empty(name)


def _empty(name: str) -> Refused:
    return Refused(name, None, "this file is empty", "at least one document", "none")


def _pass_over(raw: bytes, stream: BinaryIO) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(BUFFER)


def _long(name: str, line: int, what: str) -> Refused:
    expected = f"at most {LONGEST:,} bytes for one document"
    return Refused(name, line, f"this {what} is too long: refused at byte {LONGEST:,}", expected, "more", counts=True)
