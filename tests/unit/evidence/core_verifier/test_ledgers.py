"""The ledger says which runs there were, and its head that it is still the same."""

import shutil

import pytest

from syncproof.evidence.canonical import sha256
from syncproof.evidence.core_verifier import Verifier
from tests.unit.evidence.core_verifier.packs import (
    newest,
    said,
)


@pytest.mark.parametrize("head", ["", "1", "0:" + "0" * 64, "x:" + "0" * 64, "1:" + "0" * 63, "1:" + "A" * 64])
def test_a_head_that_is_none_is_refused(tmp_path, head):
    """It would have been kept outside in vain."""
    with pytest.raises(ValueError, match="LINES:HASH"):
        Verifier(tmp_path, None, head, {})


def test_a_head_from_before_the_end_of_the_run_says_nothing_of_it(folder):
    """The record could still be written anew."""
    pack = newest(folder)
    raw = (folder / "evidence" / "ledger.ndjson").read_bytes().splitlines()
    found = Verifier(pack, None, f"5:{sha256(raw[4])}", {}).verify()
    assert [one.status for one in found if one.check == "ledger head"] == ["could not check"]


def test_without_ledger_head_or_signature_it_is_told_what_nobody_vouches_for(copied):
    """An auditor reads what was not shown."""
    (copied.parent / "ledger.ndjson").unlink()
    shutil.rmtree(copied / "signatures")
    text = "is not here: whether runs were left out cannot be said"
    assert said(copied, "ledger") == [("could not check", str(copied.parent / "ledger.ndjson"), text)]
    assert said(copied, "signature") == [("unsigned", "", "nobody has signed this pack")]


def test_a_ledger_that_was_not_kept_outside_or_was_written_anew_is_told(copied):
    """With the line that was kept, or that there is none."""
    none = "no head kept outside was given (--head LINES:HASH): whoever holds the whole folder could have rewritten it"
    assert said(copied, "ledger head") == [("unsigned", "", none)]
    text = "is not what was kept outside: the ledger was rewritten or cut"
    for number in (8, 9):
        assert said(copied, "ledger head", f"{number}:{'a' * 64}") == [("failed", f"ledger line {number}", text)]
