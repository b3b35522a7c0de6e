"""What a feature says and nobody would read: arguments that a step does not take, steps that are no steps."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_bdd.parser import Step

from syncproof.bdd.lookup import Match, StepIndex, StepLookupError

if TYPE_CHECKING:
    from syncproof.bdd.collection import ScenarioItem


def refuse_unread(step: Step, match: Match) -> None:
    """StepLookupError if the step says something that its definition has no parameter for."""
    taken = match.definition.parameters
    unread = [f"{{{name}}}" for name in match.arguments if name not in taken]
    unread += ["its table"] if step.datatable is not None and "datatable" not in taken else []
    unread += ["its text"] if step.docstring is not None and "docstring" not in taken else []
    if unread:
        text = f"the definition of {step.name!r} at {match.definition.place} does not take {', '.join(unread)}"
        raise StepLookupError(f"{text}: what the feature says there would not be checked; add the parameter")


def swallowed(item: "ScenarioItem", index: StepIndex) -> Iterator[str]:
    """Lines of the feature's descriptions that are a step once their first word is taken for its keyword, or that
    are one already: the keyword is misspelt or missing."""
    for line, text in item.document.prose:
        if any(index.means(item.parent.parent, said) for said in (text, text.partition(" ")[2])):  # type: ignore[union-attr,arg-type]
            how = "write its keyword as Gherkin does (Given, When, Then, And, But)"
            yield f"{item.document.path}:{line}: {text!r} is read as description, not as a step: {how}"
