"""What came, who has it, what each system said of it."""

from syncproof.integration.store import Answer, kind_of, member_of
from tests.unit.integration.plant import event, master_event, material

CONSUMERS = ("erp", "mes", "wms")
MATERIAL = ("material", "M", "A")


def test_an_event_goes_to_everybody_but_its_source(store):
    store.keep("erp", "1", [master_event(material("M"))], CONSUMERS)
    assert [len(store.open(name)) for name in CONSUMERS] == [0, 1, 1]
    assert store.cursor("erp") == "1"


def test_the_same_event_again_is_no_second_delivery(store):
    """A page of an outbox that is read twice has one effect."""
    for _ in range(2):
        store.keep("erp", "1", [master_event(material("M"))], CONSUMERS)
    assert len(store.open("mes")) == 1


def test_two_sources_may_use_the_same_event_id(store):
    """CloudEvents are identified by source and id."""
    for source in ("erp", "qms"):
        store.keep(source, "1", [event("lot", "lot/L", {"id": "L"}, source=source, id="1")], CONSUMERS)
    assert len(store.open("mes")) == 2


def test_events_are_offered_in_the_order_in_which_they_came_until_settled(store):
    store.keep("erp", "2", [master_event(material("M", r)) for r in "AB"], CONSUMERS)
    batch = store.open("mes")
    assert [event["data"]["revision"] for _, event in batch] == ["A", "B"]
    store.settle("mes", [Answer(batch[0][0], "accepted")])
    assert [event["data"]["revision"] for _, event in store.open("mes")] == ["B"]


def test_the_owner_holds_what_it_publishes_and_a_consumer_what_it_accepted(store):
    store.keep("erp", "1", [master_event(material("M"))], CONSUMERS)
    ((seq, _),) = store.open("mes")
    store.settle("mes", [Answer(seq, "rejected", ("schema: no",))])
    assert store.standing("erp", MATERIAL).status == "accepted"
    assert store.standing("mes", MATERIAL).reasons == ("schema: no",)
    assert store.standing("wms", MATERIAL).status == "open"
    assert store.standing("wms", ("material", "M", "B")) is None


def test_what_was_accepted_since_the_question_makes_an_answer_stale(store):
    """A staged revision is fresh for another offer once something was accepted at that system."""
    store.keep("erp", "2", [master_event(material("M")), master_event(material("N"))], CONSUMERS)
    (first, _), (second, _) = store.open("mes")
    store.settle("mes", [Answer(first, "staged")])
    assert not store.standing("mes", MATERIAL).fresh
    store.settle("mes", [Answer(second, "accepted")])
    assert store.standing("mes", MATERIAL).fresh


def test_what_a_system_publishes_itself_counts_as_accepted_there(store):
    store.keep("qms", "1", [master_event(material("M"), "qms")], CONSUMERS)
    ((seq, _),) = store.open("erp")
    store.settle("erp", [Answer(seq, "staged")])
    store.keep("erp", "1", [master_event(material("N"))], CONSUMERS)
    assert store.standing("erp", MATERIAL).fresh


def test_an_offer_that_is_made_again_is_open_once(store):
    """Whoever looks meanwhile sees it as open, not as staged and to be offered yet again."""
    store.keep("erp", "1", [master_event(material("M"))], CONSUMERS)
    ((seq, _),) = store.open("mes")
    store.settle("mes", [Answer(seq, "staged")])
    store.offer_again("mes", seq)
    assert len(store.open("mes")) == 1
    assert store.standing("mes", MATERIAL).status == "open"


def test_an_accepted_revision_stays_accepted_when_it_is_published_again(store):
    store.keep("erp", "1", [master_event(material("M"))], CONSUMERS)
    ((seq, _),) = store.open("mes")
    store.settle("mes", [Answer(seq, "accepted")])
    again = {**master_event(material("M")), "id": "another"}
    store.keep("erp", "2", [again], CONSUMERS)
    assert store.standing("mes", MATERIAL).status == "accepted"


def test_kinds_are_read_from_types_and_nothing_is_guessed():
    assert kind_of({"type": "org.syncproof.master.v1"}) == "master"
    assert kind_of({"type": "org.acme.master.v1"}) == ""
    assert member_of(event("lot", "lot/L", {"id": "L"})) is None
