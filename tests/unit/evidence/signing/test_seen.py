"""A signature is shown as it was given, with whether it still speaks of the record."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from syncproof.evidence import seal
from syncproof.evidence.canonical import sha256
from syncproof.evidence.signing import statements
from syncproof.evidence.signing.seen import SignatureSeen, signatures
from tests.unit.evidence.test_reader import whole, write

SAID = {
    "name": "Ana Roe",
    "role": "QA",
    "as": "reviewer",
    "meaning": "I have read it",
    "signed_at": "2027-03-10T06:00:00Z",
    "keyid": "k1",
}


@pytest.fixture
def pack(tmp_path):
    """A sealed pack."""
    write(tmp_path, "main", whole("one"))
    seal.make(tmp_path, 1, None, by=seal.CONTROLLER, ended="finished")
    return tmp_path


@pytest.fixture
def put(pack):
    """``put(name)``: a signature of that name, of the seal that is there unless told otherwise."""

    def put(name, sealed=None, said=SAID, *, signed=True):
        envelope = statements.unsigned(statements.signature(sealed or seal.of(pack), said))
        if signed:
            statements.sign(envelope, ec.generate_private_key(ec.SECP256R1()), "k1")
        return statements.write(pack / "signatures" / name, envelope)

    return put


def test_a_signature_is_shown_as_it_was_given(pack, put):
    """With its file and the hash of that, which the next signature names."""
    data = put("1-reviewer.dsse.json")
    assert signatures(pack) == (
        SignatureSeen(
            name="Ana Roe",
            role="QA",
            capacity="reviewer",
            meaning="I have read it",
            at="2027-03-10T06:00:00Z",
            keyid="k1",
            state="signed",
            file="signatures/1-reviewer.dsse.json",
            sha256=sha256(data),
        ),
    )


def test_whether_a_signature_holds_for_the_record_is_shown_in_their_order(pack, put):
    """One of another seal was given for another record; an envelope without a signature claims one only."""
    put("3.dsse.json", sealed="b" * 64)
    put("1.dsse.json")
    put("2.dsse.json", signed=False)
    found = [(one.file, one.state) for one in signatures(pack)]
    assert found == [
        ("signatures/1.dsse.json", "signed"),
        ("signatures/2.dsse.json", "not signed"),
        ("signatures/3.dsse.json", "changed after signing"),
    ]


def test_what_cannot_be_read_as_a_signature_is_left_to_verify(pack, put):
    """No envelope, one that does not say all of it, or another kind of file; the others are shown."""
    put("1.dsse.json", said={"name": "Ana Roe"})
    put("2.dsse.json")
    (pack / "signatures" / "0.dsse.json").write_bytes(b"{}")
    put("3.json")
    assert [one.file for one in signatures(pack)] == ["signatures/2.dsse.json"]


def test_a_pack_that_nobody_signed_shows_none(pack):
    """Nor does one without a folder for them."""
    assert signatures(pack) == ()
