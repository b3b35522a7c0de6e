"""Which adapters there are, and what is said when one cannot be had."""

from importlib.metadata import EntryPoint

import pytest

from syncproof import adapters
from syncproof.errors import ConfigurationError

ARGUMENTS = {"name": "erp", "base_url": "http://x", "roles": (), "session": None, "credentials": {}, "options": {}}


class Acme:
    """An adapter that somebody else brings."""

    capabilities = frozenset({"system.identify"})

    def __init__(self, *, name, **_):
        self.name = name


class Misspelt(Acme):
    capabilities = frozenset({"system.identfy"})


@pytest.fixture
def outsider(monkeypatch):
    """Installs an entry point."""

    def outsider(kind: str, target: str) -> None:
        point = EntryPoint(kind, target, adapters.GROUP)

        def points(group, name=None):
            return [point] if name in (None, kind) else []

        monkeypatch.setattr(adapters, "entry_points", points)

    return outsider


def test_the_built_in_kinds_can_be_named():
    assert {"simulated", "reference", "tryton"} <= set(adapters.kinds())


@pytest.mark.parametrize("kind", ["simulated", "reference"])
def test_a_built_in_kind_is_made_by_its_name(kind):
    assert adapters.create(kind, **ARGUMENTS).name == "erp"


def test_an_unknown_kind_is_answered_with_the_nearest_and_all_others():
    with pytest.raises(ConfigurationError, match=r"'simulatd'; did you mean 'simulated'\?; valid: .*tryton"):
        adapters.create("simulatd", **ARGUMENTS)


def test_an_outsider_is_found_by_its_entry_point(outsider):
    outsider("acme", f"{__name__}:Acme")
    assert adapters.create("acme", **ARGUMENTS).name == "erp"
    assert "acme" in adapters.kinds()


def test_an_outsider_does_not_replace_a_built_in_kind(outsider):
    """What a landscape file calls simulated is ours, whatever is installed beside it."""
    outsider("simulated", f"{__name__}:Acme")
    assert not isinstance(adapters.create("simulated", **ARGUMENTS), Acme)


@pytest.mark.parametrize("target", ["no_such_module:Acme", f"{__name__}:Nobody"])
def test_what_cannot_be_loaded_is_answered_with_what_to_install(outsider, target):
    outsider("acme", target)
    with pytest.raises(ConfigurationError, match=r"adapter 'acme'.*cannot be loaded.*install or repair the package"):
        adapters.create("acme", **ARGUMENTS)


def test_a_misspelt_capability_is_a_mistake_of_the_adapter(outsider):
    """It would pass for a capability that the system does not have: not supported instead of failed."""
    outsider("acme", f"{__name__}:Misspelt")
    with pytest.raises(ConfigurationError, match=r"'system\.identfy'.*did you mean 'system\.identify'"):
        adapters.create("acme", **ARGUMENTS)
