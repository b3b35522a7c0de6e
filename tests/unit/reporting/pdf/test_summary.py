"""The summary report counts, names what is left, and leaves to people what is theirs."""

import pypdfium2

from syncproof.evidence.dossier import BLANK
from syncproof.evidence.signing import documents as signing
from syncproof.reporting.pdf import documents


def test_counts_stand_with_what_they_are_out_of(summary):
    """Each verdict by itself, none added to another."""
    text = " ".join(summary)
    for said in (
        "Scenarios: passed 1 7",
        "Scenarios: failed 1 7",
        "Scenarios: blocked 1 7",
        "Scenarios: unselected 1 7",
    ):
        assert said in text
    assert "Requirements: failed 1 1" in text
    assert "7 collected, 6 of them selected" in text


def test_what_did_not_pass_is_named_with_its_reason(summary):
    """Not only counted."""
    text = " ".join(summary)
    for said in ("::Blocked blocked", "erp: no answer", "::Gap not supported", "erp has no x", "::Killed aborted"):
        assert said in text
    assert "did not begin or did not end" in text


def test_what_only_people_can_say_is_blank(summary):
    """Conclusion, retention class, signatures."""
    text = " ".join(summary)
    assert BLANK in text
    assert "Retention class Protocols" in text, "nothing stands on the line"
    assert text.count("not signed") == 3
    assert "with uncommitted changes" in text
    assert "Reference ERP 1.0" in text


def test_seal_page_number_and_warning_stand_on_every_page(summary, protocol, dossier):
    """Pages get separated."""
    for document in (summary, protocol):
        for number, page in enumerate(document, 1):
            assert f"seal {dossier.seal or 'none'}" in page
            assert f"page {number} of {len(document)}" in page.replace("of  ", "of ")
            assert "unapproved protocol: no qualification claim" in page.lower()
            assert "copy made for reading" in document[0]


def test_no_text_stands_where_electronic_signatures_are_marked(dossier, tmp_path):
    """At the foot of the last page."""
    documents.write_summary(dossier, tmp_path / "summary.pdf")
    document = pypdfium2.PdfDocument(str(tmp_path / "summary.pdf"))
    last = document[len(document) - 1].get_textpage()
    top = signing.BOX_BOTTOM + signing.BOX_HEIGHT
    assert last.get_text_bounded(0, signing.BOX_BOTTOM, 600, top).strip() == ""
