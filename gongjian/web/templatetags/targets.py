"""Tags that draw targets: the light of one with how much is done, and why."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.assignments.states import Light
from gongjian.campaigns.queries import TargetLine
from gongjian.indicators.states import Nature
from gongjian.web.campaigns.sentences import percent, why_light
from gongjian.web.templatetags.figures import figure
from gongjian.web.templatetags.gongjian import SHAPES

register = template.Library()
register.filter("why_light", why_light)
register.filter("percent", percent)


@register.simple_tag
def target_light(line: TargetLine) -> SafeString:
    """The light of a target with the share that is done, of a stock or rate with the figure; the reason in its title."""
    flow = line.target.indicator.nature == Nature.FLOW and line.completion is not None
    said = percent(line.completion) if flow else figure(line.done)
    mark = '<span class="light light-{}" title="{}"><span class="light-shape" aria-hidden="true">{}</span>{}</span>'
    return format_html(mark, line.light.lower(), why_light(line), SHAPES[Light(line.light)], said)
