"""What execution can be asked afterwards."""

CUTOVER = "2027-03-10T06:00:00Z"
REF_A = {"domain": "bom", "id": "B", "revision": "A"}
REF_B = {**REF_A, "revision": "B"}


def label(revision):
    return {"domain": "label", "id": "LBL", "revision": revision}


def test_an_order_that_has_not_started_shows_the_set_in_effect_now(mes, broken):
    mes.release(mes.make.bom("B", "11"), at=CUTOVER)
    mes.order()
    shown = mes.read("/orders", id="O1")
    assert not broken("order", shown)
    assert (shown["status"], shown["pinned"], shown["produced"]) == ("Released", False, "0")
    assert REF_A in shown["revision_set"]
    mes.at(CUTOVER)
    assert REF_B in mes.read("/orders", id="O1")["revision_set"]


def test_a_started_order_shows_the_pinned_set_and_how_far_it_is(running):
    running.release(running.make.bom("B", "11"), at=CUTOVER)
    running.at(CUTOVER)
    shown = running.read("/orders", id="O1")
    assert (shown["status"], shown["pinned"]) == ("Running", True)
    assert REF_A in shown["revision_set"]
    running.complete("10")
    running.run("20", "30")
    assert running.read("/orders", id="O1")["status"] == "Completed"
    running.order(status="Closed")
    assert running.read("/orders", id="O1")["status"] == "Closed"


def test_unknown_objects_have_no_record(mes):
    assert mes.read("/orders", id="NONE") is None
    assert mes.read("/batch-records", order="NONE") is None
    mes.order()
    assert mes.read("/batch-records", order="O1") is None
    assert mes.get("/genealogy", lot="NONE").json()["reasons"][0]["code"] == "unknown_lot"


def test_an_item_that_is_not_known_here_leaves_the_order_without_revisions(mes):
    mes.order(item="NONE")
    assert mes.read("/orders", id="O1")["revision_set"] == []
    answer = mes.get("/requirements", order="O1")
    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"] == "no_effective_revision"


def test_requirements_cover_every_level_and_are_rounded_once(mes):
    make = mes.make
    half = {"line_no": 10, "item": "OIL", "quantity": {"value": "0.3335", "unit": "KGM"}}
    mes.release(
        make.item("MIX", "KGM", structure={"bom": "B-MIX"}),
        make.master("bom", "B-MIX", item="MIX", base_quantity={"value": "1", "unit": "KGM"}, lines=[half]),
        make.bom("B", item="CREAM", oil="1", scrap_percent="10"),
    )
    bom = make.bom("C", oil="1", scrap_percent="10")
    bom["lines"].append({"line_no": 20, "item": "MIX", "quantity": {"value": "3", "unit": "KGM"}})
    mes.release(bom)
    mes.order()
    need = {n["item"]: n["quantity"]["value"] for n in mes.read("/requirements", order="O1")}
    assert need == {"MIX": "3", "OIL": "2.101"}  # 1.1 + 3 x 0.3335 = 2.1005, half up


def test_dispatch_shows_status_by_equipment_at_the_site(mes):
    mes.order()
    assert mes.statuses() == {"10": "Ready", "20": "Waiting", "30": "Waiting"}
    mes.write("/equipment/state", equipment="MIXER-1", state="down")
    assert mes.statuses()["10"] == "Waiting"
    mes.release(mes.make.equipment("MIXER-2", "MIXER", site="WEST"))
    assert mes.statuses()["10"] == "Waiting"
    mes.write("/equipment/state", equipment="MIXER-1", state="available")
    assert mes.statuses()["10"] == "Ready"


def test_equipment_counts_by_its_revision_in_effect(mes):
    mes.order()
    mes.release(mes.make.equipment("MIXER-1", "MIXER", "B", qualified=False), at=CUTOVER)
    assert mes.statuses()["10"] == "Ready"
    mes.at(CUTOVER)
    assert mes.statuses()["10"] == "Waiting"


def test_where_used_lists_exactly_the_batches_that_a_revision_drove(mes):
    mes.release(mes.make.bom("B", "11"), at=CUTOVER)
    mes.order()
    mes.start("10")
    mes.at(CUTOVER)
    mes.order("O2")
    mes.start("10", "O2")
    mes.order("O3")
    assert mes.read("/where-used", **REF_A)["orders"] == ["O1"]
    assert mes.read("/where-used", **REF_B)["orders"] == ["O2"]
    assert mes.read("/where-used", domain="routing", id="R", revision="A")["orders"] == ["O1", "O2"]
    assert mes.read("/where-used", **{**REF_A, "revision": "Z"})["orders"] == []


def test_where_used_of_a_label_means_the_version_that_packed(mes):
    mes.release(mes.make.label("B"), at=CUTOVER)
    mes.order()
    mes.run("10", "20")
    assert mes.read("/where-used", **label("A"))["orders"] == ["O1"]
    mes.at(CUTOVER)
    mes.run("30", label_revision="B")
    assert mes.read("/where-used", **label("A"))["orders"] == []
    assert mes.read("/where-used", **label("B"))["orders"] == ["O1"]


def test_genealogy_runs_through_intermediates_and_both_ways(mes):
    make = mes.make
    cream = {"line_no": 10, "item": "CREAM", "quantity": {"value": "100", "unit": "C62"}}
    mes.release(
        make.item("KIT", "C62", structure={"bom": "B-KIT", "routing": "R"}),
        make.master("bom", "B-KIT", item="KIT", base_quantity={"value": "100", "unit": "C62"}, lines=[cream]),
    )
    mes.lot()
    mes.lot("L2")
    mes.order()
    mes.order("O2", item="KIT", quantity={"value": "50", "unit": "C62"})
    mes.start("10")
    mes.consume("5", "L1")
    mes.consume("5", "L2")
    mes.produce("P1")
    mes.start("10", "O2")
    fifty = {"value": "50", "unit": "C62"}
    assert mes.consume(fifty, "P1", order_id="O2", item="CREAM") == "accepted"
    assert mes.produce("K1", "50", order_id="O2", item="KIT") == "accepted"
    assert mes.read("/genealogy", lot="K1") == {"lot": "K1", "inputs": ["L1", "L2", "P1"], "outputs": []}
    assert mes.read("/genealogy", lot="L1") == {"lot": "L1", "inputs": [], "outputs": ["K1", "P1"]}
    assert mes.read("/lots", id="P1")["quantity"]["value"] == "50"


def test_a_refused_consumption_is_no_part_of_the_genealogy(running):
    running.consume("9999")
    running.produce()
    assert running.read("/genealogy", lot="P1")["inputs"] == []


def test_later_changes_do_not_alter_a_batch_record(running):
    running.consume("1")
    before = running.read("/batch-records", order="O1")
    running.release(running.make.bom("B", "11"), running.make.label("B"), at=CUTOVER)
    running.release(running.make.bom("C", "12"))
    running.at("2027-06-01T00:00:00Z")
    assert running.read("/batch-records", order="O1") == before
