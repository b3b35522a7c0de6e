"""How a system says no.

Refused      the caller gets ``status`` and reasons; nothing of the request is kept but its audit event
ConfigError  the configuration file is wrong; the process ends with one line on standard error
"""

from typing import Any, NamedTuple, NoReturn

from syncproof.simulators.product.errors import ProductError

Json = dict[str, Any]

UNAUTHENTICATED = 401
FORBIDDEN = 403
UNKNOWN = 404
CONFLICT = 409
INVALID = 422


class Reason(NamedTuple):
    """Why something is refused or staged; ``pointer`` is the JSON pointer of the offending member."""

    code: str
    message: str
    pointer: str = ""

    @property
    def text(self) -> str:
        """As audit events and receipts keep it."""
        return f"{self.code}: {self.message}"

    def wire(self) -> Json:
        """As answers carry it."""
        return self._asdict()


class Refused(Exception):
    """A request that a rule does not allow."""

    def __init__(self, *reasons: Reason, status: int = CONFLICT) -> None:
        super().__init__("; ".join(reason.text for reason in reasons))
        self.reasons = reasons
        self.status = status


class ConfigError(Exception):
    """The configuration cannot be used; the text says what, which value and what is valid."""


def refuse(code: str, message: str, pointer: str = "", *, status: int = CONFLICT) -> NoReturn:
    """Refuses the request with one reason."""
    raise Refused(Reason(code, message, pointer), status=status)


def of_product(error: ProductError) -> Refused:
    """The refusal that an error of product arithmetic leads to."""
    return Refused(Reason(error.code, str(error)), status=INVALID)
