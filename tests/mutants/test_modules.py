"""What a mutation run goes through is what the documentation says, and is there."""

import pytest

from tests.mutants.modules import GONE_THROUGH, chosen, mirror


def test_without_a_module_all_is_tried_that_was_gone_through_and_nothing_else():
    files = [file for some in chosen(None).values() for file in some]
    assert files == [file for name in GONE_THROUGH for some in chosen(name).values() for file in some]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("checks/comparison", "src/syncproof/comparison.py"),
        ("evidence/files", "src/syncproof/evidence/files.py"),
        ("evidence/exchange/files", "src/syncproof/evidence/exchange/files.py"),
    ],
)
def test_a_module_is_the_one_that_its_name_says(name, file):
    assert chosen(name) == {name.partition("/")[0]: [file]}


@pytest.mark.parametrize(
    ("name", "tests"),
    [
        ("evidence/ledger.py", "evidence/test_ledger.py"),
        ("evidence/core_verifier.py", "evidence/core_verifier"),
        ("evidence/execution/texts.py", "evidence/execution"),
    ],
)
def test_a_module_is_tried_under_its_own_file_its_own_folder_or_its_package(name, tests):
    assert mirror(f"src/syncproof/{name}") == f"tests/unit/{tests}"


@pytest.mark.parametrize("name", ["reporting", "evidence/verdict", "oracle/checks"])
def test_a_module_that_does_not_exist_is_answered_with_what_does(name):
    with pytest.raises(SystemExit, match=f"there is no '{name}'; valid: oracle, checks, evidence, or a module of one"):
        chosen(name)
