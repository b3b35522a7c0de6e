from syncproof.adapters.tryton.accounts import Accounts
from syncproof.credentials import Credential


def test_each_user_has_a_session_of_its_own(session, tryton):
    """Over HTTPS a shared cookie would let one user act as another."""
    accounts = Accounts(session, {"planner": Credential(user="p", password="pppp"), "viewer": Credential(password="v")})
    planner, viewer = accounts["planner"], accounts["viewer"]
    assert planner is accounts["planner"]
    assert planner.session is not viewer.session
    assert planner.user == "p"
    assert viewer.user == "viewer"


def test_reads_run_as_the_viewer_if_there_is_one(session, tryton):
    """Reading needs no right to write."""
    both = {"integration": Credential(password="iiii"), "viewer": Credential(password="vvvv")}
    assert Accounts(session, both).reader.user == "viewer"
    assert Accounts(session, {"integration": Credential(password="iiii")}).reader.user == "integration"
    assert Accounts(session, {"other": Credential(password="oooo")}).reader.user == "other"


def test_a_user_without_credentials_is_left_to_the_server(session, tryton):
    """The harness does not refuse; it knocks with what cannot be right."""
    assert Accounts(session, {})["intruder"].user == "intruder"


def test_a_login_is_shown_as_the_landscapes_user(session, tryton):
    """The audit trail names users as the features do."""
    accounts = Accounts(session, {"planner": Credential(user="jane.doe", password="pppp")})
    assert accounts.user("jane.doe") == "planner"
    assert accounts.user("root") == "root"
    assert accounts.user(None) == ""
