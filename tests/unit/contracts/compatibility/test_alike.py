"""What unfolds to the same schema is one node, and nothing else is."""

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.alike import unite
from syncproof.contracts.compatibility.schemas import make

LOOP = {"properties": {"next": {"$ref": "#/$defs/n"}, "v": {"type": "integer"}}}


def node(schema, name="s"):
    return make(name, schema).node


def same(one, other):
    first, second = node(one, "one"), node(other, "other")
    unite(first, second)
    return first == second


def test_recursion_that_is_written_otherwise_is_the_same():
    """Unrolled once, or through a definition: the documents are the same, and so is the tree that both unfold to."""
    assert same(
        {**LOOP, "$defs": {"n": LOOP}},
        {
            **LOOP,
            "title": "x",
            "$defs": {"n": {"properties": {"v": {"type": "integer"}, "next": {"$ref": "#/$defs/n"}}}},
        },
    )


def test_a_difference_far_inside_keeps_them_apart():
    """However deep it lies."""
    other = {"properties": {"next": {"$ref": "#/$defs/n"}, "v": {"type": "number"}}}
    assert not same(
        {**LOOP, "$defs": {"n": LOOP}},
        {**LOOP, "$defs": {"n": {**LOOP, "properties": {**LOOP["properties"], "next": other}}}},
    )


def test_a_schema_that_says_nothing_is_true():
    assert same({"title": "x"}, {"description": "y"})


def test_what_is_unknown_is_never_the_same():
    """Of two things that we cannot read we cannot say that they are one."""
    one, other = t.single(t.Unknown()), t.single(t.Unknown())
    unite(one, other)
    assert one != other
