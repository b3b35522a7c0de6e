"""RO-Crate metadata (1.1): what the pack is, which files it holds, and the run as the action that made them."""

import json
from pathlib import Path
from typing import Any

from syncproof.evidence.dossier import Dossier
from syncproof.evidence.files import file_sha256, write_whole
from syncproof.evidence.manifest import media_type

SPECIFICATION = "https://w3id.org/ro/crate/1.1"
RECORD = ("record", "inputs")


def write(dossier: Dossier, path: Path) -> None:
    """Write the metadata; EvidenceError if that fails. Bodies of exchanges are one dataset, named by their hashes."""
    pack = dossier.record.path
    files = [_file(one, pack) for folder in RECORD for one in sorted((pack / folder).rglob("*")) if one.is_file()]
    started, parts = dossier.started, [{"@id": entry["@id"]} for entry in files]
    who = started.get("who", {})
    graph: list[dict[str, Any]] = [
        {
            "@id": path.name,
            "@type": "CreativeWork",
            "conformsTo": {"@id": SPECIFICATION},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": f"Syncproof evidence pack {pack.name}",
            "description": "Record of a qualification run: what was asked, answered, expected and concluded.",
            "datePublished": dossier.ended or started.get("at") or "",
            "license": "The record belongs to whoever made the run.",
            "identifier": f"sha256:{dossier.seal}",
            "hasPart": [*parts, {"@id": "exchanges/"}],
            "mentions": {"@id": "#run"},
        },
        {
            "@id": "exchanges/",
            "@type": "Dataset",
            "name": "Bodies of requests and responses, each named by its SHA-256",
        },
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": f"Run {dossier.run}",
            "startTime": started.get("at"),
            "endTime": dossier.ended,
            "agent": {"@id": "#performer"},
            "instrument": {"@id": "#syncproof"},
            "object": [{"@id": f"#system-{event['system']}"} for event in dossier.systems],
            "result": {"@id": "./"},
            "actionStatus": "http://schema.org/CompletedActionStatus"
            if dossier.ended
            else "http://schema.org/FailedActionStatus",
        },
        {
            "@id": "#performer",
            "@type": "Person" if who.get("kind") == "account" else "SoftwareApplication",
            "name": who.get("name"),
        },
        {
            "@id": "#syncproof",
            "@type": "SoftwareApplication",
            "name": "Syncproof",
            "softwareVersion": started.get("versions", {}).get("syncproof"),
        },
        *(_system(event) for event in dossier.systems),
        *files,
    ]
    document = {"@context": f"{SPECIFICATION}/context", "@graph": graph}
    write_whole(path, (json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())


def _file(path: Path, pack: Path) -> dict[str, Any]:
    name = path.relative_to(pack).as_posix()
    size = str(path.stat().st_size)
    return {
        "@id": name,
        "@type": "File",
        "encodingFormat": media_type(name),
        "contentSize": size,
        "sha256": file_sha256(path),
    }


def _system(event: dict[str, Any]) -> dict[str, Any]:
    said = event["identity"]
    names = {"name": said.get("product") or event["system"], "softwareVersion": said.get("version")}
    return {"@id": f"#system-{event['system']}", "@type": "SoftwareApplication", **names}
