"""A key file names its owner, opens only with its passphrase and is never overwritten."""

import shutil
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from syncproof.errors import ConfigurationError
from syncproof.evidence.signing import keys

PASSPHRASE = "correct horse battery"
NAME = 'Jane "J" Roe \\ Poe'


@pytest.fixture
def key(tmp_path):
    return keys.create(tmp_path / "jane.pem", NAME, "Validation engineer", PASSPHRASE)


def test_it_says_whose_it_is_without_being_unlocked(key):
    """Name, role and kind, from the certificate."""
    found = keys.read(key.path)
    assert (found.name, found.role, found.kind) == (NAME, "Validation engineer", "person")
    assert found.keyid == key.keyid


def test_only_its_passphrase_opens_it(key):
    """Nothing else, and not without one; whoever has no passphrase cannot read the file either."""
    assert key.path.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    assert key.unlock(PASSPHRASE).key_size == 256
    with pytest.raises(ConfigurationError, match="the passphrase is wrong"):
        key.unlock("something else altogether")
    with pytest.raises(TypeError):
        load_pem_private_key(key.path.read_bytes(), None)


def test_the_trust_entry_is_toml_that_names_the_key(key):
    """Names with quotes too."""
    [entry] = tomllib.loads(keys.trust_entry(key))["key"]
    assert (entry["name"], entry["kind"], entry["keyid"]) == (NAME, "person", key.keyid)
    assert entry["public"] == key.public
    assert entry["valid_from"] < entry["valid_until"]


def test_a_key_is_never_overwritten(key):
    """It may be the only one that signed something."""
    with pytest.raises(ConfigurationError, match="never overwritten"):
        keys.create(key.path, "Rob Doe", "QA", PASSPHRASE)
    assert keys.read(key.path).keyid == key.keyid


@pytest.mark.parametrize(
    ("name", "role", "passphrase", "message"),
    [
        ("Jane", "QA", "p" * 11, "the passphrase has fewer than 12 characters: use a longer one"),
        ("  ", "QA", PASSPHRASE, "a key needs the name and the role of the one who signs with it"),
        ("Jane", "", PASSPHRASE, "a key needs the name and the role of the one who signs with it"),
        ("x" * 65, "QA", PASSPHRASE, f"the name '{'x' * 64}' cannot be printed: give up to 64 printable letters"),
        ("Jane", "Q\nA", PASSPHRASE, "the role 'Q\\\\nA' cannot be printed: give up to 64 printable letters"),
    ],
)
def test_a_key_that_protects_or_names_nobody_is_not_made(tmp_path, name, role, passphrase, message):
    """It is said what to do, and no file is left."""
    with pytest.raises(ConfigurationError, match=f"^{message}$"):
        keys.create(tmp_path / "x.pem", name, role, passphrase)
    assert not (tmp_path / "x.pem").exists()


def test_the_shortest_passphrase_and_the_longest_name_will_do(tmp_path):
    """What is refused begins beyond them. More blanks between the words of a name do not make another person."""
    key = keys.create(tmp_path / "x.pem", " Jane   Roe ", "x" * 64, "p" * 12)
    assert (key.name, key.role) == ("Jane Roe", "x" * 64)


def test_a_key_that_cannot_be_written_is_told(tmp_path):
    """With the reason of the system."""
    path = tmp_path / "gone" / "x.pem"
    with pytest.raises(ConfigurationError, match=f"^{path} cannot be written: No such file or directory$"):
        keys.create(path, "Jane Roe", "QA", PASSPHRASE)


@pytest.fixture
def tokyo(monkeypatch):
    """The machine stands there, for a while."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be changed there")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("tokyo")
def test_the_certificate_is_good_for_signatures_and_for_three_years_from_now_wherever_that_is(tmp_path):
    """PDF readers look at both; it is nobody's authority."""
    before = datetime.now(UTC).replace(microsecond=0)
    made = keys.create(tmp_path / "x.pem", "Jane Roe", "QA", PASSPHRASE).certificate
    assert before <= made.not_valid_before_utc <= datetime.now(UTC)
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=3 * 365)
    signs = dict.fromkeys(("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
    signs |= dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
    signs = x509.KeyUsage(digital_signature=True, content_commitment=True, **signs)
    none = x509.BasicConstraints(ca=False, path_length=None)
    assert [(one.critical, one.value) for one in made.extensions] == [(True, signs), (True, none)]


def test_another_file_is_no_key(tmp_path):
    """Nor one that is not there."""
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(ConfigurationError, match="no key file"):
        keys.read(tmp_path / "x.pem")
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        keys.read(tmp_path / "y.pem")


@pytest.mark.parametrize("name", ["Ada\u202eevE", "Ada\nx", "Ada\x00"])
def test_a_name_that_cannot_be_printed_is_refused(tmp_path, name):
    """With letters that turn or break a line."""
    with pytest.raises(ConfigurationError, match="cannot be printed"):
        keys.create(tmp_path / "key.pem", name, "QA", PASSPHRASE)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_the_private_part_is_locked_with_scrypt_and_openssl_opens_it(tmp_path):
    """The library's own default is PBKDF2 with 2,048 rounds: too cheap to guess at."""
    path = tmp_path / "key.pem"
    keys.create(path, "Jane Roe", "QA", PASSPHRASE)
    told = subprocess.run(["openssl", "asn1parse", "-in", path], capture_output=True, check=True)
    assert b"scrypt" in told.stdout
    command = ["openssl", "pkcs8", "-in", path, "-passin", f"pass:{PASSPHRASE}"]
    assert b"BEGIN PRIVATE KEY" in subprocess.run(command, capture_output=True, check=True).stdout
