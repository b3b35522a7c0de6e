"""A signed report carries every signer's name, and shows any change."""

import io
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import StreamObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reportlab.pdfgen.canvas import Canvas

from syncproof.errors import EvidenceError, SystemUnavailable
from syncproof.evidence.canonical import sha256
from syncproof.evidence.pack import Evidence
from syncproof.evidence.signing import documents, keys, stamps, statements
from syncproof.evidence.signing.people import Signing
from syncproof.evidence.signing.seen import signatures
from syncproof.evidence.verification import findings
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import PASSPHRASE, run

OPENSSL = """
[req]
distinguished_name = dn
[dn]
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = CA:false
"""


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    path = run(Evidence(tmp_path / "evidence"), tmp_path, 1, "KGM").path
    canvas = Canvas(str(path / "summary.pdf"))
    canvas.drawString(100, 700, "Summary")
    canvas.save()
    return path


@pytest.fixture
def jane(tmp_path):
    return keys.create(tmp_path / "jane.pem", "Jane Roe", "Validation engineer", PASSPHRASE)


@pytest.fixture
def rob(tmp_path):
    return keys.create(tmp_path / "rob.pem", "Rob Doe", "QA", PASSPHRASE)


@pytest.fixture
def tsa(tmp_path):
    """A time-stamp authority of OpenSSL behind a loopback address."""
    folder = tmp_path / "tsa"
    folder.mkdir()
    (folder / "openssl.cnf").write_text(OPENSSL.format(folder=folder))
    (folder / "serial").write_text("01\n")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test TSA"]
    files = ["-keyout", "tsa.key", "-out", "tsa.pem", "-config", "openssl.cnf", "-extensions", "ext"]
    subprocess.run([*make, *files], cwd=folder, check=True, capture_output=True)

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query").write_bytes(query)
            command = ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query", "-out", "reply"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Authority)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", (folder / "tsa.pem").read_text()
    server.shutdown()


def pem(key):
    from cryptography.hazmat.primitives.serialization import Encoding

    return key.certificate.public_bytes(Encoding.PEM).decode()


def test_every_signer_adds_to_the_copy_of_the_one_before(pack, jane, rob):
    """Both signatures hold in the last copy; whose they are, the auditor's certificates say."""
    Signing(pack, jane, "author").sign(PASSPHRASE)
    Signing(pack, rob, "reviewer").sign(PASSPHRASE)
    original = (pack / "summary.pdf").read_bytes()
    last = pack / "signatures" / "02-reviewer.pdf"
    assert last.read_bytes().startswith(original)
    found = list(documents.signed(last, [pem(jane)]))
    assert [(one.name, one.intact, one.trusted) for one in found] == [
        ("Jane Roe", True, True),
        ("Rob Doe", True, False),
    ]


def test_any_change_of_the_signed_copy_shows(pack, jane):
    """In the text, or cut off."""
    Signing(pack, jane, "author").sign(PASSPHRASE)
    path = pack / "signatures" / "01-author.pdf"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"/Creator (", b"/Creatur (", 1))
    assert [one.intact for one in documents.signed(path, [pem(jane)])] == [False]
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(EvidenceError, match="cannot be read as a signed PDF"):
        list(documents.signed(path, []))


def overlay(writer):
    """Text on top of the page."""
    stream = StreamObject(stream_data=b"BT /F1 20 Tf 100 600 Td (Approved) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(stream))


def title(writer):
    """Another title in the properties of the file."""
    writer.root["/Lang"] = TextStringObject("en")
    writer.update_root()


def attached(writer):
    """A file within the file."""
    spec = FileSpec(file_spec_string="more.txt", embedded_data=EmbeddedFileObject.from_file_data(writer, b"approved"))
    embed_file(writer, spec)


@pytest.mark.parametrize("add", [overlay, title, attached])
def test_what_is_added_after_the_signature_shows(pack, jane, add):
    """The bytes that were signed are untouched: only what readers show has changed."""
    Signing(pack, jane, "author").sign(PASSPHRASE)
    path = pack / "signatures" / "01-author.pdf"
    good = path.read_bytes()
    writer = IncrementalPdfFileWriter(io.BytesIO(good))
    add(writer)
    changed = io.BytesIO()
    writer.write(changed)
    path.write_bytes(changed.getvalue())
    assert changed.getvalue().startswith(good)
    assert [one.intact for one in documents.signed(path, [pem(jane)])] == [False]


def test_an_authority_stamps_the_signature_and_verify_says_when(pack, jane, tsa):
    """In the envelope's stamp and in the PDF."""
    address, certificate = tsa
    path = Signing(pack, jane, "author", address).sign(PASSPHRASE)
    at, trusted = stamps.stamped_at(path, [certificate])
    assert trusted
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=2)
    assert not stamps.stamped_at(path, [])[1]
    trust = {"key": [{"keyid": jane.keyid, "name": jane.name, "public": jane.public, "certificate": pem(jane)}]}
    found = {
        one.check: one.status for one in findings(pack, None, None, {**trust, "tsa": [{"certificate": certificate}]})
    }
    assert (found["signature"], found["time stamp"], found["signed PDF"]) == ("ok", "ok", "ok")
    found = {one.check: one.status for one in findings(pack, None, None, trust)}
    assert found["time stamp"] == "could not check"


def test_a_stamp_of_another_file_and_garbage_are_found(pack, jane, rob, tsa):
    """They are told to be no stamps of this signature."""
    address, certificate = tsa
    one = Signing(pack, jane, "author", address).sign(PASSPHRASE)
    two = Signing(pack, rob, "reviewer", address).sign(PASSPHRASE)
    shutil.copy(f"{one}.tsr", f"{two}.tsr")
    with pytest.raises(EvidenceError, match="no stamp of this file"):
        stamps.stamped_at(two, [certificate])
    two.with_name(two.name + ".tsr").write_bytes(b"garbage")
    with pytest.raises(EvidenceError, match="no stamp of this file"):
        stamps.stamped_at(two, [certificate])


def test_a_false_time_of_a_person_with_a_trusted_key_is_caught_by_the_stamp_and_by_nothing_else(pack, jane, tsa):
    """The attack on time: the signature holds, its own word on when it was given does not."""
    address, certificate = tsa
    path = Signing(pack, jane, "author", address).sign(PASSPHRASE)
    envelope, statement = statements.read(path)
    later = datetime.fromisoformat(statement["predicate"]["signed_at"]) + timedelta(days=30)
    facts = statement["predicate"] | {"signed_at": later.isoformat()}
    envelope = statements.unsigned(statements.signature(statements.sealed_by(statement), facts))
    statements.sign(envelope, jane.unlock(PASSPHRASE), jane.keyid)
    data = statements.write(path, envelope)
    attacker = Attacker(pack)
    attacker.edit(
        attacker.ledger, lambda lines: [x | {"sha256": sha256(data)} if x["type"] == "signed" else x for x in lines]
    )
    stamps.stamp(path, address)
    trust = {"key": [{"keyid": jane.keyid, "name": jane.name, "public": jane.public, "certificate": pem(jane)}]}
    stamped = {
        one.check: one.status for one in findings(pack, None, None, {**trust, "tsa": [{"certificate": certificate}]})
    }
    assert (stamped["signature"], stamped["ledger"], stamped["time stamp"]) == ("ok", "ok", "failed")


def test_an_authority_that_does_not_answer_is_told(pack, jane):
    """With its address."""
    with pytest.raises(SystemUnavailable, match="http://127.0.0.1:9 gave no stamp"):
        Signing(pack, jane, "author", "http://127.0.0.1:9").sign(PASSPHRASE)


@pytest.mark.parametrize("name", ["Łukasz Żółć", "王小明 Ada", "Ada 100% %(x)s", "N" * 64])
def test_name_role_time_and_the_whole_meaning_are_printed(pack, tmp_path, name):
    """In the signed copy, with letters beyond Western Europe and with signs that mean something elsewhere."""
    import pypdfium2

    key = keys.create(tmp_path / "key.pem", name, "100% QA", PASSPHRASE)
    Signing(pack, key, "author").sign(PASSPHRASE)
    facts = signatures(pack)[0]
    document = pypdfium2.PdfDocument(str(pack / "signatures" / "01-author.pdf"))
    document.init_forms()
    page = document[len(document) - 1]
    pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
    document = pypdfium2.PdfDocument(flat(document))
    text = " ".join(document[len(document) - 1].get_textpage().get_text_range().split())
    for said in ("100% QA", f"{facts.at[:10]} {facts.at[11:19]} UTC", facts.meaning):
        assert said in text
    assert name.replace(" ", "") in text.replace(" ", "")


def flat(document):
    import io

    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
