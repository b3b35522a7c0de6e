"""Each way in which an adapter can be wrong is found by the test that is there for it."""

import inspect
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from syncproof import model as m
from syncproof.adapters.simulated.warehouse import WarehouseVerbs
from syncproof.conformance import answers, broken, declared, roundtrips
from syncproof.errors import NotSupported, SyncproofError, UnusableAnswer
from syncproof.ports import Observation, Outcome


class Misspelt(WarehouseVerbs):
    def _declared(self):
        return super()._declared() | {"warehouse.shipp"}


class Renamed(WarehouseVerbs):
    def __init__(self, name, *args):
        super().__init__(name, *args)
        self.name = "another"


class Boasting(WarehouseVerbs):
    def ship(self, *_, **__):
        raise NotSupported(self.name, "warehouse.ship")


class Modest(WarehouseVerbs):
    """Declares less than it does."""

    def _declared(self):
        return super()._declared() - {"warehouse.ship"}


class Crude(Modest):
    """Raises something else than NotSupported."""

    def ship(self, *_, **__):
        raise NotImplementedError


class Asking(Modest):
    """Does not know by itself what is not supported."""

    def ship(self, lot, *_, **__):
        self.lot(lot)
        raise NotSupported(self.name, "warehouse.ship")


class Nothing(WarehouseVerbs):
    def ship(self, *_, **__):
        return None


class OtherNames(WarehouseVerbs):
    def ship(self, batch, amount, destination, *, by, reason, bulk=False):
        return super().ship(batch, amount, destination, by=by, reason=reason, bulk=bulk)


class Demanding(WarehouseVerbs):
    def dispose(self, lot, quantity, *, by, reason, witness):
        return super().dispose(lot, quantity, by=by, reason=reason)


class NoBoms(WarehouseVerbs):
    def _declared(self):
        return super()._declared() - {"master.bom"}


class OneByOne(WarehouseVerbs):
    def submit(self, *masters, by, reason, bulk=False):
        return super().submit(*masters, by=by, reason=reason)


class NoAsOf(WarehouseVerbs):
    def _declared(self):
        return super()._declared() - {"effectivity.as_of"}


class LostOffset(WarehouseVerbs):
    def effective(self, domain, id, site, at=None):
        return super().effective(domain, id, site, at.replace(tzinfo=None) if at else None)


class NoSource(WarehouseVerbs):
    def lot(self, id):
        return replace(super().lot(id), exchanges=())


class OldSource(WarehouseVerbs):
    def lot(self, id):
        return replace(super().lot(id), exchanges=("conformance-x0",))


class OtherSystem(WarehouseVerbs):
    def lot(self, id):
        return replace(super().lot(id), system="erp")


class OwnWords(WarehouseVerbs):
    """Refuses in its own words what the system refused as well."""

    def ship(self, *args, **kwargs):
        outcome = super().ship(*args, **kwargs)
        return replace(outcome, reasons=("unknown_lot: I have not found this lot",))


class NoReasons(WarehouseVerbs):
    def ship(self, *args, **kwargs):
        return replace(super().ship(*args, **kwargs), reasons=())


class NoCode(WarehouseVerbs):
    def ship(self, *args, **kwargs):
        outcome = super().ship(*args, **kwargs)
        return replace(outcome, reasons=tuple(reason.partition(": ")[2] for reason in outcome.reasons))


class AllGood(WarehouseVerbs):
    """Takes every refusal for an acceptance."""

    def _made(self, answer, result):
        return replace(super()._made(answer, result), status="accepted")

    def _outcome(self, answer, result):
        return self._made(answer, result)


class MadeUp(WarehouseVerbs):
    def stock(self, lot):
        seen = super().stock(lot)
        balance = m.StockBalance(lot=lot, location="X", on_hand=Decimal(1), available=Decimal(1), unit="KGM")
        return replace(seen, value=(balance,))


class Shocked(WarehouseVerbs):
    """Takes an absence for an error."""

    def lot(self, id):
        seen = super().lot(id)
        if seen.value is None:
            raise SyncproofError("no such lot")
        return seen


class Naive(WarehouseVerbs):
    def audit_trail(self, domain, id):
        seen = super().audit_trail(domain, id)
        now = datetime.now(UTC).replace(tzinfo=None)
        return replace(seen, value=tuple(msgspec.structs.replace(event, at=now) for event in seen.value))


class Inventive(WarehouseVerbs):
    """Always has a reason."""

    def submit(self, *masters, by, reason, bulk=False):
        return super().submit(*masters, by=by, reason=reason or "because", bulk=bulk)


class Tidy(WarehouseVerbs):
    """Tidies reasons up."""

    def submit(self, *masters, by, reason, bulk=False):
        return super().submit(*masters, by=by, reason=reason and reason.encode("ascii", "ignore").decode(), bulk=bulk)


class Mighty(WarehouseVerbs):
    """Writes with whatever credentials work."""

    def submit(self, *masters, by, reason, bulk=False):
        return super().submit(*masters, by="engineer", reason=reason, bulk=bulk)


def changed(change):
    """An adapter that changes identifiers on their way."""

    class Changing(WarehouseVerbs):
        def masters(self, domain, id):
            return super().masters(domain, change(id))

        def submit(self, *masters, by, reason, bulk=False):
            sent = (msgspec.structs.replace(x, id=change(x.id)) for x in masters)
            return super().submit(*sent, by=by, reason=reason, bulk=bulk)

        def receive_lots(self, *lots, by, reason, bulk=False):
            sent = (msgspec.structs.replace(x, id=change(x.id)) for x in lots)
            return super().receive_lots(*sent, by=by, reason=reason, bulk=bulk)

        def lot(self, id):
            return super().lot(change(id))

    return Changing


NoZeros, Lower, OneBlank = (
    changed(lambda id: id.lstrip("0")),
    changed(str.lower),
    changed(lambda id: " ".join(id.split())),
)
Ascii = changed(lambda id: id.encode("ascii", "replace").decode())


class Floating(WarehouseVerbs):
    """Reads quantities by way of a float."""

    def lot(self, id):
        seen = super().lot(id)
        value = Decimal(float(seen.value.quantity.value))
        quantity = m.Quantity(value=value, unit=seen.value.quantity.unit)
        return replace(seen, value=msgspec.structs.replace(seen.value, quantity=quantity))


class Rounding(WarehouseVerbs):
    def masters(self, domain, id):
        seen = super().masters(domain, id)
        if domain != "bom":
            return seen
        return replace(seen, value=tuple(self._rounded(state) for state in seen.value))

    def _rounded(self, state):
        (line,) = state.master.lines
        quantity = m.Quantity(value=round(line.quantity.value, 4), unit=line.quantity.unit)
        lines = (msgspec.structs.replace(line, quantity=quantity),)
        return msgspec.structs.replace(state, master=msgspec.structs.replace(state.master, lines=lines))


class Forgiving(WarehouseVerbs):
    """Takes any answer that it does not understand for an absence."""

    def lot(self, id):
        try:
            return super().lot(id)
        except SyncproofError:
            return Observation(None, ("conformance-x1",), self.name)


class Blaming(WarehouseVerbs):
    """Takes any trouble for a refusal."""

    def ship(self, *args, **kwargs):
        try:
            return super().ship(*args, **kwargs)
        except SyncproofError as error:
            return Outcome("refused", ("conformance-x1",), self.name, (f"error: {error}",))


class Leaking(WarehouseVerbs):
    """Lets through what its libraries raise."""

    def lot(self, id):
        answer = self._get("/lots", params={"id": id})
        return Observation(answer.json()["item"], (answer.exchange,), self.name)


D, A, R = declared, answers, roundtrips
LIES = [
    (Misspelt, D.test_every_capability_is_spelt_right),
    (Renamed, D.test_it_has_a_name_and_declares_something),
    (Boasting, D.test_a_declared_verb_works_and_an_undeclared_one_is_not_supported),
    (Modest, D.test_a_declared_verb_works_and_an_undeclared_one_is_not_supported),
    (Crude, D.test_a_declared_verb_works_and_an_undeclared_one_is_not_supported),
    (Asking, D.test_a_declared_verb_works_and_an_undeclared_one_is_not_supported),
    (Nothing, D.test_a_declared_verb_works_and_an_undeclared_one_is_not_supported),
    (OtherNames, D.test_verbs_have_the_signatures_of_the_ports),
    (Demanding, D.test_verbs_have_the_signatures_of_the_ports),
    (NoBoms, D.test_a_domain_that_is_not_declared_is_not_supported),
    (OneByOne, D.test_bulk_is_one_call),
    (NoAsOf, D.test_the_revision_at_an_instant_is_asked_for_with_its_offset),
    (LostOffset, D.test_the_revision_at_an_instant_is_asked_for_with_its_offset),
    (NoSource, A.test_every_result_names_the_exchanges_it_came_from),
    (OldSource, A.test_every_result_names_the_exchanges_it_came_from),
    (OtherSystem, A.test_every_result_names_the_exchanges_it_came_from),
    (OwnWords, A.test_a_refusal_is_in_the_words_of_the_systems_own_response),
    (NoReasons, A.test_a_refusal_is_in_the_words_of_the_systems_own_response),
    (NoCode, A.test_a_refusal_is_in_the_words_of_the_systems_own_response),
    (AllGood, A.test_a_refusal_is_in_the_words_of_the_systems_own_response),
    (AllGood, A.test_a_refused_write_is_in_the_audit_trail),
    (MadeUp, A.test_what_is_unknown_is_none_or_empty),
    (Shocked, A.test_what_is_unknown_is_none_or_empty),
    (Naive, A.test_every_instant_has_an_offset),
    (Inventive, A.test_a_write_without_a_reason_is_sent_without_one),
    (Tidy, A.test_the_reason_of_a_write_is_in_the_audit_trail),
    (Mighty, A.test_a_refused_write_is_in_the_audit_trail),
    (NoZeros, R.test_an_identifier_of_a_master_comes_back_as_it_was_sent),
    (NoZeros, R.test_an_identifier_of_a_lot_comes_back_as_it_was_sent),
    (Lower, R.test_an_identifier_of_a_master_comes_back_as_it_was_sent),
    (OneBlank, R.test_an_identifier_of_a_master_comes_back_as_it_was_sent),
    (Ascii, R.test_an_identifier_of_a_master_comes_back_as_it_was_sent),
    (Floating, R.test_a_decimal_of_a_quantity_comes_back_exactly),
    (Rounding, R.test_a_decimal_of_a_master_comes_back_exactly),
]  # fmt: skip


RAISED = {
    Boasting: (NotSupported,),
    Crude: (NotImplementedError,),
    Shocked: (SyncproofError,),
    LostOffset: (UnusableAnswer,),
}
"""What comes through of adapters that raise where they should not."""


@pytest.mark.parametrize(("kind", "test"), LIES, ids=[f"{k.__name__}-{n}" for n, (k, _) in enumerate(LIES)])
def test_a_lie_is_found(bench, first_failure, kind, test):
    """By the test that is there for it, in words or by what the adapter raised, and not by a skip."""
    with pytest.raises((pytest.fail.Exception, *RAISED.get(kind, ()))):
        run(test, bench(kind), first_failure)


@pytest.mark.parametrize("test", dict.fromkeys(test for _, test in LIES), ids=lambda test: test.__name__)
def test_the_honest_adapter_passes_where_the_liars_fail(bench, first_failure, test):
    run(test, bench(WarehouseVerbs), first_failure)


def run(test, bench, subtests) -> None:
    """Calls a test of the suite with what it asks for (of several parameters, one that tells most)."""
    wanted = inspect.signature(test).parameters
    given = {"bench": bench, "subtests": subtests, "offset": 2}
    test(**{name: given[name] for name in wanted})


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        (Forgiving, "a server error"), (Forgiving, "refused"), (Blaming, "another page"), (Blaming, "broken off"),
        (Leaking, "another shape"), (Leaking, "a list"),
    ],
)  # fmt: skip
def test_whoever_makes_something_of_a_broken_answer_is_found(subject, kind, mode):
    with pytest.raises((pytest.fail.Exception, AssertionError)):
        broken.test_no_verb_makes_anything_of_a_broken_answer(subject(kind), mode)
