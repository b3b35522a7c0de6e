"""What a user shows to a system: a token, or a name and a password. Never printed."""

import base64
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credential:
    """One user's secret at one system. ``user`` is the login name there, if there is one."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written anywhere, in the form in which it is shown included."""
        both = (self._basic(),) if self.password else ()
        return tuple(each for each in (self.token, self.password, *both) if each)

    def _basic(self) -> str:
        return base64.b64encode(f"{self.user or ''}:{self.password or ''}".encode()).decode("ascii")

    def headers(self) -> dict[str, str]:
        """The HTTP header that shows it: Bearer for a token, else Basic."""
        if self.token is not None:
            return {"Authorization": f"Bearer {self.token}"}
        return {"Authorization": f"Basic {self._basic()}"}
