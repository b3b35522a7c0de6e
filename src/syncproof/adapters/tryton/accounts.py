"""One connection per user; reads run as a user who may see everything and change nothing."""

from collections.abc import Mapping

from syncproof.adapters.tryton.rpc import Connection
from syncproof.credentials import Credential
from syncproof.transport import RecordingSession

READERS = ("viewer", "integration")
"""Who reads, in order of preference; else the first user that has credentials."""
NO_CREDENTIAL = "no-such-credential"
"""Password of a user without credentials: it is the server that must turn such a user away."""


class Accounts:
    """Connections by the user names of the landscape file."""

    def __init__(self, session: RecordingSession, credentials: Mapping[str, Credential]) -> None:
        self._session = session
        self._credentials = credentials
        self._connections: dict[str, Connection] = {}

    def __getitem__(self, user: str) -> Connection:
        if user not in self._connections:
            known = self._credentials.get(user)
            login = (known.user or user, known.password or "") if known else (user, NO_CREDENTIAL)
            self._connections[user] = Connection(self._session.fork(), *login)
        return self._connections[user]

    @property
    def reader(self) -> Connection:
        """The connection that reads."""
        known = [user for user in READERS if user in self._credentials]
        return self[known[0] if known else next(iter(self._credentials), READERS[0])]

    def user(self, login: str | None) -> str:
        """The user of the landscape file behind a Tryton login."""
        names = (name for name, each in self._credentials.items() if (each.user or name) == login)
        return next(names, login or "")

    def close(self) -> None:
        """Give the connections back."""
        for connection in self._connections.values():
            connection.session.close()
