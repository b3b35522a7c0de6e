"""Interactions driven as they are written, over HTTP with the landscape's credentials."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from syncproof.contracts.pact import bodies, comparing, media
from syncproof.contracts.pact.difference import ABSENT, Difference
from syncproof.contracts.pact.records import Request, Response
from syncproof.contracts.verification.places import SAFE, asker, credentials
from syncproof.landscape.compose import Landscape
from syncproof.landscape.read_only import WHY
from syncproof.transport import Answer, RecordingSession

OURS_TO_SAY = {"host", "content-length", "transfer-encoding", "connection", "authorization"}
"""Headers that the transport and the landscape say, whatever a file has."""
IN_A_PATH = "/%:@!$&'()*+,;=~-._"


class ReadOnly(Exception):
    """The landscape is production and nobody allowed to write."""


class OverHttp:
    """One system over HTTP."""

    def __init__(self, landscape: Landscape, system: str, user: str | None) -> None:
        self._landscape, self._system, self._user = landscape, system, user
        self._open: RecordingSession | None = None

    def close(self) -> None:
        """Gives the connection back."""
        if self._open is not None:
            self._open.close()

    def differences(self, request: Request, expected: Response, values: Mapping[str, Any]) -> list[Difference]:
        """What the system answers otherwise than expected."""
        if self._landscape.definition.read_only and request.method not in SAFE:
            raise ReadOnly(WHY)
        answer = self._answer(request, values)
        try:
            actual = received(answer)
        except media.NoJson as problem:
            status = comparing.status(expected, answer.status)
            text = f"the body is said to be JSON: {problem}"
            return [*status, Difference("/body", ABSENT, ABSENT, "contentType", text)]
        return comparing.response(expected, actual)

    def _answer(self, request: Request, values: Mapping[str, Any]) -> Answer:
        if self._open is None:
            self._open = self._landscape.session(self._system)
        user = asker(self._landscape, self._system, request.method, values, self._user)
        shown = credentials(self._landscape, self._system, user)
        headers = {**_headers(request, keep_login=user is None), **shown}
        return self._open.send(request.method, target(request), headers, bodies.to_bytes(request.body))


def _headers(request: Request, *, keep_login: bool) -> dict[str, str]:
    kept = OURS_TO_SAY - {"authorization"} if keep_login else OURS_TO_SAY
    headers = {name: ", ".join(values) for name, values in request.headers.items() if name.lower() not in kept}
    said = request.body.content_type
    if said and bodies.to_bytes(request.body) and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = said
    return headers


def target(request: Request) -> str:
    """Path and query as they go on the wire."""
    pairs = [(name, value) for name, values in request.query.items() for value in values]
    query = urlencode(pairs, quote_via=quote)
    return quote(request.path, safe=IN_A_PATH) + (f"?{query}" if query else "")


def received(answer: Answer) -> Response:
    """An answer as a record; NoJson if it is said to be JSON and is none."""
    headers = {name: (value,) for name, value in answer.headers.items()}
    body = bodies.of_bytes(answer.body, answer.headers.get("Content-Type"))
    return Response(answer.status, headers, body)
