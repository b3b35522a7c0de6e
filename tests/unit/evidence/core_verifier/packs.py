"""Packs to verify, what is done to them, and what is said of them."""

import tomllib

from syncproof.evidence import deviations
from syncproof.evidence.core_verifier import Verifier, exit_code
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import read_pack
from syncproof.evidence.signing.statements import attest
from tests.acceptance.attacks.folder import REQUIREMENT


def newest(folder):
    """The pack of the last run."""
    return max((folder / "evidence").glob("0*"))


def statuses(folder, trust):
    pack = newest(folder)
    found = Verifier(pack, None, None, trust).verify()
    return [one.status for one in found if one.check == "signature"], exit_code(found)


def trusted(folder, **change):
    trust = tomllib.loads((folder / "trust.toml").read_text())
    trust["key"][1] |= change
    return trust


def said(pack, check, head=None, trust=None):
    """What is said of one kind: status, place, message."""
    found = Verifier(pack, None, head, trust or {}).verify()
    return [(one.status, one.place, one.message) for one in found if one.check == check]


def not_ok(pack, ledger=None):
    found = Verifier(pack, ledger, None, {}).verify()
    return {one.check for one in found if one.status in {"failed", "could not check"}} - {"signature"}


def unlink(name):
    return lambda a: (a.pack / name).unlink()


def put(name, data=b"x"):
    return lambda a: (a.pack / name).write_bytes(data)


def reworked(change, type_="check"):
    """Events of a type are changed, and all is chained and sealed anew."""

    def edit(a):
        a.edit(a.journal, lambda lines: [x | change if x["type"] == type_ else x for x in lines])
        a.reseal()

    return edit


def started(folder, number=1, *, scenarios=("one",)):
    """A run under way, with its plan."""
    pack = Evidence(folder / "evidence").open_run({})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": number})
    planned = [{"id": id_, "requirements": [REQUIREMENT], "selected": True} for id_ in scenarios]
    journal.append("plan", {"scenarios": planned})
    return pack, journal


def finished(pack, journal, verdicts, faults=()):
    for event in deviations.opened(read_pack(pack.path), pack.number):
        journal.append("deviation", event)
    counts = {"written": 1, "verdicts": verdicts}
    journal.append("run_finished", {"counts": counts, "exit": 1, "faults": list(faults)})
    journal.close()
    pack.finish({"counts": counts})
    attest(read_pack(pack.path))
    return pack.path
