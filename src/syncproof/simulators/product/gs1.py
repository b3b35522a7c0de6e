"""GS1 element strings as scanners send them.

Source: GS1 General Specifications, section 3 (application identifiers) and section 7.9 (check
digit). A bare text that is no element string is taken for a lot identifier.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from syncproof.simulators.product.errors import BarcodeInvalid
from syncproof.simulators.product.quantities import Json

FNC1 = "\x1d"
_SYMBOLOGY = re.compile(r"\](?:C1|e0|d2|Q3|J1)")
_LOOKS_GS1 = re.compile(r"01\d{14}")
_BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")


def check_digit_ok(gtin: str) -> bool:
    """Whether 8, 12, 13 or 14 digits end in their modulo-10 check digit."""
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", gtin):
        return False
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(gtin[:-1])))
    return (weighted + int(gtin[-1])) % 10 == 0


def _gtin(text: str) -> str:
    if not check_digit_ok(text):
        raise BarcodeInvalid(f"GTIN {text!r} has a wrong check digit: scan again or correct the code")
    return text


def _expiry(text: str) -> str:
    """YYMMDD as an ISO date; day 00 means the last day of the month."""
    try:
        year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:6])
        if day == 0:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1).isoformat()
        return date(year, month, day).isoformat()
    except ValueError:
        raise BarcodeInvalid(f"expiry {text!r} of AI (17) is no date YYMMDD") from None


def _text(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Element:
    """One application identifier: the field it fills, its length, how its text is read."""

    field: str
    length: int
    variable: bool
    read: Callable[[str], str] = _text


ELEMENTS = {
    "01": Element("gtin", 14, variable=False, read=_gtin),
    "10": Element("lot", 20, variable=True),
    "17": Element("expiry", 6, variable=False, read=_expiry),
    "21": Element("serial", 20, variable=True),
}
"""The application identifiers that the systems exchange."""


def parse(barcode: str) -> Json:
    """``lot``, ``gtin``, ``serial`` and ``expiry`` of a scan (those that it has)."""
    text = barcode.strip(" \t\r\n")
    if not text:
        raise BarcodeInvalid("the barcode is empty: scan a lot identifier or a GS1 barcode")
    if text.startswith("("):
        return _read(_bracketed(text))
    marked = _SYMBOLOGY.match(text)
    plain = text[marked.end() :] if marked else text
    if marked or FNC1 in plain or _LOOKS_GS1.match(plain):
        return _read(_elements(plain.lstrip(FNC1)))
    return {"lot": text}


def _read(elements: Iterator[tuple[str, str]]) -> Json:
    scan: Json = {}
    for ai, text in elements:
        element = _known(ai)
        if element.field in scan:
            raise BarcodeInvalid(f"AI ({ai}) occurs twice: scan one label at a time")
        if not _fits(element, text):
            raise BarcodeInvalid(
                f"AI ({ai}) holds {text!r} of {len(text)} characters; valid: "
                f"{'1 to ' if element.variable else ''}{element.length}, and FNC1 after a variable field"
            )
        scan[element.field] = element.read(text)
    return scan


def _fits(element: Element, text: str) -> bool:
    if element.variable:
        return 1 <= len(text) <= element.length and text.isprintable()
    return len(text) == element.length and text.isascii() and text.isdigit()


def _known(ai: str) -> Element:
    if ai not in ELEMENTS:
        raise BarcodeInvalid(f"application identifier {ai!r} is not known; valid: {', '.join(ELEMENTS)}")
    return ELEMENTS[ai]


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Splits an element string: fixed fields by their length, variable ones by FNC1."""
    rest = text
    while rest:
        ai, rest = rest[:2], rest[2:]
        element = _known(ai)
        if element.variable:
            value, _, rest = rest.partition(FNC1)
        else:
            value, rest = rest[: element.length], rest[element.length :].removeprefix(FNC1)
        yield ai, value


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    """The human readable form ``(01)...(10)...``."""
    if "".join(f"({ai}){value}" for ai, value in _BRACKETED.findall(text)) != text:
        raise BarcodeInvalid(f"{text!r} is no bracketed GS1 text; valid: (01)09521234543213(10)LOT1")
    yield from _BRACKETED.findall(text)
