"""One user's calls to one Tryton database.

The cookie login is used because its token comes in a header: the transport keeps headers named like a
secret out of the record, which the token in the body of the JSON-RPC login would not be.
"""

import base64
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from syncproof.adapters.tryton.faults import KNOWN, Fault
from syncproof.adapters.tryton.wire import from_wire, to_wire
from syncproof.errors import UnusableAnswer
from syncproof.transport import Answer, RecordingSession

Json = dict[str, Any]
Domain = list[Any]

PAGE = 500
"""Records per search; below the server's own limit."""
UNAUTHORIZED = 401


class Connection:
    """Calls as one user; logs in at the first call and again when the session has run out."""

    def __init__(self, session: RecordingSession, user: str, password: str) -> None:
        self.user = user
        self.session = session
        self._password = password
        self.date = ""
        """Date header of the last answer: the clock of the server's host."""
        self._header: dict[str, str] = {}
        self._context: Json = {}

    def call(self, method: str, *params: Any, context: Mapping[str, Any] | None = None) -> Any:
        """The result of one method; Fault if Tryton refused it."""
        if not self._header:
            self._login()
        answer = self._post(method, params, context)
        if answer.status == UNAUTHORIZED:
            self._login()
            answer = self._post(method, params, context)
        return _result(answer)

    def _post(self, method: str, params: Sequence[Any], context: Mapping[str, Any] | None) -> Answer:
        with_context = [*params, {**self._context, **(context or {})}]
        body = {"id": 1, "method": method, "params": to_wire(with_context)}
        answer = self.session.post("/rpc/", json=body, headers=self._header)
        self.date = answer.headers.get("Date", "")
        return answer

    def _login(self) -> None:
        recorder = self.session.recorder
        if len(self._password) > 3:  # noqa: PLR2004  the redactor takes no shorter ones
            recorder.redactor.register(self.user, self._password)
        body = {"params": [self.user, {"password": self._password}, "en"]}
        answer = self.session.post("/session/login", json=body)
        token = re.search(r"tryton_session=([^;]+)", answer.headers.get("Set-Cookie", ""))
        if not answer.ok or token is None:
            raise Fault("Unauthorized", _sentence(answer))
        recorder.redactor.register(self.user, token[1].rpartition(":")[2])
        shown = base64.b64encode(token[1].strip('"').encode()).decode()
        self._header = {"Authorization": f"Session {shown}"}
        self._context = {}
        preferences = _result(self._post("model.res.user.get_preferences", [True], None))
        self._context = {"company": preferences.get("company"), "language": "en"}

    def forget(self) -> None:
        """Log in again at the next call: the user's company has changed."""
        self._header = {}

    @property
    def company(self) -> int:
        """The company the user works in."""
        if not self._header:
            self._login()
        return int(self._context["company"])

    def create(self, model: str, *values: Json) -> list[int]:
        """The ids of new records; all or none."""
        return list(self.call(f"model.{model}.create", list(values)))

    def write(self, model: str, *pairs: Any, context: Mapping[str, Any] | None = None) -> None:
        """``write(model, ids, values, ids, values, ...)``; all or none."""
        self.call(f"model.{model}.write", *pairs, context=context)

    def delete(self, model: str, ids: Sequence[int]) -> None:
        """Deletes records."""
        self.call(f"model.{model}.delete", list(ids))

    def press(self, model: str, button: str, ids: Sequence[int]) -> Any:
        """Presses a button, as the client does."""
        return self.call(f"model.{model}.{button}", list(ids))

    def find(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        *,
        order: Sequence[tuple[str, str]] | None = (("id", "ASC"),),
        context: Mapping[str, Any] | None = None,
    ) -> list[Json]:
        """All records of a domain, page by page."""
        return list(self._pages(model, domain, fields, order, context))

    def _pages(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        order: Sequence[tuple[str, str]] | None,
        context: Mapping[str, Any] | None,
    ) -> Iterator[Json]:
        offset = 0
        while True:
            method = f"model.{model}.search_read"
            page = self.call(method, domain, offset, PAGE, order, list(fields), context=context)
            yield from page
            if len(page) < PAGE:
                return
            offset += PAGE


def _result(answer: Answer) -> Any:
    if answer.status == UNAUTHORIZED or not answer.ok:
        raise Fault("Unauthorized" if answer.status == UNAUTHORIZED else f"HTTP {answer.status}", _sentence(answer))
    body = answer.json()
    if "error" not in body:
        return from_wire(body.get("result"))
    error: list[Any] = body["error"]
    kind, said = (*error, "")[:2]
    if kind not in KNOWN:
        text = f"{answer.call}: the server failed with {kind!r} (exchange {answer.exchange}). Look into its log."
        raise UnusableAnswer(text)
    raise _fault(kind, said)


def _fault(kind: str, said: Any) -> Fault:
    if kind == "UserError":
        return Fault(kind, said[0], said[1] or "")
    if kind == "UserWarning":  # name, message, description: it wants a confirmation, nothing was done
        return Fault(kind, said[1], said[2] or "")
    return Fault(kind, said if isinstance(said, str) else " ".join(map(str, said)))


def _sentence(answer: Answer) -> str:
    """The sentence of an HTML error page."""
    page = answer.body.decode("utf-8", "replace")
    paragraph = re.search(r"<p>(.*?)</p>", page, re.DOTALL)
    return html.unescape(paragraph[1] if paragraph else page.strip() or f"HTTP {answer.status}")
