from syncproof import model as m
from syncproof.adapters.tryton import notes, work_centers

MIXER = m.Equipment(id="MIX-1", revision="A", equipment_class="MIXER", eligible_items=("CREAM",))


def test_equipment_of_no_site_is_a_work_centre_at_each(tryton, connection):
    """A work centre belongs to one warehouse."""
    root = lambda id, code: {"id": id, "name": code, "warehouse": id, "company": 1, "warehouse.": {"code": code}}  # noqa: E731
    sites = [root(1, "EAST"), root(2, "WEST")]
    tryton.answers["model.production.work.center.search_read"] = lambda clause, *_: (
        sites if clause == [["parent", "=", None]] else []
    )
    tryton.finds("production.work.center.category", {"id": 5, "name": "MIXER"})
    tryton.answers["model.production.work.center.create"] = [11, 12]
    work_centers.submit(connection, [MIXER])
    (made,) = tryton.called("model.production.work.center.create")[0]
    assert [(each["parent"], each["category"]) for each in made] == [(1, 5), (2, 5)]


def test_equipment_is_read_once_whatever_the_number_of_its_work_centres(tryton, connection):
    """What it is eligible for comes from the note."""
    center = lambda id: {"id": id, "name": "MIX-1", "active": True, "category.": {"name": "MIXER"}}  # noqa: E731
    tryton.finds("production.work.center", center(11), center(12))
    resources = ("production.work.center,11", "production.work.center,12")
    tryton.finds("ir.note", *({"id": n, **notes.values(r, MIXER)} for n, r in enumerate(resources)))
    (held,) = work_centers.read(connection, [])
    assert held.master == MIXER
