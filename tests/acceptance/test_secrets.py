"""A secret appears nowhere: not on the terminal, not in the record, not in the results, whoever says it."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

DEMO = "features/demo_scripts/a_revision_cutover.feature"
ONE = (DEMO, "--requirement", "URS-REV-003", "--no-report")
TOKEN, PASSWORD, LOGIN = "T0k3n/of+the==engineer", "Pa55/w0rd+of==viewer", "svc-viewer"
INCOMPLETE, CONFIGURATION = 3, 2

STEPS = """
import os
from pytest_bdd import given, parsers

@given("a step that tells everything")
def _(landscape):
    secret = os.environ["WMS_SECRET"]
    print("printed:", secret)
    raise RuntimeError(f"login with {secret} failed")

@given(parsers.parse("a step that is told {what}"))
def _(landscape, what):
    raise RuntimeError(f"told {what}")
"""
FEATURE = """Feature: Ours
  @URS-REV-003
  Scenario: One
    Given a step that tells everything
    Then order "O1" executed entirely under revision A

  @URS-REV-003
  Scenario Outline: Two
    Given a step that is told <what>
    Then order "O1" executed entirely under revision A

    Examples:
      | what     |
      | {secret} |
"""


def forms(secret: str) -> set[bytes]:
    pair = f"{LOGIN}:{secret}".encode()
    texts = {secret, quote(secret), quote(secret, safe="")}
    return {text.encode() for text in texts} | {base64.b64encode(secret.encode()), base64.b64encode(pair)}


def decoded(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What lies packed in a file: members of a workbook, streams of a PDF, chunks of the evidence page; and every
    file with its escapes resolved."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((member, archive.read(member)) for member in archive.namelist())
    elif name.endswith(".pdf"):
        for number, text in enumerate(pdf_texts(data)):
            yield f"page {number}", text.encode()
    elif name.endswith("index.html"):
        for number, chunk in enumerate(re.findall(rb'octet-stream" id="[^"]*">([^<]*)<', data)):
            yield f"chunk {number}", zlib.decompress(base64.b64decode(chunk), -15)
    text = data.decode("utf-8", "replace")
    yield (
        "unescaped",
        re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), unescape(unquote(text))).encode(
            "utf-8", "replace"
        ),
    )
    yield "without slashes escaped", text.replace("\\/", "/").encode("utf-8", "replace")


def pdf_texts(data: bytes) -> Iterator[str]:
    import pypdfium2

    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage().get_text_range()
        yield text + re.sub(r"\s", "", text)  # a long value is broken into lines


def leaks(folder: Path, *said: str, secrets: tuple[str, ...]) -> list[str]:
    """Where a secret is found, in any form: in each byte of the evidence folder and in what was said."""
    places = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    places |= {f"output {number}": text.encode() for number, text in enumerate(said)}
    assert len(places) > 5, "there is something to search"
    assert any(name.endswith("index.html") for name in places), "views were made"
    places |= {f"{name}, {part}": found for name, data in list(places.items()) for part, found in decoded(name, data)}
    return [name for name, data in places.items() for secret in secrets for form in forms(secret) if form in data]


@pytest.fixture
def secret_plant(plant):
    """The hybrid plant with a password for the viewer and a token for everybody else."""
    old = '[systems.wms.credentials.viewer]\ntoken_env = "WMS_VIEWER_TOKEN"\n'
    new = f'[systems.wms.credentials.viewer]\nuser = "{LOGIN}"\npassword_env = "WMS_PASSWORD"\n'
    text = plant.file.read_text(encoding="utf-8")
    assert old in text
    plant.file.write_text(text.replace(old, new), encoding="utf-8")
    return plant


def test_a_system_that_says_back_what_it_was_shown_leaks_nothing(secret_plant, syncproof, tmp_path):
    """In headers, a cookie, a query, a body; as it is, percent-encoded, Base64 of the secret and of Basic."""
    secret_plant.wms.fault = "echo"
    secrets = dict.fromkeys(secret_plant.secrets, TOKEN) | {"WMS_PASSWORD": PASSWORD}
    called = syncproof("qualify", *ONE, **secrets)
    assert called.code == INCOMPLETE
    assert "wms GET" in called.out
    assert "<redacted:viewer>" in called.out
    assert leaks(tmp_path / "evidence", called.out, called.err, secrets=(TOKEN, PASSWORD)) == []


def test_a_step_that_breaks_down_with_a_secret_in_its_hand_leaks_nothing(plant, syncproof, tmp_path):
    """Neither in its traceback nor in what it printed; the traceback of a fault in a step is shown."""
    syncproof("init", "ours")
    ours = tmp_path / "ours"
    (ours / "steps" / "telling.py").write_text(STEPS)
    secret = plant.secrets["WMS_ENGINEER_TOKEN"]
    (ours / "features" / "telling.feature").write_text(FEATURE.format(secret=secret))
    called = syncproof(
        "qualify", "features/telling.feature", "--landscape", str(plant.file), "--no-report",
        cwd=ours, **plant.secrets, WMS_SECRET=secret,
    )  # fmt: skip
    assert called.code == INCOMPLETE
    assert "login with <redacted:engineer> failed" in called.out
    assert "printed: <redacted:engineer>" in called.out
    assert leaks(tmp_path / "evidence", called.out, called.err, secrets=(secret,)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('base_url = "http://127', f'base_url = "http://{LOGIN}:{PASSWORD}@127'),
        ('base_url = "http://127', f'base_url = "http://erp/api?token={PASSWORD}"\n#'),
        ('token_env = "WMS_VIEWER_TOKEN"', f'token = "{PASSWORD}"'),
        ('token_env = "WMS_VIEWER_TOKEN"', f'token_env = "{PASSWORD}"'),
    ],
    ids=["in an address", "in a query", "as a value", "instead of a variable"],
)
def test_a_secret_in_the_landscape_file_is_refused_and_not_repeated(plant, syncproof, old, new):
    text = plant.file.read_text(encoding="utf-8")
    plant.file.write_text(text.replace(old, new, 1), encoding="utf-8")
    called = syncproof("qualify", *ONE, **plant.secrets)
    assert called.code == CONFIGURATION
    assert str(plant.file) in called.err
    assert "systems.wms" in called.err
    assert PASSWORD not in called.said
    assert "Traceback" not in called.said
