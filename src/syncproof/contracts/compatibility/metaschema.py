"""Whether what is written is a schema, by the meta-schema of its draft."""

from typing import Any

import jsonschema_rs

from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.validation import pointer


def check(document: Any, draft: str, place: str = "") -> None:
    """SchemaError with the place in the whole; the meta-schema also knows whether a pattern is one."""
    try:
        jsonschema_rs.meta.validate({**document, "$schema": draft} if isinstance(document, dict) else document)
    except jsonschema_rs.ValidationError as error:
        raise SchemaError(place + pointer(error.instance_path), error.message) from None
    except ValueError as error:
        raise SchemaError(place, str(error)) from None
