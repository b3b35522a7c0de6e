"""The full check says what signed copies, stamps and views come to, in words and with the anchor they rest on.

What a signature or a stamp is worth, ``signing/test_documents`` and ``signing/test_stamps`` say: here it is given.
"""

import os
import shutil
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import syncproof
from syncproof.errors import EvidenceError
from syncproof.evidence import manifest, seal
from syncproof.evidence.core_verifier import Finding, Verifier
from syncproof.evidence.ledger import Ledger
from syncproof.evidence.pack import Evidence
from syncproof.evidence.signing import documents, stamps, statements
from syncproof.evidence.signing.documents import SignedDocument
from syncproof.evidence.verification import findings
from syncproof.reporting import views
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import run

ANCHOR = "re-made view"
MADE_BY = syncproof.__version__
AT = "2027-03-10T06:00:00+00:00"
HOSTILE = "Jane\x1b[2J\nok"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    evidence = Evidence(folder / "evidence")
    return folder, [run(evidence, folder, number, "KGM").path.name for number in (1, 2, 3)]


@pytest.fixture
def pack(built, tmp_path):
    """The last of three runs, with a view that is no view of ours and without signatures."""
    folder, names = built
    shutil.copytree(folder / "evidence", tmp_path / "evidence")
    found = tmp_path / "evidence" / names[-1]
    (found / "signatures").mkdir()
    (found / "index.html").unlink()
    return found


def told(pack, check, trust=None):
    """What is said beyond the core's checks, of one kind: status, place, message, anchor."""
    found = findings(pack, None, None, trust or {})
    return [(one.status, one.place, one.message, one.anchor) for one in found if one.check == check]


def test_the_findings_of_the_core_come_first_and_are_its_own(pack):
    """With the ledger, the head and the trust that the auditor gives."""
    path, private = pack / "attestation.dsse.json", ec.generate_private_key(ec.SECP256R1())
    envelope, _ = statements.read(path)
    statements.sign(envelope, private, "k1")
    statements.write(path, envelope)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    trust = {"key": [{"keyid": "k1", "name": "CI", "kind": "ci", "public": public}]}
    head = str(Ledger(pack.parent).head())
    away = (pack.parent / "ledger.ndjson").rename(pack.parent.with_name("kept"))
    given = (pack, away, head, trust)
    core = Verifier(*given).verify()
    assert {"ledger", "ledger head", "signature"} <= {one.check for one in core}
    assert ("signature", "ok") in {(one.check, one.status) for one in core}
    assert findings(*given) == [
        *core,
        Finding("views", "could not check", "", "there are none: syncproof evidence report PACK makes them", ANCHOR),
    ]


def test_a_record_whose_seal_does_not_hold_is_looked_at_no_further(pack):
    """Nothing could be made from it."""
    (pack / "signatures" / "01-author.pdf").write_bytes(b"x")
    (pack / seal.SEAL).write_bytes(b"{}")
    assert [one.check for one in findings(pack, None, None, {})] == ["seal"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.parametrize("name", ["01-author.pdf", "01-author.dsse.json.tsr", "01-author.dsse.json"])
def test_nothing_of_a_pack_that_holds_a_pipe_is_opened(pack, name):
    """Whoever reads it would wait for ever."""
    os.mkfifo(pack / "signatures" / name)
    os.mkfifo(pack / "signatures" / "z.pdf")
    text = "is a link or a device, of which a pack holds none: views and stamps were not looked at"
    found = findings(pack, None, None, {})
    assert found[-1] == Finding("views", "could not check", f"signatures/{name}", text, ANCHOR)
    assert not [one for one in found if one.check in {"signed PDF", "time stamp"}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_place_is_told_up_to_a_length(pack):
    """However deep it lies."""
    deep = pack / "signatures" / ("a" * 200) / ("b" * 200)
    deep.mkdir(parents=True)
    os.mkfifo(deep / "pipe")
    [(_, place, _, _)] = told(pack, "views")
    assert place == f"signatures/{deep.relative_to(pack / 'signatures').as_posix()}"[:400] + "…"


# --- signed copies ----------------------------------------------------------------------------------


@pytest.fixture
def copies(pack, monkeypatch):
    """``copies({name: what its reading gives or raises})``: the certificates that they were held against."""
    asked = []

    def given(results):
        def signed(path, trusted):
            asked.append(trusted)
            found = results[path.name]
            if isinstance(found, Exception):
                raise found
            return iter(found)

        for name in results:
            (pack / "signatures" / name).write_bytes(b"%PDF")
        monkeypatch.setattr(documents, "signed", signed)
        return asked

    return given


def test_each_signature_of_a_signed_copy_is_told_with_its_name_and_what_it_is_worth(pack, copies):
    """Trusted, of somebody the auditor does not name, or over other bytes: that weighs more than who it is."""
    given = [SignedDocument("Jane Roe", True, True), SignedDocument("Rob Doe", True, False)]
    asked = copies({"02-reviewer.pdf": given, "03.pdf": [SignedDocument("Ann Poe", False, True)]})
    place = "signatures/02-reviewer.pdf"
    assert told(pack, "signed PDF", {"key": [{"certificate": "PEM"}, {"name": "no certificate"}]}) == [
        ("ok", place, "signed by Jane Roe", "trusted key"),
        ("could not check", place, "not a certificate that you trust: Rob Doe", "trusted key"),
        ("failed", "signatures/03.pdf", "was changed after Ann Poe", "trusted key"),
    ]
    assert asked == [["PEM"], ["PEM"]]


def test_what_is_no_signed_copy_is_told_and_the_others_are_read(pack, copies):
    """Without any trust file, too."""
    errors = {"01.pdf": EvidenceError("cannot be read"), "02.pdf": ValueError("no certificate"), "03.pdf": []}
    assert copies({**errors, "04.pdf": [SignedDocument("Ann Poe", True, False)]}) == []
    assert told(pack, "signed PDF") == [
        ("failed", "signatures/01.pdf", "cannot be read", "trusted key"),
        ("failed", "signatures/02.pdf", "no certificate", "trusted key"),
        ("failed", "signatures/03.pdf", "holds no signature", "trusted key"),
        ("could not check", "signatures/04.pdf", "not a certificate that you trust: Ann Poe", "trusted key"),
    ]


def test_a_name_in_a_certificate_writes_nothing_on_the_terminal(pack, copies):
    """No escape codes, and no finding of its own."""
    copies({"01\x1b.pdf": [SignedDocument(HOSTILE, True, False)]})
    [(_, place, message, _)] = told(pack, "signed PDF")
    assert (place, message) == ("signatures/01\\x1b.pdf", "not a certificate that you trust: Jane\\x1b[2J\\nok")
    copies({"01\x1b.pdf": [], "x" * 250 + ".pdf": [SignedDocument("y" * 2000, True, True)]})
    _, (_, place, message, _) = told(pack, "signed PDF")
    assert (place, len(message)) == ("signatures/" + "x" * 250 + ".pdf", 1001), "the rest is left out"


# --- time stamps ------------------------------------------------------------------------------------


@pytest.fixture
def stamped(pack, monkeypatch):
    """``stamped(name, stamp, signed_at)``: a signature of that time with a stamp of these minutes after AT, or that
    is none; the certificates that it was held against."""
    results, asked = {}, []

    def stamped_at(path, trusted):
        asked.append(trusted)
        found = results[path.name]
        if isinstance(found, Exception):
            raise found
        return found

    def given(name, stamp, said=AT, *, trusted=True):
        path = pack / "signatures" / name
        facts = {} if said is None else {"signed_at": said}
        statements.write(path, statements.unsigned(statements.signature(seal.of(pack), facts)))
        path.with_name(f"{name}.tsr").write_bytes(b"token")
        is_time = isinstance(stamp, timedelta)
        results[name] = (datetime.fromisoformat(AT) + stamp, trusted) if is_time else stamp
        return asked

    monkeypatch.setattr(stamps, "stamped_at", stamped_at)
    return given


def test_a_stamp_is_told_with_its_time_and_what_it_shows(pack, stamped):
    """Five minutes are taken to be one act; beyond them, before or after, the signature's own time is false."""
    minutes, second = timedelta(minutes=5), timedelta(seconds=1)
    stamped("1.dsse.json", minutes)
    stamped("2.dsse.json", -minutes)
    stamped("3.dsse.json", minutes + second)
    stamped("4.dsse.json", -minutes - second)
    asked = stamped("5.dsse.json", minutes + second, trusted=False)
    trust = {"tsa": [{"certificate": "PEM"}, {"name": "no certificate"}]}
    false = "but the signature states 2027-03-10T06:00:00+00:00: that time is false"
    assert told(pack, "time stamp", trust) == [
        ("ok", "signatures/1.dsse.json.tsr", "stamped 2027-03-10T06:05:00+00:00", "time stamp"),
        ("ok", "signatures/2.dsse.json.tsr", "stamped 2027-03-10T05:55:00+00:00", "time stamp"),
        ("failed", "signatures/3.dsse.json.tsr", f"of 2027-03-10T06:05:01+00:00, {false}", "time stamp"),
        ("failed", "signatures/4.dsse.json.tsr", f"of 2027-03-10T05:54:59+00:00, {false}", "time stamp"),
        (
            "could not check",
            "signatures/5.dsse.json.tsr",
            "of 2027-03-10T06:05:01+00:00, by an authority that you do not name",
            "time stamp",
        ),
    ]
    assert asked == [["PEM"]] * 5


def test_a_stamp_that_is_none_is_told_and_the_others_are_read(pack, stamped):
    """Without any trust file, too."""
    stamped("1.dsse.json", EvidenceError("is no stamp of this file"))
    stamped("2.dsse.json", FileNotFoundError("is not there"))
    stamped("3.dsse.json", timedelta())
    (pack / "signatures" / "3.dsse.json").write_bytes(b"{}")
    asked = stamped("4.dsse.json", timedelta())
    found = told(pack, "time stamp")
    assert [status for status, *_ in found] == ["failed", "failed", "failed", "ok"]
    assert [message for _, _, message, _ in found[:2]] == ["is no stamp of this file", "is not there"]
    assert "is no DSSE envelope" in found[2][2]
    assert asked == [[]] * 4


@pytest.mark.parametrize("said", [None, "yesterday", 5, "2027-03-10T06:00:00"])
def test_a_signature_that_states_no_time_does_not_get_one_from_its_stamp(pack, stamped, said):
    """None, no instant, or one without a zone: that is no time that a stamp could bear out."""
    stamped("1.dsse.json", timedelta(), said)
    text = "of 2027-03-10T06:00:00+00:00, but the signature states no time"
    assert told(pack, "time stamp") == [("failed", "signatures/1.dsse.json.tsr", text, "time stamp")]


# --- views ------------------------------------------------------------------------------------------


def write(dossier, path):
    """A view: the number of the run, and up to where the ledger is told."""
    path.write_text(f"run {dossier.run} up to line {dossier.as_of.lines}")


@pytest.fixture
def made(pack, monkeypatch):
    """The pack with two views of three that there are; what the ledger said when they were made."""
    monkeypatch.setattr(views, "views", lambda: {"index.html": write, "junit.xml": write, "protocol.pdf": write})
    head = Ledger(pack.parent).head()
    for name in ("index.html", "junit.xml"):
        (pack / name).write_text(f"run 3 up to line {head.lines}")
    manifest.make(pack, head)
    return head


def test_views_that_say_what_the_record_says_are_one_finding(pack, made):
    """With how many there are; and up to which line of the ledger, once something was entered since."""
    told_of = "2 views say what the record says"
    assert told(pack, "views") == [("ok", "", f"{told_of} (made again and compared)", ANCHOR)]
    for _ in range(2):
        Evidence(pack.parent).note({"type": "gap_accepted", "run": 2, "reason": "r", "who": {"name": "Ann"}})
    since = f"up to line {made.lines} of the ledger (2 were entered since)"
    assert told(pack, "views") == [("ok", "", f"{told_of} {since} (made again and compared)", ANCHOR)]


def test_every_view_that_was_edited_is_named(pack, made):
    """By those of the version that made it, with all that it tells of at hand, there is no excuse."""
    for name in ("index.html", "junit.xml"):
        (pack / name).write_text("edited")
    text = "is not what the record and the ledger give: it was edited"
    assert told(pack, "views") == [("failed", "index.html", text, ANCHOR), ("failed", "junit.xml", text, ANCHOR)]


def test_a_view_of_another_version_may_differ_in_form(pack, made, monkeypatch):
    """That is no edit, and it is not passed over either."""
    (pack / "junit.xml").write_text("in another form")
    monkeypatch.setattr(syncproof, "__version__", "99")
    text = f"was made by Syncproof {MADE_BY}: this is 99, whose views differ in form"
    assert told(pack, "views") == [("could not check", "junit.xml", text, ANCHOR)]


def test_a_record_that_names_no_version_was_made_by_another_one(pack, made):
    """Nobody knows which."""
    (pack / "junit.xml").write_text("in another form")
    attacker = Attacker(pack)
    attacker.edit(attacker.journal, lambda lines: [{k: v for k, v in x.items() if k != "versions"} for x in lines])
    attacker.reseal()
    manifest.make(pack, made)
    [(status, _, message, _)] = told(pack, "views")
    assert (status, message.partition(":")[0]) == ("could not check", "was made by Syncproof None")


def test_a_view_that_tells_of_runs_whose_packs_are_not_here_cannot_be_made_again(pack, made):
    """The runs are named."""
    for other in set(pack.parent.glob("0*")) - {pack}:
        shutil.rmtree(other)
    (pack / "junit.xml").write_text("with what the other run says")
    text = "tells of runs whose packs are not here (1, 2): it cannot be made again"
    assert told(pack, "views") == [("could not check", "junit.xml", text, ANCHOR)]


def test_views_are_not_made_without_the_ledger_that_they_show(pack, made):
    """Even if the auditor has it elsewhere."""
    (pack.parent / "ledger.ndjson").unlink()
    text = "show what people entered into the ledger, which does not lie beside the pack"
    assert told(pack, "views") == [("could not check", "", text, ANCHOR)]


@pytest.mark.parametrize(
    "error", [EvidenceError("why"), OSError("why"), ValueError("why"), TypeError("why"), KeyError("why")]
)
def test_a_view_that_cannot_be_made_from_this_record_is_told(pack, made, monkeypatch, error):
    """With the reason; the pack may be of another version, or hostile."""

    def fails(*_):
        raise error

    monkeypatch.setattr(views, "views", lambda: {"index.html": fails})
    text = f"could not be made again from the record: {error}"
    assert told(pack, "views") == [("could not check", "", text, ANCHOR)]
