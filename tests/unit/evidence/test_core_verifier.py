"""The core verifier stands alone, tells its states apart and opens nothing outside the pack."""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from syncproof.evidence import core_verifier
from syncproof.evidence.core_verifier import Verifier, derive, exit_code, unsafe
from syncproof.evidence.signing import keys
from tests.acceptance.attacks.folder import PASSPHRASE, build

FILE = Path(core_verifier.__file__)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("core")
    build(made)
    return made


def statuses(folder, trust):
    pack = max((folder / "evidence").glob("0*"))
    found = Verifier(pack, None, None, trust).verify()
    return [one.status for one in found if one.check == "signature"], exit_code(found)


def trusted(folder, **change):
    trust = tomllib.loads((folder / "trust.toml").read_text())
    trust["key"][1] |= change
    return trust


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


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({}, "ok", 0),
        ({"keyid": "0" * 64}, "could not check", 3),
        ({"name": "Somebody Else"}, "failed", 4),
        ({"kind": "ci"}, "failed", 4),
        ({"revoked_at": "2020-01-01T00:00:00Z"}, "failed", 4),
        ({"revoked_at": "2999-01-01T00:00:00Z"}, "could not check", 3),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "failed", 4),
        ({"valid_from": "2999-01-01T00:00:00Z"}, "failed", 4),
        ({"public": "no key"}, "failed", 4),
    ],
)
def test_whose_key_is_trusted_the_auditor_says(folder, change, status, code):
    """Unknown, revoked, out of date and another's key are told apart."""
    found, ended = statuses(folder, trusted(folder, **change))
    assert (found[1], ended) == (status, code)


def test_a_key_of_another_person_does_not_hold(folder, tmp_path):
    """Whatever id it is given."""
    other = keys.create(tmp_path / "other.pem", "Rob Doe", "QA", PASSPHRASE)
    assert statuses(folder, trusted(folder, public=other.public)) == (["ok", "failed"], 4)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a\\b",
        "C:x",
        "a\nb",
        "\x1b[2J",
        "\u202egpj.exe",
        "x" * 1025,
    ],
)
def test_a_name_that_leads_elsewhere_is_not_opened(tmp_path, name):
    """Nor one that would write on the terminal."""
    assert unsafe(name, tmp_path) is not None


def test_a_name_behind_a_link_is_not_opened(tmp_path):
    """The link may be a folder above it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert unsafe("link/file", tmp_path) is not None
    assert unsafe("real/file", tmp_path) is None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"[1", "failed"),
        (b"[]", "failed"),
        (b'{"format":"syncproof-record/1"}', "failed"),
        (b'{"format":"syncproof-record/2"}', "could not check"),
        (b"[" * 100_000, "failed"),
        (None, "could not check"),
    ],
)
def test_a_pack_that_cannot_be_read_is_told_apart(tmp_path, content, status):
    """Damaged, of a newer format, half copied."""
    (tmp_path / "record").mkdir()
    if content is not None:
        (tmp_path / "record" / "seal.json").write_bytes(content)
    [found] = Verifier(tmp_path, None, None, {}).verify()
    assert (found.check, found.status) == ("seal", status)


def test_another_folder_is_no_pack(tmp_path):
    """It is said so."""
    [found] = Verifier(tmp_path, None, None, {}).verify()
    assert (found.status, "no evidence pack" in found.message) == ("could not check", True)


@pytest.mark.parametrize(
    ("kind", "expected", "actual", "holds"),
    [
        ("equal", {"a": 1, "b": None}, {"b": None, "a": 1}, True),
        ("equal", True, 1, False),
        ("equal", "1", 1, False),
        ("agreed", "A", {"erp": "A", "mes": "A"}, True),
        ("agreed", "A", {"erp": "A", "mes": "B"}, False),
        ("agreed", "A", {}, False),
        ("agreed", "A", {"erp": "A", "mes": {"error": "500"}}, None),
        ("agreed", "A", {"erp": "A", "mes": {"not supported": "x"}}, None),
        ("absent", {"absent": "x"}, ["y"], True),
        ("absent", {"absent": "x"}, ["x"], False),
        ("present", {"present": "x"}, ["y", "x"], True),
        ("present", {"present": "x"}, [], False),
        ("in_order", ["a", "b"], ["a", "x", "b"], True),
        ("in_order", ["a", "b"], ["b", "a"], False),
        ("accepted", {"status": "accepted"}, {"status": "accepted", "reasons": []}, True),
        ("accepted", {"status": "accepted"}, {"answers": [{"status": "accepted", "reasons": []}, {"status": "refused", "reasons": []}]}, False),
        ("refused", {"status": "refused", "code": "a or b"}, {"status": "refused", "reasons": ["b: no"]}, True),
        ("refused", {"status": "refused", "code": "a"}, {"status": "refused", "reasons": ["b: no"]}, False),
        ("refused", {"status": "refused", "code": "any stated reason"}, {"status": "refused", "reasons": []}, False),
        ("refused", {"status": "refused or staged", "code": "a"}, {"status": "staged", "reasons": ["a: x"]}, True),
        ("refused", {"status": "refused", "code": "a", "unchanged": 1}, {"status": "refused", "reasons": ["a: x"], "unchanged": 2}, False),
        ("equalish", 1, 1, None),
    ],
)  # fmt: skip
def test_verdicts_are_derived_anew_from_what_is_on_record(kind, expected, actual, holds):
    """For every kind of check; what takes more than the record's line is left to replay."""
    assert derive(kind, expected, actual) is holds
