"""Tags that draw alerts: the light of a rule, its line in words, why an alert is there."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.alerts.models import AlertRule
from gongjian.web.alerts.sentences import about, why

register = template.Library()
register.filter("why_alert", why)
register.filter("about_alert", about)
SHAPES = {"YELLOW": "▲", "ORANGE": "▼", "RED": "◆"}


@register.simple_tag
def alert_light(rule: AlertRule) -> SafeString:
    """The light of a rule: colour, shape and word."""
    mark = '<span class="light light-{}"><span class="light-shape" aria-hidden="true">{}</span>{}</span>'
    return format_html(mark, rule.light.lower(), SHAPES[rule.light], rule.get_light_display())


@register.filter
def rule_line(rule: AlertRule) -> str:
    """The comparison and the threshold."""
    return f"{rule.get_comparison_display()} {rule.threshold.normalize():f}"
