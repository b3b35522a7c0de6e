"""What an exception means for a scenario, and how it is told."""

import traceback
from pathlib import Path

import pytest

from syncproof.errors import CheckFailed, ConfigurationError, LandscapeError, MisuseError, NotSupported, SyncproofError

PASSED = "passed"
FAILED = "failed"
BLOCKED = "blocked"
NOT_SUPPORTED = "not supported"
NOT_RUN = "not run"
ABORTED = "aborted"


def verdict_of(error: BaseException, step_type: str | None) -> str:
    """The verdict of a scenario that ``error`` ended; ``step_type`` is None before the first step."""
    if isinstance(error, NotSupported):
        return NOT_SUPPORTED
    if isinstance(error, CheckFailed | MisuseError):
        return FAILED
    if isinstance(error, pytest.skip.Exception):
        return NOT_RUN
    if not isinstance(error, Exception | pytest.fail.Exception):
        return ABORTED
    could_not_begin = isinstance(error, LandscapeError | ConfigurationError)
    return BLOCKED if could_not_begin or step_type in {None, "given"} else FAILED


def told(error: BaseException) -> str:
    """An error in words: a fault of ours with its text, any other with type and place."""
    if isinstance(error, SyncproofError | pytest.skip.Exception | pytest.fail.Exception):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "the run was interrupted"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
