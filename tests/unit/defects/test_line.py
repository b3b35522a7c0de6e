"""A worker that ends by itself is told with its last words."""

import sys

import pytest

from syncproof.defects.line import Line
from syncproof.errors import LandscapeError


def test_a_job_goes_out_and_its_result_comes_back():
    with Line([sys.executable, "-c", "print(input(), flush=True)"], {}) as line:
        assert line.ask({"job": 1}) == {"job": 1}


def test_the_last_words_of_a_worker_are_kept():
    line = Line([sys.executable, "-c", "import sys; sys.exit('no room left')"], {})
    with line, pytest.raises(LandscapeError, match="ended by itself. It said: no room left"):
        line.hear()
