"""Where the masters of an order come from."""

from syncproof.simulators import product as p

PINNED = {
    "pinned": True, "started_at": "2027-02-01T12:00:00Z",
    "revision_set": [{"domain": "bom", "id": "B", "revision": "A"}],
}  # fmt: skip


def tracing(order):
    """A lookup that answers how it was asked, and the list of what was asked."""
    asked = []

    def effective(domain, key, at):
        asked.append((domain, key))
        return {"effective at": at}

    def revision(domain, key, name):
        asked.append((domain, key))
        return {"revision": name}

    return p.lookup_for(order, effective, revision), asked


def test_what_a_started_order_names_is_taken_from_its_set():
    lookup, _ = tracing(PINNED)
    assert lookup("bom", "B") == {"revision": "A"}


def test_what_it_does_not_name_is_taken_as_of_its_start():
    lookup, _ = tracing(PINNED)
    assert lookup("uom", "B") == lookup("bom", "OTHER") == {"effective at": "2027-02-01T12:00:00Z"}


def test_an_order_that_has_not_started_is_driven_by_what_is_in_effect_now():
    lookup, _ = tracing({**PINNED, "pinned": False, "started_at": None})
    assert lookup("bom", "B") == {"effective at": None}


def test_each_master_is_asked_for_once():
    lookup, asked = tracing(PINNED)
    for _ in range(3):
        lookup("bom", "B")
        lookup("uom", "OIL")
    assert asked == [("bom", "B"), ("uom", "OIL")]
