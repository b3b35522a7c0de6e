"""A power run as a user makes it: defects caught by the scenario of the right requirement, bad ones told apart."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

MINE = '''
from syncproof.defects import Defect, Variation


class Sequence:
    citation = "CAPA 2024-17"
    requirements = ("URS-RTG-004",)
    system = "mes"
    policy = "evidence_complete"


class Same(Sequence, Defect):
    """It decides what was decided before."""

    id = "MINE-SAME"

    def replacement(self, original, operation, given):
        return original(operation, given)


class Broken(Sequence, Defect):
    """It ends in a crash and not in a wrong answer."""

    id = "MINE-CRASH"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return what[99]


class Caught(Sequence, Defect):
    """The dispatch list forgets what evidence an operation must leave."""

    id = "MINE-CAUGHT"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return [{**job, "evidence": []} for job in original(*what)]


class Reordered(Sequence, Variation):
    """The members of a job order come in another order."""

    id = "MINE-HARMLESS"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return [dict(reversed(job.items())) for job in original(*what)]
'''


def power(folder, *arguments):
    command = [sys.executable, "-m", "syncproof", "power", "--json", "--out", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def test_defects_of_the_catalogue_are_caught_by_the_right_scenario(tmp_path):
    code, told, said = power(tmp_path, "--only", "UOM-23", "--only", "RTG-08")
    assert code == 0, said
    assert all(one["detected"] and one["by"] for one in told["defects"].values())
    assert "2_units.feature" in told["defects"]["UOM-23"]["by"][0]
    assert "baseline" in said
    [folder] = tmp_path.glob("power-*")
    assert "URS-UOM-002" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_users_defects_are_tried_and_bad_ones_told_apart(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(MINE)
    only = [part for name in ("SAME", "CRASH", "CAUGHT", "HARMLESS") for part in ("--only", f"MINE-{name}")]
    code, told, said = power(tmp_path, "--defects", str(file), *only)
    assert told["defects"]["MINE-CAUGHT"]["detected"], said
    assert told["defects"]["MINE-CRASH"]["state"] == "crashes"
    assert "IndexError" in told["defects"]["MINE-CRASH"]["why"]
    assert (told["benign"]["MINE-HARMLESS"]["state"], told["benign"]["MINE-HARMLESS"]["alarms"]) == ("silent", [])
    assert told["defects"]["MINE-SAME"]["state"] == "changes nothing"
    assert code == 3


def test_what_does_not_import_is_told_before_anything_starts(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("import nothing_of_that_name")
    code, _, said = power(tmp_path, "--defects", str(file))
    assert code == 2
    assert "does not import" in said
    assert "baseline" not in said
