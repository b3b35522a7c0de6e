"""What is wrong with a schema, and where."""

from syncproof.errors import ConfigurationError

ENDLESS = "the schema refers to itself without an end"


class SchemaError(ConfigurationError):
    """A file is no schema that we can compare. Says the place in it."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"at {place or '/'}: {message}" if place is not None else message)
        self.place = place
        self.message = message
