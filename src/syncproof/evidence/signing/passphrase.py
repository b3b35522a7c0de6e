"""The encryption of a private key with a passphrase.

PKCS#8 with PBES2: scrypt and AES-256-CBC (RFC 7914, RFC 8018). ``cryptography`` reads this form and writes only
PBKDF2 with 2,048 rounds, so the container is put together here; OpenSSL reads it too.
"""

import os

from asn1crypto import algos, core, pem
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

COST, BLOCK, PARALLEL = 2**14, 8, 5
"""N, r and p of scrypt: 16 MB and about 0.2 s a try; more memory would go beyond what OpenSSL reads by default."""
_AES_BLOCK, _KEY_BYTES = 16, 32
_SCRYPT = "1.3.6.1.4.1.11591.4.11"


class _ScryptParameters(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("salt", core.OctetString),
        ("cost", core.Integer),
        ("block", core.Integer),
        ("parallel", core.Integer),
        ("key_length", core.Integer, {"optional": True}),
    ]


class _Kdf(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", core.ObjectIdentifier), ("parameters", _ScryptParameters)]


class _Pbes2(core.Sequence):  # type: ignore[misc]
    _fields = [("key_derivation_func", _Kdf), ("encryption_scheme", algos.EncryptionAlgorithm)]


class _Scheme(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", core.ObjectIdentifier), ("parameters", _Pbes2)]


class _Encrypted(core.Sequence):  # type: ignore[misc]
    _fields = [("encryption_algorithm", _Scheme), ("encrypted_data", core.OctetString)]


def encrypt(private: EllipticCurvePrivateKey, passphrase: str) -> bytes:
    """The private key as an encrypted PKCS#8 in PEM."""
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    salt, start = os.urandom(16), os.urandom(_AES_BLOCK)
    key = Scrypt(salt, _KEY_BYTES, COST, BLOCK, PARALLEL).derive(passphrase.encode())
    return _container(salt, start, _aes(key, start, plain))


def _aes(key: bytes, start: bytes, plain: bytes) -> bytes:
    padder = PKCS7(_AES_BLOCK * 8).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()


def _container(salt: bytes, start: bytes, secret: bytes) -> bytes:
    scrypt = {"salt": salt, "cost": COST, "block": BLOCK, "parallel": PARALLEL, "key_length": _KEY_BYTES}
    scheme = {
        "key_derivation_func": {"algorithm": _SCRYPT, "parameters": scrypt},
        "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": core.OctetString(start)},
    }
    pbes2 = {"algorithm": algos.EncryptionAlgorithmId("pbes2").dotted, "parameters": scheme}
    found = _Encrypted({"encryption_algorithm": pbes2, "encrypted_data": secret})
    return bytes(pem.armor("ENCRYPTED PRIVATE KEY", found.dump()))
