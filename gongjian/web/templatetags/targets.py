"""Tags that draw targets: the light of one with how much is done, and why."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.assignments.states import Light
from gongjian.campaigns.queries import TargetLine
from gongjian.indicators.states import Nature
from gongjian.web.campaigns.sentences import percent, rough, why_light
from gongjian.web.templatetags.figures import figure
from gongjian.web.templatetags.gongjian import SHAPES

if TYPE_CHECKING:
    from gongjian.engines.forecast.outlook import Check

register = template.Library()
register.filter("why_light", why_light)
register.filter("percent", percent)
register.filter("rough", rough)
HUNDREDTH = Decimal("0.01")


@register.simple_tag
def target_light(line: TargetLine) -> SafeString:
    """The light of a target with the share that is done, of a stock or rate with the figure; the reason in its title."""
    mark = '<span class="light light-{}" title="{}"><span class="light-shape" aria-hidden="true">{}</span>{}</span>'
    return format_html(mark, line.light.lower(), why_light(line), SHAPES[Light(line.light)], _said(line))


def _said(line: TargetLine) -> str:
    flow = line.target.indicator.nature == Nature.FLOW and line.completion is not None
    return percent(line.completion) if flow else figure(line.done)


@register.simple_tag
def light_text(line: TargetLine) -> str:
    """The same as a sign and words, for a picture."""
    return f"{SHAPES[Light(line.light)]} {_said(line)}"


@register.filter
def light_shape(light: str) -> str:
    """The sign of a light, so that it is never told by colour alone."""
    return SHAPES[Light(light)]


@register.filter
def size(value: Decimal) -> str:
    """A number without its sign."""
    return figure(abs(value))


@register.filter
def rounded(value: Decimal | None) -> Decimal | None:
    """A computed amount to two digits."""
    return None if value is None else value.quantize(HUNDREDTH)


@register.filter
def plain(value: Decimal | None) -> str:
    """A number as it is typed; nothing where it is unknown."""
    return "" if value is None else f"{value.normalize():f}"


@register.filter
def miss(check: "Check") -> str:
    """By how many per cent a forecast of the back-test missed."""
    return f"{(check.forecast - check.actual) / check.actual * 100:+.1f}%" if check.actual else "—"


@register.filter
def step_label(verb: str) -> str:
    """What the button of a step says."""
    return {
        "accept": _("认可"),
        "counter": _("提出异议"),
        "sign": _("已签责任书"),
        "change": _("调整目标值"),
        "withdraw": _("撤销目标"),
    }[verb]
