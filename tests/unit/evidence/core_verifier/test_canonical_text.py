"""Text is read in one way only, and shown without writing on the terminal."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from syncproof.evidence import core_verifier


@given(st.recursive(st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.integers(-9, 9), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))  # fmt: skip
def test_canonical_is_as_rfc_8785_has_it(value):
    """Floats and keys beyond what Python's own JSON writes so."""
    assert core_verifier.canonical(value).encode("utf-8", "surrogatepass") == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "line",
    [b'{"a":1,"a":1}', b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1}x', b"[1]", b'{"a":NaN}', b'{"a":"\\ud800"}'],
)  # fmt: skip
def test_only_canonical_json_is_read(line):
    """Whatever two readers could read in two ways."""
    with pytest.raises(core_verifier.MALFORMED):
        core_verifier.parsed(line)
