"""The private part of a key file is locked so that guessing is dear, in a form that others read."""

import pytest
from asn1crypto import keys, pem
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from syncproof.evidence.signing.passphrase import encrypt

PASSPHRASE = "correct horse bättery"


@pytest.fixture
def private():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def locked(private):
    return encrypt(private, PASSPHRASE)


def parts(locked):
    """The salt, the other parameters of scrypt, the first block of AES, and what is locked."""
    kind, _, der = pem.unarmor(locked)
    assert kind == "ENCRYPTED PRIVATE KEY"
    info = keys.EncryptedPrivateKeyInfo.load(der, strict=True)
    assert info["encryption_algorithm"]["algorithm"].native == "pbes2"
    scheme = info["encryption_algorithm"]["parameters"]
    assert scheme["encryption_scheme"]["algorithm"].native == "aes256_cbc"
    derived = scheme["key_derivation_func"]
    assert derived["algorithm"].dotted == "1.3.6.1.4.1.11591.4.11", "scrypt (RFC 7914)"
    salt, *numbers = derived["parameters"].native.values()
    return salt, numbers, scheme["encryption_scheme"]["parameters"].native, info["encrypted_data"].native


def test_others_open_it_with_the_passphrase_and_without_it_nobody(private, locked):
    """cryptography by itself; OpenSSL, see the key files."""
    opened = load_pem_private_key(locked, PASSPHRASE.encode())
    assert opened.private_numbers() == private.private_numbers()
    with pytest.raises(ValueError, match="."):
        load_pem_private_key(locked, b"correct horse battery")


def test_guessing_costs_what_is_promised(locked):
    """N, r, p and the bytes of the key, as they stand in the file: 16 MB a try."""
    salt, numbers, start, _ = parts(locked)
    assert numbers == [16384, 8, 5, 32]
    assert (len(salt), len(start)) == (16, 16)


def test_nothing_is_used_twice(private, locked):
    """The same key under the same passphrase is another file each time."""
    salt, _, start, secret = parts(locked)
    other_salt, _, other_start, other_secret = parts(encrypt(private, PASSPHRASE))
    assert len({salt, other_salt, start, other_start, secret, other_secret}) == 6
