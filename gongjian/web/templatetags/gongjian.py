"""Filters and tags loaded into every template."""

import functools
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongjian.assignments.queries import counting_in_words, proxies_in_words
from gongjian.assignments.states import Light, State
from gongjian.audit.changes import FieldChange, field_changes
from gongjian.audit.models import Event
from gongjian.audit.wording import (
    document_in_words,
    in_chinese,
    moment_in_words,
    short_day_in_words,
    worded,
)
from gongjian.engines.likeness.shared_words import split_by_pairs
from gongjian.engines.writing.days import english_day
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises.fact_batches.queries import written_since
from gongjian.enterprises.models import FactBatch
from gongjian.notices.states import NoticeKind, SendingState
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.problems.bulk import queries as bulk
from gongjian.problems.bulk.queries import Undoable
from gongjian.web.filter_parts import FilterParts, parts_of
from gongjian.web.form_keys import KEY, new_key
from gongjian.web.forms import dress
from gongjian.web.moved_on.since_opened import SEEN, last_seen
from gongjian.web.rights import matrix

register = template.Library()
CODE = re.compile(r"\b[A-Z]{2}\d{4}-\d{5,}|\b(?:\d{4}-)?\d{2}-\d{2}(?: \d{2}:\d{2})?\b")
HIDDEN = '<input type="hidden" name="{}" value="{}">'
register.filter("proxies", proxies_in_words)
register.filter("excerpt", excerpt)

# Shape beside colour and word: lights stay readable in print and for the colour-blind.
SHAPES = {
    Light.GREEN: "●",
    Light.YELLOW: "▲",
    Light.RED: "◆",
    Light.DARK_RED: "■",
    Light.GREY: "‖",
    Light.DONE: "✓",
}
NOTICE_TONES = {
    NoticeKind.REMINDER: "wait",
    NoticeKind.SUPERVISION: "warn",
    NoticeKind.INTERVIEW: "warn",
    NoticeKind.POLICY: "done",
    NoticeKind.MEASURE: "run",
    NoticeKind.TASK: "run",
    NoticeKind.OUTCOME: "done",
}
SENDING_TONES = {
    SendingState.WAITING: "wait",
    SendingState.EMPTY: "done",
    SendingState.UNDER_WAY: "run",
    SendingState.SENT: "done",
    SendingState.FAILED: "warn",
}
TONES = {
    State.ASSIGNED: "wait",
    State.OBJECTED: "warn",
    State.IN_PROGRESS: "run",
    State.ON_HOLD: "hold",
    State.RESOLVED: "wait",
    State.CHECKED: "wait",
    State.CLOSED: "done",
    State.WITHDRAWN: "hold",
}


@register.filter(name="field_changes")
def changes_of_event(event: Any, user: Any) -> list[FieldChange]:
    """The old and new value of each field an event changed; telephone numbers only for those who keep the registers."""
    keeps = isinstance(user, Account) and user.has_role(Role.CLERK, Role.ADMINISTRATOR)
    return field_changes(event, personal=keeps) if isinstance(event, Event) else []


@register.filter
def parted(text: str, pieces: frozenset[str] | None) -> list[tuple[str, bool]]:
    """A text cut into runs, each marked as covered by shared words or not."""
    return split_by_pairs(text, pieces or frozenset())


@register.simple_tag
def light(of: str, *, left: int | str | None = None, why: str = "", big: bool = False) -> str:
    """灯: colour, shape and words together: {% light "RED" left=-2 why="…" big=True %}; nothing where there is none."""
    if of not in Light.values:
        return ""
    css = of.lower().replace("_", "-") + (" light-big" if big else "")
    days_left = (
        format_html('<span class="light-left">{}</span>', words) if (words := left_in_words(left)) else ""
    )
    hint = format_html(' title="{}"', why) if why else ""
    mark = '<span class="light light-{}"{}><span class="light-shape" aria-hidden="true">{}</span>{}{}</span>'
    return format_html(mark, css, hint, SHAPES[Light(of)], Light(of).label, days_left)


def left_in_words(left: int | str | None) -> str:
    """Working days left as words: 剩3个工作日, 今日到期, 超期2个工作日; empty for None."""
    if not isinstance(left, int):
        return ""
    if left == 0:
        return _("今日到期")
    if abs(left) == 1:
        return _("剩1个工作日") if left > 0 else _("超期1个工作日")
    sentence = _("剩%(days)d个工作日") if left > 0 else _("超期%(days)d个工作日")
    return sentence % {"days": abs(left)}


@register.filter
def whole(text: object) -> SafeString:
    """A text in which no number of a matter, day or moment is broken over two lines."""
    return mark_safe(CODE.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(str(text))))  # noqa: S308  escaped before


@register.filter
def state_word(state: str) -> str:
    """A state in words: 待签收, 办理中, …"""
    return str(State(state).label) if state in State.values else str(state or "")


@register.filter
def state_tone(state: str) -> str:
    """Tone of the state's mark: wait, run, warn, hold, done."""
    return TONES[State(state)] if state in State.values else "hold"


@register.filter
def notice_tone(kind: str) -> str:
    """Tone of a notice's kind."""
    return NOTICE_TONES.get(NoticeKind(kind), "wait")


@register.filter
def sending_tone(state: str) -> str:
    """Tone of a sending's state."""
    return SENDING_TONES[SendingState(state)]


@register.filter
def entry(table: dict[Any, Any], key: Any) -> Any:
    """The value a dictionary holds under a key."""
    return table.get(key, "")


@register.filter
def percent(share: Decimal | None) -> str:
    """A share as 97.5%."""
    return "—" if share is None else f"{share * 100:.1f}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """11月24日(周二), with the year when it is not this one; empty for None."""
    if not value:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    weekdays = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    if not in_chinese():
        return f"{weekdays[on.weekday()]}, {english_day(on, today=timezone.localdate())}"
    fields = {"year": on.year, "month": on.month, "day": on.day, "weekday": weekdays[on.weekday()]}
    if on.year == timezone.localdate().year:
        return _("%(month)d月%(day)d日（%(weekday)s）") % fields
    return _("%(year)d年%(month)d月%(day)d日（%(weekday)s）") % fields


@register.filter(name="short_day")
def day_in_short(value: date | datetime | None) -> str:
    """11-24, with the year when it is not this one; empty for None."""
    if not value:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return short_day_in_words(on, today=timezone.localdate())


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-24 09:30 in the city's time; empty for None."""
    return moment_in_words(value) if value else ""


@register.filter(name="worded")
def in_words(value: Any) -> str:
    """A stored word, or several joined, in the reader's language: 满意 -> Satisfied; a day as the reader writes it."""
    return worded(value)


@register.filter
def word(value: str) -> str:
    """A stored word in the reader's language; nothing for nothing."""
    return worded(value) if value else ""


@register.filter
def document(value: str) -> str:
    """The name of a notice on days off in the reader's language; any other document as it stands."""
    return document_in_words(value)


@register.filter
def counting(rule: str) -> str:
    """How a regime counts its days, in the reader's language."""
    return counting_in_words(rule)


@register.filter
def known(value: Any) -> Any:
    """The value, or 未知: unknown is never shown as nothing or zero."""
    return _("未知") if value is None or value == "" else value


@register.simple_tag(takes_context=True)
def may(context: template.Context, route: str) -> bool:
    """Whether the signed-in account's role may take a route: {% may "problem-new" as can_add %}."""
    account = context.get("account")
    return isinstance(account, Account) and account.role in matrix().get(route, frozenset())


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> str:
    """Django's token, a key of the form's own (it is carried out once), and how far the trail was when it was drawn."""
    token = mark_safe(CsrfTokenNode().render(context))  # noqa: S308  drawn by Django
    fields = [(KEY, new_key())]
    if request := context.get("request"):
        fields.append((SEEN, str(last_seen(request))))
    return format_html("{}{}", token, format_html_join("", HIDDEN, fields))


@register.simple_tag(takes_context=True)
def undoable(context: template.Context, problem: int | None = None) -> list[Undoable]:
    """The reader's own bulk actions that can still be undone; only those who act in bulk have any.

    `problem`: of one record; a name that the page does not know comes as an empty text and means all.
    """
    account = context.get("account")
    if not isinstance(account, Account) or account.role not in matrix()["problem-bulk"]:
        return []
    if not getattr(account, "acts_in_bulk", True):
        return []
    return bulk.undoable(account, at=timezone.now(), problem=problem or None)


@register.simple_tag(takes_context=True)
def undoable_imports(context: template.Context) -> list[FactBatch]:
    """The reader's own imports of figures written today: each can be undone as a whole from here."""
    account = context.get("account")
    if not isinstance(account, Account) or not getattr(account, "has_imports", False):
        return []
    return list(written_since(timezone.localdate(), by=account))


@register.simple_tag
def route(name: str, *args: Any) -> str:
    """Address of a route, empty while no section offers it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def page_of(route: str, pk: int) -> str:
    """Address of one of many rows, the route looked up once: {% page_of "problem" p.pk as there %}."""
    before, after = _around_number(route)
    return f"{before}/{pk}/{after}"


@functools.cache
def _around_number(route: str) -> tuple[str, str]:
    before, _number, after = reverse(route, args=[0]).rpartition("/0/")
    return before, after


@register.filter
def page_numbers(paginator: "Paginator[Any]", number: int) -> list[int | None]:
    """Page numbers around the current one; None marks a gap."""
    return [
        n if isinstance(n, int) else None
        for n in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]


@register.simple_tag(takes_context=True)
def block_again(context: template.Context, name: str) -> str:
    """The content of a block, repeated: the page's title is also its heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return str(block.render(context)) if block else ""


class AsideNode(template.Node):
    """The column beside a page, left out where the page puts nothing into it."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The column with what stands in it, or nothing."""
        inside = self.nodelist.render(context).strip()
        return mark_safe(f'<aside class="aside">{inside}</aside>' if inside else "")  # noqa: S308  both are templates


@register.tag
def aside(parser: Any, _token: Any) -> AsideNode:
    """`{% aside %}…{% endaside %}`: the column beside a page."""
    nodelist = parser.parse(("endaside",))
    parser.delete_first_token()
    return AsideNode(nodelist)


@register.filter
def undo_address(tags: str) -> str:
    """The undo address a message carries: `messages.success(request, text, extra_tags=f"undo:{url}")`."""
    return next(
        (tag.removeprefix("undo:") for tag in str(tags or "").split() if tag.startswith("undo:/")), ""
    )


@register.simple_tag(takes_context=True)
def filter_form(context: template.Context) -> Any:
    """The form of a ledger's `filter`, or `form` itself, dressed like every form of the house."""
    form = getattr(context.get("filter"), "form", None) or context.get("form")
    if form is not None:
        dress(form)
    return form


@register.simple_tag
def filter_parts(form: Any, of: Any = None) -> FilterParts:
    """The fields of a filter: hidden, at hand, folded. A FilterSet or a form may name in `at_hand` what stands open beside the search."""
    return parts_of(form, getattr(of, "at_hand", ()) or getattr(form, "at_hand", ()))
