"""Document types in XML, which neither ReqIF nor a workbook needs: found before anything of them is expanded."""

from xml.parsers import expat


class _Found(Exception):
    """No error: it ends the parsing."""


def has_doctype(data: bytes) -> bool:
    """Whether an XML document begins to declare a document type, in whatever encoding it is; what is no XML does not."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop
    try:
        parser.Parse(data, True)
    except _Found:
        return True
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return False


def _stop(*_: object) -> None:
    raise _Found
