"""The command ends with a code and a message, whatever it is given."""

import json

import pytest
from click.testing import CliRunner

from syncproof.cli import main
from syncproof.cli.contracts.validate import validate
from syncproof.errors import ConfigurationError

GOOD = '{"domain":"security","id":"u","revision":"A","roles":[]}\n'


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(content, *options, contract="security"):
        (tmp_path / "a.ndjson").write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(validate, [contract, "a.ndjson", *options], catch_exceptions=False)

    return run


def test_all_valid_is_0_some_invalid_1_nothing_3(run):
    assert [run(text).exit_code for text in (GOOD, GOOD + "{}", "")] == [0, 1, 3]


def test_a_mistake_is_told_with_file_line_and_pointer(run):
    assert run(GOOD + GOOD.replace("[]", "5")).output.startswith("a.ndjson:2 /roles: 5 is not of type 'array'\n")


def test_json_is_one_object(run):
    told = json.loads(run(GOOD + "{}\n{}\n", "--json", "--most", "1").stdout)
    assert (told["documents"], told["invalid"], told["total"]) == (3, 2, 8)
    assert len(told["errors"]) == 1
    assert set(told["errors"][0]) >= {"file", "line", "pointer", "message", "expected", "actual"}


def test_what_could_not_be_checked_is_said(run):
    lot = '{"id":"L","item":"OIL","quantity":{"value":"1","unit":"KGM"},"site":"EAST","location":"D"}'
    done = run(lot, contract="lot")
    assert done.exit_code == 0
    assert "could not check: reference to a material: none was given (1)" in done.output
    assert "could not check" not in run(lot, "--no-rules", contract="lot").output


def test_a_schema_that_is_none_is_a_configuration_error(run, tmp_path):
    """Which the command line ends with code 2."""
    (tmp_path / "s.json").write_text('{"type": 5}')
    with pytest.raises(ConfigurationError, match="/type"):
        run(GOOD, contract="s.json")


def test_the_command_line_ends_with_2_and_says_why(run, tmp_path, monkeypatch, capsys):
    run(GOOD)
    (tmp_path / "s.json").write_text('{"$ref": "#"}')
    monkeypatch.setattr("sys.argv", ["syncproof", "contracts", "validate", "s.json", "a.ndjson"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "endless" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["security"], ["security", "missing.json"], ["security", "a.ndjson", "--most", "-1"]]
)
def test_wrong_usage_is_2(run, arguments):
    run(GOOD)
    assert CliRunner().invoke(validate, arguments).exit_code == 2
