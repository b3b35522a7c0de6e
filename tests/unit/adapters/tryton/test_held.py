import pytest

from syncproof import model as m
from syncproof.adapters.tryton.held import Held, content_hash, effective, join_code, like, split_code

MATERIAL = m.MaterialDefinition(id="X/1", revision="B", description="", base_unit="KGM")


@pytest.mark.parametrize(
    ("code", "parts"),
    [("BOM/A", ("BOM", "A")), ("A/B/C", ("A/B", "C")), ("by hand", ("by hand", "0")), (None, ("", "0"))],
)
def test_the_revision_is_what_follows_the_last_slash(code, parts):
    """Ids may hold slashes; a code made by hand has revision 0."""
    assert split_code(code) == parts


def test_a_code_comes_apart_as_it_was_put_together():
    """Writing and reading agree."""
    assert split_code(join_code(MATERIAL)) == ("X/1", "B")


def test_an_id_with_wildcards_finds_only_itself():
    """``%`` and ``_`` in a business key are letters, not patterns."""
    assert like("A_1%") == "A\\_1\\%/%"


def test_the_state_names_what_is_in_effect():
    """Tryton keeps no hash, so it is that of what was read."""
    held = [Held(MATERIAL, in_effect=False), Held(MATERIAL, in_effect=True)]
    assert effective(held) is held[1]
    assert [each.state().status for each in held] == ["approved", "effective"]
    assert held[0].state().content_hash == content_hash(MATERIAL)
    assert content_hash(MATERIAL).startswith("sha256:")
