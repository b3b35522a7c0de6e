"""The core verifier is one file that stands alone, and the one that the documentation names."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from syncproof.evidence import core_verifier
from tests.acceptance.attacks.folder import build

FILE = Path(core_verifier.__file__)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("core")
    build(made)
    return made


def test_it_needs_nothing_but_the_standard_library_and_cryptography():
    """So that it can be run, and read, without us."""
    tree = ast.parse(FILE.read_text())
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names - set(sys.stdlib_module_names) == {"cryptography"}


def test_it_runs_as_a_file_elsewhere(folder, tmp_path):
    """With an interpreter that knows no Syncproof."""
    (tmp_path / "check.py").write_bytes(FILE.read_bytes())
    pack = max((folder / "evidence").glob("0*"))
    head = (folder / "head").read_text()
    command = [sys.executable, "-I", "-S", str(tmp_path / "check.py"), str(pack), "--head", head, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    said = json.loads(done.stdout)
    assert done.returncode == 3, "the signatures are of keys that nobody named"
    assert {one["check"] for one in said["findings"] if one["status"] == "ok"} >= {
        "seal",
        "journals",
        "ledger",
        "ledger head",
    }
