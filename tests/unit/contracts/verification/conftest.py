"""A plant of simulated systems, and a system of somebody else that answers what a test tells it to."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from syncproof.landscape.compose import open_landscape
from syncproof.suite_files import suite_root

ALL_ROLES = (
    "viewer", "planner", "engineer", "operator", "warehouse", "quality_inspector", "quality_approver", "release_manager",
    "administrator", "integration",
)  # fmt: skip


def reference() -> str:
    """The reference landscape with a user who may do everything."""
    text = (suite_root() / "landscapes" / "reference.toml").read_text()
    return text.replace("[users]", f"[users]\neveryone = {json.dumps(ALL_ROLES)}")


@pytest.fixture(scope="session")
def plant(tmp_path_factory):
    """The reference landscape, running."""
    path = tmp_path_factory.mktemp("plant") / "landscape.toml"
    path.write_text(reference())
    with open_landscape(path) as landscape:
        yield landscape


class Vendor:
    """A server: ``answers`` by method and path; ``asked`` is what came."""

    def __init__(self) -> None:
        self.answers, self.asked, self.posted = {}, [], []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, method, path, body, status=200, headers=None):
        said = {"Content-Type": "application/json", **(headers or {})}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[method, path] = (status, said, data)

    def _handler(self):
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                vendor.asked.append((self.command, self.path, dict(self.headers), data))
                found = vendor.answers.get((self.command, self.path)) or vendor.answers.get((self.command, "*"))
                if callable(found):
                    found = found(json.loads(data or b"null"))
                status, headers, body = found or (404, {}, b"")
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):
                    self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_one  # noqa: N815  the names that the server looks for

            def log_message(self, *_):
                pass

        return Handler


@pytest.fixture
def vendor():
    """Somebody else's system."""
    made = Vendor()
    yield made
    made.server.shutdown()
    made.server.server_close()


LANDSCAPE = """
name = "vendor"
environment = "{environment}"
clock = "wall"
[sites]
EAST = "Europe/Berlin"
[users]
viewer = ["viewer"]
engineer = ["engineer"]
[systems.shop]
adapter = "simulated"
base_url = "{url}"
roles = ["planning"]
[systems.shop.credentials."*"]
token_env = "SHOP_TOKEN"
[ownership]
material = "shop"
"""
TOKEN = "the-token-of-the-shop"


@pytest.fixture
def shop_file(vendor, tmp_path):
    """``shop_file()``: a landscape file in which the vendor's system is called ``shop``."""

    def write(environment="validation") -> Path:
        path = tmp_path / "landscape.toml"
        path.write_text(LANDSCAPE.format(url=vendor.url, environment=environment))
        return path

    return write


@pytest.fixture
def shop(shop_file):
    """That landscape, open."""
    with open_landscape(shop_file(), environment={"SHOP_TOKEN": TOKEN}) as landscape:
        yield landscape


def contract(*interactions, provider="shop", version="4.0"):
    """A Pact file as its author would write it."""
    return {
        "consumer": {"name": "portal"}, "provider": {"name": provider}, "interactions": list(interactions),
        "metadata": {"pactSpecification": {"version": version}},
    }  # fmt: skip


def get(path, body, *, states=(), rules=None, **more):
    """An interaction that reads."""
    response = {"status": 200, "body": {"content": body, "contentType": "application/json", "encoded": False}}
    if rules:
        response["matchingRules"] = {"body": {key: {"matchers": [rule]} for key, rule in rules.items()}}
    return {
        "type": "Synchronous/HTTP", "description": f"reads {path}", "providerStates": list(states),
        "request": {"method": "GET", "path": path, **more}, "response": response,
    }  # fmt: skip
