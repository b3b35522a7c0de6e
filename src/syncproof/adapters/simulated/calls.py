"""How a simulated system is called, and how its answers become observations and outcomes.

Nothing is assumed of an answer: what does not look as agreed is an
:class:`~syncproof.errors.UnusableAnswer` that names the member and the call.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar, Literal, TypeVar

import msgspec

from syncproof.adapters.simulated.words import Words
from syncproof.errors import ConfigurationError, UnusableAnswer
from syncproof.model.values import Record
from syncproof.ports import Observation, Outcome
from syncproof.transport import Answer, RecordingSession

T = TypeVar("T")
Status = Literal["accepted", "staged", "refused"]

STATUS: dict[str, Status] = {
    "accepted": "accepted",
    "duplicate": "accepted",
    "staged": "staged",
    "refused": "refused",
    "rejected": "refused",
}
"""Statuses of answers as outcomes; there are no others."""
READERS = ("viewer", "integration")
"""Whose credentials reads are made with: the first of these that there are, else anybody's."""
INSTANTS = (
    "at", "checked_at", "completed_at", "confirmed", "effective_from", "expiry", "host_now", "instant", "now",
    "requested", "review_due", "started_at", "valid_until",
)  # fmt: skip
"""Members of answers that are instants (``local`` is none: it is a wall time). The decoder would take one
without an offset, so it is looked for in the text; a mere date it refuses by itself."""
_NAIVE = re.compile(
    rb'"(' + "|".join(INSTANTS).encode() + rb')"\s*:\s*"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"'
)


_REMEDY = "Compare the recorded body with the contract of this call."


class Reason(Record, frozen=True, kw_only=True):
    code: str
    message: str
    pointer: str = ""


class Result(Record, frozen=True, kw_only=True):
    """The answer to one write, or to one of many."""

    status: str
    reasons: tuple[Reason, ...] = ()
    key: str | None = None
    event_id: str | None = None


class Results(Record, frozen=True, kw_only=True):
    results: tuple[Result, ...]


def _said(answer: Answer) -> str:
    """The reasons in an answer, if it is as agreed at all."""
    try:
        reasons = msgspec.json.decode(answer.body, type=Result).reasons
    except msgspec.DecodeError:
        return ""
    return "".join(f" {reason.code}: {reason.message}" for reason in reasons)


class Calls:
    """One system behind its session. ``credentials`` are by user; ``options["users"]`` are the users of
    the landscape, so that one of them without a credential is a mistake in the file, whereas a user whom
    nobody knows is shown to the system as such."""

    def __init__(
        self,
        name: str,
        session: RecordingSession,
        credentials: Mapping[str, Any],
        options: Mapping[str, Any],
    ) -> None:
        self.name = name
        self._session = session
        self._credentials = credentials
        self._users = frozenset(options.get("users") or ())
        self._words = Words(options.get("mappings") or {})
        self._control_token: str | None = options.get("control_token")
        self._reader = next((user for user in (*READERS, *credentials) if user in credentials), READERS[0])

    # --- calls -------------------------------------------------------------------------------------

    def _headers(self, user: str) -> dict[str, str]:
        if user in self._credentials:
            headers: dict[str, str] = self._credentials[user].headers()
            return headers
        if user in self._users:
            text = (
                f"there is no credential for user {user} at {self.name}: add [systems.{self.name}.credentials.{user}]"
            )
            raise ConfigurationError(text)
        return {"Authorization": f"Bearer unknown-{user}"}

    def _get(self, path: str, **options: Any) -> Answer:
        return self._session.get(path, headers=self._headers(self._reader), **options)

    def _post(self, path: str, body: Any, by: str) -> Answer:
        return self._session.post(path, json=body, headers=self._headers(by))

    # --- reads -------------------------------------------------------------------------------------

    def _read(self, path: str, pick: str, kind: Any, *, absent: Any = None, **asked: Any) -> Observation[Any]:
        """A read whose answer holds what was asked for under ``pick``. A system's own word that it knows
        no such thing (404), or cannot say (409), is an observation too: of ``absent``."""
        answer = self._get(path, params=asked)
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            self._outcome(answer, self._typed(answer, Result))
            return Observation(absent, (answer.exchange,), self.name)
        self._insist_ok(answer)
        body = answer.json()
        if not isinstance(body, dict) or pick not in body:
            raise self._unusable(answer, f"the answer has no member {pick!r}")
        self._insist_offsets(answer)
        found = self._converted(answer, lambda: msgspec.convert(self._words.read(body[pick]), kind), pick)
        return Observation(found, (answer.exchange,), self.name, body.get("version"))

    def _typed(self, answer: Answer, kind: type[T]) -> T:
        """A whole answer as a record."""
        self._insist_offsets(answer)
        return self._converted(answer, lambda: msgspec.json.decode(answer.body, type=kind), "the answer")

    def _converted(self, answer: Answer, convert: Callable[[], T], what: str) -> T:
        try:
            return convert()
        except msgspec.DecodeError as error:
            raise self._unusable(answer, f"{what} is not as agreed: {error}") from None

    def _insist_ok(self, answer: Answer) -> None:
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise UnusableAnswer(
                f"{answer.call}: a read by user {self._reader} was answered with {answer.status}{_said(answer)} "
                f"(exchange {answer.exchange}). Check [systems.{self.name}.credentials.{self._reader}]."
            )
        if not answer.ok:
            said = self._outcome(answer, self._typed(answer, Result)).reasons
            raise self._unusable(answer, f"a read was answered with {answer.status} {'; '.join(said)}".strip())

    def _insist_offsets(self, answer: Answer) -> None:
        naive = _NAIVE.search(answer.body)
        if naive:
            raise self._unusable(answer, f"the instant {naive[0].decode()} has no offset")

    def _unusable(self, answer: Answer, what: str) -> UnusableAnswer:
        return UnusableAnswer(f"{answer.call} ({answer.status}): {what} (exchange {answer.exchange}). {_REMEDY}")

    # --- writes ------------------------------------------------------------------------------------

    def _write(self, path: str, body: dict[str, Any], by: str, reason: str | None, bulk: bool = False) -> Outcome:
        """One write by the single path, or by the bulk path as the only item."""
        if bulk:
            return self._write_bulk(path, [body], by, reason)[0]
        answer = self._post(path, {**body, "reason": reason}, by)
        return self._outcome(answer, self._typed(answer, Result))

    def _write_bulk(
        self, path: str, bodies: Iterable[dict[str, Any]], by: str, reason: str | None
    ) -> tuple[Outcome, ...]:
        items = list(bodies)
        answer = self._post(f"{path}/bulk", {"items": items, "reason": reason}, by)
        return self._outcomes(answer, len(items))

    def _write_all(
        self, path: str, bodies: Iterable[dict[str, Any]], by: str, reason: str | None, bulk: bool
    ) -> tuple[Outcome, ...]:
        if bulk:
            return self._write_bulk(path, bodies, by, reason)
        return tuple(self._write(path, body, by, reason) for body in bodies)

    def _outcomes(self, answer: Answer, count: int) -> tuple[Outcome, ...]:
        """The outcome of each of many; if the call as a whole was refused, so is each of them."""
        if not answer.ok:
            return (self._outcome(answer, self._typed(answer, Result)),) * count
        results = self._typed(answer, Results).results
        if len(results) != count:
            raise self._unusable(answer, f"{count} were sent, {len(results)} are answered")
        return tuple(self._made(answer, result) for result in results)

    def _outcome(self, answer: Answer, result: Result) -> Outcome:
        """The outcome of a call that is about one thing: its HTTP status must say the same."""
        outcome = self._made(answer, result)
        if answer.ok is (outcome.status == "refused"):
            raise self._unusable(answer, f"status {answer.status} contradicts {result.status!r}")
        return outcome

    def _made(self, answer: Answer, result: Result) -> Outcome:
        status = self._words.state(result.status)
        if status not in STATUS:
            raise self._unusable(answer, f"status {result.status!r} is none of {', '.join(STATUS)}")
        return Outcome(
            status=STATUS[status],
            exchanges=(answer.exchange,),
            system=self.name,
            reasons=tuple(f"{self._words.code(reason.code)}: {reason.message}" for reason in result.reasons),
            key=result.key or result.event_id,
        )


class Roles(Calls):
    """A system that plays roles: each class of verbs names its port in ``role``."""

    role: ClassVar[str] = ""

    @classmethod
    def _ports(cls) -> set[str]:
        return {role for base in cls.__mro__ if (role := vars(base).get("role"))}
