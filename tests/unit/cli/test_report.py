"""The last lines of a run: each cause once, an aborted run called so."""

from syncproof.cli import report

SUMMARY = {
    "scenarios": {"blocked": 3},
    "requirements": {"URS-1": "not run"},
    "seconds": 1.0,
    "pack": "/p",
    "aborted": None,
    "faults": [],
    "stale": [],
    "qualification_claim": None,
    "reasons": {
        "f::a": "f:7: Given x\nerp is down",
        "f::b": "f:7: Given x\nerp is down",
        "f::c": "f:9: Given y\nwms is down\nand so on",
    },
}


def test_a_cause_is_told_once_with_its_first_place(capsys):
    report.show(SUMMARY, "page", err=False)
    said = capsys.readouterr().out
    assert said.count("erp is down") == 1
    assert "  f::a (and 1 more)\n      f:7: Given x\n      erp is down\n" in said
    assert "  f::c\n      f:9: Given y\n      wms is down\n      and so on\n" in said
    assert "Aborted" not in said


def test_an_aborted_run_is_called_so(capsys):
    report.show(SUMMARY | {"aborted": "interrupted", "faults": []}, "page", err=False)
    assert "Aborted:      interrupted" in capsys.readouterr().out


def test_many_causes_are_counted_and_not_listed(capsys):
    many = {f"f::{number}": f"f:{number}: Given x\ncause {number}" for number in range(report.MANY + 2)}
    report.show(SUMMARY | {"reasons": many}, "page", err=False)
    said = capsys.readouterr().out
    assert f"cause {report.MANY - 1}\n" in said
    assert f"cause {report.MANY}\n" not in said
    assert "and 2 other causes" in said
