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
