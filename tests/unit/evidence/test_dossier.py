"""A dossier tells of one run what its record holds and what stands in the ledger beside it, up to a line of it."""

import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from syncproof.evidence import seal
from syncproof.evidence.dossier import read_dossier
from syncproof.evidence.execution.items import items
from syncproof.evidence.execution.register import read_history
from syncproof.evidence.journal import FIRST
from syncproof.evidence.ledger import Head, Ledger
from syncproof.evidence.matrix import matrix
from syncproof.evidence.protocols import UNAPPROVED
from syncproof.evidence.signing import statements
from tests.unit.evidence.execution.folder import Folder
from tests.unit.evidence.execution.runs import ONE, TWO
from tests.unit.evidence.test_reader import plan, write

BEFORE_THE_ACTS = 6
SIGNED = {"name": "Ana Roe", "role": "QA", "as": "reviewer", "meaning": "m", "signed_at": "t", "keyid": "k1"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Runs 1 and 2 failed, 3 is not here any more; of each that is here something was concluded, and something entered
    that does not count."""
    monkeypatch.delenv("CI", raising=False)
    made = Folder(tmp_path / "evidence")
    made.packs = [made.run({ONE: "failed", TWO: "passed"}), made.run({ONE: "failed"}), made.run({ONE: "passed"})]
    shutil.rmtree(made.packs[2].path)
    made.disposed()
    who = {"kind": "person", "name": "Ana Roe", "role": "QA"}
    for run in (1, 2):
        close = {"type": "deviation_closed", "run": run, "deviation": f"D-{run}-1", "reason": f"past {run}", "who": who}
        made.evidence.note(close)
        made.ben.conclude(run, f"Seen {run}.", "open points are known")
    return made


def test_a_dossier_is_of_its_run_alone(folder):
    """Record, deviations, items, conclusion and what does not count."""
    pack = folder.packs[0].path
    found = read_dossier(pack)
    assert found.record.verdicts() == {ONE: "failed", TWO: "passed"}
    assert (found.matrix, found.notice) == (matrix(found.record), UNAPPROVED)
    assert [(one.id, one.state) for one in found.deviations] == [("D-1-1", "dispositioned")]
    assert found.items == tuple(items(read_history(folder.path), 1))
    assert [one.scenario for one in found.items] == [ONE, TWO]
    assert (found.conclusion.reason, found.seal, found.signatures) == ("Seen 1.", seal.of(pack), ())
    assert [(act.type, act.reason) for act, _ in found.void] == [("deviation_closed", "past 1")]
    assert [why for _, why in found.void] == [why for act, why in read_history(folder.path).void if act.line == 8]
    assert (found.away, found.run) == ((3,), 1)


def test_it_says_up_to_which_line_of_the_ledger_it_tells(folder):
    """What was entered later is not in it."""
    pack, ledger = folder.packs[0].path, Ledger(folder.path)
    now, then = read_dossier(pack), read_dossier(pack, BEFORE_THE_ACTS)
    assert (now.as_of, then.as_of) == (ledger.head(), ledger.head(BEFORE_THE_ACTS))
    assert now.told_until == f"line 11 ({now.as_of.hash[:12]}); packs of runs 3 are not here"
    assert [(one.id, one.state) for one in then.deviations] == [("D-1-1", "open")]
    assert (then.conclusion, then.void, then.away) == (None, (), (3,))


def test_who_signed_the_pack_is_told(folder):
    pack = folder.packs[1].path
    envelope = statements.unsigned(statements.signature(seal.of(pack), SIGNED))
    statements.sign(envelope, ec.generate_private_key(ec.SECP256R1()), "k1")
    statements.write(pack / "signatures" / "1-reviewer.dsse.json", envelope)
    assert [(one.name, one.state) for one in read_dossier(pack).signatures] == [("Ana Roe", "signed")]


def test_without_a_ledger_beside_it_nothing_is_told_but_the_record(folder, tmp_path):
    pack = shutil.copytree(folder.packs[0].path, tmp_path / "elsewhere" / "pack")
    found = read_dossier(pack)
    assert found.record.verdicts() == {ONE: "failed", TWO: "passed"}
    assert (found.deviations, found.items, found.conclusion, found.void, found.away) == ((), (), None, (), ())
    assert (found.as_of, found.told_until) == (Head(0, FIRST), "there is no ledger beside the pack")


def test_a_record_that_does_not_say_which_run_it_is_gets_no_acts_of_others(folder):
    """Also none that names no run."""
    who = {"kind": "person", "name": "Ana Roe", "role": "QA"}
    folder.evidence.note({"type": "deviation_closed", "deviation": "D-1-1", "reason": "r", "who": who})
    pack = folder.path / "0009-nobody"
    write(pack, "main", [plan((ONE, True))])
    found = read_dossier(pack)
    assert (found.record.verdicts(), found.run) == ({ONE: "not run"}, None)
    assert (found.deviations, found.items, found.conclusion, found.void) == ((), (), None, ())
