"""Tags that draw figures: a number as it is written, its change with a light, a small line of its last months."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.assignments.states import Light
from gongjian.audit.wording import unit_behind
from gongjian.indicators.models import Indicator
from gongjian.web.indicators.months import month_in_words, quarter_in_words
from gongjian.web.templatetags.gongjian import SHAPES

register = template.Library()
CELL = re.compile(r"(?P<sheet>.*)!R(?P<row>[0-9]+)C(?P<column>[0-9]+)")
WIDTH, HEIGHT, EDGE = 84, 22, 2  # of a small line, in its own units


@register.filter
def figure(value: Decimal | None) -> str:
    """A number with its thousands parted and no needless noughts; — where it is unknown."""
    if value is None:
        return "—"
    return f"{value.quantize(Decimal('0.0001')).normalize():,f}"


@register.filter
def behind_number(unit: str) -> str:
    """A unit of measure as it stands behind a number."""
    return unit_behind(unit)


@register.filter
def cell_words(place: str) -> str:
    """Where a figure stood in its sheet, in words: Sheet1!R2C3 -> Sheet1 row 2, column 3; any other text as it is."""
    found = CELL.fullmatch(place)
    if not found:
        return place
    said = _("%(sheet)s第 %(row)s 行第 %(column)s 列") % found.groupdict()
    return said.strip()


@register.filter
def month(value: date, indicator: Indicator | None = None) -> str:
    """A month in words; of a joined indicator January and February together."""
    return month_in_words(value, joined=indicator is not None and indicator.joined)


@register.simple_tag
def change_light(change: Decimal | None, light: str, indicator: Indicator) -> SafeString | str:
    """The change against last year with its light; nothing where it is unknown."""
    if change is None:
        return ""
    said = _("%(points)s 点") % {"points": f"{change:+.2f}"} if indicator.in_points else f"{change:+.1f}%"
    mark = '<span class="light light-{}" title="{}"><span class="light-shape" aria-hidden="true">{}</span>{}</span>'
    hint = _("比上年同月 %(change)s，%(direction)s") % {
        "change": said,
        "direction": indicator.get_direction_display(),
    }
    return format_html(mark, light.lower(), hint, SHAPES[Light(light)], said)


def line_points(values: Sequence[Decimal | None]) -> list[list[tuple[float, float]]]:
    """The points of a small line from left to right, in pieces: a month that is unknown is a gap."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    pieces: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        x = EDGE + (WIDTH - 2 * EDGE) * number / max(len(values) - 1, 1)
        share = (value - low) / (high - low) if high > low else Decimal("0.5")
        pieces[-1].append((round(x, 1), round(HEIGHT - EDGE - float(share) * (HEIGHT - 2 * EDGE), 1)))
    return [piece for piece in pieces if piece]


@register.simple_tag
def small_line(values: Sequence[Decimal | None]) -> SafeString | str:
    """The last months of a figure as a small line, its last point marked; its numbers stand in its label."""
    pieces = line_points(values)
    if not pieces:
        return ""
    paths = " ".join("M" + " L".join(f"{x} {y}" for x, y in piece) for piece in pieces)
    x, y = pieces[-1][-1]
    label = _("近几个月：%(values)s") % {"values": _("、").join(figure(value) for value in values)}
    svg = (
        '<svg class="small-line" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"></path>'
        '<circle cx="{}" cy="{}" r="2"></circle></svg>'
    )
    return format_html(svg, WIDTH, HEIGHT, label, paths, x, y)


@register.filter
def quarter(value: date) -> str:
    """A quarter in words."""
    return quarter_in_words(value)
