"""Finds credentials where a landscape file says they are: in the environment or in files."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from syncproof.credentials import Credential
from syncproof.errors import MissingSecret
from syncproof.landscape.definition import SecretPlace, SystemEntry
from syncproof.landscape.mistakes import HIDDEN, Mistake, Place

EVERYONE = "*"
VARIABLE = re.compile("[A-Za-z_][A-Za-z0-9_]*")
Environment = Mapping[str, str]


def mistakes_of_secrets(document: Mapping[str, Any], folder: Path, environment: Environment) -> Iterator[Mistake]:
    """Credentials that a file names but that are not there, and those that name none or two."""
    for place, entry in _all_entries(document):
        control = entry.get("control_token_env")
        if isinstance(control, str) and not environment.get(control):
            yield _absent((*place, "control_token_env"), _no_variable(control))
        credentials = entry.get("credentials")
        for user, secret in credentials.items() if isinstance(credentials, dict) else ():
            if isinstance(secret, dict):
                yield from _mistakes_of_one((*place, "credentials", user), secret, folder, environment)


def _all_entries(document: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    systems = document.get("systems")
    for name, entry in systems.items() if isinstance(systems, dict) else ():
        if isinstance(entry, dict):
            yield ("systems", name), entry
    if isinstance(integration := document.get("integration"), dict):
        yield ("integration",), integration


def _mistakes_of_one(
    place: Place, secret: Mapping[str, Any], folder: Path, environment: Environment
) -> Iterator[Mistake]:
    named = [key for key in ("token_env", "token_file", "password_env", "password_file") if key in secret]
    if len(named) != 1:
        yield Mistake(place, f"names {len(named)} secrets where it must name one", HIDDEN)
    if named and named[0].startswith("password") and "user" not in secret:
        yield Mistake((*place, "user"), "is missing: whose password is it?")
    for key in named:
        value = secret[key]
        if isinstance(value, str) and (problem := _problem(key, value, folder, environment)):
            yield _absent((*place, key), problem)


def _absent(place: Place, problem: str) -> Mistake:
    return Mistake(place, problem, HIDDEN, secret=True)


def _problem(key: str, value: str, folder: Path, environment: Environment) -> str | None:
    if key.endswith("_env"):
        # What is no name may be the secret itself: the schema refuses it, and nobody repeats it.
        return None if environment.get(value) or not VARIABLE.fullmatch(value) else _no_variable(value)
    path = folder / value
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        return f"the file {path} cannot be read ({getattr(error, 'strerror', None) or 'it is no text'})"
    return None if text else f"the file {path} is empty"


def _no_variable(name: str) -> str:
    return f"the environment variable {name} is not set; set it to the secret (export {name}=...)"


def credentials_of(
    entry: SystemEntry, users: Mapping[str, object], folder: Path, environment: Environment
) -> dict[str, Credential]:
    """The credential of each user at one system; users without an entry have none."""
    named = {user: entry.credentials.get(user, entry.credentials.get(EVERYONE)) for user in users}
    return {
        user: _credential(entry.name, user, place, folder, environment)
        for user, place in named.items()
        if place is not None
    }


def _credential(system: str, user: str, place: SecretPlace, folder: Path, environment: Environment) -> Credential:
    token = _secret(system, user, place, "token", folder, environment)
    password = _secret(system, user, place, "password", folder, environment)
    return Credential(token=token, user=place.user, password=password)


def _secret(
    system: str, user: str, place: SecretPlace, what: str, folder: Path, environment: Environment
) -> str | None:
    for key in (f"{what}_env", f"{what}_file"):
        value = getattr(place, key)
        if value is None:
            continue
        if problem := _problem(key, value, folder, environment):
            raise MissingSecret(f"systems.{system}.credentials.{user}.{key}: {problem}")
        return environment[value] if key.endswith("_env") else (folder / value).read_text("utf-8").strip()
    return None


def control_token_of(entry: SystemEntry, environment: Environment) -> str | None:
    """The control token of a system that somebody else started, if the file names one."""
    name = entry.control_token_env
    if name is None:
        return None
    if not environment.get(name):
        raise MissingSecret(f"{entry.name}.control_token_env: {_no_variable(name)}")
    return environment[name]
