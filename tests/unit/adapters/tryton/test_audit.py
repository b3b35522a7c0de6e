import datetime as dt

from syncproof.adapters.tryton import audit
from syncproof.adapters.tryton.wire import to_wire

T0 = dt.datetime(2027, 3, 10, 6, 0, tzinfo=dt.UTC)


def test_the_trail_says_who_made_and_who_wrote_what_when(tryton, connection):
    """Creation comes from the record itself, the rest from ir.model.log; parts are included."""
    tryton.finds("production.bom", {
        "id": 5, "create_date": to_wire(T0), "create_uid.": {"login": "eng"}, "inputs": [8, 9],
    })  # fmt: skip
    tryton.finds("ir.model.log", {
        "id": 1, "resource": "production.bom.input,8", "event": "write", "target": "quantity",
        "user.": {"login": "eng2"}, "create_date": to_wire(T0 + dt.timedelta(seconds=1)),
    })  # fmt: skip
    made, wrote = audit.trail(connection, "bom", "B", {"eng": "engineer", "eng2": "engineer2"}.get)
    assert (made.action, made.actor, made.at) == ("create", "engineer", T0)
    assert (wrote.action, wrote.field, wrote.actor) == ("write", "quantity", "engineer2")
    assert (wrote.old, wrote.new, wrote.reason) == (None, None, None)
    resources = tryton.called("model.ir.model.log.search_read")[0][0][0][2]
    assert resources == ["production.bom,5", "production.bom.input,8", "production.bom.input,9"]


def test_an_object_that_is_not_there_has_no_trail(tryton, connection):
    """No log is searched without a record: Tryton refuses that."""
    assert audit.trail(connection, "lot", "L9", str) == ()
    assert tryton.called("model.ir.model.log.search_read") == []
