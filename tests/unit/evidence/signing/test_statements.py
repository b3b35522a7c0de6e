"""What is signed says what the record says, and is read again as it was written."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from syncproof.errors import EvidenceError
from syncproof.evidence import seal
from syncproof.evidence.canonical import canonical
from syncproof.evidence.reader import read_pack
from syncproof.evidence.signing import statements
from tests.unit.evidence.test_reader import plan, whole, write

SEALED = "a" * 64
SUBJECT = [{"name": "record/seal.json", "digest": {"sha256": SEALED}}]


@pytest.fixture
def record(tmp_path):
    """``record(**verdicts)``: of scenarios that came to these; what was not selected is only planned."""

    def made(started=None, **verdicts):
        planned = plan(*((id_, verdict != "unselected") for id_, verdict in verdicts.items()))
        ran = {id_: verdict for id_, verdict in verdicts.items() if verdict not in {"unselected", "not run", "aborted"}}
        events = [event for id_, verdict in ran.items() for event in whole(id_, verdict)]
        left = [next(whole(id_)) for id_, verdict in verdicts.items() if verdict == "aborted"]
        write(tmp_path, "main", [("run_started", started or {}), planned, *events, *left])
        return read_pack(tmp_path)

    return made


def test_the_attestation_speaks_of_the_seal_and_sorts_the_scenarios_by_what_they_came_to(record):
    """Aborted counts as failed; what was not selected is left out, and all else is a warning."""
    came_to = {"b": "passed", "a": "passed", "d": "failed", "c": "aborted", "e": "not run", "f": "unselected"}
    assert statements.attestation(record(**came_to), SEALED) == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": SUBJECT,
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {
            "result": "FAILED",
            "configuration": [],
            "passedTests": ["a", "b"],
            "warnedTests": ["e"],
            "failedTests": ["c", "d"],
        },
    }


@pytest.mark.parametrize(
    ("verdicts", "result"),
    [
        ({"a": "passed", "b": "unselected"}, "PASSED"),
        ({"a": "passed", "b": "not supported"}, "WARNED"),
        ({"a": "passed", "b": "aborted"}, "FAILED"),
        ({"a": "not run"}, "FAILED"),
        ({"a": "unselected"}, "FAILED"),
    ],
    ids=["passed", "not supported", "aborted", "nothing ran", "nothing selected"],
)
def test_the_result_is_passed_only_if_all_passed_and_something_did(record, verdicts, result):
    """A run in which nothing passed proved nothing."""
    assert statements.attestation(record(**verdicts), SEALED)["predicate"]["result"] == result


def test_the_attestation_names_what_was_tested_with_by_hash(record):
    """The landscape, the lock file if there is one, and the parts of the suite by name."""
    landscape = {"path": "plant.toml", "sha256": "1" * 64}
    suite = {"steps": "sha256:" + "4" * 64, "features": "sha256:" + "3" * 64}
    told = record({"landscape": landscape, "lock_file": {"path": "x.lock", "sha256": "2" * 64}, "suite": suite})
    assert statements.attestation(told, SEALED)["predicate"]["configuration"] == [
        {"name": "landscape: plant.toml", "digest": {"sha256": "1" * 64}},
        {"name": "lock_file: x.lock", "digest": {"sha256": "2" * 64}},
        {"name": "suite: features", "digest": {"sha256": "3" * 64}},
        {"name": "suite: steps", "digest": {"sha256": "4" * 64}},
    ]


def test_a_record_without_its_start_names_nothing_that_it_was_tested_with(tmp_path):
    """It says what it holds, no more."""
    write(tmp_path, "main", [plan()])
    assert statements.attestation(read_pack(tmp_path), SEALED)["predicate"]["configuration"] == []


def test_a_sealed_record_is_attested_and_another_one_is_not(record):
    """Nothing could be said of what may still change."""
    made = record(a="passed")
    path = made.path / "attestation.dsse.json"
    statements.attest(made)
    assert not path.exists()
    sealed = seal.make(made.path, 1, None, by=seal.CONTROLLER, ended="finished")
    statements.attest(made)
    envelope, statement = statements.read(path)
    assert statement == statements.attestation(made, sealed)
    assert (envelope.payload_type, envelope.signatures) == ("application/vnd.in-toto+json", {})


def test_a_signed_statement_is_written_as_one_canonical_line_and_read_again(tmp_path):
    """In a folder that is made for it; with the signature under the id of its key, which holds over the statement."""
    statement = statements.signature(SEALED, {"name": "Ana Roe"})
    assert statement == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": SUBJECT,
        "predicateType": "urn:syncproof:signature:1",
        "predicate": {"name": "Ana Roe"},
    }
    envelope, path = statements.unsigned(statement), tmp_path / "signatures" / "one.json"
    private = ec.generate_private_key(ec.SECP256R1())
    statements.sign(envelope, private, "k1")
    for _ in range(2):
        data = statements.write(path, envelope)
    written = json.loads(data)
    assert path.read_bytes() == data == canonical(written) + b"\n"
    assert base64.b64decode(written["payload"]) == canonical(statement)
    assert [one["keyid"] for one in written["signatures"]] == ["k1"]
    again, said = statements.read(path)
    assert said == statement
    public = statements.SSlibKey.from_crypto(private.public_key(), keyid="k1")
    assert list(again.verify([public], 1)) == ["k1"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", canonical(statements.unsigned({"subject": []}).to_dict())],
    ids=["empty", "list", "object", "no predicate"],
)
def test_what_is_no_signed_statement_is_said(tmp_path, content):
    """With the file, and why."""
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=r"x\.json is no DSSE envelope over an in-toto statement \(.+\)$"):
        statements.read(path)
    assert statements.sealed_by({"subject": SUBJECT}) == SEALED


def test_a_statement_speaks_of_a_seal_only_under_its_name():
    """Whatever else it speaks of, in whatever place."""
    other = {"name": "other", "digest": {"sha256": "b" * 64}}
    assert statements.sealed_by({"subject": [other, {"digest": {}}, *SUBJECT]}) == SEALED
    assert statements.sealed_by({"subject": [other]}) is None
