from syncproof.adapters.tryton import places


def test_a_location_belongs_to_the_warehouse_above_it():
    """The warehouse's code is the site."""
    warehouse = {"id": 1, "code": "WEST", "type": "warehouse", "parent.": None}
    zone = {"id": 2, "code": "WEST-STO", "type": "storage", "parent.": warehouse}
    found = places.place({"id": 3, "code": "BIN", "type": "storage", "parent.": zone})
    assert (found.site, found.held) == ("WEST", False)


def test_what_lies_under_quarantine_is_held():
    """At any depth, the zone itself included."""
    warehouse = {"id": 1, "code": "WEST", "type": "warehouse", "parent.": None}
    zone = {"id": 2, "code": "WEST-QUAR", "type": "storage", "parent.": warehouse}
    assert places.place(zone).held
    assert places.place({"id": 3, "code": None, "type": "storage", "parent.": zone}).held


def test_a_location_outside_every_warehouse_has_no_site():
    """Transit is one."""
    assert places.place({"id": 8, "code": None, "type": "storage", "parent.": None}).site == ""


def test_a_bin_that_is_not_there_is_made_under_storage(tryton, connection):
    """Locations of the suite are names; Tryton's are records."""
    tryton.answers["model.stock.location.create"] = [60]
    assert places.storage(connection, "BIN", {"code": "EAST", "storage_location": 3}) == 60
    ((made,),) = tryton.called("model.stock.location.create")
    assert made == [{"name": "BIN", "code": "BIN", "type": "storage", "parent": 3}]
