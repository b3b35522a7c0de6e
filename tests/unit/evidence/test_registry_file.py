"""One requirements file: what a table must say, and how a mistake in it is answered."""

from pathlib import Path

import pytest

from syncproof.evidence.registry_file import read_entries
from tests.unit.evidence.registry_tables import table

KEYS = "id, version, text, source, kind, scope, testable, gxp, priority, title, procedural, maps_to"
KINDS = "functional, monitoring, validation, governance, architecture, installation"
FOR_ID = "use letters, digits and - . _ / only, for example URS-REV-002"
FOR_SOURCE = 'write { title = "...", section = "..." }'
FOR_MAPS_TO = 'write a list of ids such as ["URS-REV-002"]'


@pytest.fixture
def read(tmp_path, monkeypatch):
    """The entries of a file with this text, and what is wrong with it, under its relative name."""
    monkeypatch.chdir(tmp_path)

    def read(text):
        Path("own.toml").write_text(text, encoding="utf-8")
        return read_entries(Path("own.toml"))

    return read


def test_a_sound_file_gives_what_each_table_says_with_its_place(read):
    """Whatever stands between the tables, and how a header is laid out."""
    indented = table(id='"B-1"').replace("[[requirement]]", "  [[ requirement ]]")
    entries, problems = read("# ours\n\n" + table(text='"Größe."') + indented)
    assert problems == []
    assert [(entry.place, entry.values["id"]) for entry in entries] == [
        ("own.toml:3", "SITE-001"),
        ("own.toml:13", "B-1"),
    ]
    assert entries[0].values == {
        "id": "SITE-001",
        "version": "1.0",
        "text": "Größe.",
        "source": {"title": "Our URS", "section": "4.2"},
        "kind": "functional",
        "scope": "rig",
        "testable": "yes",
        "gxp": True,
        "priority": "high",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"title": '"Short"', "maps_to": '["URS-REV-003", "a/b_c.9"]'},
        *({"testable": f'"{testable}"', "procedural": '"a person checks"'} for testable in ("partly", "no")),
        *({"kind": f'"{kind}"'} for kind in KINDS.split(", ")),
        *({"scope": f'"{scope}"'} for scope in ("rig", "later")),
        *({"priority": f'"{priority}"'} for priority in ("high", "medium", "low")),
        {"gxp": "false"},
    ],
)
def test_what_a_table_may_say_is_taken(read, changes):
    [entry], problems = read(table(**changes))
    assert problems == []
    assert changes.keys() <= entry.values.keys()


MISTAKES = [
    ({"kind": '"functonal"'}, f"'kind' is 'functonal'; valid: {KINDS}. Did you mean 'functional'?"),
    ({"scope": '"RIG"'}, "'scope' is 'RIG'; valid: rig, later. Did you mean 'rig'?"),
    ({"testable": "true"}, "'testable' is True; valid: yes, partly, no."),
    ({"priority": '"urgent"'}, "'priority' is 'urgent'; valid: high, medium, low."),
    ({"gxp": '"yes"'}, "'gxp' is 'yes': write true or false"),
    ({"version": "1.0"}, "'version' is 1.0: write a text in quotes"),
    ({"text": '"  "'}, "'text' is '  ': write a text in quotes"),
    ({"text": None}, "key 'text' is missing"),
    ({"source": '"Our URS 4.2"'}, f"'source' is 'Our URS 4.2': {FOR_SOURCE}"),
    (
        {"source": '{ title = "Our URS", section = 4 }'},
        f"'source' is {{'title': 'Our URS', 'section': 4}}: {FOR_SOURCE}",
    ),
    ({"source": '{ title = "Our URS" }'}, f"'source' is {{'title': 'Our URS'}}: {FOR_SOURCE}"),
    ({"id": '"SITE 001"'}, f"'id' is 'SITE 001': {FOR_ID}"),
    ({"id": '"phase:iq"'}, f"'id' is 'phase:iq': {FOR_ID}"),
    ({"id": "1"}, f"'id' is 1: {FOR_ID}"),
    ({"tittle": '"x"'}, f"unknown key 'tittle'; valid: {KEYS}. Did you mean 'title'?"),
    ({"xxxxx": '"x"'}, f"unknown key 'xxxxx'; valid: {KEYS}."),
    ({"maps_to": '"URS-REV-003"'}, f"'maps_to' is 'URS-REV-003': {FOR_MAPS_TO}"),
    ({"maps_to": "[]"}, f"'maps_to' is []: {FOR_MAPS_TO}"),
    ({"maps_to": '["URS-REV-003", "a b"]'}, f"'maps_to' is ['URS-REV-003', 'a b']: {FOR_MAPS_TO}"),
    (
        {"procedural": '"a person checks"'},
        "'procedural' gives a reason although testable is 'yes': drop the one or change the other",
    ),
    ({"testable": '"partly"'}, "testable is 'partly': say in 'procedural' what of it a test cannot show"),
    ({"testable": '"no"', "procedural": '""'}, "'procedural' is '': write a text in quotes"),
]


@pytest.mark.parametrize(("changes", "message"), MISTAKES)
def test_a_mistake_is_answered_with_place_value_and_what_is_valid(read, changes, message):
    """The whole line that a user reads; the sound table after it is taken."""
    [entry], lines = read("# a comment\n" + table(**changes) + table(id='"B-1"'))
    id_ = changes.get("id", "SITE-001").strip('"')
    assert lines == [f"own.toml:2: {message}" if id_ == "1" else f"own.toml:2 ({id_}): {message}"]
    assert entry.values["id"] == "B-1"


def test_all_mistakes_of_a_file_are_told_at_once(read):
    """Also what stands beside the requirements."""
    entries, lines = read("note = 'x'\n" + table(kind='"x"', gxp="1") + table(id=None, scope='"y"'))
    assert entries == []
    assert [line.partition("; valid")[0] for line in lines] == [
        "own.toml: unknown key 'note'",
        "own.toml:2 (SITE-001): 'kind' is 'x'",
        "own.toml:2 (SITE-001): 'gxp' is 1: write true or false",
        "own.toml:12: key 'id' is missing",
        "own.toml:12: 'scope' is 'y'",
    ]


def test_a_file_without_requirements_is_empty(read):
    assert read("# nothing yet\n") == ([], [])


HEADER = "write each requirement under a header [[requirement]]"
UNKNOWN = "unknown key 'requirements'; valid: requirement. Did you mean 'requirement'?"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[[requirements]]\nid = 'X-1'\n", [UNKNOWN]),
        ("[requirement]\nid = 'X-1'\n", [HEADER]),
        ("requirement = ['X-1']\n", [HEADER]),
        ("requirement = ['X-1']\n[requirements]\n", [UNKNOWN, HEADER]),
    ],
)
def test_a_file_of_another_shape_gives_nothing_and_is_answered(read, text, lines):
    assert read(text) == ([], [f"own.toml: {line}" for line in lines])


def test_tables_without_headers_of_their_own_are_counted(read):
    """Where a line cannot be named."""
    sound = "id = 'A-1', version = '1', text = 't', source = { title = 'a', section = 'b' }, kind = 'functional'"
    rest = "scope = 'rig', testable = 'yes', gxp = true, priority = 'low'"
    [entry], problems = read(f"requirement = [{{ {sound}, {rest} }}, {{ {sound}, {rest}, maps_to = [] }}]")
    assert entry.place == "own.toml (requirement 1)"
    assert problems == [f"own.toml (requirement 2) (A-1): 'maps_to' is []: {FOR_MAPS_TO}"]
