"""Registry files: read as TOML, mistakes named with the file."""

import difflib
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from syncproof.errors import ConfigurationError


def read(path: Path) -> dict[str, Any]:
    """The tables of a file; ConfigurationError if it cannot be read or is no TOML."""
    return read_with_text(path)[1]


def read_with_text(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file, and its tables; ConfigurationError if it cannot be read or is no TOML."""
    try:
        text = path.read_bytes().decode()
        return text, tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}") from None


def unknown(key: str, valid: Sequence[str]) -> str:
    """What is said of a key that is none of the valid ones."""
    return f"unknown key {key!r}; valid: {', '.join(valid)}.{nearest(key, valid)}"


def nearest(value: str, valid: Sequence[str]) -> str:
    """The question whether another value was meant, if one is near; else nothing."""
    near = difflib.get_close_matches(value, valid)
    return f" Did you mean {near[0]!r}?" if near else ""


def refuse_keys(place: str, found: Collection[str], required: Sequence[str], optional: Sequence[str] = ()) -> None:
    """ConfigurationError for a key that is missing or unknown, with the nearest valid one."""
    for key in found:
        if key not in {*required, *optional}:
            raise ConfigurationError(f"{place}: {unknown(key, [*required, *optional])}")
    missing = [key for key in required if key not in found]
    if missing:
        raise ConfigurationError(f"{place}: {', '.join(missing)} missing")


def refuse_empty(place: str, table: dict[str, Any], keys: Collection[str]) -> None:
    """ConfigurationError for a text that says nothing."""
    for key in keys:
        if not isinstance(table[key], str) or not table[key].strip():
            raise ConfigurationError(f"{place}: {key!r} is {table[key]!r}: write a text in quotes")
