"""Settings of the properties."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # a busy machine is no failure
