"""Roles are masters too: the security master in effect decides."""

from tests.unit.simulators.bench import codes, master


def work(plain, user: str, key: str) -> str:
    return plain.post("/notes", by=user, id=key, text="x")["status"]


def test_a_role_is_granted_and_withdrawn_by_the_master_in_effect(plain):
    assert work(plain, "viewer", "N1") == "refused"
    plain.introduce(master("security", "viewer", "1", roles=["planner"]))
    assert work(plain, "viewer", "N2") == "accepted"
    plain.introduce(master("security", "viewer", "2", roles=[]), at="2027-02-01T12:00:00Z")
    assert work(plain, "viewer", "N3") == "refused"


def test_a_role_counts_from_its_effective_date(plain):
    plain.introduce(master("security", "viewer", "1", roles=["planner"]), at="2027-02-01T12:00:01Z")
    assert work(plain, "viewer", "N1") == "refused"
    plain.time("2027-02-01T12:00:01Z")
    assert work(plain, "viewer", "N2") == "accepted"


def test_security_masters_are_authored_by_the_administrator(plain):
    answer = plain.submit(master("security", "viewer", "1", roles=["planner"]))
    assert codes(answer) == ["forbidden"]
    assert "administrator" in answer["reasons"][0]["message"]


def test_only_the_integration_delivers_events(plain):
    answer = plain._write("/inbox", "engineer", {"id": "x"})
    assert (answer["http"], codes(answer)) == (403, ["forbidden"])
    assert plain.audit("session", "engineer", outcome="refused")


def test_a_master_is_edited_at_its_system_of_record_only(plain):
    answer = plain.submit(master("label", "L", item="CREAM", artwork_hash="x", market="EU"))
    assert (answer["http"], codes(answer)) == (409, ["not_system_of_record"])
    assert "qms" in answer["reasons"][0]["message"]
    (event,) = plain.audit("label", "L")
    assert (event["outcome"], event["actor"]) == ("refused", "engineer")
