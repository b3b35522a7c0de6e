"""The one error of the oracle: what was declared does not determine an answer."""

from syncproof.errors import MisuseError


class Undetermined(MisuseError):
    """There is no right answer to this question; ``code`` is the word a system would refuse with
    (``conversion_missing``, ``bom_recursive``, ``no_effective_revision``, ...)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
