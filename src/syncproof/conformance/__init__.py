'''Tests that every adapter must pass, for the authors of adapters.

An adapter translates; it never enforces, computes or filters. Whether it does cannot be seen from its
types. These tests see it: give them your adapter and a system to talk to, and run pytest::

    # tests/test_acme_conformance.py
    import os

    import pytest

    from acme_syncproof import create
    from syncproof.conformance import Subject
    from syncproof.conformance.suite import *  # noqa: F403  the tests themselves
    from syncproof.credentials import Credential

    @pytest.fixture
    def subject() -> Subject:
        """The adapter under test, and what its system is to these tests."""
        url = "https://acme.example.com/validation"
        credentials = {"engineer": Credential(token=os.environ["ACME_ENGINEER"])}

        def connect(session):
            return create(
                name="acme", base_url=session.base_url, roles=("planning",), session=session,
                credentials=credentials, options={},
            )

        return Subject(
            name="acme", base_url=url, connect=connect, roles=("planning",), owns=frozenset({"material"}),
        )

``subject`` may have ``params``: the tests then run for each of several systems. They write to the system,
always under fresh keys that begin with ``CONF``; never point them at production.

What is tested, by module

declared    capabilities are spelt right; a declared one works, an undeclared one raises NotSupported;
            verbs have the signatures of the ports
answers     observations and outcomes name the exchanges they came from; a refusal is in the words of the
            system's own response; what is unknown is None or empty; instants carry offsets
roundtrips  identifiers with leading zeros, upper and lower case, blanks, slashes and any script, and
            decimals of any size come back as they were sent
broken      no answer, half an answer or an answer of another shape is an error, never a refusal and never
            an absence
'''

from syncproof.conformance.subject import Subject

__all__ = ["Subject"]
