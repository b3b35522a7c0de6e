"""Reads Pact files of versions 2, 3 and 4. Whatever is not understood is a mistake with its place: an interaction
that is read half could be verified by mistake."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from syncproof.contracts.pact import media
from syncproof.contracts.pact.bodies import read_body
from syncproof.contracts.pact.generators import read_generators
from syncproof.contracts.pact.node import Node, PactMistake
from syncproof.contracts.pact.records import Interaction, Message, Pact, Request, Response, State, Texts
from syncproof.contracts.pact.rule_reading import read_rules

VERSIONS = {"2": 2, "3": 3, "4": 4}
FILE = ("consumer", "provider", "interactions", "messages", "metadata", "_links", "createdAt", "id", "interactionTypes")
"""What a file may have; the last ones are put there by a broker."""
OLD = ("_id", "description", "providerState", "provider_state", "providerStates", "request", "response", "comments")
OLD_MESSAGE = (
    "_id", "description", "providerState", "providerStates", "contents", "metaData", "metadata",
    "matchingRules", "generators",
)  # fmt: skip
NEW = (
    "_id", "type", "key", "description", "providerStates", "pending", "comments", "interactionMarkup",
    "pluginConfiguration", "transport", "testResults", "references",
)  # fmt: skip
REQUEST = ("method", "path", "query", "headers", "body", "matchingRules", "generators")
RESPONSE = ("status", "headers", "body", "matchingRules", "generators")
MESSAGE = ("contents", "metadata", "metaData", "matchingRules", "generators")
METHOD, NAME = re.compile(r"[A-Za-z]+"), re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What HTTP calls a method, and the name of a header."""
LIMIT = 50_000_000
"""Bytes of a file; a larger one is no Pact file."""


def read(path: Path) -> Pact:
    """A Pact file; PactMistake says what is wrong with it, and where."""
    try:
        if path.stat().st_size > LIMIT:
            raise PactMistake(f"{path}: the file has more than {LIMIT} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise PactMistake(f"{path}: the file cannot be read: {problem}") from None
    try:
        document = media.parse_json(text)
    except media.NoJson as problem:
        raise PactMistake(f"{path}: {problem}") from None
    return read_document(document, str(path))


def read_document(document: Any, file: str) -> Pact:
    """A Pact file that was parsed already."""
    node = Node(document, file)
    try:
        return _pact(node)
    except RecursionError:
        raise PactMistake(f"{file}: nested too deep") from None


def _pact(node: Node) -> Pact:
    node.object(*FILE)
    text, version = _version(node)
    if version == 4:  # noqa: PLR2004  the version's number
        interactions = tuple(_new(each) for each in node.at("interactions").each())
    else:
        http, messages = node.get("interactions"), node.get("messages")
        interactions = (
            *(_http(each.object(*OLD), version, each) for each in (http.each() if http else ())),
            *(_old_message(each.object(*OLD_MESSAGE), version) for each in (messages.each() if messages else ())),
        )
        if http is None and messages is None:
            node.at("interactions")
    return Pact(_name(node, "consumer"), _name(node, "provider"), text, interactions, node.file)


def _name(node: Node, side: str) -> str:
    return node.at(side).at("name").text()


def _version(node: Node) -> tuple[str, int]:
    """The specification version, under any of the names it has had."""
    metadata = node.at("metadata").object()
    for name in ("pactSpecification", "pact-specification"):
        inner = metadata.get(name)
        if inner is not None:
            return _known(inner.at("version"))
    return _known(metadata.at("pactSpecificationVersion"))


def _known(node: Node) -> tuple[str, int]:
    version = VERSIONS.get(node.text().partition(".")[0])
    if version is None:
        node.wrong(f"version {node.value!r} of the Pact specification is not known here; known: 2, 3, 4")
    return node.value, version


# --- interactions ----------------------------------------------------------------------------------


def _http(node: Node, version: int, whole: Node) -> Interaction:
    return Interaction(
        _description(whole),
        _states(whole),
        _request(node.at("request"), version),
        _response(node.at("response"), version),
        "/".join(map(str, whole.path)),
        **_remarks(whole),
    )


def _old_message(node: Node, version: int) -> Interaction:
    place = "/".join(map(str, node.path))
    return Interaction(_description(node), _states(node), None, _message(node, version), place)


def _new(node: Node) -> Interaction:
    kind = node.at("type")
    if kind.text() not in TYPES:
        kind.wrong(f"there is no interaction type {kind.value!r}; known: {', '.join(TYPES)}")
    plugin = node.get("pluginConfiguration")
    if plugin is not None and plugin.object().value:
        plugin.wrong(f"this interaction needs a plugin ({', '.join(plugin.value)}), and plugins are not run here")
    return TYPES[kind.value](node)


def _new_http(node: Node) -> Interaction:
    return _http(node.object(*NEW, "request", "response"), 4, node)


def _new_message(node: Node) -> Interaction:
    node.object(*NEW, *MESSAGE)
    place = "/".join(map(str, node.path))
    return Interaction(_description(node), _states(node), None, _message(node, 4), place, **_remarks(node))


def _new_exchange(node: Node) -> Interaction:
    node.object(*NEW, "request", "response")
    answers = tuple(_message(each.object(*MESSAGE), 4) for each in node.at("response").each())
    asked = _message(node.at("request").object(*MESSAGE), 4)
    place = "/".join(map(str, node.path))
    return Interaction(_description(node), _states(node), asked, answers, place, **_remarks(node))


TYPES: dict[str, Callable[[Node], Interaction]] = {
    "Synchronous/HTTP": _new_http,
    "Asynchronous/Messages": _new_message,
    "Synchronous/Messages": _new_exchange,
}


def _description(node: Node) -> str:
    return node.at("description").text()


def _remarks(node: Node) -> dict[str, Any]:
    pending, comments = node.get("pending"), node.get("comments")
    return {"pending": pending.flag() if pending else False, "comments": comments.value if comments else {}}


def _states(node: Node) -> tuple[State, ...]:
    """Named in one text in V2, with parameters in a list since V3."""
    listed = node.get("providerStates")
    if listed is not None:
        return tuple(map(_state, listed.each())) if isinstance(listed.value, list) else (State(listed.text()),)
    named = node.get("providerState", "provider_state")
    return (State(named.text()),) if named else ()


def _state(node: Node) -> State:
    parameters = node.object("name", "params").get("params")
    return State(node.at("name").text(), parameters.object().value if parameters else {})


# --- requests, responses, messages -----------------------------------------------------------------


def _request(node: Node, version: int) -> Request:
    node.object(*REQUEST)
    headers, method = _headers(node), node.get("method")
    if method and not METHOD.fullmatch(method.text()):
        method.wrong(f"{method.value!r} is no method")
    path = node.get("path")
    address = path.text() if path else "/"
    if urlsplit(address).netloc or not address.startswith("/"):
        node.at("path").wrong(f"a path begins with /, not {address!r}")
    return Request(
        (method.text() if method else "GET").upper(),
        address,
        _query(node.get("query")),
        headers,
        read_body(node, "body", version, headers),
        read_rules(node.get("matchingRules"), version),
        read_generators(node.get("generators")),
    )


def _response(node: Node, version: int) -> Response:
    node.object(*RESPONSE)
    headers, status = _headers(node), node.get("status")
    return Response(
        status.whole() if status else 200,
        headers,
        read_body(node, "body", version, headers),
        read_rules(node.get("matchingRules"), version),
        read_generators(node.get("generators")),
    )


def _message(node: Node, version: int) -> Message:
    metadata = node.get("metadata", "metaData")
    said = metadata.object().value if metadata else {}
    content_type = next((value for name, value in said.items() if name.lower() == "contenttype"), None)
    headers = {"content-type": (content_type,)} if isinstance(content_type, str) else {}
    return Message(
        read_body(node, "contents", version, headers),
        said,
        read_rules(node.get("matchingRules"), version),
        read_generators(node.get("generators")),
    )


def _headers(node: Node) -> Texts:
    found = node.get("headers")
    for name, each in found.items() if found else ():
        if not NAME.fullmatch(name):
            each.wrong(f"{name!r} is no name of a header")
    return _texts(found)


def _query(node: Node | None) -> Texts:
    """A query string in V2, names with their values since V3."""
    if node is None or isinstance(node.value, str):
        return {} if node is None else {name: tuple(each) for name, each in media.form(node.value).items()}
    return _texts(node)


def _texts(node: Node | None) -> Texts:
    return {} if node is None else {name: _values(each) for name, each in node.items()}


def _values(node: Node) -> tuple[str, ...]:
    if isinstance(node.value, list):
        return tuple(each.text() for each in node.each())
    return (node.text(),)
