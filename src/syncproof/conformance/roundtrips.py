"""What is sent comes back as it was: no zero, letter, blank or digit gets lost in translation."""

import secrets
from decimal import Decimal

import pytest

from syncproof import model as m
from syncproof.conformance import samples
from syncproof.conformance.fixtures import bench
from syncproof.conformance.subject import Bench, expect
from syncproof.conformance.verbs import WHY
from syncproof.model.wire import plain
from syncproof.ports import Outcome

__all__ = [
    "bench",
    "test_a_decimal_of_a_master_comes_back_exactly",
    "test_a_decimal_of_a_quantity_comes_back_exactly",
    "test_an_identifier_of_a_lot_comes_back_as_it_was_sent",
    "test_an_identifier_of_a_master_comes_back_as_it_was_sent",
]
IDENTIFIERS = {
    "leading zeros": "000{n}",
    "upper and lower case": "CoNf-{n}-x",
    "a blank": "CONF {n}",
    "two blanks": "CONF  {n}",
    "a slash": "CONF/{n}",
    "dots": "../CONF.{n}",
    "a percent sign": "CONF%20{n}",
    "an ampersand": "CONF&id={n}",
    "a plus": "CONF+{n}",
    "a hash and a question mark": "CONF#{n}?a=b",
    "quotes": "CONF'{n}\"",
    "a backslash": "CONF\\{n}",
    "brackets": "(10)CONF{n}[1]<a>",
    "letters with marks": "CÖNF-ß-É{n}",
    "another script": "品目{n}",
    "beyond the basic plane": "CONF\U0001f9ea{n}",
}
LOT_IDENTIFIERS = ("leading zeros", "a slash", "a percent sign", "a plus", "an ampersand", "a blank")
DECIMALS = ("0.1", "0.000001", "1E+3", "123456789.123456", "0.30", "1000000")


def _id(name: str) -> str:
    return IDENTIFIERS[name].format(n=secrets.randbelow(10**8))


def _put(bench: Bench, master: m.AnyMaster) -> Outcome:
    """Brings a master into the system in the way that the system takes it."""
    subject, system = bench.subject, bench.system
    if master.domain in subject.owns and bench.declares("system.submit"):
        outcome: Outcome = system.submit(master, by=subject.user("author"), reason=WHY)[0]
    elif bench.declares("synchronised.deliver"):
        owner = subject.owners.get(master.domain, "nobody")
        outcome = system.deliver(samples.master_event(master, owner))[0]
    elif bench.declares("feed.post"):
        outcome = system.post("master", plain(master))
    else:
        pytest.skip(f"{subject.name} takes no {master.domain}")
    return outcome


def _taken(outcome: Outcome) -> None:
    """A system may have rules for its keys; what it refuses, nobody has changed."""
    if outcome.status == "refused":
        pytest.skip(f"the system refuses it: {'; '.join(outcome.reasons)}")


def test_an_identifier_of_a_master_comes_back_as_it_was_sent(bench: Bench, subtests: pytest.Subtests) -> None:
    """The whole master, under the very same identifier."""
    bench.needs("master.material", "system.masters")
    for name in IDENTIFIERS:
        with subtests.test(name):
            _master_comes_back(bench, name)


def _master_comes_back(bench: Bench, name: str) -> None:
    sent = samples.material(_id(name), description=f"{name} ÄÖÜ \u201cquoted\u201d", gtin="09521234543213")
    _taken(_put(bench, sent))
    states = bench.system.masters("material", sent.id).value
    expect(
        any(state.master == sent for state in states),
        f"sent {sent!r}, which came back as {[state.master for state in states]!r}",
    )


def test_an_identifier_of_a_lot_comes_back_as_it_was_sent(bench: Bench, subtests: pytest.Subtests) -> None:
    """Leading zeros are significant, whatever a number would say."""
    bench.needs("warehouse.receive_lots", "system.lot")
    for name in LOT_IDENTIFIERS:
        with subtests.test(name):
            _lot_comes_back(bench, name)


def _lot_comes_back(bench: Bench, name: str) -> None:
    lot = _received(bench, samples.lot(_id(name), bench.key(), bench.subject.site))
    seen = bench.system.lot(lot.id).value
    expect(seen is not None and seen.id == lot.id, f"received {lot.id!r}, which came back as {seen!r}")


def test_a_decimal_of_a_quantity_comes_back_exactly(bench: Bench, subtests: pytest.Subtests) -> None:
    """Not by way of a float, and the same number whatever the notation."""
    bench.needs("warehouse.receive_lots", "system.lot")
    for value in DECIMALS:
        with subtests.test(value):
            _quantity_comes_back(bench, value)


def _quantity_comes_back(bench: Bench, value: str) -> None:
    lot = samples.lot(bench.key(), bench.key(), bench.subject.site)
    quantity = m.Quantity(value=Decimal(value), unit="KGM")
    lot = _received(bench, m.MaterialLot(id=lot.id, item=lot.item, quantity=quantity, site=lot.site, location="DOCK-1"))
    seen = bench.system.lot(lot.id).value
    expect(seen is not None and seen.quantity == quantity, f"received {quantity}, which came back as {seen!r}")


def _received(bench: Bench, lot: m.MaterialLot) -> m.MaterialLot:
    """A lot of a new item that the system has received."""
    _taken(_put(bench, samples.material(lot.item)))
    _taken(bench.system.receive_lots(lot, by=bench.subject.user("warehouse"), reason=WHY)[0])
    return lot


def test_a_decimal_of_a_master_comes_back_exactly(bench: Bench, subtests: pytest.Subtests) -> None:
    """In a bom line: the place where it matters most."""
    bench.needs("master.material", "master.bom", "system.masters")
    for value in DECIMALS:
        with subtests.test(value):
            _bom_comes_back(bench, value)


def _bom_comes_back(bench: Bench, value: str) -> None:
    item = samples.material(bench.key())
    quantity = m.Quantity(value=Decimal(value), unit="KGM")
    line = m.BomLine(line_no=10, item=item.id, quantity=quantity, scrap_percent=Decimal("2.50"))
    parent = samples.material(bench.key())
    sent = m.BillOfMaterial(
        id=bench.key(),
        revision="A",
        item=parent.id,
        base_quantity=m.Quantity(value=Decimal("0.1"), unit="KGM"),
        lines=(line,),
    )
    for master in (item, parent, sent):
        _taken(_put(bench, master))
    states = bench.system.masters("bom", sent.id).value
    expect(
        any(state.master == sent for state in states),
        f"sent {sent!r}, which came back as {[state.master for state in states]!r}",
    )
