"""What a Pact file says, as frozen records; every version reads into the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from syncproof.contracts.pact.rules import Rules

Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Body:
    """A body. ``missing`` says nothing of it, ``null`` and ``empty`` that there is none. ``value`` is JSON, text or
    bytes, as ``kind`` says."""

    kind: Literal["missing", "null", "empty", "json", "xml", "text", "form", "binary"]
    value: Any = None
    content_type: str | None = None


MISSING = Body("missing")


@dataclass(frozen=True, slots=True)
class Generator:
    """A value to be made when the interaction is driven: kind, where it goes, and its settings."""

    kind: str
    category: str
    key: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request; ``query`` and ``headers`` have all values of a name."""

    method: str
    path: str
    query: Texts
    headers: Texts
    body: Body = MISSING
    rules: Rules = field(default_factory=Rules)
    generators: tuple[Generator, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response."""

    status: int
    headers: Texts
    body: Body = MISSING
    rules: Rules = field(default_factory=Rules)
    generators: tuple[Generator, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """The contents of a message and what is said about them."""

    body: Body
    metadata: Mapping[str, Any]
    rules: Rules = field(default_factory=Rules)
    generators: tuple[Generator, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A state that the provider must be in."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One interaction: a request with its response, or a message, or a message with its answers."""

    description: str
    states: tuple[State, ...]
    request: Request | Message | None
    response: Response | Message | tuple[Message, ...]
    place: str
    pending: bool = False
    comments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Literal["http", "message", "exchange"]:
        """HTTP, one message, or a message that is answered."""
        if isinstance(self.request, Request):
            return "http"
        return "message" if self.request is None else "exchange"


@dataclass(frozen=True, slots=True)
class Pact:
    """One file."""

    consumer: str
    provider: str
    version: str
    interactions: tuple[Interaction, ...]
    file: str = ""
