"""The database of all threads."""

import pytest

from syncproof.errors import ConfigurationError
from syncproof.integration.database import Database, forget


def test_a_failed_transaction_leaves_nothing(database):
    """What an inner transaction did is undone with the outer one."""
    with pytest.raises(RuntimeError), database.transaction():
        with database.transaction():
            database.do("insert into cursors values ('erp', '1')")
        raise RuntimeError
    assert database.all("select * from cursors") == []


def test_what_was_committed_is_there_after_a_restart(tmp_path):
    path = str(tmp_path / "state.sqlite")
    with Database(path).transaction():
        pass
    first = Database(path)
    first.do("insert into cursors values ('erp', '1')")
    first.close()
    assert Database(path).one("select cursor from cursors") == ("1",)


def test_forgetting_deletes_the_file_and_its_companions(tmp_path):
    path = str(tmp_path / "state.sqlite")
    Database(path).do("insert into cursors values ('erp', '1')")
    forget(path)
    assert list(tmp_path.iterdir()) == []


def test_clearing_begins_another_generation(database):
    """What is still on its way can see that it belongs to the past."""
    database.do("insert into cursors values ('erp', '1')")
    database.clear()
    assert database.generation == 1
    assert database.one("select * from cursors") is None


def test_a_state_that_cannot_be_written_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError, match="give a file"):
        Database(str(tmp_path / "no" / "state.sqlite"))


@pytest.mark.parametrize(
    "statement",
    [
        "update members set status='accepted' where system=? and seq=? and status<>'accepted'",
        "select d.seq, e.body from deliveries d join events e on e.seq = d.seq "
        "where d.system=? and d.status='open' order by d.seq limit ?",
        "select body from changes where state='pending' order by rowid",
    ],
)
def test_what_runs_for_every_event_goes_through_no_whole_table(database, statement):
    """Else a run would become slower with all that it has delivered before."""
    values = ["x"] * statement.count("?")
    steps = [row[3] for row in database.all(f"explain query plan {statement}", *values)]
    assert not [step for step in steps if step.startswith("SCAN") and "pending_changes" not in step]


def test_only_what_changes_something_wakes_who_waits(database, monkeypatch):
    """Looking, which is done all the time, would keep every thread busy."""
    woken = []
    monkeypatch.setattr(database.changed, "notify_all", lambda: woken.append(1))
    with database.transaction():
        database.one("select * from cursors")
    assert woken == []
    with database.transaction():
        database.do("insert into cursors values ('erp', '1')")
    assert woken == [1]
