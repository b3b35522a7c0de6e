"""What is called compatible is: random schemas and changes of them, and a hunt for documents that refute it."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, event, given, settings

from syncproof.contracts.compatibility.comparison import Comparison
from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.schemas import make
from tests.unit.contracts.compatibility.random_schemas import changes, documents, schemas

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def pairs(draw):
    """Two schemas, the second made from the first."""
    old = draw(schemas())
    return old, draw(st.one_of(changes(old), changes(old), schemas()))


@SLOW
@given(pairs(), st.booleans(), st.integers(0, 2**32))
def test_no_document_refutes_what_is_called_compatible(pair, turned, seed):
    """The heart of it: a single document accepted by the one and rejected by the other would be a wrong verdict."""
    try:
        giver, taker = (
            make(name, schema) for name, schema in zip(("old", "new"), pair[::-1] if turned else pair, strict=True)
        )
    except SchemaError:
        event("no schema")
        return
    breaks = Comparison(giver, taker).breaks()
    event("compatible" if not breaks else "shown" if all(each.proved for each in breaks) else "not proved")
    for each in breaks:
        if each.proved:
            assert any(
                giver.accepts(*each.witness, formats=f) and not taker.accepts(*each.witness, formats=f)
                for f in (False, True)
            )
    if not breaks:
        for document in documents(seed, 400):
            for formats in (False, True):
                assert not (
                    giver.accepts(document, formats=formats) is True
                    and taker.accepts(document, formats=formats) is False
                ), document


@SLOW
@given(schemas(), st.integers(0, 2**32), st.data())
def test_whatever_is_taken_away_is_found_to_be_missing(schema, seed, data):
    """The schema without one of the documents that it accepts: a break, whatever the schema is."""
    assume("not" not in schema and "$ref" not in schema)  # in draft 7 nothing counts beside a reference
    try:
        old = make("old", schema)
    except SchemaError:
        assume(False)
    accepted = [each for each in documents(seed, 50) if old.accepts(each, formats=False)]
    assume(accepted)
    taken = data.draw(st.sampled_from(accepted))
    assert Comparison(old, make("new", {**schema, "not": {"const": taken}})).breaks()
