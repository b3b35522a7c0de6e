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
        view.wait_for_function("document.getElementById('s-list').children.length > 0")
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
    view.fill("#search", "URS-REV-004")
    row = view.locator("#matrix-table tbody tr:visible")
    assert row.count() == 1
    row.locator("summary").click()
    row.locator("li a").first.click()
    dialog = view.locator("#detail")
    dialog.locator("h4", has_text="Expected").first.wait_for()
    assert dialog.locator("h4", has_text="Actual").count() >= 1
    last = dialog.locator(".step").last
    exchange = last.locator("details details").first
    if not exchange.is_visible():
        last.locator("details > summary").first.click()
    exchange.locator("summary").click()
    link = exchange.locator("a[href^='exchanges/']").last.get_attribute("href")
    assert (address.parent / link).is_file()
    assert '"' in exchange.locator("pre").last.inner_text()
    assert view.wrong == []


def test_the_counts_are_those_of_the_record(open_page, address):
    """Tiles and lists."""
    view = open_page()
    dossier = read_dossier(address.parent)
    tiles = view.locator(".tile").all_inner_texts()
    assert sum(int(text.split()[0]) for text in tiles if "scenarios" in text) == len(dossier.record.verdicts())
    assert (
        view.inner_text("#s-hits") == f"{len(dossier.record.verdicts())} of {len(dossier.record.verdicts())} scenarios"
    )
    assert view.locator("#matrix-table tbody tr").count() == len(dossier.matrix.rows) + len(dossier.matrix.orphans)


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
    assert view.inner_text("#s-hits") == "5000 of 5000 scenarios"
    assert view.locator("#s-list li").count() == 200
    opening = view.evaluate("performance.getEntriesByType('navigation')[0].duration")
    took = view.evaluate(
        "(() => { const t = performance.now(); document.getElementById('s-search').value = 'no 4321'; filterScenarios(); return performance.now() - t })()"
    )
    assert view.inner_text("#s-hits") == "1 of 5000 scenarios"
    assert took < opening
    view.click("#s-list a")
    view.locator("#detail h4", has_text="Expected").first.wait_for()
    shutil.rmtree(tmp_path / "evidence")
