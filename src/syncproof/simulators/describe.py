"""``python -m syncproof.simulators.describe`` writes the OpenAPI descriptions into ``contracts/openapi/``.

After a change of routes or contracts; a test holds the files against what the systems answer.
"""

import json
from typing import Any

from syncproof.contracts import folder
from syncproof.simulators.__main__ import SYSTEMS, load
from syncproof.simulators.chassis.common import ROUTES
from syncproof.simulators.chassis.openapi import describe

FOLDER = "openapi"


def description(name: str) -> dict[str, Any]:
    """What a system answers to ``GET /openapi.json``."""
    system = load(name)
    return describe(system, (*ROUTES, *system.routes))


def main() -> None:
    """Writes every description."""
    for name in SYSTEMS:
        path = folder() / FOLDER / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(description(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
