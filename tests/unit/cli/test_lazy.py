"""Commands are there by name, and imported when they are called."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from syncproof.cli import app
from syncproof.cli.contracts import contracts


@pytest.mark.parametrize("group", [app, contracts], ids=["syncproof", "contracts"])
def test_every_command_that_help_lists_can_be_loaded(group):
    """None stands at a place where it is not."""
    context = click.Context(group)
    names = group.list_commands(context)
    assert names
    assert [group.get_command(context, name).name for name in names] == names


def test_an_unknown_command_is_told():
    """It is a mistake of usage."""
    called = CliRunner().invoke(app, ["qualfy"])
    assert called.exit_code == 2
    assert "No such command 'qualfy'" in called.output


def test_no_command_waits_for_what_others_need():
    """``syncproof qualify`` starts its run without having imported HTTP, PDF or contracts."""
    code = "import sys, syncproof.cli.qualify; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"requests", "reportlab", "jsonschema", "syncproof.contracts", "syncproof.reporting"} & set(loaded)
