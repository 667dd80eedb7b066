"""Tags that draw counted numbers, loaded into every template: each carries its measure and opens exactly its rows."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjian.measures.queries import Counted
from gongjian.measures.table import MEASURES
from gongjian.web.measures.addresses import address_of, route_of
from gongjian.web.templatetags.gongjian import may

register = template.Library()


@register.simple_tag(takes_context=True)
def opens(context: template.Context, number: Counted) -> SafeString:
    """Attributes that make an element open the rows of a number: <a {% opens drafts %}>…</a>.

    A role that may not take the list gets the number without its rows.
    """
    mark = format_html('data-measure="{}" data-count="{}"', number.measure.key, number.number)
    if not may(context, route_of(number)):
        return mark
    return format_html('href="{}" title="{}" {}', address_of(number), number.measure.meaning, mark)


@register.simple_tag(takes_context=True)
def counted(context: template.Context, number: Counted) -> SafeString:
    """A number that opens its rows: {% counted red %}. Nought has no rows to open and is plain text."""
    if number:
        return format_html('<a class="num" {}>{}</a>', opens(context, number), number.number)
    mark = 'class="num" data-measure="{}" data-count="0" data-opens="{}"'
    return format_html("<span " + mark + ">0</span>", number.measure.key, address_of(number))


@register.simple_tag
def marked(key: str, number: int) -> SafeString:
    """Attributes for a number whose link keeps the page's own filter: <a href="…" {% marked "red" n %}>."""
    mark = 'title="{}" data-measure="{}" data-count="{}"'
    return format_html(mark, MEASURES[key].meaning, key, number)
