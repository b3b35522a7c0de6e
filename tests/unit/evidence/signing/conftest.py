"""Keys are made and unlocked at once: nobody guesses at the passphrases of a test."""

import pytest

from syncproof.evidence.signing import passphrase


@pytest.fixture(autouse=True)
def cheap(monkeypatch, request):
    """Not where the cost itself is tested."""
    if request.module.__name__.rpartition(".")[2] != "test_passphrase":
        monkeypatch.setattr(passphrase, "COST", 2)
