"""Requirements as a registry file holds them."""

SOUND = {
    "id": '"SITE-001"',
    "version": '"1.0"',
    "text": '"An order runs under the effective revision."',
    "source": '{ title = "Our URS", section = "4.2" }',
    "kind": '"functional"',
    "scope": '"rig"',
    "testable": '"yes"',
    "gxp": "true",
    "priority": '"high"',
}


def table(**changes):
    """A sound requirement with some keys changed (None: left out), as TOML."""
    values = {key: value for key, value in (SOUND | changes).items() if value is not None}
    return "\n".join(["[[requirement]]", *(f"{key} = {value}" for key, value in values.items()), ""])
