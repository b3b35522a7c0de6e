"""The rules as a whole: each has a name of its own and a requirement that there is."""

import json
import tomllib

import pytest

from syncproof.contracts import folder
from syncproof.contracts.rules import RULES, Rules
from syncproof.contracts.rules.base import Source
from syncproof.suite_files import suite_root

SOURCE = Source("file", 1, "")


def test_every_rule_has_a_name_of_its_own_and_a_requirement_of_the_registry():
    registry = tomllib.loads((suite_root() / "reports/registry/requirements.toml").read_text(encoding="utf-8"))
    assert {rule.requirement for rule in RULES} <= {each["id"] for each in registry["requirement"]}
    assert len({rule.id for rule in RULES}) == len(RULES) > 10


@pytest.mark.parametrize("document", [None, [], "x", {}, {"id": 5, "valid_from": {}}])
def test_a_document_of_another_schema_can_be_anything(document):
    rules = Rules()
    assert list(rules.look("", document, SOURCE)) == list(rules.end()) == []


def test_good_examples_break_no_rule_but_those_they_show():
    """Two of them show that the schema leaves meaning to the systems."""
    told = set()
    for path in sorted(folder().glob("*/*/examples/good-*.json")):
        found = Rules().look(path.parts[-4], json.loads(path.read_bytes()), SOURCE)
        told |= {(f"{path.parts[-4]}/{path.stem}", each.rule.id) for each in found}
    assert told == {("bom/good-no-lines-yet", "total-lines"), ("uom/good-impossible-factor", "unit-factor")}
