"""No secret gets into the record: by name, and by value wherever it occurs."""

import base64
import json

import pytest

from syncproof.errors import ConfigurationError
from syncproof.transport import RecordingSession, Redactor

SECRET = "pa$$ wörd/42"


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    redactor.register("engineer", SECRET)
    return redactor


@pytest.mark.parametrize(
    "name", ["Authorization", "Cookie", "Set-Cookie", "X-Control-Token", "X-Api-Key", "proxy-authorization"]
)
def test_headers_named_like_secrets_are_replaced(name):
    """Whatever their value, known or not."""
    assert Redactor().headers({name: "abc", "Accept": "abc"}) == {
        name: f"<redacted:{name.lower()}>",
        "Accept": "abc",
    }


def test_a_known_token_keeps_the_name_of_its_user(redactor):
    """The record shows who asked, not with what."""
    redactor.register("viewer", "tok-123456")
    assert redactor.headers({"Authorization": "Bearer tok-123456"}) == {"Authorization": "Bearer <redacted:viewer>"}
    assert redactor.headers({"Authorization": "Bearer tok-123456x y"}) == {"Authorization": "<redacted:authorization>"}


def test_a_secret_that_becomes_known_later_is_replaced_from_then_on(redactor):
    """The cache of header values does not keep what was harmless before."""
    assert redactor.headers({"X-Trace": "later-secret"}) == {"X-Trace": "later-secret"}
    redactor.register("late", "later-secret")
    assert redactor.headers({"X-Trace": "later-secret"}) == {"X-Trace": "<redacted:late>"}


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("http://h/x?token=abc&id=O1", "http://h/x?token=<redacted:token>&id=O1"),
        ("http://h/x?api_key=abc", "http://h/x?api_key=<redacted:api_key>"),
        ("http://user:pw@h/x", "http://<redacted:userinfo>@h/x"),
        ("http://h/x?id=a%2Fb&q=1+2", "http://h/x?id=a%2Fb&q=1+2"),
        ("http://h/pa%24%24%20w%C3%B6rd%2F42/x", "http://h/<redacted:engineer>/x"),
    ],
)
def test_urls(redactor, url, clean):
    """Query parameters, credentials in the authority, known values in the path; the rest stays."""
    assert redactor.url(url) == clean


def test_json_bodies_lose_what_is_named_like_a_secret_at_any_depth(redactor):
    """Nested objects and lists under such a key included."""
    body = {
        "user": "qa",
        "password": "x1",
        "data": [{"access_token": "x2", "n": 1}],
        "tokens": {"viewer": "x3", "other": ["x4", None, True, 5]},
    }
    assert json.loads(redactor.body(json.dumps(body).encode(), "application/json")) == {
        "user": "qa",
        "password": "<redacted:password>",
        "data": [{"access_token": "<redacted:access_token>", "n": 1}],
        "tokens": {"viewer": "<redacted:tokens>", "other": ["<redacted:tokens>", None, True, "<redacted:tokens>"]},
    }  # fmt: skip


def test_a_body_without_secrets_stays_as_it_is(redactor):
    """Byte for byte: verdicts and hashes rest on what was really said."""
    for body in (b'{ "id" : "O1", "key":"K",  "token_type": "bearer"}', b'{"a":1,"a":2}', b"\xff\x00 binary"):
        assert redactor.body(body) == body


@pytest.mark.parametrize(
    ("content_type", "body", "clean"),
    [
        (
            "application/x-www-form-urlencoded",
            b"user=qa&password=x1&id=a%2Fb",
            b"user=qa&password=<redacted:password>&id=a%2Fb",
        ),
        ("", b'{"id":"O1","password":"x1', b'{"id":"O1","password":"<redacted:value>"'),
        ("text/xml", b"<password>x1</password><n>1</n>", b"<password><redacted:value></password><n>1</n>"),
        ("text/plain", b"login failed: password=x1 for qa", b"login failed: password=<redacted:value> for qa"),
        (
            "multipart/form-data",
            b'name="password"\r\n\r\nx1\r\n--b',
            b'name="password"\r\n\r\n<redacted:value>\r\n--b',
        ),
        ("", b'{"t":"eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln-_"}', b'{"t":"<redacted:jwt>"}'),
    ],
)
def test_other_bodies(redactor, content_type, body, clean):
    """Forms, half a JSON, XML, plain text, multipart, signed tokens under any name."""
    assert redactor.body(body, content_type) == clean


@pytest.mark.parametrize(
    "form",
    [
        SECRET.encode(),
        json.dumps(SECRET)[1:-1].encode(),
        b"pa%24%24%20w%C3%B6rd%2F42",
        b"pa%24%24+w%C3%B6rd%2F42",
        b"pa%24%24%20w%C3%B6rd/42",
        b"pa%24%24+w%c3%b6rd%2f42",
        b"pa$$ w\\u00f6rd\\/42",
        base64.b64encode(SECRET.encode()),
    ],
)
def test_a_known_secret_is_found_in_every_encoding(redactor, form):
    """Echoed by a system under any name, in any of the usual encodings."""
    assert redactor.clean(b"it said: " + form + b".") == b"it said: <redacted:engineer>."


def test_a_secret_that_contains_another_is_replaced_whole(redactor):
    """The longer one first: nothing of it is left over."""
    redactor.register("short", "tok-1")
    redactor.register("long", "tok-1-and-more")
    assert redactor.text("tok-1-and-more tok-1") == "<redacted:long> <redacted:short>"


def test_a_secret_too_short_to_be_replaced_is_refused():
    """It would blank out ordinary text everywhere; the message does not repeat it."""
    with pytest.raises(ConfigurationError, match="the secret 'admin' has fewer than 4") as caught:
        Redactor().register("admin", "x9z")
    assert "x9z" not in str(caught.value)


def test_nothing_of_a_whole_exchange_leaks(serve, http, recorder, sink):
    """Token, password and control token sent, echoed and set as cookie: none is in the record."""
    recorder.redactor.register("engineer", "the-token-of-engineer")
    server = serve(
        http(
            "200 OK",
            b'{"echo":"the-token-of-engineer","password":"other-password"}',
            b"Set-Cookie: sid=cookie-value",
            b"X-Echo: the-token-of-engineer",
        )
    )
    with RecordingSession("erp", server.url, recorder) as session:
        session.post(
            "/login",
            params={"token": "query-token"},
            json={"login": "e", "password": "the-password"},
            headers={"Authorization": "Bearer the-token-of-engineer", "X-Control-Token": "control"},
        )
    kept = str(sink.events) + str(sink.bodies)
    for secret in ("the-token", "the-password", "other-password", "cookie-value", "control'", "query-token"):
        assert secret not in kept.replace("X-Control-Token", "")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("tryton_session=abc123; Path=/", "tryton_session=<redacted:set-cookie>; Path=/"),
        ("s=a.b-c; Max-Age=60; HttpOnly; SameSite=Lax", "s=<redacted:set-cookie>; Max-Age=60; HttpOnly; SameSite=Lax"),
        (
            "s=abc; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
            "s=<redacted:set-cookie>; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
        ),
        ('s="a;secret=b"', "<redacted:set-cookie>"),
        ("s=abc, t=secret", "<redacted:set-cookie>"),
        ("s=abc; Secret=xyz", "<redacted:set-cookie>"),
        ("s=abc; Path=/token?secret", "<redacted:set-cookie>"),
    ],
)
def test_a_cookie_keeps_its_name_and_loses_its_value(said, kept):
    """Whatever is not written as the standard has it is taken out whole."""
    assert Redactor().headers({"Set-Cookie": said}) == {"Set-Cookie": kept}


def test_a_placeholder_is_no_secret():
    """A record that is played back holds nothing else."""
    redactor = Redactor()
    redactor.register("session", "<redacted:set-cookie>")
    assert redactor.text("<redacted:set-cookie>") == "<redacted:set-cookie>"


def test_a_secret_that_several_share_keeps_its_first_name():
    """Whoever is made known later, what stands for it in the record stays the same."""
    redactor = Redactor()
    for name in ("viewer", "planner", "sync"):
        redactor.register(name, "one-password")
    assert redactor.text("one-password") == "<redacted:viewer>"
