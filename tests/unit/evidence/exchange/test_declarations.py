"""A document type is found in whatever encoding, before anything of it is expanded; what is no XML declares none."""

import pytest

from syncproof.evidence.exchange.declarations import has_doctype

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "iso-8859-1", "cp1252"])
@pytest.mark.parametrize("text", ["<!DOCTYPE x><x/>", BOMB, BOMB.partition("]")[0], BOMB + "<y/>"])
def test_a_document_type_is_found(text, encoding):
    """Also in a document that is cut off or wrong further down."""
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    assert has_doctype(declared.encode(encoding)) is True


@pytest.mark.parametrize(
    "data",
    [
        b"<x/>",
        b"<x>&lt;!DOCTYPE x&gt;<![CDATA[<!DOCTYPE x>]]><!-- <!DOCTYPE x> --></x>",
        b"<x>",
        b"<x>&b;</x>",
        b"",
        b"\xff\xfe\x00garbage\x80",
        b'<?xml version="1.0" encoding="no-such-encoding"?><x/>',
        b'<?xml version="1.0" encoding="shift_jis"?><x/>',
    ],
)
def test_what_declares_none_or_is_no_xml_has_none(data):
    assert has_doctype(data) is False
