"""A folder of evidence with a signed pack, made once, and copies of it to change."""

import shutil

import pytest

from tests.acceptance.attacks.folder import build


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("core")
    build(made)
    return made


@pytest.fixture
def copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copied")
    return max((tmp_path / "copied" / "evidence").glob("0*"))
