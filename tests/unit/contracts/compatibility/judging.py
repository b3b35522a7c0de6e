"""Facts for the judges of arrays and objects, taken from schemas, and whether a document fits them."""

import jsonschema_rs

from syncproof.contracts.compatibility.prover import Prover
from syncproof.contracts.compatibility.schemas import make


def facts(held, broken):
    """What all ``held`` schemas say holds, and each of the ``broken`` ones, which say one thing each, does not."""
    known = [(True, atom) for n, schema in enumerate(held) for atom in make(f"held{n}", schema).node.atoms]
    for n, schema in enumerate(broken):
        atom = make(f"broken{n}", schema).node.atoms[-1]
        known.append((False, atom))
    return tuple(known)


def judged(judge, held, broken):
    """What a judge makes of it, and a document if there is one."""
    outcome = judge(Prover(), facts(held, broken), True)
    return outcome.closed, outcome.samples


def fits(document, held, broken):
    """Whether jsonschema-rs says of a document what the facts say."""
    return all(jsonschema_rs.is_valid(schema, document) for schema in held) and not any(
        jsonschema_rs.is_valid(schema, document) for schema in broken
    )
