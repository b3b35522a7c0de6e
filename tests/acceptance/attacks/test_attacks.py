"""Whatever is changed in an evidence folder is found by the anchor that the table names, and by no other."""

import hashlib
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syncproof.evidence.core_verifier import Verifier, exit_code
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import build
from tests.acceptance.attacks.table import ON_A_FAILED_RUN, ON_ANOTHER_RUN, TABLE, WITHOUT_ANCHOR, Attack


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    return folder, build(folder).name


@pytest.fixture
def attacked(built, tmp_path):
    """A copy to attack."""
    folder, name = built
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy", name


def check(folder: Path, name: str, *, head: bool = True, trust: bool = True):
    keys = tomllib.loads((folder / "trust.toml").read_text()) if trust else {}
    kept = (folder / "head").read_text() if head else None
    return Verifier(folder / "evidence" / name, None, kept, keys).verify()


def not_ok(findings) -> set[str]:
    return {one.check for one in findings if one.status in {"failed", "could not check"}}


def carry_out(attack: Attack, folder: Path, name: str) -> None:
    attacker = Attacker(folder / "evidence" / name)
    attack.edit(attacker)
    if attack.until != "nothing":
        attacker.reseal()
    if attack.until in {"ledger", "own key", "unsigned"}:
        attacker.reledger()
    if attack.until == "own key":
        attacker.resign()
    if attack.until == "unsigned":
        attacker.unsign()


def test_what_nobody_touched_verifies(built):
    """Both runs that passed and the one that failed; every finding is ok."""
    folder, _ = built
    for pack in sorted((folder / "evidence").glob("0*")):
        findings = check(folder, pack.name)
        assert not_ok(findings) == set()
        assert exit_code(findings) == 0


@pytest.mark.parametrize("attack", TABLE + ON_ANOTHER_RUN, ids=lambda attack: attack.name)
def test_an_attack_on_a_signed_run_is_caught_by_what_the_table_says(attacked, attack):
    """By nothing less and nothing more."""
    folder, name = attacked
    carry_out(attack, folder, name)
    found = check(folder, name)
    assert not_ok(found) == set(attack.caught), [one for one in found if one.status != "ok"]
    assert exit_code(found) == 4


@pytest.mark.parametrize("attack", ON_A_FAILED_RUN, ids=lambda attack: attack.name)
def test_an_attack_on_a_failed_run_is_caught_by_what_the_table_says(attacked, attack):
    """Nobody signed it; what was derived wrongly and the head kept outside still tell."""
    folder, _ = attacked
    [pack] = (folder / "evidence").glob("0002-*")
    carry_out(attack, folder, pack.name)
    found = check(folder, pack.name)
    assert not_ok(found) == set(attack.caught), [one for one in found if one.status != "ok"]


def test_without_an_anchor_outside_a_folder_that_was_written_anew_stays_silent(attacked):
    """The table is honest: this is why a head is kept elsewhere, or people sign."""
    folder, _ = attacked
    [pack] = (folder / "evidence").glob("0002-*")
    carry_out(ON_A_FAILED_RUN[1], folder, pack.name)
    found = check(folder, pack.name, head=False, trust=False)
    assert not_ok(found) == set()
    assert {one.check for one in found if one.status == "unsigned"} == {"ledger head", "signature"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_byte_of_a_pack_can_be_changed_unnoticed(built, tmp_path_factory, data):
    """Any bit of any file, signatures and ledger included."""
    folder, name = built
    copy = tmp_path_factory.mktemp("flip") / "copy"
    shutil.copytree(folder, copy)
    files = sorted(path for path in (copy / "evidence" / name).rglob("*") if path.is_file())
    path = data.draw(st.sampled_from([*files, copy / "evidence" / "ledger.ndjson"]))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    unsigned_view = path.name == "attestation.dsse.json"  # nobody has signed it: it only must still be readable
    assert not_ok(check(copy, name)) or unsigned_view, (path, place)
    shutil.rmtree(copy.parent)


def test_the_table_is_printed(capsys, built):
    """For the documentation: attack, what the attacker makes good, what catches it."""
    with capsys.disabled():
        print()
        for one in (*TABLE, *ON_A_FAILED_RUN, *ON_ANOTHER_RUN):
            print(f"{one.name:60} | {one.until:8} | {', '.join(sorted(one.caught))}")
        for text in WITHOUT_ANCHOR:
            print(f"not caught: {text}")
    assert len(TABLE) + len(ON_A_FAILED_RUN) >= 25
    assert hashlib.sha256(built[1].encode()).hexdigest()
