"""A system that is started again has its address, its state and its business time."""

import json
from urllib.request import Request, urlopen

from syncproof.defects.ground import Ground, prepared
from syncproof.landscape import load
from syncproof.suite_files import suite_root


def test_a_system_goes_on_where_it_was():
    ground = Ground(prepared(load(suite_root() / "landscapes" / "reference.toml"), None), "test")
    try:
        running = ground.running
        before, pid = dict(running.urls), running.pids["erp"]
        ground._ask("erp", "POST", "/control/clock", {"now": "2027-03-10T06:00:00Z"})
        made = {"domain": "material", "id": "KEPT", "revision": "A", "description": "kept", "base_unit": "KGM"}
        asked(running, "engineer", "/masters", {"data": made, "reason": "try"})
        ground.restart("erp")
        assert running.pids["erp"] != pid
        assert running.urls == before
        assert asked(running, "viewer", "/identity")["now"] == "2027-03-10T06:00:00Z"
        (kept,) = asked(running, "viewer", "/masters?domain=material&id=KEPT")["items"]
        assert kept["master"]["description"] == "kept"
        ground.check()
    finally:
        ground.close()


def asked(running, user, path, body=None):
    headers = {"Authorization": f"Bearer {running.tokens[user]}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{running.urls['erp']}{path}", data, headers)) as answer:
        return json.load(answer)
