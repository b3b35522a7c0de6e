"""One simulated warehouse, and adapters that lie about it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from syncproof.adapters.simulated.warehouse import WarehouseVerbs
from syncproof.conformance.subject import Bench, Subject
from syncproof.credentials import Credential
from syncproof.landscape.process import ChildProcess

USERS = {"engineer": ["engineer"], "warehouse": ["warehouse"], "viewer": ["viewer"], "integration": ["integration"]}
DOMAINS = ("material", "bom")


@pytest.fixture(scope="package")
def url(tmp_path_factory) -> Iterator[str]:
    """A warehouse system that owns its masters, as a process."""
    folder: Path = tmp_path_factory.mktemp("wms")
    config = {
        "system": "wms", "time_zone": "UTC", "sites": {"EAST": "Europe/Berlin"}, "exit_with_stdin": True,
        "owns": DOMAINS, "owners": dict.fromkeys(DOMAINS, "wms"),
        "users": [{"name": user, "token": f"{user}-token", "roles": roles} for user, roles in USERS.items()],
    }  # fmt: skip
    path = folder / "config.json"
    path.write_text(json.dumps(config))
    child = ChildProcess("wms", ["-m", "syncproof.simulators", "wms", "--config", str(path)], folder / "log")
    yield child.wait_ready(30)
    child.stop(0)


@pytest.fixture
def subject(url) -> Callable[[type[WarehouseVerbs]], Subject]:
    """The subject of the suite with an adapter of a class."""
    credentials = {user: Credential(token=f"{user}-token") for user in USERS}

    def subject(kind: type[WarehouseVerbs]) -> Subject:
        return Subject(
            name="wms", base_url=url, connect=lambda session: kind("wms", session, credentials, {}),
            roles=("warehouse",), owns=frozenset(DOMAINS), owners=dict.fromkeys(DOMAINS, "wms"),
        )  # fmt: skip

    return subject


@pytest.fixture
def bench(subject) -> Callable[[type[WarehouseVerbs]], Bench]:
    """The bench of an adapter of a class."""
    return lambda kind: Bench(subject(kind))


class Subtests:
    """Lets the first failing subtest fail its test."""

    @contextmanager
    def test(self, _: str) -> Iterator[None]:
        yield


@pytest.fixture
def first_failure() -> Subtests:
    return Subtests()
