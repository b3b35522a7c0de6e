"""A key file names its owner, opens only with its passphrase and is never overwritten."""

import shutil
import subprocess
import tomllib

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from syncproof.errors import ConfigurationError
from syncproof.evidence.signing import keys

PASSPHRASE = "correct horse battery"


@pytest.fixture
def key(tmp_path):
    return keys.create(tmp_path / "jane.pem", 'Jane "J" Roe', "Validation engineer", PASSPHRASE)


def test_it_says_whose_it_is_without_being_unlocked(key):
    """Name, role and kind, from the certificate."""
    found = keys.read(key.path)
    assert (found.name, found.role, found.kind) == ('Jane "J" Roe', "Validation engineer", "person")
    assert found.keyid == key.keyid


def test_only_its_passphrase_opens_it(key):
    """Nothing else, and not without one."""
    assert key.unlock(PASSPHRASE).key_size == 256
    with pytest.raises(ConfigurationError, match="the passphrase is wrong"):
        key.unlock("something else altogether")
    with pytest.raises(TypeError):
        load_pem_private_key(key.path.read_bytes(), None)


def test_the_trust_entry_is_toml_that_names_the_key(key):
    """Names with quotes too."""
    [entry] = tomllib.loads(keys.trust_entry(key))["key"]
    assert (entry["name"], entry["kind"], entry["keyid"]) == ('Jane "J" Roe', "person", key.keyid)
    assert entry["public"] == key.public
    assert entry["valid_from"] < entry["valid_until"]


def test_a_key_is_never_overwritten(key):
    """It may be the only one that signed something."""
    with pytest.raises(ConfigurationError, match="never overwritten"):
        keys.create(key.path, "Rob Doe", "QA", PASSPHRASE)
    assert keys.read(key.path).keyid == key.keyid


@pytest.mark.parametrize(
    ("name", "passphrase", "message"),
    [("Jane", "short", "fewer than 12"), ("  ", PASSPHRASE, "needs the name")],
)
def test_a_key_that_protects_or_names_nobody_is_not_made(tmp_path, name, passphrase, message):
    """And no file is left."""
    with pytest.raises(ConfigurationError, match=message):
        keys.create(tmp_path / "x.pem", name, "QA", passphrase)
    assert not (tmp_path / "x.pem").exists()


def test_another_file_is_no_key(tmp_path):
    """Nor one that is not there."""
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(ConfigurationError, match="no key file"):
        keys.read(tmp_path / "x.pem")
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        keys.read(tmp_path / "y.pem")


@pytest.mark.parametrize("name", ["x" * 65, "Ada\u202eevE", "Ada\nx", "Ada\x00"])
def test_a_name_that_cannot_be_printed_is_refused(tmp_path, name):
    """Too long for a certificate, or with letters that turn or break a line."""
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
