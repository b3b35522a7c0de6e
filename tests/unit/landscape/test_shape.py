"""The schema of the landscape file knows the same names as the engine."""

from jsonschema import Draft202012Validator

from syncproof import contracts, model
from syncproof.landscape.definition import KeyRule, SystemEntry
from syncproof.landscape.shape import schema
from syncproof.ports import ROLES


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(schema())


def test_roles_are_those_of_the_ports():
    roles = schema()["$defs"]["system"]["properties"]["roles"]["items"]["enum"]
    assert {*roles, "integration"} == set(ROLES)


def test_domains_are_the_masters_and_those_of_the_contracts():
    """A domain that can be owned has a contract, and every contract's domain can be owned."""
    domains = schema()["properties"]["ownership"]["propertyNames"]["enum"]
    assert set(model.DOMAINS) < set(domains)
    assert set(domains) == {c.domain for c in contracts.registry().values() if c.domain}


def test_slas_can_be_given_for_every_domain():
    properties = schema()["properties"]
    assert set(properties["sla"]["propertyNames"]["enum"]) == {
        "default",
        *properties["ownership"]["propertyNames"]["enum"],
    }


def test_keys_of_a_system_are_the_fields_of_its_record():
    keys = schema()["$defs"]["system"]["properties"]
    assert {*keys, "name", "command"} == set(SystemEntry.__struct_fields__), "no file can name a command"


def test_keys_of_a_key_rule_are_the_fields_of_its_record():
    keys = schema()["properties"]["keys"]["additionalProperties"]["properties"]
    assert set(keys) == set(KeyRule.__struct_fields__)
