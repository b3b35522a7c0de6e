"""Keeps secrets out of the record.

Two nets: what is *named* like a secret (headers, query parameters, form fields, keys of a body) is
replaced by ``<redacted:NAME>``; what *is* a registered secret is replaced wherever it occurs, so that
an echoed password does not get through under another name. Placeholders are stable: the same secret
has the same placeholder in every exchange, so that redacted records can be compared and replayed.
"""

import base64
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit

from syncproof.errors import ConfigurationError

MIN_SECRET_LENGTH = 4
"""Shorter values would blank out ordinary text everywhere in the record."""

CACHED_HEADERS = 1000
"""Dates and lengths differ in every answer: the cache of header values must not grow for ever."""

_NAMES = re.compile(
    r"(password|passwd|passphrase|pwd|token|secret|apikey|accesskey|privatekey|credential|authorization|cookie)s?$"
)
_HINTS = (
    *(b"passw", b"passphrase", b"pwd", b"token", b"secret", b"credential", b"authorization", b"cookie"),
    *(kind + mark + b"key" for kind in (b"api", b"access", b"private") for mark in (b"", b"_", b"-")),
)
"""A body without any of these names no secret; looking for them costs next to nothing."""
_JWT = re.compile(rb"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*")
_NAME_PATTERN = (
    rb"[\w-]*(?:password|passwd|passphrase|pwd|token|secret|api[_-]?key|access[_-]?key|private[_-]?key|credential"
    rb"|authorization|cookie)s?"
)
_IN_TEXT = (
    re.compile(rb'(?i)("' + _NAME_PATTERN + rb'"\s*:\s*)("(?:[^"\\]|\\.)*"?)'),
    re.compile(rb'(?i)(name="' + _NAME_PATTERN + rb'"(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([^\r\n]+)'),
    re.compile(rb"(?i)(<(?:\w+:)?" + _NAME_PATTERN + rb"(?:\s[^>]*)?>)([^<]+)"),
    re.compile(rb"(?i)(\b" + _NAME_PATTERN + rb"\s*=\s*[\"']?)([^\s\"'&;,<>]+)"),
)
_SET_COOKIE = re.compile(
    r"([\w!#$%&'*+.^`|~-]+)=[\w!#$%&'()*+./:<=>?@\[\]^`{|}~-]*"
    r"((?:;\s*(?i:Path=[\w/.~-]*|Domain=[\w.-]+|Max-Age=\d+|Expires=[\w, :-]+|SameSite=\w+|Secure|HttpOnly))*)"
)
"""One cookie as RFC 6265 (section 4.1) has servers write it; anything else is taken out whole."""
_PERCENT = re.compile("%[0-9A-F]{2}")
_PLACEHOLDER = re.compile(r"(?:\w+ )?<redacted:[^<>]*>")


def is_secret_name(name: str) -> bool:
    """Whether a header, parameter, field or key of this name carries a secret."""
    return _NAMES.search(re.sub(r"[^a-z0-9]", "", name.lower())) is not None


def placeholder(name: str) -> str:
    """What stands in the record for the secret ``name``."""
    return f"<redacted:{name}>"


class Redactor:
    """Replaces secrets; one per process, shared by every session and journal of a run."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._known: list[tuple[bytes, bytes]] = []
        self._header_cache: dict[tuple[str, str], str] = {}

    def register(self, name: str, value: str) -> None:
        """Make ``value`` known as the secret ``name``; one that is known already keeps its first name.

        Raises ConfigurationError for a value of fewer than four characters, which cannot be
        replaced without blanking out ordinary text.
        """
        if _PLACEHOLDER.fullmatch(value):
            return  # a record is played back: there is no secret
        if len(value) < MIN_SECRET_LENGTH:
            text = f"the secret {name!r} has fewer than {MIN_SECRET_LENGTH} characters: use a longer one"
            raise ConfigurationError(text)
        self._names.setdefault(value, name)
        known = {form: placeholder(n).encode() for v, n in self._names.items() for form in _forms(v)}
        self._known = sorted(known.items(), key=lambda pair: len(pair[0]), reverse=True)
        self._header_cache.clear()

    def clean(self, data: bytes) -> bytes:
        """``data`` without the registered secrets (in any of their encoded forms)."""
        for secret, stand_in in self._known:
            if secret in data:
                data = data.replace(secret, stand_in)
        return data

    def text(self, text: str) -> str:
        """``text`` without the registered secrets."""
        return self.clean(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers as they may be recorded."""
        cache = self._header_cache
        found = {}
        for pair in headers.items():
            value = cache.get(pair)
            found[pair[0]] = self._header(*pair) if value is None else value
        return found

    def _header(self, name: str, value: str) -> str:
        cookie = _SET_COOKIE.fullmatch(value) if name.lower() == "set-cookie" else None
        if cookie is not None:  # its name and attributes are no secret, and an adapter may look for them
            return f"{cookie[1]}={placeholder('set-cookie')}{cookie[2]}"
        cleaned = self._named(name, value) if is_secret_name(name) else self.text(value)
        if len(self._header_cache) < CACHED_HEADERS:
            self._header_cache[name, value] = cleaned
        return cleaned

    def _named(self, name: str, value: str) -> str:
        """The value of something named like a secret; a registered secret keeps its own name."""
        cleaned = self.text(value)
        return cleaned if _PLACEHOLDER.fullmatch(cleaned) else placeholder(name.lower())

    def url(self, url: str) -> str:
        """A URL without credentials in its authority or its query."""
        if "?" not in url and "@" not in url:
            return self.text(url)
        parts = urlsplit(url)
        netloc = parts.netloc
        if "@" in netloc:
            netloc = placeholder("userinfo") + netloc[netloc.rindex("@") :]
        return self.text(urlunsplit(parts._replace(netloc=netloc, query=self._query(parts.query))))

    def _query(self, query: str) -> str:
        if not _is_suspect(query.encode()):
            return query
        pairs = parse_qsl(query, keep_blank_values=True)
        if not any(is_secret_name(name) for name, _ in pairs):
            return query
        kept = [(n, self._named(n, v) if is_secret_name(n) else v) for n, v in pairs]
        return urlencode(kept, safe="<>:")

    def body(self, body: bytes, content_type: str = "") -> bytes:
        """A body as it may be recorded; one without secrets comes back unchanged, byte for byte."""
        if _is_suspect(body):
            body = self._named_in_body(body, content_type)
        if b"eyJ" in body:
            body = _JWT.sub(placeholder("jwt").encode(), body)
        return self.clean(body)

    def _named_in_body(self, body: bytes, content_type: str) -> bytes:
        if "x-www-form-urlencoded" in content_type:
            return self._query(body.decode("utf-8", "replace")).encode()
        try:
            document = json.loads(body)
        except ValueError:
            return self._named_in_text(body)
        cleaned = self._walk(document, None)
        if cleaned == document:
            return body
        return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":")).encode()

    def _named_in_text(self, body: bytes) -> bytes:
        for pattern in _IN_TEXT:
            body = pattern.sub(lambda match: match[1] + _quoted(match[2]), body)
        return body

    def _walk(self, value: Any, secret: str | None) -> Any:
        """``value`` with every leaf under a key that names a secret replaced."""
        if isinstance(value, dict):
            return {k: self._walk(v, k if is_secret_name(k) else secret) for k, v in value.items()}
        if isinstance(value, list):
            return [self._walk(v, secret) for v in value]
        if secret is None or value is None or isinstance(value, bool):
            return value
        return self._named(secret, str(value))


def _is_suspect(body: bytes) -> bool:
    lowered = body.lower()
    return any(hint in lowered for hint in _HINTS)


def _quoted(found: bytes) -> bytes:
    stand_in = placeholder("value").encode()
    return b'"' + stand_in + b'"' if found.startswith(b'"') else stand_in


def _forms(value: str) -> set[bytes]:
    """The encoded forms in which a secret can turn up in a URL, a form, a JSON text, a page or Base64."""
    in_urls = {quote(value), quote(value, safe=""), quote_plus(value), quote_plus(value, safe="/")}
    in_json = {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    texts = {
        value,
        escape(value),
        *in_urls,
        *(_PERCENT.sub(lambda code: code[0].lower(), text) for text in in_urls),
        *in_json,
        *(text.replace("/", "\\/") for text in in_json),
    }
    return {text.encode() for text in texts} | {base64.b64encode(value.encode())}
