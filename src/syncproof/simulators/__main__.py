"""``python -m syncproof.simulators <erp|mes|wms|qms> --config FILE.json``.

Exit code 2, with one line on standard error, if the configuration cannot be used.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from syncproof.simulators.chassis.config import read_config
from syncproof.simulators.chassis.errors import ConfigError
from syncproof.simulators.chassis.server import serve
from syncproof.simulators.chassis.system import System

SYSTEMS = ("erp", "mes", "wms", "qms")
USAGE = "usage: python -m syncproof.simulators <erp|mes|wms|qms> --config FILE.json"


def load(name: str) -> System:
    """The declaration of a system; only this one is imported."""
    system: System = import_module(f"syncproof.simulators.{name}").SYSTEM
    return system


def main(
    arguments: list[str],
    amend: Callable[[System], System] = lambda system: system,
    around: Callable[[Any], Any] = lambda app: app,
) -> int:
    """Runs one system; ``amend`` may exchange parts of its declaration before it starts, ``around`` may put
    another ASGI application around its own."""
    match arguments:
        case [name, "--config", file] if name in SYSTEMS:
            pass
        case _:
            print(USAGE, file=sys.stderr)  # noqa: T201
            return 2
    try:
        serve(amend(load(name)), read_config(Path(file)), around)
    except ConfigError as error:
        print(f"{name}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
