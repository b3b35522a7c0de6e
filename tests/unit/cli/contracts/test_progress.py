"""Progress is told now and then, and never where it would be in the way."""

import pytest

from syncproof.cli.contracts import progress as module
from syncproof.contracts.bulk.report import Report


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_goes_to_standard_error_only(monkeypatch, capsys, tmp_path, terminal):
    monkeypatch.setattr(module.sys.stderr, "isatty", lambda: terminal, raising=False)
    for name in ("EVERY", "OFTEN", "SELDOM"):
        monkeypatch.setattr(module, name, 1 if name == "EVERY" else 0)
    (tmp_path / "a").write_text("12345")
    with module.progress((tmp_path,)) as told:
        told(Report(most=1, documents=7), 5)
    said = capsys.readouterr()
    assert said.out == ""
    assert terminal or said.err == "7 documents, 0 invalid\n"
