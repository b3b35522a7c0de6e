"""Every answer to a business call passes the policy ``answer``; its length is told anew."""

import asyncio

import pytest

from syncproof.defects.answers import answering


def system(body=b"{}", more=False):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": body, **({"more_body": True} if more else {})})

    return app


def asked(app, path="/lots"):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app({"type": "http", "method": "GET", "path": path, "query_string": b"id=1"}, None, send))
    return sent


def replaced(_name, _policy):
    return lambda method, path, text: f"[{method} {path}]{text}"


def test_an_answer_is_replaced_with_its_length():
    head, body = asked(answering(system(), replaced))
    assert body["body"] == b"[GET /lots?id=1]{}"
    assert head["headers"] == [(b"content-length", b"18")]


@pytest.mark.parametrize("path", ["/control/clock", "/openapi.json"])
def test_what_is_no_business_call_is_left_alone(path):
    assert asked(answering(system(), replaced), path)[1]["body"] == b"{}"


def test_an_answer_that_is_broken_off_stays_broken_off():
    head, body = asked(answering(system(b"{", more=True), replaced))
    assert (head["headers"], body["body"]) == ([(b"content-length", b"2")], b"{")


def test_where_no_variation_rewrites_answers_nothing_stands_around_the_system():
    app = system()
    assert answering(app, lambda _name, policy: policy) is app
