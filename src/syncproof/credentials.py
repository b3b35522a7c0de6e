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
        """What must never be written anywhere."""
        return tuple(each for each in (self.token, self.password) if each)

    def headers(self) -> dict[str, str]:
        """The HTTP header that shows it: Bearer for a token, else Basic."""
        if self.token is not None:
            return {"Authorization": f"Bearer {self.token}"}
        pair = f"{self.user or ''}:{self.password or ''}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}
