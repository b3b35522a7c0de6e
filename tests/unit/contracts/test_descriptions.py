"""The published descriptions are what the systems answer, and what their standards ask for."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from syncproof import contracts
from syncproof.contracts import asyncapi
from syncproof.integration.openapi import describe
from syncproof.simulators.__main__ import SYSTEMS
from syncproof.simulators.describe import FOLDER, description

OFFICIAL = Path(__file__).parent / "official"


def stored(path):
    return json.loads((contracts.folder() / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_stored_description_is_what_the_system_answers(name):
    """``python -m syncproof.simulators.describe`` writes them."""
    assert stored(f"{FOLDER}/{name}.json") == description(name)


def test_the_stored_description_of_the_integration_is_what_it_answers():
    """``python -m syncproof.integration.openapi`` writes it."""
    assert stored(f"{FOLDER}/integration.json") == describe()


@pytest.mark.parametrize("name", [*SYSTEMS, "integration"])
def test_the_description_is_valid_openapi(name):
    """Held against the official schema of OpenAPI 3.1."""
    document = stored(f"{FOLDER}/{name}.json")
    validate(document)
    del document["info"]["title"]
    with pytest.raises(OpenAPIValidationError, match="is a required property"):
        validate(document)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_reference_of_a_description_leads_somewhere(name):
    """To a schema of its own: it stands for itself."""
    document = stored(f"{FOLDER}/{name}.json")
    found = set(_references(document))
    assert found
    assert {one.rpartition("/")[2] for one in found} <= set(document["components"]["schemas"])


def test_the_description_of_the_events_is_current_and_valid_asyncapi():
    """Held against the official schema of AsyncAPI 3.0.0."""
    document = stored("asyncapi.json")
    assert document == asyncapi.document()
    official = jsonschema_rs.validator_for(json.loads((OFFICIAL / "asyncapi-3.0.0.json").read_text()))
    assert [error.message for error in official.iter_errors(document)] == []
    document["operations"]["publish-bom"]["action"] = "shout"
    assert not official.is_valid(document)


def test_every_good_example_fits_the_event_that_carries_it():
    """The payload of a channel takes the contract's own good examples, and none of its bad ones."""
    for name, message in asyncapi.document()["components"]["messages"].items():
        takes = jsonschema_rs.validator_for(message["payload"]["schema"]).is_valid
        for path in sorted((contracts.folder() / name).glob("*/examples/*.json")):
            event = EVENT | {
                "type": asyncapi.event_type(name),
                "dataschema": contracts.schema(name)["$id"],
                "data": json.loads(path.read_text(encoding="utf-8")),
            }
            by_format = "no-such-day" in path.stem  # formats are checked by us, not by every reader
            assert takes(event) == (path.stem.startswith("good") or by_format), path


EVENT = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:syncproof:erp",
    "subject": "bom/CREAM",
    "time": "2027-02-01T12:00:00Z",
    "sequence": "000000000001",
    "datacontenttype": "application/json",
}


def _references(part):
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "$ref" and isinstance(value, str))
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
