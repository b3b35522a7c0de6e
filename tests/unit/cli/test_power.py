"""``syncproof power``: what can be replaced is listed, and what cannot be used is a mistake of usage."""

import sys

import pytest
from click.testing import CliRunner

from syncproof import cli
from syncproof.cli.power import _chosen
from syncproof.defects.registry import registry


def run(*arguments):
    return CliRunner().invoke(cli.app, ["power", *arguments])


def test_the_policies_are_listed_by_system():
    lines = run("--policies").stdout.splitlines()
    assert any(line.startswith("wms.hold_guard ") and "Refused" in line for line in lines)
    assert any(line.startswith("integration.carry ") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--only", "NONE-1"], "there is no defect 'NONE-1'"), (["--defects", "none.py"], "does not exist")],
)
def test_what_cannot_be_used_is_exit_code_2(arguments, said, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["syncproof", "power", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_sample_is_drawn_by_its_seed():
    known = registry()
    first = _chosen(known, (), 5, "s")
    assert list(first) == list(_chosen(known, (), 5, "s"))
    assert len(first) == 5
    assert list(_chosen(known, (), 5, "t")) != list(first)
    assert len(_chosen(known, (), 10_000, "s")) == len(known)
