"""What a landscape file says is found where it is asked for."""

from decimal import Decimal

from syncproof.landscape import load
from syncproof.landscape.reading import find_mistakes
from syncproof.suite_files import suite_root

QUANTITIES = """
[quantities.units.KGM]
tolerance = "0.0005"
mode = "up"
increment = "0.001"

[quantities.items.CREAM]
tolerance = "1"

[keys.lot]
max_length = 10
alphabet = "ABC0123456789"
"""


def test_rule_of_the_item_goes_before_that_of_the_unit(write):
    definition = load(write(add=QUANTITIES), environment={})
    assert definition.quantity_rule("KGM", "CREAM").tolerance == 1
    assert definition.quantity_rule("KGM", "OIL").tolerance == Decimal("0.0005")
    assert definition.quantity_rule("KGM").mode == "up"


def test_without_a_rule_quantities_are_exact(write):
    assert load(write(), environment={}).quantity_rule("LTR", "OIL").tolerance == 0


def test_default_sla_holds_for_domains_without_their_own(write):
    definition = load(write("label = 5", "default = 3\nlabel = 5"), environment={})
    assert (definition.within("bom"), definition.within("label")) == (3, 5)


def test_key_rules_are_read(write):
    definition = load(write(add=QUANTITIES), environment={})
    assert definition.keys["lot"].max_length == 10


def test_reference_landscape_is_in_order_and_owns_every_master_domain():
    definition = load(suite_root() / "landscapes" / "reference.toml", check_secrets=True, environment={})
    assert {entry.roles[0] for entry in definition.systems.values()} == {
        "planning", "execution", "warehouse", "quality",
    }  # fmt: skip
    assert set(definition.ownership.values()) == {"erp", "mes", "wms", "qms"}
    assert set(definition.sites.values()) == {"Europe/Berlin", "America/New_York"}


def test_no_secrets_are_looked_for_without_an_environment(tmp_path):
    document = {"systems": {"erp": {"adapter": "tryton", "credentials": {"a": {"token_env": "NOT_SET"}}}}}
    assert not any(mistake.secret for mistake in find_mistakes(document, tmp_path, None))
