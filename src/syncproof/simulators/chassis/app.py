"""The application of one system, made from its declarations. Everything runs on one thread."""

from collections.abc import Iterator

from syncproof.simulators.chassis import control, openapi
from syncproof.simulators.chassis.answers import answer, answering, refusal
from syncproof.simulators.chassis.asgi import Application, Endpoint, Request, Response
from syncproof.simulators.chassis.common import ROUTES
from syncproof.simulators.chassis.config import Config
from syncproof.simulators.chassis.context import Instance
from syncproof.simulators.chassis.errors import Reason, Refused
from syncproof.simulators.chassis.reading import identity, outbox, reading
from syncproof.simulators.chassis.routes import Read, Route
from syncproof.simulators.chassis.state import dumps
from syncproof.simulators.chassis.system import System
from syncproof.simulators.chassis.writing import bulk, delivery, writing

Paths = Iterator[tuple[tuple[str, str], Endpoint]]


def build(system: System, config: Config) -> Application:
    """The application; its ``instance`` is the running system."""
    instance = Instance(system, config)
    endpoints = {where: answering(endpoint) for where, endpoint in _business(instance)}
    if not config.control_token:
        return Application(instance, endpoints, _missing)
    endpoints |= control.endpoints(instance)
    return Application(instance, endpoints, _missing, control.faults(instance))


def _business(instance: Instance) -> Paths:
    declared = (*ROUTES, *instance.system.routes)
    yield ("GET", "/identity"), identity(instance)
    yield ("GET", "/outbox"), outbox(instance)
    yield ("POST", "/inbox"), delivery(instance)
    yield ("GET", "/openapi.json"), _described(instance.system, declared)
    for route in declared:
        yield from _paths(instance, route)


def _paths(instance: Instance, route: Route) -> Paths:
    if isinstance(route, Read):
        yield ("GET", route.path), reading(instance, route)
        return
    yield ("POST", route.path), writing(instance, route)
    if route.bulk:
        yield ("POST", f"{route.path}/bulk"), bulk(instance, route)


def _missing(status: int, where: str) -> Response:
    reason = Reason("unknown_path", f"there is no {where}; see /openapi.json for what there is")
    return answer(refusal(Refused(reason)), status)


def _described(system: System, declared: tuple[Route, ...]) -> Endpoint:
    text: list[str] = []

    async def endpoint(_request: Request) -> Response:
        if not text:
            text.append(dumps(openapi.describe(system, declared)))
        return answer(text[0])

    return endpoint
