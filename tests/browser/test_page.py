"""The evidence page in a real browser: from a requirement to the raw exchange, at desk and phone width, by key alone."""

import shutil

import pytest

from syncproof.evidence.dossier import read_dossier
from syncproof.evidence.reader import read_pack
from syncproof.reporting import page as evidence_page
from tests.browser.conftest import CHROMIUM
from tests.browser.many import many_scenarios

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}


@pytest.fixture(scope="module")
def address(report):
    return report.parent.parent / "index.html"


@pytest.fixture
def open_page(browser, address):
    """Opens the page; what it asked for and what went wrong are kept."""
    opened = []

    def open_page(size=DESK, path=address, **options):
        view = browser.new_page(viewport=size, **options)
        view.asked, view.wrong = [], []
        view.on("request", lambda request: view.asked.append(request.url))
        view.on("console", lambda message: view.wrong.append(message.text))
        view.on("pageerror", lambda error: view.wrong.append(str(error)))
        view.goto(path.as_uri())
        view.wait_for_function("'ready' in document.documentElement.dataset")
        opened.append(view)
        return view

    yield open_page
    for view in opened:
        view.close()


def test_it_asks_for_nothing_and_nothing_goes_wrong(open_page, address):
    """One file."""
    view = open_page()
    assert view.asked == [address.as_uri()]
    assert view.wrong == []


def test_from_a_requirement_to_the_raw_exchange(open_page, address):
    """Requirement, scenario, expected beside actual, exchange with its body."""
    view = open_page()
    view.fill("#q", "URS-REV-004")
    row = view.locator("#matrix-table tbody tr:visible")
    assert row.count() == 1
    row.locator("summary").click()
    row.locator("li a").first.click()
    dialog = view.locator("#detail")
    dialog.locator("h5", has_text="Expected").first.wait_for()
    assert dialog.locator("h5", has_text="Actual").count() >= 1
    check = dialog.locator(".check").last
    check.locator("button.link").first.click()
    exchange = dialog.locator(f"[id='x-{check.locator('button.link').first.inner_text()}']")
    exchange.locator("h4", has_text="Response").wait_for()
    link = exchange.locator("a[href^='exchanges/']").last.get_attribute("href")
    assert (address.parent / link).is_file()
    assert '"' in exchange.locator("pre").last.inner_text()
    assert view.wrong == []


def test_the_counts_are_those_of_the_record(open_page, address):
    """Tiles and lists."""
    view = open_page()
    dossier = read_dossier(address.parent)
    tiles = view.locator("ul[aria-labelledby='count-scenarios'] .tile b").all_inner_texts()
    assert sum(map(int, tiles)) == len(dossier.record.verdicts())
    rows, scenarios = len(dossier.matrix.rows) + len(dossier.matrix.orphans), len(dossier.record.verdicts())
    assert view.inner_text("#hits") == f"{rows} of {rows} rows"
    assert view.locator("#matrix-table tbody tr").count() == rows
    view.check("input[value=scenarios]")
    assert view.inner_text("#hits") == f"{scenarios} of {scenarios} scenarios"


def test_a_link_leads_to_one_requirement_and_one_scenario(open_page, address):
    """Deep links, as somebody sends them to a colleague."""
    view = open_page()
    scenario = next(iter(read_pack(address.parent).scenarios))
    view.goto(f"{address.as_uri()}#s={scenario}")
    view.reload()
    view.locator("#detail h2").wait_for()
    assert scenario in view.inner_text("#detail")
    view.goto(f"{address.as_uri()}#URS-REV-004")
    assert view.locator("#detail").is_hidden()
    assert view.locator("#URS-REV-004").is_visible()


def test_the_address_keeps_what_is_seen(open_page, address):
    """Direction, search, filter and order: a colleague who gets the link sees the same."""
    view = open_page()
    view.check("input[value=scenarios]")
    view.fill("#q", "revision")
    view.select_option("#phase", "PQ")
    view.locator("#scenarios [data-sort]").first.click()
    shown = view.locator("#scenario-table tbody tr").all_inner_texts()
    assert 0 < len(shown) < len(read_pack(address.parent).scenarios)
    other = open_page(path=address)
    other.goto(view.url)
    other.reload()
    other.wait_for_function("'ready' in document.documentElement.dataset")
    assert other.locator("#scenario-table tbody tr").all_inner_texts() == shown
    view.click("#clear")
    assert view.locator("#scenario-table tbody tr").count() == len(read_pack(address.parent).scenarios)


def test_a_tile_leads_to_what_it_counts(open_page):
    """And the matrix can be turned round."""
    view = open_page()
    tile = view.locator("ul[aria-labelledby='count-scenarios'] .tile", has_text="passed")
    count = int(tile.locator("b").inner_text())
    tile.click()
    assert view.locator("input[value=scenarios]").is_checked()
    assert view.locator("#scenario-table tbody tr").count() == count


DIFFERENCE = """(([expected, actual]) => compared(expected, actual, true).map((box) =>
  [box.className, [...box.querySelectorAll('mark')].map((one) => one.textContent)]))"""


@pytest.mark.parametrize(
    ("expected", "actual", "marked"),
    [
        ('{"revision":"B","unit":"KGM"}', '{"revision":"A","unit":"KGM"}', [["", ['"B"']], ["", ['"A"']]]),
        ('"12.50"', '"12.5"', [["", ["12.50"]], ["", ["12.5"]]]),
        ('[{"a":1},{"b":2}]', "[]", [["all", []], ["all", []]]),
    ],
)
def test_what_differs_is_marked_and_nothing_else(open_page, expected, actual, marked):
    """Word by word where a line has a counterpart; as a whole where nothing is alike."""
    found = open_page().evaluate(DIFFERENCE, [expected, actual])
    if marked[0][0] == "all":
        assert [name for name, _ in found] == ["all", "all"]
    else:
        assert [[name, [text.strip('"') for text in texts]] for name, texts in found] == [
            [name, [text.strip('"') for text in texts]] for name, texts in marked
        ]


def test_numbers_are_shown_as_they_were_sent(open_page):
    """To read JSON and write it again would round them and drop doubled keys."""
    shown = open_page().evaluate('pretty(\'{"a":1.10,"a":12345678901234567890,"b":[]}\')')
    assert "".join(shown.split()) == '{"a":1.10,"a":12345678901234567890,"b":[]}'


def test_by_key_alone(open_page):
    """Slash searches, Tab and Enter open, Escape closes."""
    view = open_page()
    view.keyboard.press("/")
    view.keyboard.type("URS-REV-004")
    assert view.locator("#matrix-table tbody tr:visible").count() == 1
    view.focus("#matrix-table tbody tr:visible summary")
    view.keyboard.press("Enter")
    view.keyboard.press("Tab")
    view.keyboard.press("Enter")
    view.locator("#detail h2").wait_for()
    view.keyboard.press("Escape")
    view.locator("#detail").wait_for(state="hidden")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_fits_the_screen(open_page, size):
    """Nothing makes the page itself scroll sideways."""
    view = open_page(size)
    assert view.evaluate("document.documentElement.scrollWidth") <= size["width"]


AUDIT = """() => {
  const wrong = [];
  for (const e of document.querySelectorAll('input, select')) if (!e.closest('label') && !e.ariaLabel) wrong.push('no label: ' + e.id);
  for (const e of document.querySelectorAll('table')) if (!e.caption) wrong.push('no caption: ' + e.outerHTML.slice(0, 60));
  for (const e of document.querySelectorAll('th')) if (!e.scope) wrong.push('no scope: ' + e.textContent);
  for (const e of document.querySelectorAll('section')) if (!document.getElementById(e.getAttribute('aria-labelledby'))) wrong.push('no name: ' + e.id);
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push('twice: ' + id);
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const back = (e) => { while (e) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$|transparent/.test(c)) return c; e = e.parentElement; } return 'rgb(255,255,255)'; };
  for (const e of document.querySelectorAll('.badge, .tile, .notice, small, caption, dt, dd, td, th, a, .blank, .stale')) {
    const [a, b] = [light(getComputedStyle(e).color), light(back(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) wrong.push('contrast: ' + e.className + ' ' + e.textContent.slice(0, 30));
  }
  return [...new Set(wrong)].slice(0, 10);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_finds_names_and_an_eye_finds_contrast(open_page, scheme):
    """Labels, captions, scopes, unique ids; contrast of 4.5 (WCAG 2.2 AA), in both colour schemes."""
    assert open_page(color_scheme=scheme).evaluate(AUDIT) == []


def test_it_prints_the_whole_matrix(open_page, tmp_path):
    """Without the parts that only a screen can use."""
    import pypdfium2

    view = open_page()
    view.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(str(tmp_path / "page.pdf")))
    assert "URS-REV-004" in text
    assert "Show more" not in text


def test_thousands_of_scenarios_stay_quick(open_page, tmp_path):
    """Five thousand: listed in parts, filtered, and one opened; the time for it is a share of that for opening."""
    pack = many_scenarios(tmp_path / "evidence", 5000)
    evidence_page.write(read_dossier(pack), pack / "index.html")
    view = open_page(path=pack / "index.html")
    view.check("input[value=scenarios]")
    assert view.inner_text("#hits") == "5000 of 5000 scenarios"
    assert view.locator("#scenario-table tbody tr").count() == 200
    opening = view.evaluate("performance.getEntriesByType('navigation')[0].duration")
    took = view.evaluate(
        "(() => { const t = performance.now(); $('q').value = 'no 4321'; show(); return performance.now() - t })()"
    )
    assert view.inner_text("#hits") == "1 of 5000 scenarios"
    assert took < opening
    view.click("#scenario-table tbody a")
    view.locator("#detail h5", has_text="Expected").first.wait_for()
    shutil.rmtree(tmp_path / "evidence")
