"""Answers as they go on the wire."""

from syncproof.simulators.chassis.asgi import Endpoint, Request, Response
from syncproof.simulators.chassis.errors import Refused, of_product
from syncproof.simulators.chassis.routes import Json
from syncproof.simulators.chassis.state import dumps
from syncproof.simulators.product.errors import ProductError

OK, CREATED, STAGED = 200, 201, 202


def answer(body: Json | str, status: int = OK) -> Response:
    """A JSON answer; text is JSON already."""
    text = body if isinstance(body, str) else dumps(body)
    return Response(text.encode(), status)


def refusal(refused: Refused, key: str | None = None) -> Json:
    """The body of a refusal."""
    return {"status": "refused", "key": key, "reasons": [reason.wire() for reason in refused.reasons]}


def _refused(refused: Refused) -> Response:
    return answer(refusal(refused), refused.status)


def answering(endpoint: Endpoint) -> Endpoint:
    """An endpoint that answers a refusal instead of raising it."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return _refused(refused)
        except ProductError as error:
            return _refused(of_product(error))

    return answered
