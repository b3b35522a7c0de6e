"""One user's calls to one Tryton database.

The cookie login is used because its token comes in a header: the transport keeps headers named like a
secret out of the record, which the token in the body of the JSON-RPC login would not be.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from syncproof.adapters.tryton import answers
from syncproof.adapters.tryton.wire import to_wire
from syncproof.errors import ConfigurationError
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
        """Empty until a login is complete."""

    def call(self, method: str, *params: Any, context: Mapping[str, Any] | None = None) -> Any:
        """The result of one method; Fault if Tryton refused it."""
        return self._ask(answers.anything, method, *params, context=context)

    def _ask(self, fits: answers.Fits, method: str, *params: Any, context: Mapping[str, Any] | None = None) -> Any:
        if not self._context:
            self._login()
        answer = self._post(method, params, context)
        if answer.status == UNAUTHORIZED:
            self._login()
            answer = self._post(method, params, context)
        return answers.result(answer, fits)

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
        if not answer.ok:
            raise answers.turned_away(answer)
        if token is None:
            raise answers.unusable(answer, "no session of Tryton")
        recorder.redactor.register(self.user, token[1].rpartition(":")[2])
        shown = base64.b64encode(token[1].strip('"').encode()).decode()
        self._header = {"Authorization": f"Session {shown}"}
        self._context = {}
        answer = self._post("model.res.user.get_preferences", [True], None)
        preferences = answers.result(answer, answers.record)
        self._context = {"company": preferences.get("company"), "language": "en"}

    def forget(self) -> None:
        """Log in again at the next call: the user's company has changed."""
        self._context = {}

    @property
    def company(self) -> int:
        """The company the user works in."""
        if not self._context:
            self._login()
        company = self._context["company"]
        if not isinstance(company, int):
            raise ConfigurationError(f"{self.session.system}: user {self.user} has no company; give it one in Tryton")
        return company

    def create(self, model: str, *values: Json) -> list[int]:
        """The ids of new records; all or none."""
        made: list[int] = self._ask(answers.ids, f"model.{model}.create", list(values))
        return made

    def write(self, model: str, *pairs: Any, context: Mapping[str, Any] | None = None) -> None:
        """``write(model, ids, values, ids, values, ...)``; all or none."""
        self.call(f"model.{model}.write", *pairs, context=context)

    def delete(self, model: str, ids: Sequence[int]) -> None:
        """Deletes records."""
        self.call(f"model.{model}.delete", list(ids))

    def press(self, model: str, button: str, ids: Sequence[int], context: Mapping[str, Any] | None = None) -> Any:
        """Presses a button, as the client does."""
        return self.call(f"model.{model}.{button}", list(ids), context=context)

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
            page = self._ask(answers.records, method, domain, offset, PAGE, order, list(fields), context=context)
            yield from page
            if len(page) < PAGE:
                return
            offset += PAGE
