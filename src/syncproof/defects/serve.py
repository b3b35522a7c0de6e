"""``python -m syncproof.defects.serve <system> --config FILE [--defect ID] [--defects FILE.py]``.

One system of the reference landscape with a switch for defects in its control plane (``/control/defect``). Without
``--defect`` it begins clean. The systems themselves know of nothing: their rules are exchanged before they start.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syncproof.defects.answers import answering
from syncproof.defects.base import Defect
from syncproof.defects.policies import INTEGRATION, exchanged, systems
from syncproof.defects.registry import registry
from syncproof.defects.switch import Switchboard
from syncproof.errors import ConfigurationError
from syncproof.simulators import __main__ as simulators
from syncproof.simulators.chassis.answers import answer
from syncproof.simulators.chassis.asgi import Response
from syncproof.simulators.chassis.system import Control, System

if TYPE_CHECKING:
    from syncproof.integration.hub import Hub

PATH = "/control/defect"


def amended(system: System, board: Switchboard) -> System:
    """The system with a switch before every policy that a defect replaces."""
    controls: dict[tuple[str, str], Control] = {
        ("POST", PATH): lambda _instance, body: _turned_on(board, body),
        ("DELETE", PATH): lambda _instance, _body: answer(board.turn_off().told()),
    }
    return replace(system, rules=exchanged(system.rules, board.exchange), controls={**system.controls, **controls})


def _turned_on(board: Switchboard, body: Mapping[str, Any]) -> Response:
    board.turn_on(body["id"])
    return answer({"on": body["id"]})


def amend_hub(hub: "Hub", board: Switchboard) -> None:
    """The same for the integration: what it replaces is a message in transit, or the order of several."""
    for delivery in hub.deliveries.values():
        delivery.carry = board.exchange("carry", delivery.carry)
        delivery.arrange = board.exchange("arrange", delivery.arrange)
    hub.controls["POST", PATH] = lambda _hub, body: board.turn_on(body["id"])
    hub.controls["DELETE", PATH] = lambda _hub, _body: board.turn_off().told()


def board_of(system: str, known: Mapping[str, Defect], on: str | None = None) -> Switchboard:
    """The switch of a system's defects; ConfigurationError if ``on`` is none of them."""
    own = {id_: defect for id_, defect in known.items() if system in defect.systems and not defect.waits_for}
    board = Switchboard(own)
    if on is not None and on not in own:
        raise ConfigurationError(f"{system} has no defect {on!r}; valid: {', '.join(own) or 'none'}")
    if on is not None:
        board.turn_on(on)
    return board


def main(arguments: list[str] | None = None) -> int:
    """Serves one system until it is told to end."""
    parser = argparse.ArgumentParser(prog="python -m syncproof.defects.serve", description=__doc__.splitlines()[2])
    parser.add_argument("system", choices=systems())
    parser.add_argument("--config", required=True, help="JSON configuration file of the system")
    parser.add_argument("--defect", metavar="ID", help="the defect that is on from the start")
    parser.add_argument("--defects", metavar="FILE.py", type=Path, help="a file with defects of one's own")
    given = parser.parse_args(arguments)
    try:
        board = board_of(given.system, registry(given.defects), given.defect)
    except ConfigurationError as error:
        print(f"{given.system}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    if given.system != INTEGRATION:
        own = [given.system, "--config", given.config]
        return simulators.main(own, lambda system: amended(system, board), lambda app: answering(app, board.exchange))
    from syncproof.integration.__main__ import main as integrate  # noqa: PLC0415  a simulator needs none of it

    return integrate(["--config", given.config], lambda hub: amend_hub(hub, board))


if __name__ == "__main__":
    sys.exit(main())
