"""What ends a scenario, as a verdict and in words; secrets are in neither."""

import pytest

from syncproof.bdd import recording
from syncproof.bdd.verdicts import told, verdict_of
from syncproof.errors import ConfigurationError, LandscapeError, SystemUnavailable
from syncproof.transport import Redactor


@pytest.mark.parametrize("error", [LandscapeError("port 1 is taken"), ConfigurationError("no credential")])
def test_what_could_not_begin_is_blocked_in_whatever_step_it_shows(error):
    assert verdict_of(error, "then") == "blocked"


def test_no_answer_blocks_a_given_and_fails_a_then():
    error = SystemUnavailable("down")
    assert (verdict_of(error, "given"), verdict_of(error, "then")) == ("blocked", "failed")


def test_an_interruption_aborts_and_is_told_in_words():
    assert verdict_of(KeyboardInterrupt(), "when") == "aborted"
    assert told(KeyboardInterrupt()) == "the run was interrupted"


def test_secrets_are_taken_out_of_what_is_printed():
    redactor = Redactor()
    redactor.register("qa", "S3cret")
    report = pytest.TestReport("n", ("f", 1, "n"), {}, "failed", "E  login with S3cret", "call")
    report.sections = [("Captured stdout call", "S3cret")]
    report.user_properties = [("scenario", "s"), ("reason", "S3cret")]
    recording.clean(report, redactor)
    assert report.longrepr == "E  login with <redacted:qa>"
    assert report.sections == [("Captured stdout call", "<redacted:qa>")]
    assert report.user_properties == [("scenario", "s"), ("reason", "<redacted:qa>")]


def test_what_holds_no_secret_keeps_its_form():
    report = pytest.TestReport("n", ("f", 1, "n"), {}, "skipped", ("f", 1, "why"), "call")
    recording.clean(report, Redactor())
    assert report.longrepr == ("f", 1, "why")
