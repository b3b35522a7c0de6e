import datetime as dt

import pytest

from syncproof.adapters.tryton import feed, orders

T0 = dt.datetime(2027, 3, 10, 6, 0, 0, tzinfo=dt.UTC)


def stamp(seconds):
    at = T0 + dt.timedelta(seconds=seconds)
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime", **{part: getattr(at, part) for part in parts}}


@pytest.fixture
def look(tryton, connection, monkeypatch):
    """One look; what it would read is given back as (model or domain, ids)."""
    read = []
    monkeypatch.setattr(feed.catalogue, "read", lambda c, domain, clause: read.append((domain, clause[0][2])) or [])
    monkeypatch.setattr(feed.orders, "read", lambda c, clause: read.append(("order", clause[0][2])) or [])

    def see(cursor, **rows):
        for model in feed.WATCHED:
            tryton.finds(model)
        for model, found in rows.items():
            tryton.finds(model.replace("__", "."), *found)
        read.clear()
        following, _ = feed.changes(connection, cursor, "UTC", "integration")
        return following, list(read)

    return see


def test_what_was_seen_is_not_read_again(look):
    """An idle poll costs the searches and nothing more."""
    rows = [{"id": 1, "create_date": stamp(0), "write_date": None}]
    cursor, first = look(None, production__bom=rows)
    again, second = look(cursor, production__bom=rows)
    assert first == [("bom", [1])]
    assert second == []
    assert again == cursor


def test_a_record_that_changed_is_read_again(look):
    """A later write date is news even within the moment that is looked through twice."""
    cursor, _ = look(None, production__bom=[{"id": 1, "create_date": stamp(0), "write_date": None}])
    _, found = look(cursor, production__bom=[{"id": 1, "create_date": stamp(0), "write_date": stamp(1)}])
    assert found == [("bom", [1])]


def test_a_line_that_changed_is_a_change_of_its_bom(look):
    """A line edited alone leaves the bom's own dates as they were."""
    row = {"id": 1, "create_date": stamp(0), "write_date": None}
    line = {"id": 9, "create_date": stamp(0), "write_date": None}
    cursor, _ = look(None, production__bom=[{**row, "inputs.": [line]}])
    _, found = look(cursor, production__bom=[{**row, "inputs.": [{**line, "write_date": stamp(1)}]}])
    assert found == [("bom", [1])]


def test_a_record_that_becomes_visible_late_is_still_found(look):
    """Its transaction began before a later one was seen; the search goes back a moment."""
    cursor, _ = look(None, production__bom=[{"id": 2, "create_date": stamp(1), "write_date": None}])
    late = [{"id": 1, "create_date": stamp(0), "write_date": None}, {"id": 2, "create_date": stamp(1)}]
    assert look(cursor, production__bom=late)[1] == [("bom", [1])]


def test_news_of_one_model_hides_none_of_another(look, tryton):
    """Each model is looked through from its own latest date on."""
    cursor, _ = look(None, production__routing=[{"id": 1, "create_date": stamp(100), "write_date": None}])
    look(cursor)
    (bom_search,) = list(tryton.called("model.production.bom.search_read"))[-1:]
    assert bom_search[0] == []


def test_inactive_records_are_news_too(look, tryton):
    """A revision that is not in effect yet is inactive, and a nested clause would hide it."""
    cursor, _ = look(None, production__bom=[{"id": 1, "create_date": stamp(0), "write_date": None}])
    look(cursor)
    contexts = [context for _, name, _, context in tryton.calls if name == "model.production.bom.search_read"]
    assert [context["active_test"] for context in contexts] == [False, False]


def test_the_search_asks_the_database_for_dates(look, tryton):
    """Nothing is remembered of what the adapter wrote: the clause names dates, not records."""
    cursor, _ = look(None, production=[{"id": 1, "create_date": stamp(0), "write_date": None}])
    look(cursor)
    clause = tryton.called("model.production.search_read")[-1][0]
    since = stamp(-feed.OVERLAP.total_seconds())
    assert clause == [["OR", ["create_date", ">=", since], ["write_date", ">=", since]]]


def test_orders_come_after_the_masters(look):
    """Whoever takes an order must know its item."""
    row = [{"id": 1, "create_date": stamp(0), "write_date": None}]
    _, found = look(None, production=row, product__product=row)
    assert [what for what, _ in found] == ["material", "variant", "order"]


def test_lots_the_integration_brought_are_no_news(look, tryton):
    """They came from elsewhere: telling of them would send them round in circles."""
    look(None)
    assert ["create_uid.login", "!=", "integration"] in tryton.called("model.stock.move.search_read")[0][0]
    assert orders.PRODUCTION in feed.WATCHED
