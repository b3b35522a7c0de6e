"""Priority follows from severity, probability and detectability by the stated table."""

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence import risk

DEPTH = '[test_depth]\nhigh = "much"\nmedium = "some"\nlow = "little"\n'


def entry(ids='["A-*"]', severity=5, probability=3, detectability=2, effect="It hurts.", more=""):
    return (
        f'[[risk]]\nrequirements = {ids}\nfailure_mode = "It fails."\neffect = "{effect}"\n'
        f"severity = {severity}\nprobability = {probability}\ndetectability = {detectability}\n{more}"
    )


@pytest.fixture
def load(tmp_path):
    def load(*texts):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"{number}.toml")
            paths[-1].write_text(text)
        return risk.load(paths)

    return load


@pytest.mark.parametrize(
    ("severity", "probability", "detectability", "class_", "priority"),
    [
        (5, 3, 1, "high", "high"),
        (5, 3, 5, "high", "high"),
        (4, 2, 3, "medium", "medium"),
        (4, 2, 4, "medium", "high"),
        (7 // 2, 2, 3, "low", "low"),
        (1, 1, 3, "low", "low"),
        (1, 1, 4, "low", "medium"),
        (2, 4, 3, "medium", "medium"),
        (2, 7 // 2, 3, "low", "low"),
    ],
)
def test_the_table(severity, probability, detectability, class_, priority):
    """At and beside each bound."""
    found = risk.Risk("f", "e", severity, probability, detectability)
    assert (found.risk_class, found.priority) == (class_, priority)


def test_the_depth_of_testing_follows_from_the_priority(load):
    """As the file states it."""
    assert load(DEPTH + entry())["A-*"].test_depth == "much"
    assert load(DEPTH + entry(severity=1, probability=1))["A-*"].test_depth == "little"


def test_the_record_holds_an_assessment_with_what_follows_from_it():
    """Class and priority beside what was assessed."""
    assert risk.Risk("It fails.", "It hurts.", 4, 2, 4, "much").facts() == {
        "failure_mode": "It fails.",
        "effect": "It hurts.",
        "severity": 4,
        "probability": 2,
        "detectability": 4,
        "test_depth": "much",
        "class": "medium",
        "priority": "high",
    }


def test_the_longest_pattern_and_the_later_file_count(load):
    """A site assesses more exactly than we do."""
    found = load(
        DEPTH + entry() + entry('["A-12"]', severity=1),
        DEPTH + entry('["A-1*"]', severity=2),
    )
    assert risk.assess(found, "A-2").severity == 5
    assert risk.assess(found, "A-12").severity == 1
    assert risk.assess(found, "A-13").severity == 2
    assert risk.assess(load(DEPTH + entry('["B-*"]') + entry('["?-1234"]', severity=1)), "B-1234").severity == 1
    assert risk.assess(found, "B-1") is None


KEYS = "requirements, failure_mode, effect, severity, probability, detectability"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", " is not valid TOML: Invalid value (at end of document)"),
        (entry(), ": test_depth missing"),
        ('[test_depth]\nhigh = "much"\n' + entry(), ": [test_depth]: medium, low missing"),
        (DEPTH + entry(severity=6), " (risk 1): 'severity' is 6: write a whole number from 1 to 5"),
        (
            DEPTH + entry() + entry('["B-1"]', severity=0),
            " (risk 2): 'severity' is 0: write a whole number from 1 to 5",
        ),
        (DEPTH + entry(detectability="true"), " (risk 1): 'detectability' is True: write a whole number from 1 to 5"),
        (
            DEPTH + entry(more="severty = 1\n"),
            f" (risk 1): unknown key 'severty'; valid: {KEYS}. Did you mean 'severity'?",
        ),
        (DEPTH + entry("[]"), " (risk 1): 'requirements' is []: write a list of ids"),
        (DEPTH + entry('"A-1"'), " (risk 1): 'requirements' is 'A-1': write a list of ids"),
        (DEPTH + entry('["A-1", 1]'), " (risk 1): 'requirements' is ['A-1', 1]: write a list of ids"),
        (DEPTH + entry('["A-1", " "]'), " (risk 1): 'requirements' is ['A-1', ' ']: write a list of ids"),
        ("test_depth = 5\n" + entry(), ": 'test_depth' is 5: write high, medium, low under [test_depth]"),
        (DEPTH.replace('"some"', "2") + entry(), ": [test_depth]: 'medium' is 2: write a text in quotes"),
        ("risk = 5\n" + DEPTH, ": write each assessment under a header [[risk]]"),
        ('risk = [{}, "A-1"]\n' + DEPTH, ": write each assessment under a header [[risk]]"),
        (DEPTH + entry(effect=" "), " (risk 1): 'effect' is ' ': write a text in quotes"),
        (DEPTH + entry() + entry(), " (risk 2): 'A-*' is assessed a second time in this file"),
    ],
)
def test_a_mistake_is_named_with_its_place(load, tmp_path, text, message):
    """File, entry, key and value."""
    with pytest.raises(ConfigurationError) as refused:
        load(text)
    assert str(refused.value) == f"{tmp_path / '0.toml'}{message}"
