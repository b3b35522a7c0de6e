"""What we say of one document is what jsonschema-rs says, or that we do not know."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, given, settings

from syncproof.contracts.compatibility.evaluation import holds
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.schemas import make
from tests.unit.contracts.compatibility.random_schemas import documents, schemas


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas(), st.integers(0, 2**32))
def test_nodes_say_of_a_document_what_the_validator_says(schema, seed):
    """The atoms are what every proof stands on: here all keywords of both drafts are held against another reading."""
    try:
        made = make("s", schema)
    except SchemaError:
        assume(False)
    for document in documents(seed, 100):
        assert holds(made.node, document) in {None, made.accepts(document, formats=False)}, document


def test_a_format_is_unknown():
    """Readers differ on it, so neither yes nor no proves anything."""
    assert holds(make("s", {"format": "date"}).node, "x") is None
    assert holds(make("s", {"format": "date", "maxLength": 0}).node, "x") is False
