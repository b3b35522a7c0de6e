"""Reads a landscape file: all of its mistakes at once, or a :class:`Definition`."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from syncproof.errors import ConfigurationError, MissingSecret
from syncproof.landscape.definition import Definition
from syncproof.landscape.mistakes import Mistake
from syncproof.landscape.places import Lines
from syncproof.landscape.rules import mistakes_of_meaning
from syncproof.landscape.secrets import mistakes_of_secrets
from syncproof.landscape.shape import mistakes_of_shape

INTEGRATION = "integration"
TWICE = re.compile("overwrite|twice")
"""What tomllib says of a second definition."""


def load(
    path: Path | str,
    *,
    check_secrets: bool = False,
    allow_writes: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Definition:
    """What the file says.

    ``check_secrets`` looks for the credentials too (they are not read into the definition);
    ``allow_writes`` is the command's consent to write in production. Raises ConfigurationError with
    every mistake, its place and the valid values; MissingSecret if nothing but secrets is missing.
    """
    path = Path(path).resolve()
    text = _text(path)
    document = _parsed(path, text)
    mistakes = find_mistakes(document, path.parent, environment if check_secrets else None)
    if mistakes:
        raise _error(path, mistakes, Lines(text))
    return _definition(path, document, allow_writes=allow_writes)


def find_mistakes(document: Mapping[str, Any], folder: Path, environment: Mapping[str, str] | None) -> list[Mistake]:
    """All mistakes of a parsed file; those about secrets only with an environment to look into."""
    from syncproof.adapters import kinds  # noqa: PLC0415  whoever only shows a file needs no adapters

    found = [*mistakes_of_shape(dict(document)), *mistakes_of_meaning(document, kinds())]
    if environment is not None:
        found += mistakes_of_secrets(document, folder, environment)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path} is no UTF-8 text; a landscape file is TOML") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = " Is a key or table written twice?" if TWICE.search(str(error)) else ""
        raise ConfigurationError(f"{path} is no TOML: {error}.{hint}") from None


def _error(path: Path, mistakes: list[Mistake], lines: Lines) -> ConfigurationError:
    told = {mistake.text(lines.of(mistake.place)): lines.of(mistake.place) or 0 for mistake in mistakes}
    ordered = sorted(told, key=lambda text: (told[text], text))
    count = "1 mistake" if len(ordered) == 1 else f"{len(ordered)} mistakes"
    kind = MissingSecret if all(mistake.secret for mistake in mistakes) else ConfigurationError
    return kind("\n  ".join([f"{path}: {count}", *ordered]))


def _definition(path: Path, document: dict[str, Any], *, allow_writes: bool) -> Definition:
    raw = dict(document)
    writable = raw.pop("writes", "refused") == "allowed" and allow_writes
    raw["systems"] = {name: {"name": name, **entry} for name, entry in document["systems"].items()}
    if INTEGRATION in raw:
        raw[INTEGRATION] = {"name": INTEGRATION, "roles": [INTEGRATION], **raw[INTEGRATION]}
    raw["path"] = path
    raw["read_only"] = raw["environment"] == "production" and not writable
    if raw["read_only"] and raw.get(INTEGRATION, {}).get("start"):
        del raw[INTEGRATION]  # started by us, it would write by itself
    return msgspec.convert(raw, Definition)
