"""A pytest plugin for mutation runs: what kills a mutant is all that counts, so examples come before properties and a
property that fails is not made smaller. The same examples each time: a survivor of today is none by chance tomorrow;
and that the machine is slow is no failure, or it would count as a change that was noticed."""

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """After the conftest files, which load profiles of their own; before the tests are imported, which fixes theirs."""
    if isinstance(collector, pytest.Module):
        settings.load_profile("mutants")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
