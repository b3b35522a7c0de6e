"""A hybrid landscape: its WMS runs elsewhere (behind a proxy that can be made faulty), the others are started."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from syncproof.landscape import load
from syncproof.landscape.launch import RunningLandscape, launch
from tests.acceptance.proxy import Proxy, proxy

READ_SECONDS = 0.5
OTHERS = re.compile(r"(?<=\n)start = true\n")
WMS = '[systems.wms]\nadapter = "simulated"\nstart = true\n'


@dataclass(frozen=True)
class Hybrid:
    """The landscape file, the secrets it names (for the environment), and the proxy before the WMS."""

    file: Path
    secrets: dict[str, str]
    wms: Proxy


@contextmanager
def running_wms(reference: str, folder: Path) -> Iterator[RunningLandscape]:
    """The WMS of the reference landscape alone, as if somebody else had started it."""
    alone = OTHERS.sub('base_url = "http://127.0.0.1:9"\n', reference)
    alone = alone.replace(WMS.replace("start = true", 'base_url = "http://127.0.0.1:9"'), WMS)
    file = folder / "wms-alone.toml"
    file.write_text(alone, encoding="utf-8")
    with launch(load(file)) as running:
        yield running


@contextmanager
def hybrid(reference: str, running: RunningLandscape, folder: Path) -> Iterator[Hybrid]:
    """A landscape file in ``folder`` whose WMS is the running one, behind a proxy."""
    with proxy(running.urls["wms"]) as before:
        text = reference.replace(WMS, _elsewhere(before.url), 1) + "".join(_credential(user) for user in running.tokens)
        file = folder / "landscape.toml"
        file.write_text(text, encoding="utf-8")
        secrets = {_variable(user): token for user, token in running.tokens.items()}
        yield Hybrid(file, secrets | {"WMS_CONTROL": running.control_token}, before)


def _elsewhere(url: str) -> str:
    return (
        f'[systems.wms]\nadapter = "simulated"\nbase_url = "{url}"\n'
        f'control_token_env = "WMS_CONTROL"\nread_seconds = {READ_SECONDS}\n'
    )


def _variable(user: str) -> str:
    return f"WMS_{user.upper()}_TOKEN"


def _credential(user: str) -> str:
    return f'\n[systems.wms.credentials.{user}]\ntoken_env = "{_variable(user)}"\n'
