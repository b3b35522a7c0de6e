"""What a variation does outside the systems is counted; what it does not do, too."""

from contextlib import contextmanager
from types import SimpleNamespace

from syncproof.bdd.gherkin import read_feature
from syncproof.defects.acting import Acting
from syncproof.defects.base import Variation
from syncproof.defects.harmless.days import SpringEast
from syncproof.suite_files import suite_root


class Restarting(Variation):
    id = "A"

    def before_action(self, ground):
        ground.append("restart")
        return 1


class Busy(Variation):
    id = "B"

    @contextmanager
    def beside(self, ground):
        yield lambda: 7


class Replacing(Variation):
    id, system, policy = "C", "erp", "x"

    def landscape(self, definition):
        return f"{definition} changed"


def item(name):
    return SimpleNamespace(nodeid=name)


def step(type_):
    return SimpleNamespace(type=type_)


def test_something_is_done_once_in_each_scenario_after_what_is_given():
    acting, ground = Acting(Restarting()), []
    for type_ in ("given", "given", "when", "when", "then"):
        acting.before_step(item("one"), step(type_), ground)
    acting.before_step(item("two"), step("then"), ground)
    assert ground == ["restart", "restart"]
    assert acting.watch == {"calls": 2, "differences": 2, "crashes": []}


def test_what_goes_on_beside_is_counted_when_the_scenarios_are_over():
    acting = Acting(Busy())
    with acting.at_work(None):
        assert acting.done == 0
    assert acting.watch["differences"] == 7


def test_another_landscape_is_no_proof_that_a_replaced_policy_acted():
    acting = Acting(Replacing())
    ground = SimpleNamespace(varied=lambda change: change("landscape"))
    assert acting.ground(ground) == "landscape changed"
    assert acting.watch is None


def test_a_scenario_is_told_in_the_words_of_the_variation():
    file = suite_root() / "features" / "block_tests" / "2_units.feature"
    spec = read_feature(file, suite_root(), None).scenarios[0]
    acting = Acting(SpringEast())
    said = "\n".join(step.name for step in acting.worded(spec).render().steps)
    assert "2027-03-28T06:00:00Z" in said
    assert "2027-03-10" not in said
    assert acting.watch["differences"] == 2
    assert "2027-03-10T06:00:00Z" in spec.render().steps[-2].name
