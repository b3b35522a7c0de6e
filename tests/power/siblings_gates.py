"""Siblings of the catalogue's defects of gates (HLD-10, HLD-11, HLD-17, TRC-07: results, release, the question at the moment of use): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_gates.py --only 'SIB-*'``
"""

from typing import Any

from syncproof.defects import Defect
from syncproof.simulators.chassis import holds


class OnlyTheLowerLimit(Defect):
    """The release looks at the lower limit of a characteristic only."""

    id = "SIB-HLD-10a"
    citation = "sibling of HLD-10 (one of two limits)"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "release_gate"

    def replacement(self, original, spec, results):
        wide = [{**one, "high": "999999"} for one in spec["characteristics"]]
        return original({**spec, "characteristics": wide}, results)


class LimitsExclusive(Defect):
    """A result at the limit is taken for one beyond it."""

    id = "SIB-HLD-10b"
    citation = "sibling of HLD-10 (the boundary)"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "release_gate"

    def replacement(self, original, spec, results):
        narrow = [
            {**one, "low": f"{float(one['low']) + 0.0001:.4f}", "high": f"{float(one['high']) - 0.0001:.4f}"}
            for one in spec["characteristics"]
        ]
        return original({**spec, "characteristics": narrow}, results)


class FirstCharacteristicOnly(Defect):
    """The release looks at the first characteristic of a specification and at no other."""

    id = "SIB-HLD-10c"
    citation = "sibling of HLD-10 (another characteristic)"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "release_gate"

    def replacement(self, original, spec, results):
        return original({**spec, "characteristics": spec["characteristics"][:1]}, results)


class OneSampleIsEnough(Defect):
    """A lot gets free on its first sample, whatever the sampling plan says."""

    id = "SIB-HLD-11a"
    citation = "sibling of HLD-11 (half an inspection)"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "release_gate"

    def replacement(self, original, spec, results):
        return original({**spec, "samples": min(1, len(results))}, results)


class UninspectedAtTheOtherSite(Defect):
    """The inspection is demanded at one site only."""

    id = "SIB-HLD-11b"
    citation = "sibling of HLD-11 (another site)"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "specification"

    def replacement(self, original, ctx, lot):
        return original(ctx, lot) if lot["site"] == "EAST" else None


class AnswerRemembered(Defect):
    """Execution asks once about a lot and remembers the answer."""

    id = "SIB-HLD-17a"
    citation = "sibling of HLD-17 (the status of the first use in place of that of the release)"
    requirements = ("URS-HLD-008",)
    system = "mes"
    policy = "ask_quality"

    def __init__(self):
        self._answers: dict[str, Any] = {}

    async def replacement(self, original, ctx, lot):
        if lot not in self._answers:
            self._answers[lot] = await original(ctx, lot)
        return self._answers[lot]


class SilenceIsConsent(Defect):
    """No answer of the quality system is taken for a yes."""

    id = "SIB-HLD-17b"
    citation = "sibling of HLD-17 (an outage of who is asked)"
    requirements = ("URS-SYN-005", "URS-HLD-008")
    system = "mes"
    policy = "answer_of_quality"

    def replacement(self, original, lot, answer):
        return original(lot, answer) if answer else None


class QuestionNotKept(Defect):
    """The quality system answers and keeps no record of the question."""

    id = "SIB-HLD-17c"
    citation = "sibling of HLD-17 (the record of the question)"
    requirements = ("URS-HLD-008",)
    system = "qms"
    policy = "eligibility_log"

    def replacement(self, original, ctx, lot, *, eligible):
        return None


class ResultOnAnyLot(Defect):
    """A result for an unknown lot is put on the lot that came last."""

    id = "SIB-TRC-07"
    citation = "sibling of TRC-07 (another lot in place of none)"
    requirements = ("URS-QLT-003",)
    system = "qms"
    policy = "inspected"

    def replacement(self, original, ctx, text):
        if holds.find(ctx, text):
            return original(ctx, text)
        return (ctx.state.all("lot")[-1:] or [{"id": "x", "item": "", "site": ""}])[0]
