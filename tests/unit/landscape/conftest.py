"""A small landscape file that is in order; tests spoil copies of it."""

from pathlib import Path

import pytest

SOUND = """
name = "plant"
environment = "validation"
clock = "controllable"

[sites]
EAST = "Europe/Berlin"
WEST = "America/New_York"

[users]
viewer = ["viewer"]
engineer = ["engineer"]
integration = ["integration"]

[systems.erp]
adapter = "simulated"
start = true
roles = ["planning"]
time_zone = "Europe/Berlin"

[systems.qms]
adapter = "simulated"
start = true
roles = ["quality"]

[systems.mes]
adapter = "tryton"
base_url = "https://mes.example.com/validation"
roles = ["execution"]
sites = ["EAST"]

[systems.mes.credentials."*"]
user = "reader"
password_env = "MES_PASSWORD"

[systems.mes.credentials.engineer]
token_file = "secrets/engineer"

[integration]
adapter = "reference"
start = true

[ownership]
bom = "erp"
recipe = "mes"
label = "qms"

[sla]
label = 5
"""


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """Where the secrets of the sound file are."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "engineer").write_text("engineer-token\n")
    return {"MES_PASSWORD": "reader-password"}


@pytest.fixture
def write(tmp_path):
    """``write(old, new, ...)``: the sound file with replacements, as a path."""

    def spoiled(*replacements: str, add: str = "") -> Path:
        text = SOUND
        for old, new in zip(replacements[::2], replacements[1::2], strict=True):
            assert text.count(old) >= 1, f"{old!r} is not in the file"
            text = text.replace(old, new, 1)
        path = tmp_path / "landscape.toml"
        path.write_text(text + add, encoding="utf-8")
        return path

    return spoiled
