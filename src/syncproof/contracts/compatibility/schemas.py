"""A schema to compare: read, checked, compiled, and ready to judge documents. What is wrong is told with its place."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs

from syncproof.contracts.bulk.faults import Unreadable, members
from syncproof.contracts.catalogue import schema as contract
from syncproof.contracts.compatibility.compiler import Compiler, check_endless
from syncproof.contracts.compatibility.metaschema import check
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.resources import DRAFT_7, DRAFT_2020, Library
from syncproof.contracts.compatibility.terms import Node
from syncproof.contracts.validation import pointer
from syncproof.errors import ConfigurationError

VALIDATORS: dict[str, Any] = {
    DRAFT_7: jsonschema_rs.Draft7Validator,
    DRAFT_2020: jsonschema_rs.Draft202012Validator,
}
LEFT_OUT = frozenset({"dependencies"})
"""What 2020-12 replaced and has no longer: jsonschema-rs enforces it there, Python's jsonschema ignores it."""
CONTRACT = re.compile(r"([a-z_]+):([0-9]+\.[0-9]+\.[0-9]+)")


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema by name: what it says, and two validators: formats as notes, and formats as rules.

    ``ignoring`` is the same schema for readers that ignore ``dependencies`` in 2020-12; None if they read it alike.
    """

    name: str
    document: Any
    node: Node
    validators: tuple[jsonschema_rs.Validator, ...]
    ignoring: "Schema | None" = None

    def accepts(self, document: Any, *, formats: bool) -> bool | None:
        """Whether jsonschema-rs takes the document; None if it gives up."""
        try:
            return self.validators[formats].is_valid(document)
        except (ValueError, OverflowError, UnicodeError):
            return None


def read(name: str) -> Schema:
    """The schema of a file, or of one of our contracts (``bom:1.0.0``)."""
    found = CONTRACT.fullmatch(name)
    try:
        if found and not Path(name).exists():
            return make(name, contract(found[1], found[2]))
        return make(name, _parse(Path(name).read_text(encoding="utf-8")))
    except SchemaError as error:
        raise ConfigurationError(f"{name}, {error}") from None
    except Unreadable as error:
        raise ConfigurationError(f"{name}, at {error.place}: {error}") from None
    except (OSError, KeyError) as error:
        raise ConfigurationError(f"{name}: there is no such file or contract ({error})") from None
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{name} is no JSON: {error}") from None


def make(name: str, document: Any) -> Schema:
    """A schema from what is written; SchemaError with the place if it is none that we can compare."""
    draft = _draft(document)
    check(document, draft)
    try:
        made = _made(name, document, draft)
        disputed = draft == DRAFT_2020 and any(_names(each, LEFT_OUT) for each in made[1])
        ignoring = _made(name, document, draft, LEFT_OUT)[0] if disputed else None
    except RecursionError:
        raise SchemaError("", "the schema is nested too deeply") from None
    return replace(made[0], ignoring=ignoring)


def _made(name: str, document: Any, draft: str, without: frozenset[str] = frozenset()) -> tuple[Schema, list[Node]]:
    """A schema for readers to whom some keywords say nothing, and all of its nodes."""
    compiler = Compiler(Library(document, draft), name, without)
    node = compiler.root()
    nodes = list(compiler.nodes.values())
    check_endless(nodes)
    validators = tuple(_validator(document, draft, formats, without) for formats in (False, True))
    return Schema(name, document, node, validators), nodes


def _names(node: Node, keywords: frozenset[str]) -> bool:
    """Whether one of the keywords stands in the schema of a node."""
    return any(atom.keyword in keywords for atom in node.atoms)


def _draft(document: Any) -> str:
    if not isinstance(document, dict | bool):
        raise SchemaError("", f"a schema is an object, true or false, not {json.dumps(document)[:60]}")
    said = document.get("$schema", DRAFT_2020) if isinstance(document, dict) else DRAFT_2020
    draft = str(said).removesuffix("#")
    if draft not in VALIDATORS:
        raise SchemaError("/$schema", f"{said!r} is not compared; draft 7 and 2020-12 are")
    return draft


class _Ignored:
    """A keyword that says nothing, in place of the validator's own."""

    def __init__(self, *_: Any) -> None: ...

    def validate(self, _: Any) -> None: ...


def _validator(document: Any, draft: str, formats: bool, without: frozenset[str]) -> jsonschema_rs.Validator:
    ignored = dict.fromkeys(without, _Ignored)
    try:
        made: jsonschema_rs.Validator = VALIDATORS[draft](
            document, validate_formats=formats, retriever=_refuse, keywords=ignored
        )
    except jsonschema_rs.ValidationError as error:
        raise SchemaError(pointer(error.instance_path), error.message) from None
    except ValueError as error:
        raise SchemaError("", str(error)) from None
    return made


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"{uri} lies outside of the document; nothing is fetched")


def _parse(text: str) -> Any:
    found = json.loads(text, parse_constant=_no_number, parse_float=_number, object_pairs_hook=members)
    Unreadable.raise_for_repeated(found)
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _number(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"the number {text} is too large to be read alike everywhere")
    return number
