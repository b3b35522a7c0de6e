"""Rules of PDF/A-2b (ISO 19005-2) that can be told from the structure of a file. No validator: what a page draws
beyond its fonts, colours and forms is not looked into."""

import io
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Dictionary, Name, Stream
from reportlab.pdfbase.ttfonts import TTFontFile

NS = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/"}  # fmt: skip
ACTIVE = ("/OpenAction", "/AA", "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/XFA", "/Perms", "/OCProperties")


def breaches(path):
    """What of the rules the file breaks, in words; empty if none was found."""
    data = path.read_bytes()
    with pikepdf.open(path) as pdf:
        objects = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
        return [*_file(data, pdf), *_metadata(pdf), *_colour(pdf), *_active(objects), *_fonts(pdf, objects)]


def _file(data, pdf):
    if not data.startswith(b"%PDF-1.7\n%") or any(byte < 128 for byte in data[10:14]):
        yield "the header is not %PDF-1.7 with a comment of four high bytes"
    if pdf.is_encrypted:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"


def _metadata(pdf):
    stream = pdf.Root.get("/Metadata")
    if stream is None or "/Filter" in stream:
        yield "metadata are missing or packed"
        return
    root = ET.fromstring(stream.read_bytes().decode())
    found = {name: root.find(f".//{name}", NS) for name in ("pdfaid:part", "pdfaid:conformance", "xmp:CreateDate")}
    if [found["pdfaid:part"].text, found["pdfaid:conformance"].text] != ["2", "B"]:
        yield "metadata state no PDF/A-2b"
    digits = "".join(char for char in found["xmp:CreateDate"].text if char.isdigit())
    if digits not in str(pdf.docinfo["/CreationDate"]):
        yield "metadata and document information state different dates"
    if root.find(".//dc:title//", NS) is None or not str(pdf.docinfo["/Title"]):
        yield "no title"


def _colour(pdf):
    intents = list(pdf.Root.get("/OutputIntents", []))
    profile = intents[0].DestOutputProfile.read_bytes() if intents else b""
    if len(intents) != 1 or intents[0].S != Name.GTS_PDFA1 or profile[36:40] != b"acsp" or profile[16:20] != b"RGB ":
        yield "no output intent with an RGB profile"
    if profile[8:9] > b"\x04":
        yield "the profile is of a later version than PDF/A-2 knows"
    for number, page in enumerate(pdf.pages, 1):
        operators = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
        if operators & {"k", "K", "cs", "CS", "sh", "gs", "BI"}:
            yield f"page {number} uses another colour space, a shading, a graphics state or an inline image"


def _active(objects):
    for one in objects:
        yield from (f"holds {key}" for key in ACTIVE if key in one)
        if one.get("/Type") == Name.Action or "/SMask" in one or "/Ref" in one or one.get("/S") == Name.Transparency:
            yield "holds an action, transparency or a reference to another file"
        if "LZW" in str(one.get("/Filter", "")) or ("/F" in one and isinstance(one, Stream)):
            yield "a stream is packed in a way, or lies in a place, that archives do not allow"


def _fonts(pdf, objects):
    fonts = [one for one in objects if one.get("/Type") == Name.Font]
    used = {str(font.BaseFont) for page in _drawn(pdf) for font in (page.get("/Font") or {}).values()}
    if not used:
        yield "no font is used"
    for font in fonts:
        name = str(font.BaseFont)
        descriptor = font.get("/FontDescriptor")
        if descriptor is None or "/FontFile2" not in descriptor:
            if name in used:
                yield f"{name} is not embedded"
            continue
        if font.Subtype != Name.TrueType or "/Encoding" in font or not int(descriptor.Flags) & 4:
            yield f"{name} is no symbolic TrueType font without an encoding"
        if "/ToUnicode" not in font:
            yield f"{name} does not say which characters it draws"
        yield from _widths(name, font, descriptor)


def _drawn(pdf):
    """Resources of pages and of the forms on them."""
    for page in pdf.pages:
        yield page.Resources
        yield from (form.Resources for form in (page.Resources.get("/XObject") or {}).values() if "/Resources" in form)


def _widths(name, font, descriptor):
    """Every width that is stated is that of a glyph of the program."""
    program = TTFontFile(io.BytesIO(descriptor.FontFile2.read_bytes()), validate=1)
    advances = program.get_table("hmtx")
    count = int.from_bytes(program.get_table("hhea")[34:36], "big")
    held = {int.from_bytes(advances[4 * n : 4 * n + 2], "big") * 1000 / program.unitsPerEm for n in range(count)}
    wrong = {int(width) for width in font.Widths if not any(abs(int(width) - one) <= 1 for one in held)} - {0}
    if wrong:
        yield f"{name} states widths that its program does not have: {sorted(wrong)}"
