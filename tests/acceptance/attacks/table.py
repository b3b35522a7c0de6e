"""Attacks on an evidence folder and what catches each.

``until`` is how much the attacker makes good after the edit: nothing, the seal, the ledger, the signatures
(with a key of their own, or by taking them away). ``caught`` names every check that then fails or cannot be
made good; what stays silent is part of the claim, for the table must not promise more than there is.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from tests.acceptance.attacks import ledger_edits as ledger
from tests.acceptance.attacks import record_edits as record
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.record_edits import EVERY

SEAL, JOURNALS, BODIES, VERDICTS, INPUTS = "seal", "journals", "exchanges", "verdicts", "inputs"
MANIFEST, LEDGER, HEAD, SIGNATURE = "manifest", "ledger", "ledger head", "signature"
LEVELS = ("nothing", "seal", "ledger", "own key", "unsigned")


@dataclass(frozen=True)
class Attack:
    """One row of the table."""

    name: str
    edit: Callable[[Attacker], None]
    until: str
    caught: frozenset[str]


def attack(name: str, edit: Callable[[Attacker], None], until: str, *caught: str) -> Attack:
    return Attack(name, edit, until, frozenset(caught))


# --- edits ------------------------------------------------------------------------------------------


def flip(name: str) -> Callable[[Attacker], None]:
    def edit(a: Attacker) -> None:
        path = a.pack / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    return edit


def flip_body(a: Attacker) -> None:
    path = a.body()
    path.write_bytes(path.read_bytes().replace(b"KGM", b"GRM"))


def swap_bodies(a: Attacker) -> None:
    one, two = sorted((a.pack / "exchanges").iterdir())
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def forge_body(a: Attacker) -> None:
    from syncproof.evidence.canonical import sha256

    old = a.body()
    data = old.read_bytes().replace(b"KGM", b"LBR")
    (old.parent / sha256(data)).write_bytes(data)
    text = a.journal.read_bytes().replace(old.name.encode(), sha256(data).encode())
    old.unlink()
    a.journal.write_bytes(text)


def drop_line(a: Attacker) -> None:
    a.edit(a.journal, lambda lines: [x for x in lines if x["type"] != "exchange"])


def reorder(a: Attacker) -> None:
    a.edit(a.journal, lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]])


def duplicate(a: Attacker) -> None:
    a.edit(a.journal, lambda lines: [*lines[:5], lines[4], *lines[5:]])


def insert(a: Attacker) -> None:
    made = {"type": "note", "worker": "main", "at": "2026-01-01T00:00:00.000000Z"}
    a.edit(a.journal, lambda lines: [*lines[:4], made, *lines[4:]])


def truncate(a: Attacker) -> None:
    a.journal.write_bytes(a.journal.read_bytes()[:-40])


def date_seal_back(a: Attacker) -> None:
    path = a.pack / "record" / "seal.json"
    path.write_text(path.read_text().replace('"sealed_at":"2', '"sealed_at":"1'))


def drop_scenario(a: Attacker) -> None:
    next(path for path in (a.pack / "exchanges").iterdir() if b'"two"' in path.read_bytes()).unlink()
    a.edit(a.journal, lambda lines: [x for x in lines if x.get("scenario") != "two"])


def good_verdict(a: Attacker) -> None:
    """The verdict of the failed scenario, and of all that leads to it, but not what was observed."""

    def change(x: dict) -> dict:
        x = x | {"verdict": "passed"} if x.get("verdict") == "failed" else x
        return x | {"counts": x["counts"] | {"verdicts": {"passed": 2}}} if x["type"] == "run_finished" else x

    a.edit(a.journal, lambda lines: [change(x) for x in lines if x["type"] != "deviation"])


def good_actual(a: Attacker) -> None:
    """The same, and the observed value too: only the exchange still says otherwise."""
    good_verdict(a)
    a.events("check", actual="KGM")


def other_text(a: Attacker) -> None:
    def change(x: dict) -> dict:
        facts = {"URS-UOM-001": {"text": "Something easier."}}
        return x | {"requirements": facts} if x["type"] == "plan" else x

    a.edit(a.journal, lambda lines: [change(x) for x in lines])


def remove_run(a: Attacker) -> None:
    """The failed run, pack and ledger lines."""
    [failed] = a.folder.glob("0002-*")
    shutil.rmtree(failed)
    a.edit(a.ledger, lambda lines: [x for x in lines if x.get("run") != 2])


def renumber(a: Attacker) -> None:
    """The failed run taken out, and the one after it given its number."""
    remove_run(a)
    a.edit(a.ledger, lambda lines: [x | {"run": 2} if x.get("run") == 3 else x for x in lines])
    sealed = a.pack / "record" / "seal.json"
    sealed.write_text(sealed.read_text().replace('"run":3', '"run":2'))


def swap_packs(a: Attacker) -> None:
    """The pack of the first run in the place of the last."""
    [first] = a.folder.glob("0001-*")
    shutil.rmtree(a.pack)
    shutil.copytree(first, a.pack)


def other_seal(a: Attacker) -> None:
    [first] = a.folder.glob("0001-*")
    shutil.copy(first / "record" / "seal.json", a.pack / "record" / "seal.json")


def back_date(a: Attacker) -> None:
    a.edit(a.journal, lambda lines: [x | {"at": "2020-" + x["at"][5:]} for x in lines])


def extra(a: Attacker) -> None:
    (a.pack / "approval.pdf").write_bytes(b"approved")


def link(a: Attacker) -> None:
    (a.pack / "inputs" / "more.toml").symlink_to("/etc/hostname")


def escape(a: Attacker) -> None:
    path = a.pack / "manifest.json"
    found = json.loads(path.read_bytes())
    for name in ("../../head", "/etc/passwd", "a\\..\\b", "x" * 5000, "\x1b[31m"):
        found["files"].append({"file": name, "sha256": "0" * 64, "bytes": 1, "type": "text/plain"})
    path.write_text(json.dumps(found))


def edit_act(a: Attacker) -> None:
    a.edit(a.ledger, lambda lines: [x | {"reason": "as told"} if x["type"] == "signed" else x for x in lines])


def cut_ledger(a: Attacker) -> None:
    """The last signature, and all that the ledger says of it."""
    a.edit(a.ledger, lambda lines: lines[:-1])
    (a.pack / "signatures" / "02-reviewer.dsse.json").unlink()


def drop_signature(a: Attacker) -> None:
    (a.pack / "signatures" / "02-reviewer.dsse.json").unlink()


def foreign_signature(a: Attacker) -> None:
    """A true signature, in the place of another."""
    folder = a.pack / "signatures"
    shutil.copy(folder / "01-author.dsse.json", folder / "02-reviewer.dsse.json")


def claim(a: Attacker) -> None:
    """An approval that nobody signed: the envelope of one, without a signature."""
    import base64

    envelope = json.loads((a.pack / "signatures" / "02-reviewer.dsse.json").read_bytes())
    text = base64.b64decode(envelope["payload"]).replace(b'"as":"reviewer"', b'"as":"approver"')
    envelope |= {"payload": base64.b64encode(text).decode(), "signatures": []}
    (a.pack / "signatures" / "03-approver.dsse.json").write_text(json.dumps(envelope))


def payload(a: Attacker) -> None:
    """Another role in what was signed."""
    import base64

    path = a.pack / "signatures" / "02-reviewer.dsse.json"
    envelope = json.loads(path.read_bytes())
    text = base64.b64decode(envelope["payload"]).replace(b'"QA"', b'"QP"')
    envelope["payload"] = base64.b64encode(text).decode()
    path.write_text(json.dumps(envelope))


def drop_journal(a: Attacker) -> None:
    a.journal.unlink()


def drop_deviation(a: Attacker) -> None:
    a.edit(a.journal, lambda lines: [x for x in lines if x["type"] != "deviation"])


def nothing(_: Attacker) -> None:
    """The record as it is; only what is made good changes."""


TABLE = (
    attack("a bit of a journal is flipped", flip("record/journal-main.ndjson"), "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("the seal is dated back", date_seal_back, "nothing", MANIFEST, LEDGER, SIGNATURE),
    attack("a bit of an input is flipped", flip("inputs/landscape.toml"), "nothing", INPUTS, MANIFEST),
    attack("the evidence page is edited", flip("index.html"), "nothing", MANIFEST),
    attack("a stored body is edited", flip_body, "nothing", BODIES),
    attack("two stored bodies are swapped", swap_bodies, "nothing", BODIES),
    attack("a line is taken out", drop_line, "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("two lines change places", reorder, "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("a line is doubled", duplicate, "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("a line is put in", insert, "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("a journal is cut off", truncate, "nothing", JOURNALS, MANIFEST, VERDICTS),
    attack("a journal is taken away", drop_journal, "nothing", JOURNALS, MANIFEST, BODIES, VERDICTS, SIGNATURE),
    attack("a file is added", extra, "nothing", MANIFEST),
    attack("a link out of the pack is added", link, "nothing", INPUTS, MANIFEST),
    attack("the manifest names files outside the pack", escape, "nothing", MANIFEST),
    attack("an expected value is edited", lambda a: a.events("check", expected="GRM"), "seal", VERDICTS, LEDGER, SIGNATURE),
    attack("a tolerance is edited", lambda a: a.events("check", tolerance="5"), "seal", LEDGER, SIGNATURE),
    attack("the requirement's text is replaced", other_text, "seal", LEDGER, SIGNATURE),
    attack("a body is forged under its new hash", forge_body, "seal", LEDGER, SIGNATURE),
    attack("a scenario is left out", drop_scenario, "seal", VERDICTS, LEDGER, SIGNATURE),
    attack("all times are set back", back_date, "seal", LEDGER, SIGNATURE),
    attack("the whole chain is written anew", nothing, "seal", LEDGER, SIGNATURE),
    attack("the seal of another run is put in", other_seal, "nothing", JOURNALS, MANIFEST, LEDGER, SIGNATURE, VERDICTS),
    attack("the pack of a good run is put in the place of another", swap_packs, "nothing", LEDGER),
    attack("a failed run is taken out, pack and lines", remove_run, "ledger", LEDGER, HEAD, SIGNATURE),
    attack("a failed run is taken out and the next renumbered", renumber, "ledger", HEAD, SIGNATURE, VERDICTS),
    attack("the end of the ledger is cut off", cut_ledger, "nothing", HEAD),
    attack("an act in the ledger is edited", edit_act, "nothing", LEDGER, HEAD, SIGNATURE),
    attack("a signature is taken away", drop_signature, "nothing", LEDGER),
    attack("a true signature is put in the place of another", foreign_signature, "nothing", LEDGER, SIGNATURE),
    attack("an approval without a signature is put in", claim, "nothing", SIGNATURE),
    attack("the role in a signature is edited", payload, "nothing", LEDGER, SIGNATURE),
    attack("everything is written anew up to the ledger", other_text, "ledger", HEAD, SIGNATURE),
    attack("and signed with a key of the attacker's own", other_text, "own key", HEAD, SIGNATURE),
    attack("and the signatures are taken away", other_text, "unsigned", HEAD),
    attack("a key is put in twice, and all is chained and sealed anew", record.twice_a_key, "nothing", JOURNALS, VERDICTS, LEDGER, SIGNATURE),
    attack("the folder of the bodies becomes a link", record.link_to("exchanges"), "nothing", SEAL),
    attack("the seal becomes a link", record.link_to("record/seal.json"), "nothing", SEAL),
    attack("the seal speaks of other bodies", record.in_seal(exchanges={"count": 2, "bytes": 1, "root": "0" * 64}), "nothing", BODIES, LEDGER, SIGNATURE),
    attack("the manifest lists a file twice", record.list_twice, "nothing", MANIFEST),
    attack("a file is put among the signatures", ledger.stray, "nothing", SIGNATURE),
    attack("the entry of a signature is taken out of the ledger", ledger.lines(lambda found: found[:-1]), "nothing", HEAD, SIGNATURE),
    attack("a signature is taken out of its envelope", ledger.unsign, "nothing", HEAD, SIGNATURE),
    attack("a line that was signed is edited and chained anew", ledger.other_line("run_finished", 3), "nothing", HEAD, SIGNATURE),
    attack("the author reviews", ledger.signed_by("reviewer", "author"), "nothing", HEAD, SIGNATURE),
    attack("the author reviews with a second key", ledger.signed_by("reviewer", "second", "Jane Roe"), "nothing", HEAD, SIGNATURE),
    attack("somebody else is an author, too", ledger.signed_by("reviewer", "other", "Mary Major", **{"as": "author"}), "nothing", HEAD, SIGNATURE),
    attack("whoever performed the run reviews", ledger.signed_by("reviewer", "performer", "Lab"), "nothing", HEAD, SIGNATURE),
    attack("a run is signed before its end", ledger.signed_too_early, "nothing", HEAD, SIGNATURE),
)  # fmt: skip
"""On the last run, which passed and is signed by two people."""

ON_A_FAILED_RUN = (
    attack("a verdict is edited", good_verdict, "ledger", VERDICTS, HEAD),
    attack("a verdict and the observed value are edited", good_actual, "ledger", HEAD),
    attack("the deviation is taken out", drop_deviation, "ledger", VERDICTS, HEAD),
    attack("a deviation is put to another step", record.fields("deviation", step=1), "ledger", VERDICTS, HEAD),
    attack("what failed is called not supported", record.called("not supported", *EVERY), "ledger", VERDICTS, HEAD),
    attack("a scenario with a failed step is called blocked", record.called("blocked", "scenario_finished"), "ledger", VERDICTS, HEAD),
    attack("the step of a failed check is called passed", record.called("passed", "step_finished"), "ledger", VERDICTS, HEAD),
    attack("a scenario gets a verdict that there is not", record.called("fine", *EVERY[1:]), "ledger", VERDICTS, HEAD, SIGNATURE),
    attack("all passed, with a tolerance that words cannot meet", record.excused(tolerance="5"), "ledger", VERDICTS, HEAD),
    attack("all passed, by a kind of check that there is not", record.excused(kind="judged"), "ledger", VERDICTS, HEAD),
    attack("a check passed without an exchange", record.fields("check", exchanges=[]), "ledger", VERDICTS, HEAD),
    attack("a check cites an exchange that is not on record", record.fields("check", exchanges=["main-x99"]), "ledger", VERDICTS, HEAD),
    attack("a planned scenario is left out of record and counts", record.drop_planned, "ledger", VERDICTS, HEAD),
    attack("a scenario that was not planned is put in", record.add_scenario, "ledger", VERDICTS, HEAD),
    attack("a step that there is not gets an end", record.add_line("step_finished", n=99), "ledger", VERDICTS, HEAD),
    attack("a check is put to a step that there is not", record.add_line("check", step=99), "ledger", VERDICTS, HEAD),
    attack("a scenario that never began gets an end", record.add_end, "ledger", VERDICTS, HEAD),
    attack("only the counts are edited", record.counts(verdicts={"passed": 2}), "ledger", VERDICTS, HEAD),
    attack("more scenarios are counted than planned", record.counts(written=3), "ledger", VERDICTS, HEAD),
    attack("the record is that of another run", record.fields("run_started", run=9), "ledger", VERDICTS, HEAD),
    attack("a finished run is sealed as aborted", record.in_seal(ended="aborted"), "ledger", VERDICTS, LEDGER, HEAD),
    attack("the attestation says that all passed", record.attestation(predicate=record.ALL_PASSED), "nothing", SIGNATURE),
    attack("the attestation is a statement of another type", record.attestation(predicateType="x"), "nothing", SIGNATURE),
    attack("the attestation can be read in two ways", record.attestation(record.ambiguous), "nothing", SIGNATURE),
    attack("the ledger is cut off before the end of the run", ledger.cut_before_end, "nothing", LEDGER, HEAD),
    attack("the last line of the ledger is made unreadable", ledger.last_line(b'{"', b"{"), "nothing", LEDGER, HEAD),
    attack("a key is put twice into the last line of the ledger", ledger.ambiguous_end, "nothing", LEDGER, HEAD),
    attack("a run starts twice", ledger.lines(lambda found: [*found, found[0]]), "nothing", LEDGER),
    attack("a run ends twice", ledger.lines(lambda found: [*found, found[1]]), "nothing", LEDGER),
)  # fmt: skip
"""On the second run, which failed and which nobody has signed."""

ON_ANOTHER_RUN = (
    attack("the record of another run is taken out", ledger.empty_other, "nothing", LEDGER),
    attack("the record of another run is edited and sealed anew", ledger.reseal_other, "nothing", LEDGER),
)
"""Done to the second run, seen when the last one is verified."""

WITHOUT_ANCHOR = (
    "a run made up from the start, before any head was kept outside or any key was trusted: nothing catches it",
    "a system under test that answers falsely: the record holds what it answered",
    "an observed value that was edited together with its exchange, hashes, chain, ledger, where nothing was signed and "
    "no head kept: nothing catches it",
    "somebody with a trusted key who signs what is not true: the signature says who it was, and no more",
)
