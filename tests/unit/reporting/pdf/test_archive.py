"""The documents are archive files, and the rules that say so find a file that is none."""

import pikepdf
import pytest

from syncproof.reporting.pdf import documents
from tests.unit.reporting.pdf.archive_rules import breaches


@pytest.fixture(params=[documents.write_protocol, documents.write_summary], ids=["protocol", "summary"])
def document(request, writer, tmp_path):
    """With characters of all three faces."""
    from syncproof.evidence.dossier import read_dossier

    writer.scenario("f.feature::物料 → Ж", "not supported", reason="no 漢字")
    request.param(read_dossier(writer.read().path), tmp_path / "made.pdf")
    return tmp_path / "made.pdf"


def test_no_rule_is_broken(document):
    """Header, identity, metadata, colour, nothing active, every font embedded with its widths and characters."""
    assert breaches(document) == []


def test_a_file_that_is_no_archive_file_is_found(document, tmp_path):
    """The rules see what they are there for."""
    with pikepdf.open(document) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS="1")
        del pdf.Root.OutputIntents
        font = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)
        del font["/FontFile2"]
        pdf.save(tmp_path / "other.pdf")
    found = " ".join(breaches(tmp_path / "other.pdf"))
    for said in ("/OpenAction", "output intent", "not embedded"):
        assert said in found
