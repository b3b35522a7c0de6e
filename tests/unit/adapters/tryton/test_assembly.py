import pytest

from syncproof import model as m
from syncproof.adapters.tryton import assembly, boms
from syncproof.adapters.tryton.held import Held


def material(**structure):
    return m.MaterialDefinition(
        id="CREAM", revision="A", description="", base_unit="C62", structure=m.ProductStructure(**structure)
    )


ROSE = m.Variant(id="ROSE", revision="A", base_item="CREAM", structure=m.ProductStructure(bom="RB", routing="RR"))


@pytest.fixture
def product(tryton, monkeypatch):
    """A product with an item, a variant, and the boms and routings that are active."""

    def make(own, variants, active_boms, active_routings, links):
        tryton.finds("product.product", {"id": 3, "code": "CREAM", "template": 1})
        held = {"material": [Held(own, in_effect=True)], "variant": [Held(v, in_effect=True) for v in variants]}
        monkeypatch.setattr(assembly.items, "read", lambda c, domain, clause: held[domain])
        tryton.finds("production.bom", *({"id": id_, "code": code} for id_, code in active_boms))
        tryton.finds("production.routing", *({"id": id_, "name": name} for id_, name in active_routings))
        fields = ("id", "bom", "sequence", "routing")
        tryton.finds(boms.LINK, *(dict(zip(fields, link, strict=True)) for link in links))

    return make


def test_the_items_own_bom_comes_first_its_variants_follow_the_rest_is_last(tryton, connection, product):
    """Tryton makes a product by the first of its boms."""
    product(
        material(bom="CB", routing="CR"), [ROSE],
        [(70, "CB/B"), (71, "RB/A")], [(80, "CR/B"), (81, "RR/A")],
        [(1, 60, 10, 79), (2, 70, boms.LAST, None), (3, 71, boms.LAST, None)],
    )  # fmt: skip
    assembly.relink(connection, "CREAM")
    (change,) = tryton.called(f"model.{boms.LINK}.write")
    assert change == [
        [1], {"sequence": boms.LAST},
        [2], {"sequence": assembly.FIRST, "routing": 80},
        [3], {"sequence": assembly.FURTHER + 1, "routing": 81},
    ]  # fmt: skip


def test_a_routing_is_allowed_for_its_bom_before_they_are_used_together(tryton, connection, product):
    """Tryton takes a routing only for boms that it lists."""
    product(material(bom="CB", routing="CR"), [], [(70, "CB/B")], [(80, "CR/B")], [(2, 70, boms.LAST, None)])
    assembly.relink(connection, "CREAM")
    written = [name for _, name, _, _ in tryton.calls if name.endswith(".write")]
    assert written == ["model.production.routing.write", f"model.{boms.LINK}.write"]
    assert tryton.called("model.production.routing.write") == [[[80], {"boms": [["add", [70]]]}]]


def test_what_is_in_line_already_is_left_alone(tryton, connection, product):
    """Activating something else writes nothing here."""
    product(material(bom="CB"), [], [(70, "CB/B")], [], [(2, 70, assembly.FIRST, None)])
    assembly.relink(connection, "CREAM")
    assert tryton.called(f"model.{boms.LINK}.write") == []


def test_an_item_made_by_hand_keeps_the_bom_that_comes_first(tryton, connection, product):
    """Nobody said which bom is its own, so it is the one Tryton uses."""
    product(material(), [], [(70, "CB/B")], [], [(2, 70, 30, None)])
    tryton.finds(boms.LINK, {"id": 2, "bom": 70, "bom.": {"code": "CB/B"}, "sequence": 30, "routing": None})
    assembly.relink(connection, "CREAM")
    assert tryton.called(f"model.{boms.LINK}.write") == [[[2], {"sequence": assembly.FIRST, "routing": None}]]


def test_nothing_is_done_for_an_item_that_is_not_there(tryton, connection):
    """A bom for an unknown item was refused before."""
    assembly.relink(connection, "NOBODY")
    assert not [name for _, name, _, _ in tryton.calls if name.endswith(".write")]
