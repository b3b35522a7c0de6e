"""Requirements go out and come in unchanged, and what could change a meaning is refused with its place."""

import tomllib
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syncproof.errors import ConfigurationError
from syncproof.evidence.exchange import files, table
from syncproof.evidence.registry import Source, UserRequirement, load_registry
from syncproof.evidence.registry_file import CHOICES, ID

TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
)
WORDS = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


def requirement(id_, text="It must hold.", maps_to=(), title=None, gxp=True, priority="high"):
    source = Source("Plant URS", "4.2")
    return UserRequirement(
        id_, "1.0", text, source, "functional", "rig", "yes", gxp, priority, title, None, tuple(maps_to)
    )


def again(path):
    return table.requirements(files.read(path, {}), "Plant URS")


@pytest.fixture
def book(tmp_path):
    """A workbook with these rows, saved after ``change``."""

    def book(rows, change=lambda sheet: None, name="urs.xlsx"):
        made = openpyxl.Workbook()
        sheet = made.active
        sheet.title = "URS"
        for row in rows:
            sheet.append(row)
        change(sheet)
        made.save(tmp_path / name)
        return tmp_path / name

    return book


HEAD = ("ID", "Requirement")


KINDS, SCOPES = st.sampled_from(CHOICES["kind"]), st.sampled_from(CHOICES["scope"])
ANY = st.builds(
    UserRequirement,
    id=st.from_regex(ID, fullmatch=True).filter(lambda x: len(x) < 30),
    version=WORDS,
    text=WORDS | WORDS.map("=".__add__) | WORDS.map("'-".__add__),
    source=st.builds(Source, title=WORDS, section=WORDS),
    kind=KINDS,
    scope=SCOPES,
    testable=st.sampled_from(CHOICES["testable"]),
    gxp=st.booleans(),
    priority=st.sampled_from(CHOICES["priority"]),
    title=st.none() | WORDS,
    procedural=WORDS,
).map(lambda one: replace(one, procedural=None) if one.testable == "yes" else one)


@settings(max_examples=90, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ANY, min_size=1, max_size=4, unique_by=lambda one: one.id.casefold()),
    st.sampled_from(files.KINDS),
    st.booleans(),
)
def test_what_goes_out_comes_in_again(tmp_path_factory, found, kind, maps):
    """In every kind of file, with every field, by way of the registry file that is made of it."""
    before = [replace(one, maps_to=(found[0].id,)) if maps and n else one for n, one in enumerate(found)]
    path = tmp_path_factory.mktemp("x") / f"urs{kind}"
    files.write(path, before)
    path.with_suffix(".toml").write_text(table.toml(again(path), "x"), encoding="utf-8")
    after = load_registry([path.with_suffix(".toml")]).requirements.values()
    assert [replace(one, place="") for one in after] == before


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "'=1+1"])
def test_no_cell_that_goes_out_is_a_formula(tmp_path, text):
    """Whoever opens it runs nothing."""
    for kind in (".csv", ".xlsx"):
        files.write(tmp_path / f"x{kind}", [requirement("A-1", text)])
    assert f"'{text}" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx").active["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert again(tmp_path / "x.csv")[0]["text"] == text


@pytest.mark.parametrize(
    ("kind", "text"), [(".xlsx", "a\x0bb"), (".reqif", "a\x00b"), (".csv", "a\x1bb"), (".xlsx", "a" * 32_768)]
)
def test_a_text_that_the_file_would_not_keep_is_told(tmp_path, kind, text):
    """Nothing is dropped in silence."""
    with pytest.raises(ConfigurationError, match="control character|no cell can hold the 32,768"):
        files.write(tmp_path / f"x{kind}", [requirement("A-1", text)])
    assert list(tmp_path.iterdir()) == []


REFUSED = {
    "a merged cell": (
        [HEAD, ("A-1", "one"), ("A-2", "two")],
        lambda s: s.merge_cells("B2:B3"),
        r"cells B2:B3 are merged",
    ),
    "a duplicate id": (
        [HEAD, ("A-1", "one"), ("a-1", "two")],
        None,
        r"row 3: the id 'a-1' is there already, in .*row 2",
    ),
    "a formula": ([HEAD, ("A-1", "=B1")], None, r"cell B2: holds a formula"),
    "an id that is a number": ([HEAD, (7, "one")], None, r"cell A2: the id is the number 7: leading zeros"),
    "an error": ([HEAD, ("A-1", "#REF!")], None, r"cell B2: holds the error #REF!"),
    "no header": ([("x", "y"), ("A-1", "one")], None, r"no row names the columns for id and text .*'x', 'y'"),
    "two columns of one meaning": (
        [("ID", "Key", "Text"), ("A-1", "b", "one")],
        None,
        r"several columns could be 'id'",
    ),
    "no id": ([HEAD, (None, "one")], None, r"row 2: there is no id for 'one'"),
    "no text": ([HEAD, ("A-1", None)], None, r"row 2: A-1 has no text"),
    "a blank in an id": ([HEAD, ("A 1", "one")], None, r"the id 'A 1' holds something else"),
    "a wrong priority": ([(*HEAD, "Priority"), ("A-1", "one", "hihg")], None, r"'hihg'; valid: .*Did you mean 'high'"),
    "a wrong scope": ([(*HEAD, "Scope"), ("A-1", "one", "all")], None, r"the scope of A-1 is 'all'; valid: rig, later"),
    "no reason": ([(*HEAD, "Testable"), ("A-1", "one", "no")], None, r"A-1: 'procedural' says why a test cannot"),
    "a far column": ([HEAD], lambda s: s.cell(2, 501, "x"), r"cell SG2: beyond 500 columns"),
    "a wrong gxp": ([(*HEAD, "GxP"), ("A-1", "one", "perhaps")], None, r"GxP of A-1 is 'perhaps'"),
}


@pytest.mark.parametrize(("rows", "change", "message"), REFUSED.values(), ids=REFUSED)
def test_what_could_change_a_meaning_is_told_with_sheet_and_place(book, rows, change, message):
    """Nothing is guessed."""
    with pytest.raises(ConfigurationError, match=f"urs.xlsx, sheet 'URS'.*{message}"):
        again(book(rows, change or (lambda sheet: None)))


def test_a_header_below_a_title_is_found_and_columns_can_be_named(book):
    """As people make such sheets."""
    path = book(
        [("Plant URS 2026",), (), ("Ziffer", "Wortlaut", "Syncproof"), ("P-1", "one", "URS-UOM-001, URS-UOM-002"), ()]
    )
    with pytest.raises(ConfigurationError, match="--column id=NAME"):
        again(path)
    [found] = table.requirements(files.read(path, {"id": "Ziffer", "text": "wortlaut"}), "t")
    assert (found["id"], found["maps_to"], found["gxp"]) == ("P-1", ["URS-UOM-001", "URS-UOM-002"], True)


def test_several_sheets_are_not_chosen_from_by_chance(book):
    """A hidden one does not count."""
    path = book([HEAD, ("A-1", "one")], lambda sheet: sheet.parent.create_sheet("Other"))
    with pytest.raises(ConfigurationError, match="2 visible sheets: say which with --sheet; sheets: URS, Other"):
        again(path)
    assert len(files.read(path, {}, "URS")) == 1


def test_a_sheet_that_ends_at_its_last_possible_row_is_read_at_once(book):
    """One blank far down costs nothing; before, every cell above it was made."""
    path = book([HEAD, ("A-1", "one")], lambda sheet: sheet.cell(1_048_576, 20, " "))
    assert [one["id"] for one in again(path)] == ["A-1"]


def test_hidden_rows_are_read_and_said(book):
    """A filter hides requirements and does not take them away."""
    notes = []
    path = book([HEAD, ("A-1", "one"), ("A-2", "two")], lambda s: setattr(s.row_dimensions[3], "hidden", True))
    assert len(files.read(path, {}, None, notes)) == 2
    assert notes == [f"{path}, sheet 'URS': hidden rows were read too: 3"]


def test_a_version_keeps_the_decimals_that_the_sheet_shows(book):
    """1.10 is not 1.1."""

    def shown(sheet):
        sheet.cell(2, 3).number_format = "0.00"

    assert again(book([(*HEAD, "Version"), ("A-1", "one", 1.1)], shown))[0]["version"] == "1.10"


def rewritten(path, part, change):
    """The workbook with one part changed."""
    made = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return made


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:200], "is no workbook that can be read"),
        (
            lambda data: data.replace(b"<worksheet", b"<!DOCTYPE w []><worksheet", 1),
            "sheet1.xml declares a document type",
        ),
    ],
)
def test_a_workbook_with_a_bad_part_is_told(book, change, message):
    """Cut off, or with declarations that could be expanded."""
    with pytest.raises(ConfigurationError, match=message):
        again(rewritten(book([HEAD, ("A-1", "one")]), "xl/worksheets/sheet1.xml", change))


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.reqif"])
def test_damaged_files_are_told(tmp_path, name):
    """Without a stack trace."""
    (tmp_path / name).write_bytes(b"\xff\xfe\x00garbage\x80")
    with pytest.raises(ConfigurationError, match=name):
        again(tmp_path / name)


@pytest.mark.parametrize("name", ["x.xlsm", "x.xls", "x.pdf"])
def test_other_kinds_are_told(tmp_path, name):
    """Workbooks with macros among them."""
    with pytest.raises(ConfigurationError, match="only .csv, .xlsx, .reqif"):
        again(tmp_path / name)


def test_semicolons_and_quotes_of_a_csv_are_understood(tmp_path):
    """As spreadsheets in several countries write it."""
    path = tmp_path / "x.csv"
    path.write_text('ID;Text;GxP\nA-1;"one; two\nthree";no\n', encoding="utf-8-sig")
    [found] = again(path)
    assert (found["text"], found["gxp"]) == ("one; two\nthree", False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Plant URS, draft, 2026\nID;Text\nA-1;one, two\n", "utf-8"), ("ID\tText\nA-1\tone, two\n", "utf-16")],
)
def test_the_delimiter_is_that_of_the_header(tmp_path, text, encoding):
    """Not that of a title above it; also in what a spreadsheet calls Unicode text."""
    (tmp_path / "x.csv").write_text(text, encoding=encoding)
    assert again(tmp_path / "x.csv")[0]["text"] == "one, two"


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("data", [BOMB, BOMB.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")])
def test_a_reqif_with_entities_is_not_read(tmp_path, data):
    """Neither expanded nor fetched, in whatever encoding."""
    (tmp_path / "x.reqif").write_bytes(data)
    with pytest.raises(ConfigurationError, match="declares a document type or entities"):
        again(tmp_path / "x.reqif")


REQIF = """<?xml version="1.0"?><REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:h="http://www.w3.org/1999/xhtml">
<CORE-CONTENT><REQ-IF-CONTENT><SPEC-TYPES><SPEC-OBJECT-TYPE IDENTIFIER="t"><SPEC-ATTRIBUTES>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a1" LONG-NAME="ReqIF.ForeignID"/><ATTRIBUTE-DEFINITION-XHTML IDENTIFIER="a2" LONG-NAME="ReqIF.Text"/>
</SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE></SPEC-TYPES><SPEC-OBJECTS>
<SPEC-OBJECT IDENTIFIER="o1"><VALUES><ATTRIBUTE-VALUE-STRING THE-VALUE="R-1"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a1</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
<ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>a2</ATTRIBUTE-DEFINITION-XHTML-REF></DEFINITION><THE-VALUE><h:div><h:p>One  <h:b>bold</h:b></h:p><h:p>two</h:p></h:div></THE-VALUE></ATTRIBUTE-VALUE-XHTML></VALUES></SPEC-OBJECT>
<SPEC-OBJECT IDENTIFIER="o2"><VALUES/></SPEC-OBJECT></SPEC-OBJECTS></REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>"""


def test_formatted_text_of_other_tools_becomes_plain(tmp_path):
    """Paragraphs on lines of their own; objects without text are chapters."""
    (tmp_path / "x.reqif").write_text(REQIF)
    [found] = again(tmp_path / "x.reqif")
    assert (found["id"], found["text"].split()) == ("R-1", ["One", "bold", "two"])
    assert "\n" in found["text"]


def test_what_a_reqif_names_otherwise_can_be_named_and_what_has_no_text_is_said(tmp_path):
    """Attributes have the names that a project gave them."""
    (tmp_path / "x.reqif").write_text(REQIF.replace("ReqIF.Text", "Object Text"))
    with pytest.raises(ConfigurationError, match="named Object Text, ReqIF.ForeignID; use --column text=NAME"):
        again(tmp_path / "x.reqif")
    notes = []
    assert len(files.read(tmp_path / "x.reqif", {"text": "Object Text"}, None, notes)) == 1
    assert notes == ["SPEC-OBJECT 2 (o2) has no text: left out"]


def test_deeply_nested_text_is_read(tmp_path):
    """As deep as a file likes."""
    deep = "<h:div>" * 3000 + "x" + "</h:div>" * 3000
    (tmp_path / "x.reqif").write_text(REQIF.replace("<h:b>bold</h:b>", deep))
    assert again(tmp_path / "x.reqif")[0]["text"].split() == ["One", "x", "two"]


def test_the_registry_file_holds_any_text(tmp_path):
    """Quotes, backslashes and line breaks included."""
    entries = table.requirements([table.TableRow("p", {"id": "A", "text": 'a "b" \\ c\nd'})], 'T "x"')
    assert tomllib.loads(table.toml(entries, "n"))["requirement"][0]["text"] == 'a "b" \\ c\nd'


def test_a_cell_that_no_other_delimiter_could_read_comes_back(tmp_path):
    """With a semicolon for the delimiter, a text after the closing quote would be none."""
    files.write(tmp_path / "urs.csv", [requirement("R-1", text='a ",; b'), requirement("R-2", text='"\t,')])
    assert [one["text"] for one in again(tmp_path / "urs.csv")] == ['a ",; b', '"\t,']
