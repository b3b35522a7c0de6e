"""Errors, grouped by what the caller can do about them.

SyncproofError
├── ConfigurationError      the user mends a file or an option (exit code 2)
│   └── MissingSecret       a credential is not where the landscape file says
├── LandscapeError          a system could not be started or reached (exit code 3)
├── NotSupported            the system does not have this verb (verdict: not supported)
├── SystemUnavailable       no answer: refused connection, time-out, broken off
├── UnusableAnswer          an answer that means nothing: 5xx, half a body, broken contract
├── Untranslatable          what was to be sent cannot be said to the system: whoever made it mends it
├── CheckFailed             at least one check of a step failed (verdict: failed)
├── MisuseError             the suite uses the harness wrongly (verdict: failed)
└── EvidenceError           the record cannot be written or read
"""


class SyncproofError(Exception):
    """Base of all errors of Syncproof; its text says what, where and what to do."""


class ConfigurationError(SyncproofError):
    """The user mends a file or an option."""


class MissingSecret(ConfigurationError):
    """A credential is not where the landscape file says it is."""


class LandscapeError(SyncproofError):
    """A system could not be started or reached."""


class NotSupported(SyncproofError):
    """The system does not have this capability."""

    def __init__(self, system: str, capability: str) -> None:
        super().__init__(f"{system} does not support {capability!r}")
        self.system = system
        self.capability = capability


class SystemUnavailable(SyncproofError):
    """The system gave no answer."""


class UnusableAnswer(SyncproofError):
    """The system answered something that means nothing to us."""


class Untranslatable(SyncproofError):
    """What was to be sent cannot be said in the system's own terms, so the system was not asked: no refusal."""


class CheckFailed(SyncproofError, AssertionError):
    """At least one check of a step failed (an assertion, for whoever tells those from errors)."""


class MisuseError(SyncproofError):
    """A feature, step or adapter uses the harness in a way that could hide a failure."""


class EvidenceError(SyncproofError):
    """The record cannot be written or read."""
