"""What is called compatible is: random schemas and changes of them, and a hunt for documents that refute it."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, event, given, settings

from syncproof.contracts.compatibility.problems import SchemaError
from syncproof.contracts.compatibility.readers import breaks
from syncproof.contracts.compatibility.schemas import make
from tests.unit.contracts.compatibility.random_schemas import changes, documents, schemas

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

KINDS = {
    "all": (lambda schema: schema, lambda schema: schema.ignoring or schema),
    "enforcing": (lambda schema: schema,),
    "ignoring": (lambda schema: schema.ignoring or schema,),
}
"""How each kind of reader reads a schema."""


def refutes(document, giver, taker, reader):
    """Whether a reader takes the document from the one and not from the other, formats as notes or as rules."""
    giver, taker = reader(giver), reader(taker)
    return any(
        giver.accepts(document, formats=formats) is True and taker.accepts(document, formats=formats) is False
        for formats in (False, True)
    )


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
    found = breaks(giver, taker)
    event("compatible" if not found else "shown" if all(each.proved for each in found) else "not proved")
    event("two kinds of readers" if giver.ignoring or taker.ignoring else "one kind of readers")
    for each in found:
        event(f"for {each.readers}")
        for reader in KINDS[each.readers] if each.proved else ():
            assert refutes(*each.witness, giver, taker, reader)
    if not found:
        for document in documents(seed, 400):
            assert not any(refutes(document, giver, taker, reader) for reader in KINDS["all"]), document


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
    assert breaks(old, make("new", {**schema, "not": {"const": taken}}))
