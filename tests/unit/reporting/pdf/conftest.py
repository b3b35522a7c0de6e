"""A pack with a scenario of each verdict, and its dossier."""

import pytest

from syncproof.evidence.dossier import read_dossier
from syncproof.reporting.pdf import documents
from tests.unit.reporting.reading import pages


@pytest.fixture
def dossier(record):
    return read_dossier(record.path)


@pytest.fixture
def protocol(dossier, tmp_path):
    """The pages of the protocol execution record, as text."""
    documents.write_protocol(dossier, tmp_path / "protocol.pdf")
    return pages(tmp_path / "protocol.pdf")


@pytest.fixture
def summary(dossier, tmp_path):
    """The pages of the summary report, as text."""
    documents.write_summary(dossier, tmp_path / "summary.pdf")
    return pages(tmp_path / "summary.pdf")
