"""Bad input is told apart and named: a file that does not import, an unknown policy, a defect that says too little."""

import pytest

from syncproof.defects.registry import chosen, registry
from syncproof.errors import ConfigurationError

GOOD = '''
from syncproof.defects import Defect

class Mine(Defect):
    """It forgets."""
    id = "MINE-1"
    citation = "CAPA 1"
    requirements = ("URS-HLD-002",)
    system = "wms"
    policy = "hold_guard"

    def replacement(self, original, ctx, lot):
        return None
'''


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "mine.py"
        path.write_text(text)
        return path

    return write


def test_every_defect_of_the_catalogue_can_be_used():
    known = registry()
    assert {"UOM-06", "HLD-01"} <= known.keys()
    assert all(one.requirements and one.citation and one.mechanism for one in known.values())


def test_a_users_defects_come_on_top(file):
    known = registry(file(GOOD))
    assert known["MINE-1"].mechanism == "It forgets."
    assert list(known)[-1] == "MINE-1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nothing_of_that_name", "does not import: ModuleNotFoundError"),
        ("def (", "does not import: SyntaxError"),
        ("x = 1", "defines no defect"),
        (GOOD.replace("hold_guard", "hold_gard"), "wms has no policy 'hold_gard'; did you mean 'hold_guard'?"),
        (GOOD.replace('"wms"', '"wmz"'), "no system 'wmz'; did you mean 'wms'?"),
        (GOOD.replace("CAPA 1", ""), "states no citation"),
        (GOOD.replace('"""It forgets."""', ""), "states no mechanism"),
        (GOOD.replace("replacement", "replace"), "has no method 'replacement'"),
        (GOOD.replace("MINE-1", "UOM-06"), "id UOM-06 is taken"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_mend(file, text, said):
    with pytest.raises(ConfigurationError, match="mine") as problem:
        registry(file(text))
    assert said in str(problem.value)


def test_a_folder_gives_what_all_of_its_files_define(tmp_path):
    """And one without any is told."""
    folder = tmp_path / "some"
    folder.mkdir()
    with pytest.raises(ConfigurationError, match="holds no defect file"):
        registry(folder)
    for number in (1, 2):
        (folder / f"mine_{number}.py").write_text(GOOD.replace("MINE-1", f"MINE-{number}"))
    assert {"MINE-1", "MINE-2"} <= registry(folder).keys()


def test_what_is_no_python_file_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be imported"):
        registry(tmp_path / "none.txt")


def test_a_defect_that_waits_needs_no_policy_yet(file):
    text = GOOD.replace('policy = "hold_guard"', 'waits_for = "customers"')
    assert registry(file(text))["MINE-1"].waits_for == "customers"


def test_only_what_is_named_is_chosen():
    known = registry()
    assert list(chosen(known, ["UOM-06"])) == ["UOM-06"]
    assert list(chosen(known, [])) == list(known)
    with pytest.raises(ConfigurationError, match="did you mean 'UOM-06'"):
        chosen(known, ["UOM-006"])


def test_a_star_chooses_a_whole_kind():
    known = registry()
    kinds = chosen(known, ["OK-FMT-*", "UOM-06"])
    assert {"OK-FMT-01", "UOM-06"} <= kinds.keys()
    assert all(id_.startswith("OK-FMT-") or id_ == "UOM-06" for id_ in kinds)


def test_there_are_thirty_harmless_variations_of_every_demanded_kind():
    harmless = {id_: one for id_, one in registry().items() if one.harmless}
    kinds = {id_.split("-")[1] for id_ in harmless}
    assert len(harmless) >= 30
    assert kinds >= {"ORD", "DUP", "SLW", "TOL", "WRD", "EXT", "DSP", "PAG", "FMT", "DST", "CLK", "RST", "TRF"}


def test_a_variation_may_do_something_else_than_replace_a_policy(file):
    text = GOOD.replace("Defect", "Variation").replace("policy =", "_ =").replace("replacement", "before_action")
    assert registry(file(text))["MINE-1"].systems == ()


def test_a_policy_must_be_there_in_every_system_that_is_named(file):
    text = GOOD.replace("system = ", "also = ('mes', 'erq')\n    system = ")
    with pytest.raises(ConfigurationError, match="no system 'erq'; did you mean 'erp'"):
        registry(file(text))
