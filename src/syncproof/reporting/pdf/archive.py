"""Makes a PDF an archive file: PDF/A-2b, with metadata, colour space and a fixed identity."""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Syncproof</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:CreatorTool>Syncproof</xmp:CreatorTool>
<pdf:Producer>Syncproof</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def archive(source: Path, target: Path, title: str, at: datetime) -> None:
    """Write ``source`` as PDF/A-2b; ``at`` (UTC) is its date, the same bytes for the same content."""
    with pikepdf.open(source) as pdf:
        profile = pdf.make_stream(
            files(__package__).joinpath("srgb.icc").read_bytes(), N=3, Alternate=pikepdf.Name.DeviceRGB
        )
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB"),
            Info=pikepdf.String("sRGB"),
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = pikepdf.Array([intent])
        text = XMP.format(title=_escaped(title), at=at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        pdf.Root.Metadata = pdf.make_stream(text.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        for page in pdf.pages:
            _drop_unused(page.Resources.get("/Font"))
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        date = pikepdf.String(at.strftime("D:%Y%m%d%H%M%SZ"))
        info = {
            "/Title": pikepdf.String(title),
            "/Author": pikepdf.String("Syncproof"),
            "/Producer": pikepdf.String("Syncproof"),
        }
        pdf.trailer["/Info"] = pdf.make_indirect(
            pikepdf.Dictionary(
                {**info, "/Creator": pikepdf.String("Syncproof"), "/CreationDate": date, "/ModDate": date}
            )
        )
        pdf.save(target, deterministic_id=True, min_version="1.7", fix_metadata_version=False)


def _drop_unused(fonts: Any) -> None:
    """The standard font that every canvas lists and no page uses: an archive file embeds all of its fonts."""
    for name in [name for name, font in (fonts or {}).items() if "/FontDescriptor" not in font]:
        del fonts[name]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
