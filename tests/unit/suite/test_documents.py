"""What the documents state of the code is so."""

import hashlib
import re
from pathlib import Path

from syncproof.evidence import core_verifier
from syncproof.suite_files import suite_root

DOCS = suite_root() / "docs"


def test_the_published_hash_is_that_of_the_core_verifier():
    """After a change of it: put the new hash into docs/evidence-format.md."""
    [stated] = re.findall(r"core_verifier\.py sha256: ([0-9a-f]{64})", (DOCS / "evidence-format.md").read_text())
    assert stated == hashlib.sha256(Path(core_verifier.__file__).read_bytes()).hexdigest()


def test_nothing_claims_more_than_it_can():
    """Part 11-capable; whether a site complies is the site's."""
    for path in (*DOCS.glob("*.md"), suite_root() / "README.md"):
        assert "compliant" not in path.read_text().lower(), path
