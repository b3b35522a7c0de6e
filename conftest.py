"""Composes the suite: its fixtures and its vocabulary, found by folder."""

from syncproof.suite_files import suite_modules

pytest_plugins = suite_modules("fixtures", "steps")
