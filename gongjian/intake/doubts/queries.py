"""The doubts of a draft: unknown or conflicting names, days that cannot be, an unclear unit, an entry that is there already."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongjian.intake.models import Draft, DraftKind
from gongjian.intake.registers.queries import NameBook, draft_value, draft_values
from gongjian.intake.registers.rules import holds
from gongjian.intake.rules import SURE, UNKNOWN, far
from gongjian.people.models import Account, Person
from gongjian.people.queries import within
from gongjian.visits.models import Visit
from gongjian.visits.states import VisitState

EVENTS = (DraftKind.MEETING, DraftKind.VISIT)


class Doubts:
    """The doubts of some drafts of one account, read in a handful of queries."""

    def __init__(self, drafts: Sequence[Draft], account: Account, *, today: date) -> None:
        self.today = today
        self.book = NameBook(drafts, account)
        self._visits = _visits_near([day for d in drafts if d.kind in EVENTS and (day := _day(d))], account)

    def of(self, draft: Draft) -> list[str]:
        """Every doubt about a draft, and that it is not sure enough; empty when it may be confirmed unread."""
        found = self.about(draft)
        if (draft.confidence or 0) < SURE:
            found.append(_("把握 %(c)s%%，不到 %(sure)s%%。") % {"c": draft.confidence or 0, "sure": SURE})
        return found

    def about(self, draft: Draft) -> list[str]:
        """Every doubt but that of low confidence."""
        found = [name.why for name in self.book.unmatched(draft)]
        if draft.kind == DraftKind.PERSON:
            found += self._posts(draft)
        if draft.kind in EVENTS:
            found += [*self._days(draft), *self._unit(draft), *self._already(draft)]
        return list(dict.fromkeys(found))

    def _posts(self, draft: Draft) -> list[str]:
        """Posts that the register does not know of this person."""
        person = next(iter(self.book.persons(draft, "name")), None)
        return [
            _("名册里没有这个职务：%(post)s。") % {"post": post}
            for post in draft_values(draft, "posts")
            if person is not None and not held(person, post)
        ]

    def _days(self, draft: Draft) -> list[str]:
        written = draft_value(draft, "date_start")
        if not written:
            return [_("报道里没有写明日期。")]
        day = _day(draft)
        if day is None:
            return [_("日期“%(value)s”不完整。") % {"value": written}]
        found = []
        if cell := draft.fields["date_start"].get("without_year"):
            found.append(_("报道只写“%(written)s”，没有年份，按最近的一次推算。") % {"written": cell})
        published = draft.article.published_on
        if published and far(day, published):
            found.append(
                _("日期 %(day)s 与刊发日期 %(published)s 对不上。")
                % {"day": day.isoformat(), "published": published.isoformat()}
            )
        if day > self.today:
            found.append(_("日期 %(day)s 还没有到。") % {"day": day.isoformat()})
        return found

    def _unit(self, draft: Draft) -> list[str]:
        written = draft_value(draft, "unit")
        found = self.book.areas_named(draft) if written else []
        if not written or len(found) == 1:
            return []
        if found:
            return [_("有多个地区叫“%(name)s”。") % {"name": written}]
        return [_("没有找到地区“%(name)s”。") % {"name": written}]

    def _already(self, draft: Draft) -> list[str]:
        """An entry of the same day with the same leader, a same firm or the same title."""
        day, lead = _day(draft), next(iter(self.book.persons(draft, "lead")), None)
        firms = {firm.pk for firm in self.book.firms(draft, "enterprises")}
        title = draft_value(draft, "title")
        for visit in self._visits:
            if day is None or not visit.starts_on <= day <= visit.ends_on:
                continue
            same_firm = firms & {stop.enterprise_id for stop in visit.stops.all()}
            same_lead = lead is not None and visit.lead_id == lead.pk
            if same_firm or same_lead or visit.title == title:
                return [_("台账里当天已有“%(visit)s”，可能是同一件事。") % {"visit": visit.title}]
        return []


def held(person: Person, post: str) -> bool:
    """Whether the person holds a printed post by the register."""
    current = [tenure for tenure in person.tenures.all() if tenure.until is None]
    return any(holds(post, tenure.post.title) for tenure in current)


def _day(draft: Draft) -> date | None:
    written = draft_value(draft, "date_start")
    try:
        return None if UNKNOWN in written else date.fromisoformat(written)
    except ValueError:
        return None


def _visits_near(days: list[date], account: Account) -> list[Visit]:
    """The entries of the days some drafts tell of, in the areas the account reads."""
    if not days:
        return []
    rows = Visit.objects.filter(
        within(account.reads_area),
        starts_on__lte=max(days),
        ends_on__gte=min(days) - timedelta(days=1),
    ).exclude(state=VisitState.CANCELLED)
    return list(rows.prefetch_related("stops"))
