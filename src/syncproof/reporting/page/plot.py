"""Latency against SLA as an inline SVG, with a table that says the same.

Every measurement is in the plot: those that fall together make a larger dot. All rows share one logarithmic axis, for
systems are often a thousand times faster than they have to be.
"""

import math
from collections import Counter
from collections.abc import Callable

from syncproof.reporting.latency import Latency
from syncproof.reporting.page.markup import e, row, scenario_link, section, table

WIDTH, ROW, TOP, LEFT, RIGHT, BIN = 880, 28, 24, 170, 190, 4
HEADS = ("Domain and system", "Checks", "Median", "95 %", "Slowest", "SLA", "Not in time", "Slowest in")
NOTE = (
    "<p>Host time from the first look until the system agreed, for every check that waited: one dot for each, larger "
    "where several fall together. The bar marks the median, the dashed line the SLA of the domain; the scale is "
    "logarithmic.</p>\n"
)
Axis = Callable[[float], float]
"""Where a time (milliseconds) stands."""


def latency(found: list[Latency]) -> str:
    """The section; a sentence where nothing was waited for."""
    title = "Latency against SLA"
    if not found:
        return section("latency", title, "<p>No check of this run waited for systems to agree.</p>\n")
    return section("latency", title, NOTE, _worst(found), _svg(found), _table(found))


def _worst(found: list[Latency]) -> str:
    """What matters most, in words."""
    said = [
        f"<li><strong>Not in time</strong>: {_name(one)}, {one.late} of {_checks(one)} beyond {_time(one.sla_ms)}, first in "
        f"{scenario_link(one.missed[0])}</li>"
        for one in found
        if one.late
    ]
    measured = [one for one in found if one.measured]
    if measured:
        near = max(measured, key=lambda one: (one.slowest / (one.sla_ms or 1), one.domain, one.system))
        said.append(
            f"<li><strong>Closest to its SLA</strong>: {_name(near)}, {_time(near.slowest)} of {_time(near.sla_ms)} "
            f"({_share(near)}), in {scenario_link(near.worst)}</li>"
        )
    return f"<ul>{''.join(said)}</ul>\n"


def _svg(found: list[Latency]) -> str:
    most = max(max(one.sla_ms, one.slowest) for one in found) * 1.4
    axis, height = _axis(most), TOP + ROW * len(found) + 6
    rows = "".join(_row(one, TOP + ROW * n, axis) for n, one in enumerate(found))
    label = f"Latency of {len(found)} pairs of domain and system against the SLA; the table below says the same."
    return (
        '<div class="wide" role="group" tabindex="0" aria-label="Plot; scrolls sideways where it is narrow">'
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">'
        f"{_grid(axis, height, most)}{rows}</svg></div>\n"
    )


def _axis(most: float) -> Axis:
    """A logarithmic axis from zero to ``most``."""
    end = math.log10(1 + most) or 1.0
    return lambda ms: LEFT + (WIDTH - LEFT - RIGHT) * min(math.log10(1 + ms) / end, 1.0)


def _grid(axis: Axis, height: int, most: float) -> str:
    ticks = [10.0**power for power in range(9) if 10.0**power <= most]
    return f'<text class="soft" x="{WIDTH - RIGHT + 10}" y="{TOP - 9}">slowest of SLA</text>' + "".join(
        f'<line class="grid" x1="{axis(ms):.1f}" x2="{axis(ms):.1f}" y1="{TOP - 4}" y2="{height - 6}"/>'
        f'<text class="soft" x="{axis(ms):.1f}" y="{TOP - 9}" text-anchor="middle">{_time(ms)}</text>'
        for ms in ticks
    )


def _row(one: Latency, top: int, axis: Axis) -> str:
    middle, sla, median = top + ROW / 2, axis(one.sla_ms), axis(one.percentile(0.5))
    said = f"{_time(one.slowest)} of {_time(one.sla_ms)}" if one.measured else f"SLA {_time(one.sla_ms)}"
    late = f'<tspan class="late"> ✗ {one.late} late</tspan>' if one.late else ""
    bar = f'<line class="median" x1="{median:.1f}" x2="{median:.1f}" y1="{top + 5}" y2="{top + ROW - 5}"/>'
    return (
        f'<text x="{LEFT - 10}" y="{middle + 4:.0f}" text-anchor="end">{_name(one)}</text>'
        f'<line class="rail" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{middle}" y2="{middle}"/>'
        f"{_dots(one, middle, axis)}{bar if one.measured else ''}"
        f'<line class="sla" x1="{sla:.1f}" x2="{sla:.1f}" y1="{top + 3}" y2="{top + ROW - 3}"/>'
        f'<text x="{WIDTH - RIGHT + 10}" y="{middle + 4:.0f}">{said}{late}</text>'
    )


def _dots(one: Latency, middle: float, axis: Axis) -> str:
    bins = Counter(round(axis(took) / BIN) * BIN for took in one.measured)
    return "".join(
        f'<circle class="dot" cx="{place}" cy="{middle}" r="{min(2.2 + math.log2(count) * 0.7, 8):.1f}"/>'
        for place, count in sorted(bins.items())
    )


def _table(found: list[Latency]) -> str:
    rows = (row(HEADS, _cells(one)) for one in found)
    caption = "Latency by domain and system, in host time"
    return f"<details><summary>The same as a table</summary>{table(caption, HEADS, rows)}</details>\n"


def _cells(one: Latency) -> list[str]:
    times = [one.percentile(0.5), one.percentile(0.95), one.slowest]
    shown = [_time(ms) if one.measured else "none" for ms in times]
    worst = scenario_link(one.worst) if one.worst else ""
    return [_name(one), str(_checks(one)), *shown, _time(one.sla_ms), str(one.late), worst]


def _checks(one: Latency) -> int:
    return len(one.measured) + one.late


def _name(one: Latency) -> str:
    return f"{e(one.domain)} · {e(one.system)}"


def _share(one: Latency) -> str:
    share = 100 * one.slowest / one.sla_ms if one.sla_ms else 100
    return f"{share:.0f} %" if share >= 1 else "under 1 %"


def _time(ms: float) -> str:
    if ms >= 1000:  # noqa: PLR2004
        return f"{ms / 1000:.1f} s".replace(".0 s", " s")
    return f"{ms:.0f} ms"
