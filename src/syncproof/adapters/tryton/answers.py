"""What an answer means: a result, a refusal, or nothing that Tryton says.

A refusal counts only if it is Tryton's own: a fault of its JSON-RPC, or the page with which it turns a login
away. Whatever else comes (a redirect, another page, JSON of another shape) is from something that is not a
Tryton database, or from one that is broken.
"""

import html
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from syncproof.adapters.tryton.faults import KNOWN, Fault
from syncproof.adapters.tryton.wire import from_wire
from syncproof.errors import UnusableAnswer
from syncproof.transport import Answer

TURNED_AWAY: dict[int, str] = {HTTPStatus.UNAUTHORIZED: "Unauthorized", HTTPStatus.TOO_MANY_REQUESTS: "TooManyRequests"}
"""Statuses with which Tryton refuses a login; with any other it says that the call itself is wrong."""
_PAGE = re.compile(
    r"<!doctype html>\s*<html lang=en>\s*<title>[^<]*</title>\s*<h1>[^<]*</h1>\s*<p>(.*?)</p>", re.DOTALL
)
"""An error page of the server that Tryton runs in. Those of proxies and portals look otherwise."""
_REMEDY = "Does its address in the landscape file end in the name of a Tryton database?"
Fits = Callable[[Any], bool]


def anything(_: Any) -> bool:
    """Any result will do."""
    return True


def record(value: Any) -> bool:
    """Whether a result is a record."""
    return isinstance(value, dict)


def records(value: Any) -> bool:
    """Whether a result is a list of records."""
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def ids(value: Any) -> bool:
    """Whether a result is a list of ids."""
    return isinstance(value, list) and all(isinstance(each, int) for each in value)


def result(answer: Answer, fits: Fits = anything) -> Any:
    """The result of a method; Fault if Tryton refused it, UnusableAnswer if it is none that ``fits``."""
    if not answer.ok:
        raise turned_away(answer)
    body = answer.json()
    if not isinstance(body, dict) or body.keys().isdisjoint(("result", "error")):
        raise unusable(answer, "JSON that is no answer of Tryton's protocol")
    if "error" in body:
        raise _refusal(answer, body["error"])
    found = _decoded(answer, body["result"])
    if not fits(found):
        raise unusable(answer, "a result of another shape")
    return found


def _decoded(answer: Answer, value: Any) -> Any:
    try:
        return from_wire(value)
    except (ArithmeticError, LookupError, TypeError, ValueError):  # a typed value without its parts
        raise unusable(answer, "a value that is not written as Tryton writes it") from None


def turned_away(answer: Answer) -> Exception:
    """What a status other than 2xx means."""
    page = _PAGE.match(answer.body.decode("utf-8", "replace"))
    kind = TURNED_AWAY.get(answer.status)
    if kind and page:
        return Fault(kind, html.unescape(page[1]))
    return unusable(answer, f"what is no refusal of Tryton{': ' + html.unescape(page[1]) if page else ''}")


def unusable(answer: Answer, what: str) -> UnusableAnswer:
    """The error for an answer that says nothing of the call."""
    return UnusableAnswer(f"{answer.call} answered {answer.status} with {what} (exchange {answer.exchange}). {_REMEDY}")


def _refusal(answer: Answer, error: Any) -> Exception:
    """A fault of the protocol; an error of any other class is a crash of the server."""
    if not (isinstance(error, list) and error and isinstance(error[0], str)):
        return unusable(answer, "an error that is not written as Tryton writes it")
    kind, said = error[0], error[1] if len(error) > 1 else ""
    if kind not in KNOWN:
        text = f"{answer.call}: the server failed with {kind!r} (exchange {answer.exchange}). Look into its log."
        return UnusableAnswer(text)
    return _fault(kind, said) or unusable(answer, f"a {kind} that says nothing")


def _fault(kind: str, said: Any) -> Fault | None:
    if isinstance(said, str):
        return Fault(kind, said) if said else None
    if not isinstance(said, list):
        return None
    if kind == "LoginException":
        return Fault(kind, " ".join(map(str, said)))
    first = 1 if kind == "UserWarning" else 0  # a warning has a name first: it wants a confirmation, nothing was done
    texts = [text or "" for text in said[first : first + 2]]
    return Fault(kind, *texts) if texts and all(isinstance(text, str) for text in texts) else None
