"""Orders as the warehouse knows them, with what they require by its own masters."""

from tests.unit.simulators.bench import (
    CUTOVER,
    ROSE,
    START,
    bom,
    codes,
    kg,
    oil_uom,
    pieces,
    ref,
    required,
    revisions,
)


def test_an_order_shows_the_revisions_of_this_systems_own_masters(wms):
    """Whatever planning sent with an order that has not started."""
    wms.order(revision_set=[{"domain": "bom", "id": "B", "revision": "Z"}])
    assert revisions(wms.shown()) == {
        "bom": "B A", "routing": "R A", "recipe": "REC A", "label": "LBL A",
        "test_specification": "SPEC A"}  # fmt: skip
    wms.introduce(bom("B", oil="12"), at=CUTOVER)
    wms.time(CUTOVER)
    assert revisions(wms.shown())["bom"] == "B B"


def test_requirements_are_computed_from_own_masters_and_follow_them(wms):
    wms.order(quantity=pieces("250"))
    assert required(wms.get("/requirements", order="O1")) == {"OIL": "25 KGM", "BOX": "250 C62"}
    wms.introduce(bom("B", oil="1", unit="BX"), at=CUTOVER)
    wms.time(CUTOVER)
    assert required(wms.get("/requirements", order="O1"))["OIL"] == "0.833 KGM"


def test_a_start_that_execution_reports_pins_the_order(wms):
    wms.introduce(bom("B", oil="30", unit="BX"))
    wms.order()
    wms.started("O1", *wms.shown()["revision_set"])
    wms.introduce(bom("C", oil="60", unit="BX"), oil_uom("B", 1, 2), at=CUTOVER)
    wms.time(CUTOVER)
    assert wms.shown()["pinned"]
    assert revisions(wms.shown())["bom"] == "B B"
    assert required(wms.get("/requirements", order="O1"))["OIL"] == "10 KGM"


def test_a_pin_holds_whichever_system_tells_it_first(wms):
    """The start may overtake the order, and planning may tell the pinned set before the start comes."""
    wms.introduce(bom("B", oil="12"), at=CUTOVER)
    wms.started("O1", ref(bom("A")))
    assert wms.shown() is None
    wms.order("O1")
    wms.order("O2", "Running", pinned=True, revision_set=[ref(bom("A"))])
    wms.started("O2", ref(bom("B")), at=START)
    wms.time(CUTOVER)
    for order in ("O1", "O2"):
        assert revisions(wms.shown(order)) == {"bom": "B A"}
        assert required(wms.get("/requirements", order=order))["OIL"] == "10 KGM"


def test_an_order_that_planning_pinned_is_computed_as_of_its_start_once_that_is_known(wms):
    wms.introduce(bom("B", oil="30", unit="BX"), at=START)
    wms.order("O1", "Running", pinned=True, revision_set=[ref(bom("B"))])
    wms.introduce(oil_uom("B", 1, 2), at=CUTOVER)
    wms.time(CUTOVER)
    assert required(wms.get("/requirements", order="O1"))["OIL"] == "15 KGM"
    wms.started("O1", ref(bom("B")), at=START)
    assert required(wms.get("/requirements", order="O1"))["OIL"] == "10 KGM"


def test_a_switched_order_requires_what_its_variant_does(wms):
    wms.introduce(*ROSE)
    wms.order()
    wms.order(variant="ROSE")
    assert required(wms.get("/requirements", order="O1"))["OIL"] == "20 KGM"
    assert revisions(wms.shown())["label"] == "ROSE-L A"


def test_an_older_state_of_an_order_does_not_undo_a_newer_one(wms):
    wms.order("O1", "Released")
    late = {**wms.shown(), "status": "Created"}
    result = wms.deliver("order", "order/O1", late, "erp", sequence="000000000001")
    assert (result["status"], codes(result)) == ("duplicate", ["stale_sequence"])
    assert wms.shown()["status"] == "Released"


def test_an_unknown_order_requires_nothing_and_says_so(wms):
    answer = wms.get("/requirements", order="O1")
    assert (answer["http"], codes(answer)) == (404, ["unknown_order"])
    assert wms.shown() is None


def test_requirements_that_cannot_be_computed_are_a_conflict_with_its_reason(wms):
    wms.order(item="OIL", quantity=kg("1"))
    answer = wms.get("/requirements", order="O1")
    assert (answer["http"], codes(answer)) == (409, ["no_effective_revision"])
    wms.order("O2", item="SAND")
    assert wms.shown("O2")["revision_set"] == []
    assert wms.get("/requirements", order="O2")["http"] == 409


def test_an_order_is_found_by_any_spelling(wms):
    wms.order(" O1 ")
    assert wms.shown("O1")["id"] == "O1"
    assert wms.get("/requirements", order=" O1")["http"] == 200
