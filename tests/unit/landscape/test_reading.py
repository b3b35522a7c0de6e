"""Every mistake in a landscape file is answered with place, value, nearest match and valid values."""

import os
import re

import pytest

from syncproof.errors import ConfigurationError, MissingSecret
from syncproof.landscape import load

MISTAKES = {
    "unknown adapter": (
        ('adapter = "tryton"', 'adapter = "trytn"'),
        """systems.mes.adapter = "trytn": there is no such adapter; did you mean 'tryton'? Valid: """,
    ),
    "unknown role": (
        ('["planning"]', '["plannning"]'),
        """systems.erp.roles[1] = "plannning": is none of the valid values; did you mean 'planning'? Valid: exec""",
    ),
    "one role, two systems": (
        ('["execution"]', '["quality"]'),
        "systems.mes.roles: qms plays the role 'quality' already: features speak to one system per role",
    ),
    "two roles for one simulator": (
        ('["planning"]', '["planning", "warehouse"]'),
        "systems.erp.roles = ['planning', 'warehouse']: a simulated system plays exactly one role",
    ),
    "owner that is no system": (
        ('bom = "erp"', 'bom = "epr"'),
        """ownership.bom = "epr": there is no such system; did you mean 'erp'? Valid: erp, mes, qms""",
    ),
    "two owners": (
        ('bom = "erp"', 'bom = ["erp", "mes"]'),
        "ownership.bom = ['erp', 'mes']: a domain has exactly one system of record",
    ),
    "owner that is no name": (('bom = "erp"', "bom = 5"), "ownership.bom = 5: must be the name of a system"),
    "unknown domain": (
        ('recipe = "mes"', 'receipe = "mes"'),
        "ownership.receipe: there is no such key here; did you mean 'recipe'? Valid: bom, change, ",
    ),
    "unknown site": (
        ('sites = ["EAST"]', 'sites = ["EATS"]'),
        """systems.mes.sites = "EATS": there is no such site; did you mean 'EAST'? Valid: EAST, WEST""",
    ),
    "unknown zone of a site": (
        ('EAST = "Europe/Berlin"', 'EAST = "Europe/Berln"'),
        """sites.EAST = "Europe/Berln": there is no such time zone; did you mean 'Europe/Berlin'?""",
    ),
    "a folder of zones is no zone": (
        ('time_zone = "Europe/Berlin"', 'time_zone = "Europe"'),
        """systems.erp.time_zone = "Europe": there is no such time zone""",
    ),
    "unknown user": (
        ("credentials.engineer", "credentials.enginer"),
        "systems.mes.credentials.enginer: there is no such user; did you mean 'engineer'? Valid: engineer, ",
    ),
    "unknown role of a user": (
        ('viewer = ["viewer"]', 'viewer = ["viewr"]'),
        """users.viewer[1] = "viewr": is none of the valid values; did you mean 'viewer'?""",
    ),
    "unknown key": (
        ("base_url =", "baseurl ="),
        "systems.mes.baseurl: there is no such key; did you mean 'base_url'? Valid: adapter, base_url, ",
    ),
    "missing address": (
        ('base_url = "https://mes.example.com/validation"\n', ""),
        "systems.mes.base_url: is missing: set start = true or give its base_url",
    ),
    "neither started nor found": (
        ("start = true\n", ""),
        "systems.erp.base_url: is missing: set start = true or give its base_url",
    ),
    "both started and found": (
        ("start = true\n", 'start = true\nbase_url = "http://127.0.0.1:1"\n'),
        "systems.erp.start = true: either start it or give its base_url, not both",
    ),
    "address that is none": (
        ('"https://mes.example.com/validation"', '"mes.example.com"'),
        """systems.mes.base_url = "mes.example.com": has not the form of address such as""",
    ),
    "port of a system found elsewhere": (
        ('sites = ["EAST"]', "port = 8101"),
        "systems.mes.port = 8101: goes with start = true; else it is part of base_url",
    ),
    "impossible port": (
        ("start = true\n", "start = true\nport = 70000\n"),
        "systems.erp.port = 70000: must be at most 65535",
    ),
    "credentials of a system that is started": (
        ('[systems.mes.credentials."*"]', '[systems.erp.credentials."*"]'),
        "systems.erp.credentials: a system that is started here gets its credentials then",
    ),
    "integration's adapter for a system": (
        ('adapter = "tryton"', 'adapter = "reference"'),
        'systems.mes.adapter = "reference": is the adapter of the integration',
    ),
    "system's adapter for the integration": (
        ('adapter = "reference"', 'adapter = "simulated"'),
        'integration.adapter = "simulated": is the adapter of a system',
    ),
    "unknown environment": (
        ('"validation"\n', '"valdation"\n'),
        """environment = "valdation": is none of the valid values; did you mean 'validation'?""",
    ),
    "no SLA at all": (("label = 5", "label = 0"), "sla.label = 0: must be more than 0"),
    "wrong type": (("label = 5", 'label = "5 s"'), 'sla.label = "5 s": must be a number'),
    "missing key": (('name = "plant"\n', ""), "name: is missing"),
    "bad name": (("[systems.qms]", "[systems.QMS]"), "systems.QMS: this name is not possible here"),
    "site twice": (('["EAST"]', '["EAST", "EAST"]'), "systems.mes.sites = ['EAST', 'EAST']: names 'EAST' twice"),
    "writes outside production": (
        ('clock = "controllable"', 'clock = "controllable"\nwrites = "allowed"'),
        'writes = "allowed": goes with environment = production only',
    ),
    "moving the clock of production": (
        ('"validation"', '"production"'),
        """clock = "controllable": in production the clock is the wall clock""",
    ),
    "no secret named": (
        ('user = "reader"\npassword_env = "MES_PASSWORD"\n', ""),
        "systems.mes.credentials.*: names 0 secrets where it must name one",
    ),
    "password of nobody": (
        ('user = "reader"\n', ""),
        "systems.mes.credentials.*.user: is missing: whose password is it?",
    ),
}


def said(path, environment) -> list[str]:
    """The mistakes that loading tells, one per line."""
    with pytest.raises(ConfigurationError) as caught:
        load(path, check_secrets=True, environment=environment)
    first, *mistakes = str(caught.value).split("\n  ")
    assert first.startswith(f"{path}: {len(mistakes)} mistake")
    return mistakes


def test_sound_file_is_read(write, environment):
    definition = load(write(), check_secrets=True, environment=environment)
    assert list(definition.entries()) == ["erp", "qms", "mes", "integration"]
    assert definition.systems["mes"].base_url == "https://mes.example.com/validation"
    assert (definition.within("label"), definition.within("bom")) == (5, 10)
    assert not definition.read_only


@pytest.mark.parametrize(("spoil", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_with_place_value_and_way_out(write, environment, spoil, message):
    told = said(write(*spoil), environment)
    assert any(re.sub(r"^line \d+: ", "", each).startswith(message) for each in told), told


def test_line_number_is_that_of_the_key(write, environment):
    path = write('bom = "erp"', 'bom = "epr"')
    line = path.read_text().splitlines().index('bom = "epr"') + 1
    assert said(path, environment) == [
        f"line {line}: ownership.bom = \"epr\": there is no such system; did you mean 'erp'? Valid: erp, mes, qms"
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(write, environment):
    told = said(
        write('"validation"', '"valdation"', 'adapter = "tryton"', "adapter = 5", 'label = "qms"', 'label = "x"'),
        environment,
    )
    assert [re.match(r"line \d+: ([\w.]+)", each)[1] for each in told] == [
        "environment", "systems.mes.adapter", "ownership.label",
    ]  # fmt: skip


def test_duplicate_port_names_both_systems(write, environment):
    path = write(
        "start = true\n", "start = true\nport = 8101\n", 'roles = ["quality"]', 'roles = ["quality"]\nport = 8101'
    )
    (told,) = said(path, environment)
    assert "systems.qms.port = 8101: is the port of systems.erp already" in told


def test_domain_with_two_lines_is_told_with_its_line(write):
    """TOML itself forbids the second owner."""
    with pytest.raises(ConfigurationError, match=r"overwrite.*line \d+.*written twice"):
        load(write('bom = "erp"', 'bom = "erp"\nbom = "mes"'))


def test_missing_variable_is_a_missing_secret_that_names_it(write, environment):
    with pytest.raises(MissingSecret, match=r"line \d+: .*password_env: the environment variable MES_PASSWORD"):
        load(write(), check_secrets=True, environment={})


def test_missing_secret_file_is_named(write, environment, tmp_path):
    (tmp_path / "secrets" / "engineer").unlink()
    with pytest.raises(MissingSecret, match=r"token_file: the file .*secrets/engineer cannot be read"):
        load(write(), check_secrets=True, environment=environment)


def test_empty_secret_file_is_missing_too(write, environment, tmp_path):
    (tmp_path / "secrets" / "engineer").write_text("\n")
    with pytest.raises(MissingSecret, match="is empty"):
        load(write(), check_secrets=True, environment=environment)


def test_missing_control_token_is_named(write, environment):
    path = write("start = true\n", 'base_url = "http://127.0.0.1:1"\ncontrol_token_env = "ERP_CONTROL"\n')
    with pytest.raises(MissingSecret, match="ERP_CONTROL is not set"):
        load(path, check_secrets=True, environment=environment)


def test_secrets_are_not_looked_for_unless_asked(write):
    """Showing a landscape needs none."""
    assert load(write(), environment={}).name == "plant"


@pytest.mark.parametrize(
    "spoil",
    [
        ('password_env = "MES_PASSWORD"', 'password = "topsecret"'),
        ('password_env = "MES_PASSWORD"', 'password_env = "topsecret!"'),
        ('password_env = "MES_PASSWORD"', 'password_env = ["topsecret"]'),
        ('"https://mes.example.com/validation"', '"https://me:topsecret@mes.example.com"'),
    ],
)
def test_a_secret_written_into_the_file_is_refused_and_not_repeated(write, environment, spoil):
    """Messages end up in logs."""
    assert "topsecret" not in " ".join(said(write(*spoil), environment))


@pytest.mark.parametrize(
    ("writes", "consent", "read_only"),
    [("allowed", True, False), ("allowed", False, True), ("refused", True, True), (None, True, True)],
)
def test_production_is_read_only_unless_file_and_command_both_allow_writes(write, writes, consent, read_only):
    line = f'"wall"\nwrites = "{writes}"' if writes else '"wall"'
    path = write('"validation"\n', '"production"\n', '"controllable"', line)
    definition = load(path, allow_writes=consent, environment={})
    assert definition.read_only is read_only
    assert (definition.integration is None) is read_only, "an integration that we start writes by itself"


def test_production_may_not_be_controlled(write, environment):
    path = write(
        '"validation"\n', '"production"\n', '"controllable"', '"wall"',
        'sites = ["EAST"]', 'control_token_env = "X"',
    )  # fmt: skip
    assert any("in production no system is controlled" in each for each in said(path, {**environment, "X": "y"}))


def test_a_binding_of_test_data_is_refused_and_not_ignored(write, environment):
    """Nothing consumes it yet; a file that has one must not seem to be heeded."""
    (told,) = said(write(add='\n[[test_data]]\nkind = "lot"\nrole = "L1"\n'), environment)
    assert "test_data: is not supported yet" in told


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"name = ", "is no TOML"), (b"\xff\xfe", "is no UTF-8 text"), (None, "cannot be read: No such file")],
)
def test_file_that_cannot_be_read_is_told(tmp_path, content, message):
    path = tmp_path / "landscape.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=message):
        load(path)


@pytest.mark.parametrize(
    "content",
    ["systems = 5", "[systems]\nerp = 5", 'integration = "x"', "[sites]\nA = 5", "[users]\na = 5"],
)
def test_whatever_the_shape_it_is_a_mistake_and_never_a_crash(tmp_path, content):
    path = tmp_path / "landscape.toml"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match="must be"):
        load(path, check_secrets=True, environment=os.environ)
