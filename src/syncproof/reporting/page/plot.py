"""Latency against SLA as an inline SVG, with a table that says the same."""

import math
from html import escape

from syncproof.reporting.latency import Latency

WIDTH, ROW, LEFT, RIGHT = 760, 26, 190, 60


def section(found: list[Latency]) -> str:
    """The section; a sentence where nothing was waited for."""
    head = '<section id="latency" aria-labelledby="latency-h"><h2 id="latency-h">Latency against SLA</h2>\n'
    if not found:
        return head + "<p>No check of this run waited for systems to agree.</p></section>\n"
    note = (
        "<p>Host time from the first look until the system agreed, for every check that waited. The dot is the median, "
        "the bar reaches to the slowest, the dashed line is the SLA of the domain; the scale is logarithmic.</p>\n"
    )
    return f"{head}{note}{_svg(found)}{_table(found)}</section>\n"


def _svg(found: list[Latency]) -> str:
    height = ROW * len(found) + 8
    rows = "".join(_row(one, 4 + ROW * n) for n, one in enumerate(found))
    label = "Latency of each system in each domain as a share of its SLA; the table below says the same."
    return f'<div class="wide"><svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{rows}</svg></div>\n'


def _row(one: Latency, top: int) -> str:
    slowest, median = one.percentile(1.0), one.percentile(0.5)
    end, dot, sla = (_place(value, one.sla_ms) for value in (slowest, median, one.sla_ms))
    middle, state = top + ROW / 2, "bad" if one.late else "good"
    return (
        f'<text x="{LEFT - 8}" y="{middle + 4:.0f}" text-anchor="end">{escape(one.domain)} · {escape(one.system)}</text>'
        f'<line class="rail" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{middle}" y2="{middle}"/>'
        f'<line class="bar {state}" x1="{LEFT}" x2="{max(end, LEFT + 1):.1f}" y1="{middle}" y2="{middle}"/>'
        f'<circle class="dot" cx="{dot:.1f}" cy="{middle}" r="4"/>'
        f'<line class="sla" x1="{sla:.1f}" x2="{sla:.1f}" y1="{top + 3}" y2="{top + ROW - 3}"/>'
        f'<text x="{WIDTH - RIGHT + 6}" y="{middle + 4:.0f}">{_time(slowest)}</text>'
    )


def _place(ms: float, sla_ms: float) -> float:
    """Where a time stands on its row: logarithmic, for systems are often a hundred times faster than they have to be."""
    most = math.log10(1 + sla_ms * 1.5)
    return LEFT + (WIDTH - LEFT - RIGHT) * min(math.log10(1 + ms) / most, 1.0)


def _table(found: list[Latency]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.domain)}</td><td>{escape(one.system)}</td><td>{len(one.measured)}</td>"
        f"<td>{_time(one.percentile(0.5))}</td><td>{_time(one.percentile(0.95))}</td><td>{_time(one.percentile(1.0))}</td>"
        f"<td>{_time(one.sla_ms)}</td><td>{one.late}</td><td>{escape(one.worst)}</td></tr>"
        for one in found
    )
    names = ("Domain", "System", "Checks", "Median", "95 %", "Slowest", "SLA", "Not in time", "Slowest in")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return (
        '<details><summary>The same as a table</summary><div class="wide"><table><caption>Latency by domain and system'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>\n"
    )


def _time(ms: float) -> str:
    return f"{ms / 1000:.1f} s" if ms >= 1000 else f"{ms:.0f} ms"  # noqa: PLR2004
