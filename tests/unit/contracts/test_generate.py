"""The schema files and the canonical model say the same."""

import json

import hypothesis.strategies as st
import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from msgspec import inspect as types

from syncproof import contracts
from syncproof.contracts import generate

NAMES = sorted(generate.RECORDS)


def strategy(info: types.Type) -> st.SearchStrategy:  # noqa: PLR0911  one line for each kind of type
    """Values of a type, by a walk of its own (not the generator's)."""
    match info:
        case types.StructType():
            fields = {field.name: strategy(field.type) for field in info.fields}
            return st.builds(info.cls, **fields)
        case types.UnionType():
            return st.one_of(*map(strategy, info.types))
        case types.VarTupleType():
            return st.lists(strategy(info.item_type), max_size=3).map(tuple)
        case types.FrozenSetType():
            return st.frozensets(strategy(info.item_type), max_size=3)
        case types.DictType():
            return st.dictionaries(st.text(max_size=5), strategy(info.value_type), max_size=2)
        case types.LiteralType():
            return st.sampled_from(info.values)
        case types.DateTimeType():
            return st.datetimes(timezones=st.timezones())
    return PLAIN[type(info)]


PLAIN = {
    types.StrType: st.text(max_size=10),
    types.BoolType: st.booleans(),
    types.IntType: st.integers(-(10**9), 10**9),
    types.DecimalType: st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6),
    types.NoneType: st.none(),
    types.DateType: st.dates(),
}
OF = {name: strategy(types.type_info(kind)) for name, kind in generate.RECORDS.items()}


def wall_clock(record):
    """A local effectivity has no offset: that is what makes it local."""
    effectivity = getattr(record, "effectivity", None)
    if effectivity is None or effectivity.local is None:
        return record
    local = msgspec.structs.replace(effectivity, local=effectivity.local.replace(tzinfo=None))
    return msgspec.structs.replace(record, effectivity=local)


@pytest.mark.parametrize("name", NAMES)
def test_schema_file_is_what_the_model_generates(name):
    """A change of the model shows as a change of a contract, and the other way round."""
    assert contracts.schema(name) == generate.schema_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_model_encodes_satisfies_the_contract(name):
    @settings(max_examples=40, deadline=None)
    @given(OF[name])
    def holds(record):
        document = json.loads(msgspec.json.encode(wall_clock(record)))
        assert contracts.explain(name, document) == []

    holds()


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_or_unknown_field_breaks_the_contract_for_both_validators(name):
    """jsonschema-rs, which decides, and jsonschema, which explains, are of one mind."""
    slow = jsonschema.Draft202012Validator(contracts.schema(name))

    @settings(max_examples=15, deadline=None)
    @given(OF[name], st.data())
    def holds(record, data):
        document = json.loads(msgspec.json.encode(wall_clock(record)))
        required = slow.schema["$defs"][slow.schema["$ref"].rpartition("/")[2]]["required"]
        if data.draw(st.booleans()):
            del document[data.draw(st.sampled_from(required))]
        else:
            document["unheard_of"] = 1
        assert contracts.explain(name, document) != []
        assert not slow.is_valid(document)

    holds()


def test_main_writes_every_schema_below_the_contracts_folder(tmp_path, monkeypatch):
    (tmp_path / "b2mml.toml").write_bytes((contracts.folder() / "b2mml.toml").read_bytes())
    monkeypatch.setattr(generate, "folder", lambda: tmp_path)
    generate.main()
    assert {path.parts[-3] for path in tmp_path.rglob("schema.json")} == set(NAMES)
    assert json.loads((tmp_path / generate.ASYNCAPI).read_text())["asyncapi"] == "3.0.0"


def test_every_name_of_b2mml_belongs_to_a_field_that_is_there():
    """And stands beside it in the schema."""
    written = {}
    for name in generate.RECORDS:
        written |= contracts.schema(name)["$defs"]
    for record, fields in generate.b2mml().items():
        for field, said in fields.items():
            assert written[record]["properties"][field]["x-b2mml"] == said
