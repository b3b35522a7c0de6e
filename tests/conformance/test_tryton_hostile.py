"""Tryton as ERP refuses whatever breaks a contract or a rule, or that it does not is on a list that is reviewed.

The adapter asks Tryton and adds no rule of its own, so what is taken here was taken by Tryton. A list that changed is
written to ``hostile.tsv.new`` beside the list.
"""

import csv
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syncproof import model as m
from syncproof.adapters.tryton import feed, lots, routings, units
from syncproof.conformance import samples
from syncproof.conformance.subject import Bench
from syncproof.errors import Untranslatable
from syncproof.integration.database import Database
from syncproof.integration.delivery import Delivery, offers_to
from syncproof.integration.store import Store
from syncproof.model.wire import plain
from tests.conformance.hostile import Mutant, breaks, mutants, telling
from tests.unit.integration.plant import event

LANDSCAPE = "tryton.toml"
LIST = Path(__file__).parents[2] / "landscapes" / "tryton" / "hostile.tsv"
COLUMNS = ("contract", "place", "value", "breaks", "what_came", "explained")
pytestmark = pytest.mark.tryton
KG = samples.KG
WHY = "hostile"
POSTED = ("lot", "disposition", "fact")
"""What Tryton as ERP is told by the integration; the rest is entered by its users."""
KEPT = (*feed.WATCHED, units.CATEGORY, routings.OPERATION, routings.CLASS, lots.LOT)
"""Models of which nothing is left by what was refused."""


class Plant:
    """Tryton with an item and a part of their own: what one test makes of them troubles no other."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.item, self.part = key(), key()
        made = m.ProductStructure(bom="bom")
        for material in (samples.material(self.item, structure=made), samples.material(self.part)):
            assert self.put("material", material).status == "accepted"

    def good(self, domain: str, id_: str):
        """A record that Tryton takes, with every kind of place in it."""
        item, part = self.item, self.part
        line = m.BomLine(line_no=10, item=part, quantity=KG, alternates=(m.AlternateMaterial(item=part),))
        operation = m.Operation(op_no="10", name="Mix", step_definition="S", equipment_class="MIXER", evidence=("e",))
        box = m.Conversion(from_unit="BX", numerator=12)
        return {
            "material": samples.material(id_, gtin="09521234543213"),
            "uom": m.UomConversion(id=id_, revision="A", base_unit="KGM", conversions=(box,)),
            "equipment": m.Equipment(id=id_, revision="A", equipment_class="MIXER", eligible_items=(part,)),
            "bom": m.BillOfMaterial(id=id_, revision="A", item=item, base_quantity=KG, lines=(line,)),
            "routing": m.Routing(id=id_, revision="A", item=item, recipe="R", operations=(operation,)),
            "variant": m.Variant(id=id_, revision="A", base_item=item),
            "order": m.ProductionOrder(id=id_, item=item, quantity=KG, site="EAST"),
            "lot": m.MaterialLot(id=id_, item=part, quantity=KG, site="EAST", location="DOCK-1"),
            "disposition": m.Hold(scope="lot", target=id_, disposition="Restricted", reason=WHY),
            "fact": {"kind": "movement", "lot": id_, "to": "FLOOR", "quantity": plain(KG)},
        }[domain]

    def known(self, id_: str):
        """What the rules on references look into."""
        materials = (("material", samples.material(one)) for one in (self.item, self.part, id_))
        others = ((domain, self.good(domain, domain)) for domain in ("equipment", "bom", "routing", "variant"))
        return [*materials, *others]

    def put(self, domain: str, record):
        """One record, by the verb of its contract."""
        if domain in POSTED:
            return self.bench.system.post(domain, plain(record))
        if domain == "order":
            return self.bench.system.create_orders(record, by="planner", reason=WHY)[0]
        return self.bench.system.submit(record, by="engineer", reason=WHY)[0]

    def held(self, domain: str, id_: str):
        """What Tryton says that it holds under a key."""
        if domain in POSTED:
            return self.bench.system.lot(id_).value
        if domain == "order":
            return self.bench.system.order(id_).value
        return self.bench.system.masters(domain, id_).value

    def state(self, domain: str, id_: str) -> tuple[Any, ...]:
        """The same, and how many records there are of all that might be left behind."""
        everything, reader = {"active_test": False}, self.bench.system.reader
        counts = {each: reader.call(f"model.{each}.search_count", [], context=everything) for each in KEPT}
        return self.held(domain, id_), counts

    def fresh(self, domain: str) -> str:
        """A key that nobody uses; unit rules belong to an item that is there, holds and facts to a lot."""
        id_ = key()
        if domain == "uom":
            assert self.put("material", samples.material(id_)).status == "accepted"
        if domain in ("disposition", "fact"):
            assert self.put("lot", self.good("lot", id_)).status == "accepted"
        return id_

    def refused(self, outcome) -> None:
        """With a reason, which Tryton itself gave."""
        assert outcome.reasons
        said = [squeezed(self.bench.tape.said(id_) or "") for id_ in outcome.exchanges]
        for reason in outcome.reasons:
            words = squeezed(reason.partition(": ")[2])[:60]
            assert any(words in one for one in said), (reason, said)

    def chosen(self, domain: str) -> list[tuple[int, str]]:
        """The numbers of the mutants that tell something, and the rule that each breaks."""
        all_of_them = mutants(self.good(domain, domain))
        broken = [(each, rule) for each in all_of_them if (rule := breaks(domain, each.record, self.known(domain)))]
        return [(all_of_them.index(each), rule) for each, rule in telling(broken)]

    def came_of(self, domain: str) -> Iterator[tuple[str, str, str, str, str]]:
        """Of each mutant what it came to: unless it was ``accepted``, nothing has changed."""
        id_ = self.fresh(domain)
        before = self.state(domain, id_)
        for number, rule in self.chosen(domain):
            mutant = mutants(self.good(domain, id_))[number]
            came = self.offered(domain, mutant)
            if came == "accepted":
                assert self.held(domain, id_), mutant
                id_ = self.fresh(domain)
                before = self.state(domain, id_)
            else:
                assert self.state(domain, id_) == before, mutant
            yield domain, mutant.place, mutant.how, rule, came

    def offered(self, domain: str, mutant: Mutant) -> str:
        """``refused`` by Tryton, ``accepted``, or ``untranslatable``: then Tryton was not told."""
        try:
            outcome = self.put(domain, mutant.record)
        except Untranslatable as error:
            return named(mutant, error)
        if outcome.status == "refused":
            self.refused(outcome)
        return str(outcome.status)


def named(mutant: Mutant, error: Untranslatable) -> str:
    """The adapter says which field it cannot tell."""
    assert any(part.removeprefix("base_") in str(error) for part in mutant.place.split("/")[1:])
    return "untranslatable"


def key() -> str:
    return f"H{secrets.token_hex(5).upper()}"


def squeezed(text: str) -> str:
    """Without blanks of any kind: a reason is on one line."""
    return "".join(text.split())


@pytest.fixture
def plant(subject_of) -> Plant:
    return Plant(Bench(subject_of("erp")))


@pytest.mark.parametrize("domain", ["material", "uom", "equipment", "bom", "routing", "variant", "order", *POSTED])
def test_what_breaks_a_contract_or_a_rule_is_refused_or_on_the_list(plant, domain):
    """Each leaves what is there as it was, the server on its feet and the connection usable."""
    others = [plant.held("material", id_) for id_ in (plant.item, plant.part)]
    id_ = plant.fresh(domain)
    assert plant.put(domain, plant.good(domain, id_)).status == "accepted"
    mark = plant.bench.recorder.mark()
    found = list(plant.came_of(domain))
    assert found, "nothing that was sent was broken: this test shows nothing"
    answered = [plant.bench.tape.exchanges[one]["response"] for one in plant.bench.recorder.since(mark)]
    assert [answer for answer in answered if answer is None or answer["status"] >= 500] == []
    assert [plant.held("material", one) for one in (plant.item, plant.part)] == others
    assert plant.held(domain, id_)
    after = plant.fresh(domain)
    assert plant.put(domain, plant.good(domain, after)).status == "accepted"
    listed = [row[:5] for row in rows() if row[0] == domain]
    assert sorted(found) == listed, write(found)


MISSING = {"lot": "item", "disposition": "scope", "order": "quantity", "fact": "lot", "material": "description"}
"""Contract -> a field without which its message says nothing to Tryton."""


def test_a_message_that_cannot_be_told_holds_up_nothing(plant):
    """By the integration's own delivery: each is rejected by the name of what is missing, and the next one arrives."""
    store, lot = Store(Database()), plant.good("lot", key())
    broken = [event(_kind(one), one, _without(plant.good(one, key()), field)) for one, field in MISSING.items()]
    store.keep("mes", "1", [*broken, event("lot", "good", lot)], ["erp"])
    Delivery("erp", offers_to("erp", plant.bench.system), store, lambda: None).step()
    came = store.database.all("select status, reasons from deliveries order by seq")
    assert [status for status, _ in came] == ["rejected"] * len(MISSING) + ["accepted"]
    for (_, said), field in zip(came, MISSING.values(), strict=False):
        assert "untranslatable" in said
        assert f"`{field}`" in said
    assert plant.held("lot", lot.id).quantity == lot.quantity


def _kind(contract: str) -> str:
    return "master" if contract == "material" else contract


def _without(record, field: str) -> dict[str, Any]:
    return {name: member for name, member in plain(record).items() if name != field}


VERBS = {
    "an order that is not there is released": lambda s, key: s.release_order(key, by="planner", reason=WHY),
    "an order that is not there is closed": lambda s, key: s.close_order(key, by="planner", reason=WHY),
    "an order that is not there gets a variant": lambda s, key: s.switch_variant(key, key, by="planner", reason=WHY),
    "a lot that is not there is issued": lambda s, key: s.issue(samples.actual(key), by="operator", reason=WHY)[0],
    "a lot that is not there is moved": lambda s, key: s.transfer(key, "FLOOR", KG, by="warehouse", reason=WHY),
    "nothing is moved": lambda s, key: s.transfer("", "", KG, by="warehouse", reason=WHY),
}


@pytest.mark.parametrize("call", VERBS)
def test_a_verb_on_what_is_not_there_is_refused(plant, call):
    """In Tryton's words."""
    before = plant.held("material", plant.item)
    outcome = VERBS[call](plant.bench.system, key())
    assert outcome.status == "refused"
    plant.refused(outcome)
    assert plant.held("material", plant.item) == before


def test_what_tryton_takes_against_a_contract_is_explained():
    """Each row that is accepted names a section of landscapes/tryton.md."""
    text = (LIST.parents[1] / "tryton.md").read_text(encoding="utf-8")
    for *_, came, explained in rows():
        assert came != "accepted" or f"### {explained} " in text


def rows(path: Path = LIST) -> list[tuple[str, ...]]:
    """The reviewed list, or what was found; empty if there is none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream, delimiter="\t")][1:]


def write(found) -> str:
    """Writes down what was found, with the explanations that are known, for review."""
    explained, path = {row[:5]: row[5] for row in rows()}, LIST.with_suffix(".tsv.new")
    others = [row for row in rows(path) or rows() if row[0] != found[0][0]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerows([COLUMNS, *sorted([*others, *((*row, explained.get(row, "")) for row in found)])])
    return f"what Tryton refuses has changed: compare {LIST} with {path}"
