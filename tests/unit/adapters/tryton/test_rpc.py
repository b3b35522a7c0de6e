import pytest

from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.rpc import PAGE, Connection
from syncproof.errors import UnusableAnswer
from syncproof.transport import Recorder, RecordingSession
from tests.unit.adapters.tryton.conftest import TOKEN, URL


class Kept:
    """A sink that keeps everything that would be written."""

    recording, worker, pack, scenario, step = True, "gw0", None, None, None

    def __init__(self):
        self.text = ""

    def append(self, type_, fields):
        self.text += f"{type_} {fields}\n"

    def keep_body(self, body):
        self.text += body.decode() + "\n"
        return "sha"

    def sync(self): ...
    def close(self): ...


def test_a_call_logs_in_first_and_shows_the_session(tryton, connection):
    """The session token of the login cookie authorises the calls after it."""
    tryton.answers["model.x.y"] = 5
    assert connection.call("model.x.y", 1) == 5
    authorization, _, params, context = tryton.calls[-1]
    assert authorization.startswith("Session ")
    assert params == [1]
    assert context == {"company": 1, "language": "en"}


def test_neither_password_nor_token_is_recorded(tryton):
    """What was recorded of a login and of a call holds no secret in any form."""
    sink = Kept()
    connection = Connection(RecordingSession("erp", URL, Recorder(sink)), "engineer", "engineers-password")
    connection.call("model.x.y")
    assert "exchange" in sink.text
    assert "engineers-password" not in sink.text
    assert TOKEN not in sink.text


def test_a_refused_login_is_a_fault_with_the_servers_sentence(tryton, session):
    """It is the server that turns an unknown user away."""
    tryton.refused_logins.add("intruder")
    with pytest.raises(Fault, match="could not verify that you are authorized"):
        Connection(session, "intruder", "no-such-credential").call("model.x.y")


def test_a_session_that_has_run_out_is_renewed_once(tryton, connection):
    """A 401 in the middle leads to one more login, not to a failure."""
    connection.call("model.x.y")
    tryton.expired = 1
    tryton.answers["model.x.y"] = 7
    assert connection.call("model.x.y") == 7


def test_a_fault_of_tryton_is_raised_with_its_words(tryton, connection):
    """UserError, UserWarning and ConcurrencyException are refusals."""
    tryton.refuse("model.x.write", "You are not allowed to access X.", "Within groups: Y")
    with pytest.raises(Fault) as caught:
        connection.write("x", [1], {})
    assert caught.value.text == "You are not allowed to access X. Within groups: Y"
    tryton.answers["model.x.write"] = {"error": ["UserWarning", ["name", "Really?", ""]]}
    with pytest.raises(Fault, match=r"Really\?"):
        connection.write("x", [1], {})
    tryton.answers["model.x.write"] = {"error": ["ConcurrencyException", "Records were modified in the meanwhile"]}
    with pytest.raises(Fault, match="Records were modified"):
        connection.write("x", [1], {})


def test_a_crash_of_the_server_is_no_refusal(tryton, connection):
    """An internal error that comes with status 200 means nothing: it is not a verdict on the call."""
    tryton.answers["model.x.write"] = {"error": ["'product.product' Model has no attribute 'x'", ""]}
    with pytest.raises(UnusableAnswer, match="the server failed with"):
        connection.write("x", [1], {})


def test_a_search_reads_every_page(tryton, connection):
    """No record is left out because there are many."""
    rows = [{"id": n} for n in range(PAGE + 3)]
    tryton.answers["model.x.search_read"] = lambda domain, offset, limit, order, fields: rows[offset : offset + limit]
    assert len(connection.find("x", [], ["id"])) == PAGE + 3
    assert [params[1] for params in tryton.called("model.x.search_read")] == [0, PAGE]
