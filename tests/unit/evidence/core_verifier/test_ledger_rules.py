"""The ledger and the packs beside it agree, or it is told in which line they do not."""

import json
import shutil
from itertools import count

import pytest

from syncproof.evidence import seal
from syncproof.evidence.canonical import canonical, sha256
from syncproof.evidence.core_verifier import Verifier
from tests.acceptance.attacks.attacker import Attacker
from tests.unit.evidence.core_verifier.packs import said


def ledger(change, *, chained=True):
    """Lines of the ledger are changed, and chained anew."""

    def edit(a):
        a.edit(a.ledger, change)
        if chained:
            a.rechain(a.ledger)

    return edit


def line(number, **fields):
    """One line of the ledger has other fields."""
    return ledger(lambda lines: [x | fields if n == number else x for n, x in enumerate(lines, 1)])


def added(*made):
    return ledger(lambda lines: [*lines, *made])


def without(run):
    return ledger(lambda lines: [x for x in lines if x["run"] != run])


def twice(number):
    return ledger(lambda lines: [*lines, lines[number - 1]])


def raw(data):
    """Bytes after the last line."""
    return lambda a: a.ledger.write_bytes(a.ledger.read_bytes() + data)


def torn_above(a):
    """A line that a crash tore, and one that follows it."""
    torn = b'{"at":"2026'
    act = canonical({"type": "gap_accepted", "run": 2, "prev": sha256(torn)})
    raw(torn + b"\n" + act + b"\n")(a)


def sealed(**fields):
    """The seal has other fields, and the ledger knows its hash."""

    def edit(a):
        path = a.pack / seal.SEAL
        path.write_bytes(canonical(json.loads(path.read_bytes()) | fields) + b"\n")
        line(6, seal=sha256(path.read_bytes()))(a)

    return edit


def second(a):
    return next(a.folder.glob("0002-*"))


def reseal_second(a):
    (second(a) / seal.SEAL).write_text("{}")


OTHER_SEAL = "holds another seal than the pack: one of them was replaced"
OTHER_START = "is not the start that the seal of this pack names"


@pytest.mark.parametrize(
    ("edit", "place", "message"),
    [
        (raw(b"[]\n"), "ledger line 9", "is no line of a ledger"),
        (raw(b"[]"), "ledger line 9", "is no line of a ledger"),
        (raw(b'{"at":\n'), "ledger line 9", "is no line of a ledger"),
        (added({"run": 3}), "ledger line 9", "lacks what a line of its type has"),
        (added({"run": 3, "type": "signed"}), "ledger line 9", "lacks what a line of its type has"),
        (ledger(lambda lines: [lines[0] | {"seed": "x"}, *lines[1:]], chained=False), "ledger line 2", "does not follow the line before: the ledger was changed"),
        (ledger(lambda lines: [lines[0] | {"prev": "1" * 64}, *lines[1:]], chained=False), "ledger line 1", "does not follow the line before: the ledger was changed"),
        (line(5, pack="0003-x"), "ledger line 5", OTHER_START),
        (sealed(pack="0003-x"), "ledger line 5", OTHER_START),
        (sealed(ledger={"line": 5, "hash": "0" * 64}), "ledger line 5", OTHER_START),
        (line(6, seal="0" * 64), "ledger line 6", OTHER_SEAL),
        (line(6, type="run_aborted", seal="0" * 64), "ledger line 6", OTHER_SEAL),
        (sealed(ended="aborted"), "ledger line 6", OTHER_SEAL),
        (line(6, counts={}), "ledger line 6", "has other counts than the record"),
        (line(8, file="../ledger.ndjson"), "../ledger.ndjson", "was signed by Rob Doe (ledger line 8) and is not here"),
        (line(8, file="signatures"), "signatures", "was signed by Rob Doe (ledger line 8) and is not here"),
        (line(8, sha256="0" * 64), "signatures/02-reviewer.dsse.json", "is not the signature that the ledger knows (line 8)"),
        (without(1), "ledger", "run 1 is missing: it was taken out"),
        (without(2), "ledger", "run 2 is missing: it was taken out"),
        (without(3), "ledger", "does not know run 3"),
        (added({"type": "run_started", "run": 10**15, "pack": "x"}), "ledger", "run 4 is missing: it was taken out"),
        (twice(3), "ledger", "run 2 started more than once"),
        (twice(4), "ledger", "run 2 ended more than once"),
        (lambda a: shutil.rmtree(second(a)), "{second}", "is in the ledger, and its pack is not here"),
        (line(3, pack="../x"), "../x", "is in the ledger, and its pack is not here"),
        (lambda a: (second(a) / seal.SEAL).unlink(), "{second}", "is sealed in the ledger, and its pack has no seal"),
        (reseal_second, "{second}", "has another seal than the ledger knows: that pack was changed or replaced"),
        (lambda a: (a.folder / "0004-20260101T000000Z").mkdir(), "0004-20260101T000000Z", "is a pack that the ledger does not know"),
    ],
    ids=count(1),
)  # fmt: skip
def test_where_ledger_and_packs_contradict_each_other_is_told(copied, edit, place, message):
    """With the line, the run or the pack."""
    attacker = Attacker(copied)
    place = place.format(second=second(attacker).name)
    edit(attacker)
    assert ("failed", place, message) in said(copied, "ledger")


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (raw(b'{"at":"2026'), 9),
        (torn_above, 10),
        (lambda a: a.ledger.write_bytes(a.ledger.read_bytes()[:-1]), 8),
        (line(6, type="run_aborted"), 8),
        (lambda a: (a.folder / "0004-20260101T000000Z").write_text("no pack"), 8),
        (lambda a: (a.folder / "notes").mkdir(), 8),
    ],
    ids=count(1),
)
def test_what_a_crash_leaves_and_what_is_no_pack_contradicts_nothing(copied, edit, lines):
    """A torn line, a last line without its end; a file, or a folder of another name."""
    edit(Attacker(copied))
    good = f"{lines} lines, chained; runs numbered without gaps; this pack is one of them"
    assert said(copied, "ledger") == [("ok", "", good)]


def test_a_run_that_has_not_ended_owes_no_seal(copied):
    """It goes on while this pack is checked; that the start of this one has moved is all that is told."""
    attacker = Attacker(copied)
    ledger(lambda lines: [*lines[:3], *lines[4:]])(attacker)
    reseal_second(attacker)
    assert said(copied, "ledger") == [("failed", "ledger line 4", OTHER_START)]


def test_packs_elsewhere_are_not_looked_for(copied, tmp_path):
    """A ledger that does not lie beside the pack says nothing of what does."""
    shutil.copytree(copied, tmp_path / "alone" / copied.name)
    shutil.copy(copied.parent / "ledger.ndjson", tmp_path)
    (tmp_path / "alone" / "ledger.ndjson").symlink_to(tmp_path / "ledger.ndjson")
    assert said(tmp_path / "alone" / copied.name, "ledger")[0][2] == "is in the ledger, and its pack is not here"
    found = Verifier(tmp_path / "alone" / copied.name, tmp_path / "ledger.ndjson", None, {}).verify()
    assert [one.status for one in found if one.check == "ledger"] == ["ok"]


def test_a_run_without_an_end_in_the_ledger_could_not_be_checked(copied):
    """It was cut off there, or killed."""
    attacker = Attacker(copied)
    attacker.edit(attacker.ledger, lambda lines: lines[:5])
    text = "knows no end of this run: it was cut off there, or the run was killed once it was sealed (syncproof evidence head FOLDER)"
    assert said(copied, "ledger")[1:] == [("could not check", "ledger", text)]


@pytest.mark.parametrize(
    ("number", "status", "text"),
    [
        (5, "could not check", "was kept before this run had ended: it says nothing of its record"),
        (6, "ok", "is as it was kept outside"),
        (8, "ok", "is as it was kept outside"),
    ],
)
def test_a_head_vouches_for_what_had_ended_when_it_was_kept(copied, number, status, text):
    """From the line on with which the run ended."""
    kept = sha256((copied.parent / "ledger.ndjson").read_bytes().splitlines()[number - 1])
    assert said(copied, "ledger head", f"{number}:{kept}") == [(status, f"ledger line {number}", text)]
