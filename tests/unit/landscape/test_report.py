"""What is said about a landscape file."""

from syncproof.landscape import load
from syncproof.landscape.report import describe


def test_description_names_systems_roles_owners_and_slas(write):
    text = describe(load(write(), environment={}))
    assert "planning: simulated, started by Syncproof, time zone Europe/Berlin" in text
    assert "execution: tryton, https://mes.example.com/validation, time zone UTC, sites EAST" in text
    assert "owns recipe" in text
    assert "default 10 s, label 5 s" in text


def test_read_only_landscape_says_so(write):
    path = write('"validation"\n', '"production"\n', '"controllable"', '"wall"')
    assert "production (read-only), clock wall" in describe(load(path, environment={}))
