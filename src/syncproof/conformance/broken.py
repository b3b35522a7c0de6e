"""A broken answer is an error: it is neither a refusal nor an absence, and nothing has been agreed."""

import pytest

from syncproof.conformance.faulty import MODES, UNREACHABLE, faulty
from syncproof.conformance.subject import Bench, Subject, parted
from syncproof.conformance.verbs import CALLS
from syncproof.errors import SystemUnavailable, UnusableAnswer

__all__ = ["test_no_verb_makes_anything_of_a_broken_answer"]


@pytest.mark.parametrize("mode", MODES)
def test_no_verb_makes_anything_of_a_broken_answer(subject: Subject, mode: str) -> None:
    """Every declared verb, against a server that is out, breaks off, fails, or is another one than it
    should be: SystemUnavailable if there was no answer, else UnusableAnswer."""
    wanted = (SystemUnavailable,) if mode in UNREACHABLE else (SystemUnavailable, UnusableAnswer)
    with faulty(mode) as origin:
        for verb in _declared(subject):
            try:
                bench = Bench(subject, parted(subject.base_url, origin))
                answer = CALLS[verb](bench, bench.key())
            except wanted:
                continue
            except Exception as error:
                text = f"{verb}, {mode}: raised {error!r}, not {' or '.join(each.__name__ for each in wanted)}"
                raise AssertionError(text) from error
            pytest.fail(f"{verb}, {mode}: returned {answer!r}", pytrace=False)


def _declared(subject: Subject) -> list[str]:
    capabilities = Bench(subject).system.capabilities
    return [verb for verb in CALLS if verb in capabilities]
