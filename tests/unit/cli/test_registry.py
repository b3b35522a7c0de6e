"""What people enter about the registry lands in their own repository, whole, and takes nothing away."""

import shutil
import tomllib

import pytest
from click.testing import CliRunner

from syncproof.cli.registry import protocol
from syncproof.errors import ConfigurationError
from syncproof.suite_files import suite_root

BUNDLED = suite_root() / "reports" / "registry" / "protocols"
PERSON = ("--name", "Jane Roe", "--role", "QA", "--reason", "reviewed on paper")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    (tmp_path / "reports" / "registry").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def said(*arguments):
    return CliRunner().invoke(protocol, arguments, catch_exceptions=False).output


def test_an_approval_lies_beside_a_copy_of_the_protocol(repository):
    """And lists the features that it is for."""
    assert "nobody approved it" in said("show", "SP-IQ")
    said("approve", "SP-IQ", *PERSON)
    folder = repository / "reports" / "registry" / "protocols"
    assert (folder / "iq.toml").read_bytes() == (BUNDLED / "iq.toml").read_bytes()
    approval = tomllib.loads((folder / "iq.approval.toml").read_text())
    assert set(approval["features"]) == {"features/installation/installation.feature"}
    assert "approved by Jane Roe (QA)" in said("show", "SP-IQ")


def test_a_feature_of_ones_own_in_place_of_ours_takes_the_approval_away(repository):
    """It was not there when somebody approved."""
    said("approve", "SP-IQ", *PERSON)
    own = repository / "features" / "installation"
    own.mkdir(parents=True)
    shutil.copy(suite_root() / "features/installation/installation.feature", own)
    assert "approved by" in said("show", "SP-IQ")
    (own / "installation.feature").write_text("Feature: F\n  Scenario: S\n    Given nothing\n")
    assert "installation.feature changed since Jane Roe approved it" in said("show", "SP-IQ")


def test_a_protocol_of_ones_own_is_never_overwritten(repository):
    """A file of the same name may be another protocol."""
    own = repository / "reports" / "registry" / "protocols" / "oq.toml"
    own.parent.mkdir()
    own.write_text((BUNDLED / "oq.toml").read_text().replace('"SP-OQ"', '"SITE-OQ"'))
    before = own.read_bytes()
    with pytest.raises(ConfigurationError, match=r"oq\.toml is another protocol"):
        said("approve", "SP-OQ", *PERSON)
    assert own.read_bytes() == before
    assert list(own.parent.iterdir()) == [own]


def test_nothing_is_written_for_an_approval_that_says_nothing(repository):
    """Nor outside a repository, nor by CI."""
    with pytest.raises(ConfigurationError, match="name is ' '"):
        said("approve", "SP-IQ", "--name", " ", *PERSON[2:])
    assert list((repository / "reports" / "registry").iterdir()) == []


def test_outside_a_repository_nothing_is_approved(tmp_path, monkeypatch):
    """Where would it be kept?"""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(ConfigurationError, match="syncproof init DIR"):
        said("approve", "SP-IQ", *PERSON)
    assert list(tmp_path.iterdir()) == []


def test_ci_approves_nothing(repository, monkeypatch):
    """People do."""
    monkeypatch.setenv("CI", "1")
    with pytest.raises(ConfigurationError, match="CI cannot approve"):
        said("approve", "SP-IQ", *PERSON)


def test_a_wrong_id_is_told_with_the_nearest(repository):
    """Whatever its case."""
    with pytest.raises(ConfigurationError, match="did you mean 'SP-OQ'"):
        said("show", "oq")
