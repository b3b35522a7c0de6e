"""Calls to another system, off the event loop, with a short time-out."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

SECONDS = 2.0
"""How long an on-demand question may take; without an answer the asker stays on the safe side."""


class PeerUnavailable(Exception):
    """The other system gave no usable answer."""


def get(address: str, path: str, params: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    """The JSON object that a peer answers to a GET with status 200."""
    from http.client import HTTPConnection, HTTPException  # noqa: PLC0415  only one system calls others

    target = urlsplit(address)
    connection = HTTPConnection(target.hostname or "127.0.0.1", target.port, timeout=SECONDS)
    try:
        connection.request("GET", f"{path}?{urlencode(params)}", headers=headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, HTTPException, ValueError) as error:
        raise PeerUnavailable(f"{address}{path}: {error}") from error
    finally:
        connection.close()
    if response.status != 200 or not isinstance(answer, dict):  # noqa: PLR2004  HTTP's OK
        raise PeerUnavailable(f"{address}{path}: status {response.status}")
    return answer
