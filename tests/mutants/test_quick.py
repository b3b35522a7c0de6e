"""Properties are tried in mutation runs as they should be there, whatever the conftest files say."""

import subprocess
import sys

CONFTEST = """
from hypothesis import settings
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
"""
TESTS = """
from hypothesis import HealthCheck, Phase, settings

FOR_PROPERTIES = settings()

def test_settings():
    assert FOR_PROPERTIES.derandomize
    assert HealthCheck.too_slow in FOR_PROPERTIES.suppress_health_check
    assert Phase.shrink not in FOR_PROPERTIES.phases
"""


def test_the_settings_hold_when_the_properties_are_defined(tmp_path):
    """The same examples each time, and no failure on a slow machine: either would change what counts as noticed."""
    for name, text in (("conftest.py", CONFTEST), ("test_one.py", TESTS), ("pytest.ini", "[pytest]\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = ["-c", str(tmp_path / "pytest.ini"), "-p", "no:cacheprovider", "-p", "tests.mutants.quick"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
