"""Exchanges as Allure shows them natively: its HTTP inspector, fed from the (redacted) record."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from syncproof.evidence.reader import Record

Json = dict[str, Any]

TYPE = "application/vnd.allure.http+json"
EXTENSION = "httpexchange"
LARGEST = 200_000
"""Bytes of a body that are shown; the whole body is in the record."""


class Attachments:
    """Writes each exchange and each other attachment once into the results directory."""

    def __init__(self, record: Record, directory: Path) -> None:
        self._record = record
        self._directory = directory
        self._written: set[str] = set()

    def of(self, events: Iterable[Json]) -> list[Json]:
        """Attachments of exchange events, in their order."""
        return [self._attachment(event) for event in events]

    def other(self, name: str, type_: str, extension: str, content: str) -> Json:
        """An attachment that is no exchange."""
        source = f"{name.replace(' ', '-')}-attachment.{extension}"
        (self._directory / source).write_text(content, encoding="utf-8")
        return {"name": name, "source": source, "type": type_}

    def _attachment(self, event: Json) -> Json:
        source = f"{event['id']}-attachment.{EXTENSION}"
        if source not in self._written:
            text = json.dumps(self._http(event), ensure_ascii=False)
            (self._directory / source).write_text(text, encoding="utf-8")
            self._written.add(source)
        request, response = event["request"], event["response"]
        status = response["status"] if response else event["error"]
        path = request["url"].partition("://")[2].partition("/")[2]
        name = f"{event['id']} {event['system']} {request['method']} /{path} → {status}"
        return {"name": name, "source": source, "type": TYPE}

    def _http(self, event: Json) -> Json:
        start = datetime.fromisoformat(event["started"]).timestamp() * 1000
        request, response = event["request"], event["response"]
        exchange: Json = {
            "schemaVersion": 1,
            "start": int(start),
            "stop": int(start + event["ms"]),
            "request": {"method": request["method"], "url": request["url"], **self._message(request)},
        }
        if response is not None:
            exchange["response"] = {"status": response["status"], **self._message(response)}
        if event["error"]:
            exchange["error"] = {"name": "no answer", "message": event["error"]}
        return exchange

    def _message(self, message: Json) -> Json:
        headers = [{"name": name, "value": value} for name, value in message["headers"].items()]
        body = self._record.body(message["body_sha"])
        if body is None:
            return {"headers": headers}
        kind = next((h["value"] for h in headers if h["name"].lower() == "content-type"), "text/plain")
        return {
            "headers": headers,
            "body": {
                "contentType": kind,
                "encoding": "utf8",
                "value": body[:LARGEST].decode("utf-8", "replace"),
                "size": len(body),
                "truncated": len(body) > LARGEST,
            },
        }
