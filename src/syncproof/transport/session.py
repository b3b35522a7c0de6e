"""The recording HTTP session that every adapter uses.

One call is one exchange: redirects are not followed and nothing is tried again, so that the record
shows what happened. The environment is not trusted (no proxies, no .netrc), and no call waits
without a bound.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlencode

import msgspec
import requests
from requests.cookies import extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict

from syncproof.errors import ConfigurationError, SystemUnavailable, UnusableAnswer
from syncproof.patience import CONNECT_SECONDS, READ_SECONDS
from syncproof.transport.pieces import OneAddress
from syncproof.transport.recorder import Received, Recorder, Sent
from syncproof.transport.redaction import Redactor

T = TypeVar("T")

SAID = 200
"""How much of a failing system's own words a message repeats."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, with the id of the recorded exchange."""

    exchange: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: Sent
    redactor: Redactor

    @property
    def call(self) -> str:
        """``SYSTEM METHOD URL``, for messages."""
        return _call(self.sent, self.redactor)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> Any:
        """The body as JSON; UnusableAnswer if it is none."""
        return self.decode(Any)

    def decode(self, kind: type[T] | Any) -> T:
        """The body as a typed record; UnusableAnswer if it is no JSON or of another shape."""
        try:
            return msgspec.json.decode(self.body, type=kind)
        except msgspec.DecodeError as error:
            what = "another shape" if isinstance(error, msgspec.ValidationError) else "a body that is no JSON"
            text = (
                f"{self.call} answered {self.status} with {what}: {error} (exchange {self.exchange}). "
                "Compare the recorded body with the contract of this call."
            )
            raise UnusableAnswer(text) from None


class RecordingSession:
    """HTTP with one system; every exchange is recorded before its answer is used."""

    def __init__(
        self,
        system: str,
        base_url: str,
        recorder: Recorder,
        *,
        headers: Mapping[str, str] | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        verify: bool | str = True,
        cert: str | tuple[str, str] | None = None,
    ) -> None:
        self.system = system
        self.base_url = _checked_url(system, base_url)
        self.recorder = recorder
        self.timeout = (connect_seconds, read_seconds)
        self._verify, self._cert = verify, cert
        self._requests = requests.Session()
        self._requests.trust_env = False
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", **(headers or {})}
        self._adapter = OneAddress()
        self._requests.mount(self.base_url, self._adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._requests.close()

    def fork(self) -> Self:
        """A session with the same settings and with cookies of its own, for another user."""
        return type(self)(
            self.system,
            self.base_url,
            self.recorder,
            headers=self._headers,
            connect_seconds=self.timeout[0],
            read_seconds=self.timeout[1],
            verify=self._verify,
            cert=self._cert,
        )

    def get(self, path: str, **options: Any) -> Answer:
        """GET; options as for :meth:`request`."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        """POST; options as for :meth:`request`."""
        return self.request("POST", path, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        read_seconds: float | None = None,
    ) -> Answer:
        """One exchange. Parameters that are None are left out.

        Raises SystemUnavailable if no complete answer came (refused, timed out, broken off) and
        UnusableAnswer for 5xx; what any other status means, the adapter says.
        """
        request = self._prepare(method, path, params, json, form, headers)
        timeout = self.timeout if read_seconds is None else (self.timeout[0], read_seconds)
        return self._usable(self._send(request, timeout))

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """One exchange as others wrote it: ``target`` is path and query as they go on the wire, ``headers`` are all
        there are, and every status is an answer."""
        request = requests.PreparedRequest()
        request.method, request.url, request.hooks = method, self.base_url + target, {"response": []}
        request.headers = CaseInsensitiveDict(
            {"Content-Length": str(len(body))} if body or method in _WITH_BODY else {}
        )
        for name, value in headers.items():
            request.headers[name] = _checked_header(self.system, name, value)
        request.body = body or None
        return self._send(request, self.timeout)

    def _prepare(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        json: Any,
        form: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> requests.PreparedRequest:
        """Built by hand: ``Session.prepare_request`` costs more than recording the exchange."""
        request = requests.PreparedRequest()
        request.method = method
        request.url = self._url(path, params)
        request.headers = CaseInsensitiveDict(self._headers)
        request.hooks = {"response": []}
        body = b""
        if json is not None:
            body = msgspec.json.encode(json)
            request.headers["Content-Type"] = "application/json"
        elif form is not None:
            body = urlencode(form).encode()
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
        if body or method not in {"GET", "HEAD"}:
            request.body = body
            request.headers["Content-Length"] = str(len(body))
        for name, value in (headers or {}).items():
            request.headers[name] = _checked_header(self.system, name, value)
        self._add_cookies(request)
        return request

    def _url(self, path: str, params: Mapping[str, Any] | None) -> str:
        query = urlencode({k: v for k, v in (params or {}).items() if v is not None}, quote_via=quote)
        return f"{self.base_url}{quote(path, safe='/%:@')}" + (f"?{query}" if query else "")

    def _add_cookies(self, request: requests.PreparedRequest) -> None:
        if len(self._requests.cookies) > 0:
            cookie = get_cookie_header(self._requests.cookies, request)  # type: ignore[no-untyped-call]
            if cookie is not None:
                request.headers["Cookie"] = cookie

    def _send(self, request: requests.PreparedRequest, timeout: tuple[float, float]) -> Answer:
        sent = _sent(self.system, request)
        if self.recorder.player is not None:
            return self._played(sent)
        begin = time.perf_counter()
        try:
            response = self._adapter.send(request, timeout=timeout, verify=self._verify, cert=self._cert)
            body = response.content or b""
        except requests.RequestException as error:
            why = _why(error, timeout)
            exchange = self.recorder.exchange(sent, None, why, time.perf_counter() - begin)
            call = _call(sent, self.recorder.redactor)
            raise SystemUnavailable(f"{call}: {why} (exchange {exchange}). {_REMEDY}") from None
        received = Received(response.status_code, response.headers, body)
        exchange = self.recorder.exchange(sent, received, None, time.perf_counter() - begin)
        if "Set-Cookie" in response.headers:
            extract_cookies_to_jar(  # type: ignore[no-untyped-call]
                self._requests.cookies, request, response.raw
            )
        return Answer(exchange, received.status, received.headers, body, sent, self.recorder.redactor)

    def _played(self, sent: Sent) -> Answer:
        """At replay the record answers, with its own times; what went wrong then goes wrong again."""
        played = self.recorder.play(sent)
        sent = replace(sent, started=played.started)
        if played.status is None:
            exchange = self.recorder.exchange(sent, None, played.error, played.seconds)
            call = _call(sent, self.recorder.redactor)
            raise SystemUnavailable(f"{call}: {played.error} (exchange {exchange}). {_REMEDY}")
        received = Received(played.status, CaseInsensitiveDict(played.headers), played.body)
        exchange = self.recorder.exchange(sent, received, None, played.seconds)
        return Answer(exchange, received.status, received.headers, received.body, sent, self.recorder.redactor)

    def _usable(self, answer: Answer) -> Answer:
        if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return answer
        said = self.recorder.redactor.body(answer.body).decode("utf-8", "replace").strip()[:SAID]
        text = (
            f"{answer.call} answered {answer.status} (exchange {answer.exchange})"
            f"{': ' + said if said else ''}. Look into the log of {self.system}."
        )
        raise UnusableAnswer(text)


_WITH_BODY = ("POST", "PUT", "PATCH")
_REMEDY = "Check that the system runs and that its address in the landscape file is right."


def _sent(system: str, request: requests.PreparedRequest) -> Sent:
    body = request.body if isinstance(request.body, bytes) else b""
    headers: Any = request.headers  # requests allows bytes, we never put them there
    return Sent(system, str(request.method), str(request.url), headers, body, datetime.now(UTC))


def _call(sent: Sent, redactor: Redactor) -> str:
    return f"{sent.system} {sent.method} {redactor.url(sent.url)}"


def _why(error: requests.RequestException, timeout: tuple[float, float]) -> str:
    """What went wrong, in words that hold no object addresses (they would differ at each run)."""
    text = str(error)
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {timeout[0]:g} s"
    if isinstance(error, requests.Timeout) or "Read timed out" in text:
        return f"no answer within {timeout[1]:g} s"
    for kind, sign, why in _REASONS:
        if isinstance(error, kind) and sign in text:
            return why
    return "the connection was broken off before the answer was complete"


_REASONS: tuple[tuple[type[requests.RequestException], str, str], ...] = (
    (requests.exceptions.SSLError, "", "the TLS certificate was not accepted"),
    (requests.ConnectionError, "refused", "the connection was refused"),
    (requests.ConnectionError, "resolve", "the host name is not known"),
    (requests.exceptions.ContentDecodingError, "", "the answer's body could not be decompressed"),
)


def _checked_url(system: str, url: str) -> str:
    try:
        prepared = requests.Request("GET", url).prepare().url
    except (requests.RequestException, ValueError):
        prepared = None
    if prepared is None or not prepared.startswith(("http://", "https://")):
        text = f"the address of {system} is {url!r}: it must be like http://host:port or https://host/path"
        raise ConfigurationError(text)
    return prepared.rstrip("/")


def _checked_header(system: str, name: str, value: str) -> str:
    """A value that http.client would refuse would show up, secret and all, in its message."""
    if value.isascii() and value.isprintable():
        return value
    text = f"the header {name} for {system} holds characters that HTTP does not allow (a line break?)"
    raise ConfigurationError(text)
