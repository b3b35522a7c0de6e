"""The command tells compatible, breaks and bad input apart by its exit code, for people and as JSON."""

import json

import pytest

from syncproof import cli


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **files):
        for name, schema in files.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(schema))
        monkeypatch.setattr("sys.argv", ["syncproof", "contracts", "compat", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_compatible_schemas_end_with_0(run):
    code, out, _ = run("old.json", "new.json", old={"type": "integer"}, new={"type": "number"})
    assert (code, out) == (0, "Compatible (backward).\n")


def test_breaks_end_with_1_and_show_a_document(run):
    """What people need: where, which rule, who moves, and a document to try."""
    code, out, _ = run("old.json", "new.json", old={"type": "object"}, new={"type": "object", "required": ["sku"]})
    assert code == 1
    assert "'required' at /required/0 of new.json" in out
    assert "The provider must move first.\n    {}\n" in out
    assert "1 breaks, 1 shown by a document" in out


def test_json_is_one_object_with_all_that_a_gate_needs(run):
    code, out, _ = run("old.json", "new.json", "--json", "--mode", "full", old={"maximum": 2}, new={"maximum": 1})
    told = json.loads(out)
    assert code == 1
    assert (told["compatible"], told["mode"]) == (False, "full")
    [one] = told["breaks"]
    assert {**one, "message": ""} == {
        "pointer": "/maximum",
        "rule": "maximum",
        "message": "",
        "witness": one["witness"],
        "proved": True,
        "readers": "all",
        "move_first": "provider",
        "direction": "backward",
        "accepted_by": "old.json",
        "rejected_by": "new.json",
    }
    assert 1 < one["witness"] <= 2


def test_a_folder_of_versions_is_held_against_in_their_order(run, tmp_path):
    """1.10.0 is newer than 1.9.0, and the new version is not held against itself."""
    for version, most in (("1.9.0", 5), ("1.10.0", 1)):
        (tmp_path / "v" / version).mkdir(parents=True)
        (tmp_path / "v" / version / "schema.json").write_text(json.dumps({"maximum": most}))
    (tmp_path / "v" / "2.0.0").mkdir()
    (tmp_path / "v" / "2.0.0" / "schema.json").write_text(json.dumps({"maximum": 2}))
    assert run("v", "v/2.0.0/schema.json")[0] == 0
    code, out, _ = run("v", "v/2.0.0/schema.json", "--mode", "backward-transitive")
    assert code == 1
    assert "v/1.9.0/schema.json accepts" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old.json"], "Missing argument"),
        (["old.json", "nowhere.json"], "nowhere.json"),
        (["old.json", "bad.json"], "bad.json, at /items: the reference"),
        (["old.json", "old.json", "new.json"], "only a transitive mode"),
        (["old.json", "new.json", "--mode", "sideways"], "sideways"),
        (["empty", "new.json", "--mode", "full-transitive"], "empty has no schemas"),
    ],
)
def test_usage_and_bad_schemas_end_with_2_and_a_message(run, tmp_path, arguments, said):
    """A gate must not take a broken file for a verdict."""
    (tmp_path / "empty").mkdir()
    code, out, err = run(*arguments, old={}, new={}, bad={"items": {"$ref": "#/nowhere"}})
    assert (code, out) == (2, "")
    assert said in err


def test_our_own_contracts_are_compared_by_name(run):
    assert run("bom:1.0.0", "bom:1.0.0", "--mode", "full")[0] == 0
