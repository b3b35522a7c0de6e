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


NEAR = '''
from fractions import Fraction

from syncproof.defects import Variation
from syncproof.defects.harmless.clocks import Ahead
from syncproof.defects.harmless.slow import HoldsLate
from syncproof.defects.harmless.tolerance import STATED, PlanningAbove
from syncproof.defects.harmless.words import WarehouseInGerman


class TooSlow(HoldsLate):
    """A hold takes longer than its SLA."""

    id = "NEAR-SLOW"
    requirements = ("URS-HLD-011",)
    seconds = 2.6


class BeyondTolerance(PlanningAbove):
    """Planning requires twice as much too much as is tolerated."""

    id = "NEAR-TOLERANCE"
    requirements = ("URS-UOM-002",)
    by = 2 * Fraction(STATED)
    at_most = 2


class AppliedTwice(Variation):
    """A duplicate is not known for one, and applied again."""

    id = "NEAR-TWICE"
    citation = "at-least-once delivery to a consumer that keeps no ids"
    requirements = ("URS-SYN-004",)
    system = "erp"
    policy = "deduplication"

    def replacement(self, original, ctx, event):
        return []


class ClockFarAhead(Ahead):
    """A clock is off by more than the limit."""

    id = "NEAR-CLOCK"
    requirements = ("URS-IQ-003",)
    seconds = 5.0


class NobodyMapsIt(WarehouseInGerman):
    """The warehouse uses words that the landscape file does not know."""

    id = "NEAR-WORDS"
    requirements = ("URS-HLD-001",)

    def landscape(self, definition):
        return definition
'''


def test_harmless_variations_are_silent(tmp_path):
    only = [part for name in ("ORD-02", "FMT-04", "RST-02", "DST-01", "TOL-01") for part in ("--only", f"OK-{name}")]
    code, told, said = power(tmp_path, *only)
    assert code == 0, said
    assert {one["state"] for one in told["benign"].values()} == {"silent"}
    assert all(one["alarms"] == [] for one in told["benign"].values())


def test_what_goes_a_little_too_far_is_noticed(tmp_path):
    file = tmp_path / "near.py"
    file.write_text(NEAR)
    code, told, said = power(tmp_path, "--defects", str(file), "--only", "NEAR-*")
    assert code == 1, said
    assert len(told["benign"]) == 5
    for id_, one in told["benign"].items():
        assert one["state"] == "alarm", (id_, one)
        assert one["alarms"]
        assert one["alarms"][0] in one["why"]
