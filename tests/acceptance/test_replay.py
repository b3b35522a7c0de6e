"""Every verdict can be derived anew from the recorded bytes, with no system present."""

import json
import shutil
from pathlib import Path

import pytest

from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.journal import FIRST
from syncproof.evidence.reader import read_pack

FEATURES = ("features/installation", "features/demo_scripts/b_bom_and_units.feature")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A pack of two workers, its systems long gone."""
    import subprocess
    import sys

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
