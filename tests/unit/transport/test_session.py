"""The recording session: what it sends, what it records, what it makes of bad answers."""

import socket

import msgspec
import pytest

from syncproof.errors import ConfigurationError, SystemUnavailable, UnusableAnswer
from syncproof.transport import RecordingSession


@pytest.fixture
def session_with(recorder):
    opened = []

    def open_(url, **options):
        opened.append(RecordingSession("erp", url, recorder, **options))
        return opened[-1]

    yield open_
    for session in opened:
        session.close()


def test_an_exchange_is_recorded_with_request_response_and_position(serve, http, session_with, sink):
    """The event holds all that the record needs to show what was said."""
    server = serve(http("201 Created", b'{"status":"accepted"}', b"Content-Type: application/json"))
    sink.scenario, sink.step = "features/x.feature::One", 2

    answer = session_with(server.url).post("/orders", json={"id": "O1"}, params={"dry": "yes", "site": None})

    assert (answer.exchange, answer.status, answer.ok) == ("main-x1", 201, True)
    assert answer.json() == {"status": "accepted"}
    [event] = sink.events
    assert event["type"] == "exchange"
    assert (event["id"], event["scenario"], event["step"]) == ("main-x1", "features/x.feature::One", 2)
    assert (event["system"], event["error"]) == ("erp", None)
    assert event["request"]["method"] == "POST"
    assert event["request"]["url"] == f"{server.url}/orders?dry=yes"
    assert event["response"]["status"] == 201
    assert sink.bodies[event["request"]["body_sha"]] == b'{"id":"O1"}'
    assert sink.bodies[event["response"]["body_sha"]] == b'{"status":"accepted"}'
    assert event["started"].endswith("Z")
    assert event["ms"] > 0


def test_what_is_recorded_was_sent(serve, http, session_with):
    """The hand-built request is one that a server understands."""
    server = serve(http("200 OK", b"{}"))
    session_with(server.url).post("/a b/ü", json={"unit": "KGM"}, params={"q": "1/3 & ä"})
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /a%20b/%C3%BC?q=1%2F3%20%26%20%C3%A4 HTTP/1.1")
    assert b"Content-Length: 14" in head
    assert body == b'{"unit":"KGM"}'


def test_a_form_is_sent_as_a_form(serve, http, session_with):
    """Systems that take forms get them."""
    server = serve(http("200 OK", b"{}"))
    session_with(server.url).post("/login", form={"user": "qa", "note": "a b"})
    assert server.requests[0].endswith(b"\r\n\r\nuser=qa&note=a+b")


def test_business_refusals_are_answers(serve, http, session_with):
    """What a 4xx means, the adapter says: the session does not judge it."""
    answer = session_with(serve(http("409 Conflict", b'{"status":"refused"}')).url).get("/x")
    assert (answer.status, answer.ok) == (409, False)


def test_redirects_are_not_followed(serve, http, session_with, sink):
    """One call is one exchange."""
    server = serve(http("302 Found", b"", b"Location: /elsewhere"))
    assert session_with(server.url).get("/x").status == 302
    assert len(sink.events) == len(server.requests) == 1


def test_cookies_are_kept(serve, http, session_with, sink):
    """A system with sessions recognises its client, and the record does not hold the cookie."""
    server = serve(http("200 OK", b"{}", b"Set-Cookie: sid=very-secret-sid"), http("200 OK", b"{}"))
    session = session_with(server.url)
    session.get("/login")
    session.get("/data")
    assert b"Cookie: sid=very-secret-sid" in server.requests[1]
    assert "very-secret-sid" not in str(sink.events)


def test_a_fork_has_cookies_of_its_own(serve, http, session_with):
    """Two users of one system do not share a session."""
    server = serve(http("200 OK", b"{}", b"Set-Cookie: sid=1"), http("200 OK", b"{}"))
    first = session_with(server.url, headers={"X-Company": "7"})
    first.get("/login")
    with first.fork() as second:
        second.get("/data")
    assert b"Cookie" not in server.requests[1]
    assert b"X-Company: 7" in server.requests[1]


def test_the_environment_is_not_trusted(serve, http, session_with, monkeypatch):
    """A proxy in the environment would put a stranger between us and the system."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert session_with(serve(http("200 OK", b"{}")).url).get("/x").ok


def test_a_refused_connection_is_no_answer(session_with, sink):
    """What, where and what to do; and the attempt is on record."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SystemUnavailable) as caught:
        session_with(f"http://127.0.0.1:{port}").get("/identity")
    assert str(caught.value) == (
        f"erp GET http://127.0.0.1:{port}/identity: the connection was refused (exchange main-x1). "
        "Check that the system runs and that its address in the landscape file is right."
    )
    [event] = sink.events
    assert (event["response"], event["error"]) == (None, "the connection was refused")


def test_silence_ends_with_the_read_time_out(serve, silence, session_with, sink):
    """No call waits without a bound."""
    with pytest.raises(SystemUnavailable, match=r"no answer within 0\.1 s"):
        session_with(serve(silence).url, read_seconds=0.1).get("/x")
    assert sink.events[0]["error"] == "no answer within 0.1 s"


@pytest.mark.parametrize(
    "whole", [b"HTTP/1.1 200 OK\r\nX-Filler: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
)
def test_an_answer_that_comes_by_drops_is_not_awaited_for_ever(serve, dripping, session_with, sink, whole):
    """Each byte comes in time, the answer does not: neither its head nor its body."""
    with pytest.raises(SystemUnavailable, match=r"no answer within 0\.3 s"):
        session_with(serve(dripping(whole + b"x" * 1000)).url, read_seconds=0.3).get("/x")
    assert sink.events[0]["ms"] < 5000


def test_a_single_call_may_wait_longer(serve, silence, session_with):
    """Long polls state their own bound."""
    with pytest.raises(SystemUnavailable, match=r"no answer within 0\.2 s"):
        session_with(serve(silence).url, read_seconds=0.1).get("/outbox", read_seconds=0.2)


@pytest.mark.parametrize("sent", [b"", b'{"items":['])
def test_half_an_answer_is_no_answer(serve, http, session_with, sent):
    """A body that breaks off is never used."""
    with pytest.raises(SystemUnavailable, match="broken off before the answer was complete"):
        session_with(serve(http("200 OK", sent, length=500)).url).get("/x")


def test_a_connection_closed_without_a_word_is_no_answer(serve, session_with):
    """Dropped connections are told as such."""
    with pytest.raises(SystemUnavailable, match="broken off"):
        session_with(serve(b"").url).get("/x")


def test_an_unknown_host_is_named(session_with):
    """The most frequent mistake in a landscape file has a text of its own."""
    with pytest.raises(SystemUnavailable, match="the host name is not known"):
        session_with("http://no-such-host.invalid").get("/x")


def test_a_failing_server_gives_no_usable_answer(serve, http, session_with, sink):
    """5xx: with the system's own words, and on record."""
    server = serve(http("503 Service Unavailable", b"maintenance"))
    with pytest.raises(UnusableAnswer) as caught:
        session_with(server.url).get("/x")
    assert "erp GET" in str(caught.value)
    assert "answered 503 (exchange main-x1): maintenance. Look into the log of erp." in str(caught.value)
    assert sink.events[0]["response"]["status"] == 503


class Order(msgspec.Struct):
    id: str


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "a body that is no JSON"),
        (b'{"id":1}', "another shape"),
        (b"", "a body that is no JSON"),
        (b'{"id":"O1"', "a body that is no JSON"),
    ],
)
def test_an_answer_of_another_shape_means_nothing(serve, http, session_with, body, said):
    """An adapter that decodes into a type never works with half an object."""
    answer = session_with(serve(http("200 OK", body)).url).get("/x")
    with pytest.raises(UnusableAnswer, match=said):
        answer.decode(Order)


@pytest.mark.parametrize("url", ["localhost:8000", "", "ftp://host", "http://"])
def test_an_address_that_is_none_is_refused_at_once(session_with, url):
    """Before any request is made."""
    with pytest.raises(ConfigurationError, match="the address of erp is"):
        session_with(url)


def test_a_header_that_http_forbids_does_not_leak(serve, http, session_with):
    """A token read from a file with its line break: the message names the header, not the value."""
    session = session_with(serve(http("200 OK", b"{}")).url)
    with pytest.raises(ConfigurationError) as caught:
        session.get("/x", headers={"Authorization": "Bearer secret-token\n"})
    assert "Authorization" in str(caught.value)
    assert "secret-token" not in str(caught.value)


def test_the_same_request_is_counted_per_scenario(serve, http, session_with, sink):
    """Replay matches by scenario, request and occurrence, not by global order."""
    session = session_with(serve(http("200 OK", b"{}")).url)
    for sink.scenario in ("one", "two"):
        for path in ("/a", "/b", "/a"):
            session.get(path)
    assert [(e["scenario"], e["logical"], e["occurrence"]) for e in sink.events] == [
        *(("one", 1, 1), ("one", 2, 1), ("one", 3, 2)),
        *(("two", 1, 1), ("two", 2, 1), ("two", 3, 2)),
    ]


def test_exchanges_can_be_named_from_a_mark_on(serve, http, session_with, recorder):
    """A check that got no answer can still cite what it tried."""
    session = session_with(serve(http("200 OK", b"{}")).url)
    session.get("/a")
    mark = recorder.mark()
    session.get("/b")
    session.get("/c")
    assert recorder.since(mark) == ("main-x2", "main-x3")
