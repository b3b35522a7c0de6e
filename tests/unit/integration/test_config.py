"""The configuration is checked before anything is started."""

import json

import pytest

from syncproof.errors import ConfigurationError
from syncproof.integration.config import read_config

GOOD = {
    "systems": {"erp": {"adapter": "simulated", "base_url": "http://127.0.0.1:1", "roles": ["planning"]}},
    "sites": {"EAST": "Europe/Berlin"},
    "owners": {"bom": "erp"},
}


@pytest.fixture
def read(tmp_path):
    def read(**changes):
        path = tmp_path / "config.json"
        path.write_text(json.dumps({**GOOD, **changes}))
        return read_config(path)

    return read


def test_a_state_file_is_kept_unless_told_otherwise(read):
    """A restart resumes by default; forgetting is what must be asked for."""
    assert read().keep
    assert not read(keep=False).keep


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sytem": "x"}, "sytem"),
        ({"systems": {"erp": {"adapter": "simulated"}}}, r"base_url.*\$\.systems"),
        ({"sites": {"EAST": "Europe/Berlim"}}, r"sites\.EAST.*Europe/Berlim.*valid: Europe/Berlin"),
        ({"sites": {}}, "sites is empty"),
        ({"owners": {"bom": "ero"}}, r"owners\.bom.*'ero'.*valid: erp"),
    ],
)
def test_a_mistake_is_named_with_its_place(read, changes, said):
    """Each mistake is one line that says where it is and what would be valid."""
    with pytest.raises(ConfigurationError, match=said) as caught:
        read(**changes)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError, match="No such file"):
        read_config(tmp_path / "none.json")
