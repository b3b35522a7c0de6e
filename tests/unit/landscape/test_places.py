"""Lines of a TOML file are found by place."""

import pytest

from syncproof.landscape.places import Lines

TEXT = """\
name = "x"   # first
[systems.erp]
"base url" = 1
options.deep.er = 2

[systems.erp.credentials."*"]
token_env = "T"
inline = { a = 1 }
[[test_data]]
kind = "item"
[[test_data]] # second
kind = "lot"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("name",), 1),
        (("systems", "erp"), 2),
        (("systems", "erp", "base url"), 3),
        (("systems", "erp", "options", "deep", "er"), 4),
        (("systems", "erp", "credentials", "*", "token_env"), 7),
        (("systems", "erp", "credentials", "*", "inline", "a"), 8),
        (("systems", "erp", "not there"), 2),
        (("test_data", 0, "kind"), 10),
        (("test_data", 1, "kind"), 12),
        (("not", "there"), None),
        ((), None),
    ],
)
def test_line_is_that_of_the_place_or_of_what_is_around_it(place, line):
    assert Lines(TEXT).of(place) == line
