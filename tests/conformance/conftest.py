"""Landscapes whose systems are the subjects, each started once for all tests of a module."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syncproof import adapters
from syncproof.conformance import Subject
from syncproof.landscape import load
from syncproof.landscape.launch import RunningLandscape, launch

LANDSCAPES = Path(__file__).parents[2] / "landscapes"


@pytest.fixture(scope="module")
def running(request) -> Iterator[RunningLandscape]:
    """The landscape that the module names as ``LANDSCAPE``, in processes of its own."""
    with launch(load(LANDSCAPES / request.module.LANDSCAPE)) as running:
        yield running


@pytest.fixture(scope="module")
def subject_of(running: RunningLandscape) -> Callable[..., Subject]:
    """A system of the landscape as the subject of the conformance suite."""

    def subject_of(name: str, *, control: bool = True) -> Subject:
        definition = running.definition
        entry = definition.entries()[name]
        token = running.control_token if control else None
        options = {
            "control_token": token, "users": tuple(definition.users), "mappings": entry.mappings,
            "sites": dict(definition.sites), "time_zone": entry.time_zone, "keys": definition.keys,
        }  # fmt: skip

        def connect(session):
            return adapters.create(
                entry.adapter, name=name, base_url=session.base_url, roles=entry.roles, session=session,
                credentials=running.credentials[name], options=options,
            )  # fmt: skip

        owns = frozenset(domain for domain, owner in definition.ownership.items() if owner == name)
        return Subject(
            name=name, base_url=running.urls[name], connect=connect, roles=entry.roles, owns=owns,
            owners=definition.ownership,
        )  # fmt: skip

    return subject_of
