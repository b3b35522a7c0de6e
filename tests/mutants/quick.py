"""A pytest plugin for mutation runs: what kills a mutant is all that counts, so examples come before properties and a
property that fails is not made smaller."""

import pytest
from hypothesis import Phase, settings

settings.register_profile(
    "mutants", max_examples=20, deadline=None, database=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After the conftest files, which load profiles of their own."""
    settings.load_profile("mutants")
    items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
