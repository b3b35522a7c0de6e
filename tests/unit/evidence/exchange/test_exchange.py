"""Requirements go out and come in unchanged, and what could change a meaning is refused with its place."""

import tomllib

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syncproof.errors import ConfigurationError
from syncproof.evidence.exchange import files, table
from syncproof.evidence.registry import Source, UserRequirement, load_registry
from syncproof.evidence.registry_file import ID

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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.from_regex(ID, fullmatch=True).filter(lambda x: len(x) < 30),
        st.tuples(WORDS, st.booleans(), st.sampled_from(["high", "medium", "low"])),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(files.KINDS),
)
def test_what_goes_out_comes_in_again(tmp_path_factory, found, kind):
    """In every kind of file, and the registry file of it can be read."""
    known = {id_.casefold(): (id_, *rest) for id_, rest in found.items()}.values()
    before = [requirement(id_, text, gxp=gxp, priority=priority) for id_, text, gxp, priority in known]
    path = tmp_path_factory.mktemp("x") / f"urs{kind}"
    files.write(path, before)
    after = again(path)
    harmless = [
        ("'" + one.text if kind == ".csv" and one.text.startswith(files.DANGEROUS) else one.text) for one in before
    ]
    assert [(e["id"], e["text"], e["gxp"], e["priority"]) for e in after] == [
        (one.id, text, one.gxp, one.priority) for one, text in zip(before, harmless, strict=True)
    ]
    path.with_suffix(".toml").write_text(table.toml(after, "x"), encoding="utf-8")
    assert list(load_registry([path.with_suffix(".toml")]).requirements) == [one.id for one in before]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)"])
def test_no_cell_that_goes_out_is_a_formula(tmp_path, text):
    """Whoever opens it runs nothing."""
    for kind in (".csv", ".xlsx"):
        files.write(tmp_path / f"x{kind}", [requirement("A-1", text)])
    assert f"'{text}" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx").active["B2"]
    assert (cell.value, cell.data_type) == (text, "s")


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


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def test_a_reqif_with_entities_is_not_read(tmp_path):
    """Neither expanded nor fetched."""
    (tmp_path / "x.reqif").write_bytes(BOMB)
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


def test_the_registry_file_holds_any_text(tmp_path):
    """Quotes, backslashes and line breaks included."""
    entries = table.requirements([table.TableRow("p", {"id": "A", "text": 'a "b" \\ c\nd'})], 'T "x"')
    assert tomllib.loads(table.toml(entries, "n"))["requirement"][0]["text"] == 'a "b" \\ c\nd'
