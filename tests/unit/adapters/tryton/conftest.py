"""A server that answers in Tryton's protocol what a test tells it to."""

import json

import pytest
import responses

from syncproof.adapters.tryton.rpc import Connection
from syncproof.transport import Recorder, RecordingSession

URL = "http://tryton.test/erp"
TOKEN = "0123456789abcdef"
SENTENCE = "The server could not verify that you are authorized to access the URL requested."


def page(title, sentence):
    """An error page of the server that Tryton runs in."""
    heading = title.partition(" ")[2]
    return f"<!doctype html>\n<html lang=en>\n<title>{title}</title>\n<h1>{heading}</h1>\n<p>{sentence}</p>\n"


class FakeTryton:
    """``answers`` maps a method to its result or to a function of its parameters; what is not there
    finds nothing. ``calls`` are (user, method, parameters without the context)."""

    def __init__(self, mocked):
        self.calls = []
        self.answers = {"model.res.user.get_preferences": {"company": 1}}
        self.refused_logins = set()
        self.expired = 0
        mocked.add_callback(responses.POST, f"{URL}/session/login", self._login)
        mocked.add_callback(responses.POST, f"{URL}/rpc/", self._rpc)

    def _login(self, request):
        user, _, _ = json.loads(request.body)["params"]
        if user in self.refused_logins:
            return 401, {}, page("401 Unauthorized", SENTENCE)
        cookie = f"tryton_session={user}:7:{TOKEN}; Secure; HttpOnly; Path=/erp"
        return 200, {"Set-Cookie": cookie, "Content-Type": "application/json"}, "[7,null]"

    def _rpc(self, request):
        if self.expired:
            self.expired -= 1
            return 401, {}, ""
        body = json.loads(request.body)
        method, params = body["method"], body["params"]
        self.calls.append((request.headers["Authorization"], method, params[:-1], params[-1]))
        answer = self.answers.get(method, [])
        result = answer(*params[:-1]) if callable(answer) else answer
        document = result if isinstance(result, dict) and result.keys() == {"error"} else {"result": result}
        headers = {"Content-Type": "application/json", "Date": "Fri, 20 Nov 2026 21:11:22 GMT"}
        return 200, headers, json.dumps({"id": 1, **document})

    def refuse(self, method, message, description=""):
        """Answer a method with a fault of Tryton."""
        self.answers[method] = {"error": ["UserError", [message, description, None]]}

    def finds(self, model, *rows):
        """What a search of a model gives."""
        self.answers[f"model.{model}.search_read"] = list(rows)

    def called(self, method):
        """The parameters of each call of a method."""
        return [params for _, name, params, _ in self.calls if name == method]


@pytest.fixture
def tryton():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield FakeTryton(mocked)


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def session(tryton, recorder):
    return RecordingSession("erp", URL, recorder)


@pytest.fixture
def connection(session):
    return Connection(session, "engineer", "engineers-password")
