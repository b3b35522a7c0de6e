"""Copies of what a run was judged by, kept in its pack: features, registries, landscape file.

They are cleaned like everything else in the record. The seal holds their hashes.
"""

from collections.abc import Iterable
from pathlib import Path

from syncproof.errors import EvidenceError
from syncproof.transport import Redactor

INPUTS = "inputs"


def keep(pack: Path, files: Iterable[tuple[str, Path]], redactor: Redactor) -> None:
    """Copy files into the pack under the names given; EvidenceError if that fails."""
    for name, source in files:
        target = pack / INPUTS / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(redactor.clean(source.read_bytes()))
        except OSError as error:
            raise EvidenceError(f"{source} cannot be kept in {pack}: {error.strerror}") from None


def clean_again(pack: Path, redactor: Redactor) -> None:
    """Take out secrets that were not known yet when the files were copied."""
    for path in (pack / INPUTS).rglob("*"):
        if path.is_file():
            found = path.read_bytes()
            cleaned = redactor.clean(found)
            if cleaned != found:
                path.write_bytes(cleaned)


def registries(roots: Iterable[Path]) -> Iterable[tuple[str, Path]]:
    """The registry files of the suites; of two with one name, the later suite's goes by a name of its own."""
    taken: set[str] = set()
    for number, root in enumerate(roots):
        for path in sorted((root / "reports" / "registry").rglob("*")):
            name = path.relative_to(root / "reports").as_posix()
            if path.is_file() and path.suffix in {".toml", ".json", ".tsv"}:
                yield (name if name not in taken else f"own-{number}/{name}"), path
                taken.add(name)
