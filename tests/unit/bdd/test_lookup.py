"""Step lookup is as right as pytest-bdd's and does not grow with the vocabulary."""

import pytest
from pytest_bdd import parsers

from syncproof.bdd import lookup
from syncproof.bdd.lookup import StepDefinition, StepLookupError

pytest_plugins = ["pytester"]


class Context:
    def __init__(self, type_, parser):
        self.type, self.parser, self.converters, self.target_fixture = type_, parser, {}, None

        def step_func(): ...

        self.step_func = step_func


def vocabulary(*definitions):
    made = lookup._Vocabulary()
    for type_, parser, more in definitions:
        parser = parsers.string(parser) if isinstance(parser, str) else parser
        bundled, depth = {"bundled": (True, 0), "own": (False, 0), "near": (False, 9)}[more]
        made.add(
            StepDefinition(
                context=Context(type_, parser),
                pattern=parser.name,
                place=f"{more}.py:1",
                bundled=bundled,
                prefix=lookup._literal_prefix(parser),
                parameters=frozenset(),
                needs=(),
                is_generator=False,
                is_async=False,
                depth=depth,
            )
        )
    return made


def find(made, type_, text):
    index = lookup.StepIndex.__new__(lookup.StepIndex)
    found = index._resolve(made, type_, text)
    if isinstance(found, StepLookupError):
        raise found
    return found


def test_exact_patterns_and_regular_expressions():
    """Each finds its own texts, and nothing else's."""
    made = vocabulary(
        ("given", "a lot", "own"),
        ("given", parsers.parse('lot "{name}" is {state}'), "own"),
        ("given", parsers.parse("{count:d} lots"), "own"),
        ("given", parsers.re(r"(?P<n>\d+) orders?"), "own"),
        (None, parsers.cfparse("any keyword"), "own"),
    )
    assert find(made, "given", "a lot").definition.pattern == "a lot"
    assert find(made, "given", 'lot "L1" is held').arguments == {"name": "L1", "state": "held"}
    assert find(made, "given", "3 lots").arguments == {"count": 3}
    assert find(made, "given", "3 orders").arguments == {"n": "3"}
    assert find(made, "then", "any keyword").definition.context.type is None
    for text in ("a  lot", "x lots", "lots"):
        with pytest.raises(StepLookupError, match="no step definition"):
            find(made, "given", text)


def test_parse_patterns_do_not_care_for_case():
    """That is how the ``parse`` library reads them: the index must not be stricter."""
    made = vocabulary(("given", parsers.parse("Product {name}"), "own"))
    assert find(made, "given", "product X").arguments == {"name": "X"}


def test_the_keyword_is_part_of_the_meaning():
    """A Given is no Then."""
    made = vocabulary(("given", "it rains", "own"))
    with pytest.raises(StepLookupError, match="it is defined as given: it rains"):
        find(made, "then", "it rains")


def test_a_users_own_definition_replaces_the_bundled_one():
    """Of the same pattern, whichever is found first."""
    for order in (("bundled", "own"), ("own", "bundled")):
        made = vocabulary(*(("given", "a lot", more) for more in order))
        assert find(made, "given", "a lot").definition.place == "own.py:1"


def test_a_nearer_definition_replaces_a_farther_one():
    """Of the same pattern."""
    made = vocabulary(("given", "a lot", "near"), ("given", "a lot", "own"), ("given", "a lot", "bundled"))
    assert find(made, "given", "a lot").definition.place == "near.py:1"


def test_another_pattern_for_the_same_text_is_refused_even_if_it_is_nearer():
    """Two meanings of one sentence."""
    made = vocabulary(("given", parsers.parse("a {thing}"), "near"), ("given", "a lot", "bundled"))
    with pytest.raises(StepLookupError, match="2 step definitions match 'a lot'"):
        find(made, "given", "a lot")


def test_few_patterns_are_tried_however_many_there_are(monkeypatch):
    """A step text is matched only with patterns that begin alike."""
    made = vocabulary(
        *(("given", parsers.parse(f"product number {n} of {{thing}}"), "own") for n in range(500)),
        *(("given", parsers.parse(f"word{n} {{thing}}"), "own") for n in range(500)),
        ("given", parsers.parse("product number 7 of {thing}"), "bundled"),
    )
    tried = []
    real = parsers.parse.is_matching

    def is_matching(self, name):
        tried.append(self.name)
        return real(self, name)

    monkeypatch.setattr(parsers.parse, "is_matching", is_matching)
    assert find(made, "given", "product number 7 of Cream").arguments == {"thing": "Cream"}
    assert len(tried) <= 3


def test_what_was_found_is_kept(suite):
    """Looked up once per folder and text, whatever the number of scenarios."""
    suite.steps(
        """
from syncproof.bdd import lookup
real = lookup.StepIndex._resolve

def resolve(self, vocabulary, type_, text):
    print("RESOLVE", text)
    return real(self, vocabulary, type_, text)

lookup.StepIndex._resolve = resolve
"""
    )
    scenario = "  @URS-REV-001\n  Scenario: S{}\n    When nothing happens\n    Then revision A is in effect\n"
    suite.feature("".join(scenario.format(n) for n in range(5)))
    result = suite.run("-s", apart=True)
    result.assert_outcomes(passed=5)
    assert result.stdout.str().count("RESOLVE") == 2
