"""Every verdict can be derived anew from the recorded bytes, with no system present."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.reader import read_pack
from syncproof.suite_files import suite_root

ROOT = suite_root()
FEATURES = ("features/installation", "features/demo_scripts/b_bom_and_units.feature")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A pack of two workers, its systems long gone."""
    folder = tmp_path_factory.mktemp("recorded")
    command = [sys.executable, "-m", "syncproof", "qualify", "--no-report", "-n", "2", "--out", "evidence", *FEATURES]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    [pack] = (folder / "evidence").glob("0001-*")
    return pack


@pytest.fixture
def pack(recorded, tmp_path):
    """The same somewhere else, without its folder."""
    return Path(shutil.copytree(recorded, tmp_path / "elsewhere" / recorded.name))


@pytest.fixture
def replay(syncproof, pack):
    def replay():
        done = syncproof("evidence", "replay", str(pack), "--json", TZ="Pacific/Auckland", LC_ALL="C")
        return done.code, json.loads(done.out)

    return replay


def rechain(path: Path, change) -> None:
    """Change the events of a journal as somebody would who knows the format."""
    prev, out = FIRST, []
    for line in path.read_bytes().splitlines():
        event = change(json.loads(line)) | {"prev": prev}
        data = canonical(event)
        out.append(data + b"\n")
        prev = sha256(data)
    path.write_bytes(b"".join(out))


def an_agreed_check(pack):
    """A check on quantities that passed, and its scenario."""
    record = read_pack(pack)
    return next(
        (scenario, check)
        for scenario in record.scenarios.values()
        for check in scenario.checks
        if check["kind"] == "agreed" and check["exchanges"]
    )


def test_a_pack_is_derived_anew_on_another_machine(replay, recorded):
    """Two workers; another folder, time zone and locale; no system, no network, no ledger."""
    code, said = replay()
    assert [one for one in said["findings"] if one["status"] != "ok"] == []
    assert (code, said["verified"]) == (0, True)
    assert len(read_pack(recorded).scenarios) > 8


def test_a_body_that_was_forged_changes_the_verdict_of_its_scenario_only(replay, pack):
    """Although name, chain and everything else was made good."""
    scenario, check = an_agreed_check(pack)
    exchange = next(one for one in scenario.exchanges if one["id"] == check["exchanges"][0])
    old = exchange["response"]["body_sha"]
    body = (pack / "exchanges" / old).read_bytes()
    forged = body.replace(b'"value":"', b'"value":"9')
    assert forged != body
    (pack / "exchanges" / sha256(forged)).write_bytes(forged)

    def change(event):
        if event["type"] == "exchange" and event["scenario"] == scenario.id and event["response"]["body_sha"] == old:
            event["response"]["body_sha"] = sha256(forged)
        return event

    rechain(pack / "record" / f"journal-{scenario.worker}.ndjson", change)
    code, said = replay()
    assert code == 4
    assert {one["place"] for one in said["findings"] if one["status"] == "failed"} == {scenario.id}


@pytest.mark.parametrize(
    ("field", "value"), [("expected", "999"), ("actual", {"erp": "999"}), ("verdict", "failed"), ("claim", "else")]
)
def test_a_check_that_was_edited_is_found(replay, pack, field, value):
    """Expected, observed, verdict and claim are all derived anew."""
    scenario, check = an_agreed_check(pack)

    def change(event):
        is_it = event["type"] == "check" and (event["scenario"], event["seq"]) == (scenario.id, check["seq"])
        return event | {field: value} if is_it else event

    rechain(pack / "record" / f"journal-{scenario.worker}.ndjson", change)
    code, said = replay()
    assert code == 4
    [found] = [one for one in said["findings"] if one["status"] == "failed" and "check" in one["message"]]
    assert (found["place"], field in found["message"]) == (scenario.id, True)


def test_an_exchange_that_was_taken_out_is_missed(replay, pack):
    """The suite asks for it."""
    scenario, check = an_agreed_check(pack)
    path = pack / "record" / f"journal-{scenario.worker}.ndjson"
    gone = check["exchanges"][0].encode()
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if b'"id":"' + gone + b'"' not in line]
    path.write_bytes(b"".join(lines))
    numbers = iter(range(len(lines)))
    rechain(path, lambda event: event | {"seq": next(numbers)})
    code, said = replay()
    assert code == 4
    assert any(
        "the record does not hold" in one["message"] or "more often" in one["message"] for one in said["findings"]
    )


def test_a_folder_that_is_no_pack_is_told(syncproof, tmp_path):
    """Nothing is started."""
    (tmp_path / "empty").mkdir()
    done = syncproof("evidence", "replay", "empty")
    assert done.code == 4
    assert "is no pack" in done.said


ODD_STEPS = """
import sys
from pytest_bdd import given, then
from fixtures.governance import require
from syncproof.errors import SyncproofError
from syncproof.ports import Observation

def refused(landscape):
    return require(landscape.by_role("planning").release_order("NOPE", by="planner", reason="r"))

@given("a step that leaves")
def _(landscape):
    sys.exit(3)

@given("an error that holds an object")
def _():
    raise RuntimeError(f"what is {object()}")

@given("a refusal")
def _(landscape):
    refused(landscape)

@given("a refusal that is caught")
def _(landscape):
    try:
        refused(landscape)
    except SyncproofError:
        pass

@then("planning is looked at until the lens breaks")
def _(landscape, check):
    looks = []
    def look():
        looks.append(landscape.by_role("planning").identify())
        return looks[-1] if len(looks) < 3 else 1 / 0
    check.agreed("URS-REV-003", "it agrees", "never", {"erp": look}, domain="order", project=lambda one: one.system)

@then("planning answers with its own name")
def _(landscape, check):
    seen = landscape.by_role("planning").identify()
    check.equal("URS-REV-003", "it was asked", "erp", Observation(seen.value.system, seen.exchanges, "erp"))
"""
ODD = {
    "Leaves": "Given a step that leaves",
    "Fine": "Then planning answers with its own name",
    "Object": "Given an error that holds an object",
    "Broken": "Then planning is looked at until the lens breaks",
    "Refused": "Given a refusal",
    "Caught": "Given a refusal that is caught\n    Then planning answers with its own name",
}


def of(name):
    return f"features/odd.feature::{name}"


def write_odd(folder):
    (folder / "steps" / "odd.py").write_text(ODD_STEPS)
    scenarios = "".join(f"  @URS-REV-003\n  Scenario: {name}\n    {steps}\n" for name, steps in ODD.items())
    (folder / "features" / "odd.feature").write_text(f"Feature: Odd\n{scenarios}")


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A suite of somebody else's, and the pack of its run, in which little goes as it should."""
    folder = tmp_path_factory.mktemp("odd")
    subprocess.run([sys.executable, "-m", "syncproof", "init", "ours"], cwd=folder, check=True, capture_output=True)
    write_odd(folder / "ours")
    command = [sys.executable, "-m", "syncproof", "qualify", "--no-report", "features/odd.feature"]
    subprocess.run(command, cwd=folder / "ours", check=False, capture_output=True)
    [pack] = (folder / "ours" / "evidence").glob("0001-*")
    return pack


@pytest.fixture
def replay_odd(syncproof, odd, tmp_path):
    """Replays a copy that ``spoil`` may have changed: code, counts, and what is not as it was."""

    def replay(spoil=lambda pack: None):
        pack = Path(shutil.copytree(odd, tmp_path / odd.name))
        spoil(pack)
        done = syncproof("evidence", "replay", str(pack), "--suite", str(odd.parent.parent), "--json")
        said = json.loads(done.out)
        return done.code, said, [one for one in said["findings"] if one["status"] != "ok"]

    return replay


def test_a_run_in_which_little_went_well_is_derived_anew_too(replay_odd):
    """What broke off is not; but it had opened the landscape for all the others."""
    code, said, found = replay_odd()
    assert [(one["status"], one["place"]) for one in found] == [("could not check", of("Leaves"))]
    assert (code, said["verified"]) == (3, False)
    assert said["scenarios"] == {"recorded": 6, "derived": 5, "changed": 0, "not derived": 1}
    assert said["checks"] == 2


def another_user(pack):
    def change(event):
        if event["type"] == "exchange" and event["scenario"] == of("Refused"):
            event["request"]["headers"]["Authorization"] = "Bearer <redacted:qa>"
        return event

    rechain(pack / "record" / "journal-main.ndjson", change)


def no_body(pack):
    [exchange] = read_pack(pack).scenarios[of("Fine")].exchanges
    (pack / "exchanges" / exchange["response"]["body_sha"]).unlink()


def another_reason(pack):
    def change(event):
        is_it = event["type"] == "scenario_finished" and event["scenario"] == of("Refused")
        return event | {"reason": "the network was down"} if is_it else event

    rechain(pack / "record" / "journal-main.ndjson", change)


def nothing_refused(pack):
    """The exchange that the step met, and whose error it caught, is taken out."""
    path = pack / "record" / "journal-main.ndjson"
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not (of("Caught").encode() in line and b'"method":"POST"' in line)]
    assert len(kept) == len(lines) - 1
    path.write_bytes(b"".join(kept))
    numbers = iter(range(len(kept)))
    rechain(path, lambda event: event | {"seq": next(numbers)})


@pytest.mark.parametrize(
    ("spoil", "place", "words"),
    [
        (
            another_user,
            "Refused",
            "with Authorization: Bearer <redacted:planner>, on record it is Bearer <redacted:qa>",
        ),
        (no_body, "Fine", "the body of an answer is not in the pack"),
        (another_reason, "Refused", "the reason was 'the network was down' and is"),
        (nothing_refused, "Caught", "which the record does not hold"),
    ],
)
def test_a_record_that_was_changed_is_found_where_it_was(replay_odd, spoil, place, words):
    """Although chain and numbers were made good, and the verdict stayed what it was."""
    code, said, found = replay_odd(spoil)
    told = [one["message"] for one in found if (one["status"], one["place"]) == ("failed", of(place))]
    assert code == 4
    assert any(words in message for message in told)
    assert said["scenarios"]["changed"] >= 1


def kept(syncproof, plant, tmp_path, *arguments, **options):
    """The pack of a run on this landscape, and what its replay says without any secret in the environment."""
    place = ("--landscape", str(plant.file), "--out", str(tmp_path / "evidence"), "--no-report")
    called = syncproof("qualify", *arguments, *place, **options)
    assert "Record:" in called.out, called.said
    [pack] = (tmp_path / "evidence").glob("0001-*")
    done = syncproof("evidence", "replay", str(pack), "--suite", str(options.get("cwd", ROOT)), "--json")
    return read_pack(pack), json.loads(done.out)


def test_a_system_elsewhere_is_played_back_without_its_secrets(syncproof, plant, tmp_path):
    """Two of its users share a token; a third has a password, which it does not take."""
    token = '[systems.wms.credentials.{0}]\ntoken_env = "WMS_{1}_TOKEN"\n'.format
    password = '[systems.wms.credentials.warehouse]\nuser = "svc"\npassword_env = "WMS_WAREHOUSE_TOKEN"\n'
    text = plant.file.read_text(encoding="utf-8")
    assert token("warehouse", "WAREHOUSE") in text
    plant.file.write_text(text.replace(token("warehouse", "WAREHOUSE"), password), encoding="utf-8")
    secrets = plant.secrets | {"WMS_VIEWER_TOKEN": plant.secrets["WMS_ENGINEER_TOKEN"]}
    features = ("features/demo_scripts/a_revision_cutover.feature", "features/demo_scripts/c_hold_status.feature")
    record, said = kept(syncproof, plant, tmp_path, *features, **secrets)
    asked = [one["request"]["headers"] for one in record.exchanges.values() if one["system"] == "wms"]
    shown = {headers.get("Authorization") for headers in asked}
    assert {"Basic <redacted:warehouse>", "Bearer <redacted:viewer>"} <= shown
    assert "Bearer <redacted:engineer>" not in shown
    assert [one for one in said["findings"] if one["status"] != "ok"] == []
    assert said["scenarios"]["derived"] == len(record.scenarios) > 1


def test_production_that_is_only_read_is_played_back_as_such(syncproof, plant, tmp_path):
    """Its file allows writing, the command did not: refusals come from us, and come again."""
    syncproof("init", "ours")
    write_odd(tmp_path / "ours")
    text = plant.file.read_text(encoding="utf-8").replace('environment = "validation"', 'environment = "production"')
    text = text.replace('clock = "controllable"', 'clock = "wall"\nwrites = "allowed"\n#').replace(
        'control_token_env = "WMS_CONTROL"\n', ""
    )
    plant.file.write_text(text, encoding="utf-8")
    secrets = plant.secrets | {"cwd": tmp_path / "ours"}
    record, said = kept(syncproof, plant, tmp_path, "features/odd.feature", **secrets)
    assert "read-only" in record.scenarios[of("Refused")].reason
    assert said["scenarios"] == {"recorded": 6, "derived": 5, "changed": 0, "not derived": 1}, said["findings"]


def test_a_landscape_that_did_not_open_is_played_back(syncproof, plant, tmp_path):
    """Every scenario was blocked, for a reason that is on record."""
    record, said = kept(syncproof, plant, tmp_path, "features/installation/installation.feature")
    assert set(record.scenarios.verdicts().values()) == {"blocked"}
    assert [one for one in said["findings"] if one["status"] != "ok"] == []
    assert said["scenarios"]["derived"] == len(record.scenarios)
