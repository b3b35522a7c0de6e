"""Every test has a copy of one small suite."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.no_false_green.small import Small, copied, made


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Made once."""
    return made(tmp_path_factory.mktemp("prepared") / "suite")


@pytest.fixture
def suite(prepared: Small, tmp_path: Path) -> Small:
    """A suite for one test."""
    return copied(prepared, tmp_path / "suite")


@pytest.fixture(scope="module")
def shared(prepared: Small, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Small]:
    """A suite for the one run that the tests of a module look at."""
    return lambda: copied(prepared, tmp_path_factory.mktemp("shared") / "suite")
