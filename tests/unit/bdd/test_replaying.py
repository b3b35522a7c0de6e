"""A record is played back as it came about: the same scenarios, in the same order, as often."""

import sys

import pytest

from syncproof.bdd.replaying import replayed_run
from syncproof.errors import ConfigurationError
from syncproof.evidence.journal import Journal
from syncproof.evidence.reader import read_pack

pytest_plugins = ["pytester"]

ONCE = """
import pytest

@pytest.fixture
def done(): return []

@when("it is done")
def _(done): done.append(True)

@then("it was done once")
def _(done, check): check.equal("URS-REV-001", "once", 1, Observation(len(done), ("main-x1",), "erp"))
"""


@pytest.fixture
def hooks(monkeypatch):
    """What would hear of every call to the network (such a hook cannot be taken away again)."""
    found = []
    monkeypatch.setattr(sys, "addaudithook", found.append)
    return found


def played(pack, *scenarios):
    """The scenarios that are played back of a worker that had these, each with its verdict (None: it was killed)."""
    journal = Journal(pack, "main")
    journal.append("run_started", {"seed": "s"})
    for id_, verdict in scenarios:
        journal.append("scenario_started", {"scenario": id_, "requirements": [], "steps": []})
        if verdict:
            journal.append("scenario_finished", {"scenario": id_, "verdict": verdict, "reason": None})
    journal.close()
    return replayed_run(pack, "main").replay.scenarios


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(
    ("scenarios", "expected"),
    [
        ([("b", "passed"), ("a", "failed")], ("b", "a")),
        ([("a", "passed"), ("b", "passed"), ("a", "failed")], ("a", "b", "a")),
        ([("a", "aborted"), ("b", "passed")], ("a", "b")),
        ([("a", "passed"), ("b", "aborted"), ("c", None)], ("a",)),
        ([("a", "aborted")], ()),
    ],
    ids=["in their order", "run twice", "broken off before another", "broken off last", "nothing else"],
)
def test_what_is_played_back(tmp_path, scenarios, expected):
    """What was broken off last might hang again; what was broken off before may have opened what later ones use."""
    assert played(tmp_path, *scenarios) == expected


def test_replay_speaks_to_nobody(tmp_path, hooks):
    """Neither to a system nor to a name server; the files of the pack are read."""
    played(tmp_path)
    [heard] = hooks
    for call in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "sendmsg", "sendto"):
        with pytest.raises(ConfigurationError, match=f"replay speaks to nobody, but something called socket.{call}"):
            heard(f"socket.{call}", (None, "erp.example.com"))
    heard("open", ("file", "r", 0))


@pytest.mark.usefixtures("hooks")
def test_a_worker_that_is_not_on_record_is_told(tmp_path):
    """Instead of an empty replay."""
    Journal(tmp_path, "main").close()
    with pytest.raises(ConfigurationError, match="holds no record of a worker 'gw7'"):
        replayed_run(tmp_path, "gw7")


def test_a_scenario_that_was_run_twice_is_played_back_twice(suite):
    """And begins anew each time."""
    suite.steps(ONCE)
    suite.feature("  @URS-REV-001\n  Scenario: S\n    When it is done\n    Then it was done once\n")
    twice = ("--keep-duplicates", "features/x.feature", "features/x.feature")
    suite.run(*twice, apart=True).assert_outcomes(passed=2)
    pack = str(suite.record().path)
    again = suite.pytester.path / "again"
    suite.run("--replay", pack, "--replay-worker", "main", "--evidence", str(again), apart=True)
    [made] = again.glob("0001-*")
    finished = read_pack(made).of_type("scenario_finished")
    assert [(one["scenario"], one["verdict"]) for one in finished] == [("features/x.feature::S", "passed")] * 2
