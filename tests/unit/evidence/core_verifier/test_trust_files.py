"""A mistake in the trust file of an auditor is told."""

import pytest

from syncproof.evidence.core_verifier import read_trust


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('revoked = "2020-01-01"', "revoked unknown"),
        ("revoked_at = 2020-01-01T00:00:00", "without a zone"),
        ('kind = "robot"', "valid are person and ci"),
        ("[[keys]]", "has no place"),
        ("[[tsa]]", "certificate missing"),
        ("[key.more]", "more unknown"),
    ],
)
def test_a_mistake_in_the_trust_file_is_told(folder, change, said):
    """A revocation that is not read would let the key count."""
    text = (folder / "trust.toml").read_text().replace('kind = "person"\n', "")
    with pytest.raises(ValueError, match=said):
        read_trust(f"{text}\n{change}\n")
    assert len(read_trust(text)["key"]) == 2
