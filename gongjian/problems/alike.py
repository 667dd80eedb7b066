"""Reading common problems: groups proposed from the open ledger, hints for a new text, members and effect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongjian.assignments.states import ENDED
from gongjian.people.models import Account
from gongjian.people.queries import EVERYWHERE, within
from gongjian.problems.grouping.clusters import cluster
from gongjian.problems.grouping.likeness import Likeness
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.queries import visible_to
from gongjian.problems.states import Category, CommonState

LEAST_MEMBERS, LEAST_FIRMS = 3, 2
HINT, HINTS = 0.3, 5
DAYS = 180  # how far back proposals look
MONTH = 30

_index = Likeness()
_turn = Lock()


@dataclass(frozen=True)
class Proposal:
    """Problems of several firms that read alike and belong to no common problem yet; `key` is the earliest of them."""

    key: int
    text: str
    members: tuple[int, ...]
    firms: int
    towns: int
    loose: int
    category: str

    @property
    def category_label(self) -> str:
        """Its category in words."""
        return str(Category(self.category).label)


@dataclass(frozen=True)
class Effect:
    """New problems of the same kind in a month before and after the measure landed; None while too early to say."""

    before: float
    after: float | None
    since: int


def _brought_up(rows: Sequence[tuple[int, str]]) -> Likeness:
    """The index of this process with these problems in it; a corrected text means starting over."""
    global _index  # noqa: PLW0603  one index a process, grown as problems come
    with _turn:
        if any(_index.text(key) not in (None, text) for key, text in rows):
            _index = Likeness()
        _index.add([(key, text) for key, text in rows if _index.text(key) is None])
        _index.matrix()
        return _index


def _candidates(account: Account, today: date) -> QuerySet[Problem]:
    """Open problems the account sees, not in a common problem, of the last half year."""
    return (
        visible_to(account)
        .filter(common__isnull=True, answered_on__isnull=True, recorded_at__date__gte=today - timedelta(DAYS))
        .exclude(assignment__state__in=ENDED)
        .order_by("pk")
    )


def proposals(account: Account, *, today: date) -> list[Proposal]:
    """Groups worth a look, those of most firms first: two queries and a second for thousands of problems."""
    rows = list(
        _candidates(account, today).values_list(
            "pk", "text", "enterprise", "enterprise__area", "category", "assignment"
        )
    )
    index = _brought_up([(row[0], row[1]) for row in rows])
    at = {key: n for n, key in enumerate(index.keys)}
    found = []
    for group in cluster(index.matrix()[[at[row[0]] for row in rows]]):
        if len(group) < LEAST_MEMBERS:
            break
        members = [rows[n] for n in group]
        firms = len({row[2] for row in members})
        if firms >= LEAST_FIRMS:
            found.append(
                Proposal(
                    key=min(row[0] for row in members),
                    text=Counter(row[1] for row in members).most_common(1)[0][0],
                    members=tuple(row[0] for row in members),
                    firms=firms,
                    towns=len({row[3] for row in members}),
                    loose=sum(row[5] is None for row in members),
                    category=Counter(row[4] for row in members).most_common(1)[0][0],
                )
            )
    return sorted(found, key=lambda one: (-one.firms, one.key))


def proposal(account: Account, key: int, *, today: date) -> Proposal | None:
    """The group a problem would be in now."""
    return next((one for one in proposals(account, today=today) if key in one.members), None)


def hints(account: Account, text: str, *, today: date, but: int = 0) -> list[Problem]:
    """Problems that may be the same as a text (可能与…相同): open ones, and those of a common problem in force."""
    if not text.strip():
        return []
    rows = (
        visible_to(account)
        .filter(recorded_at__date__gte=today - timedelta(DAYS))
        .filter(Q(common__isnull=True, answered_on__isnull=True) | Q(common__state__in=IN_FORCE))
        .exclude(Q(assignment__state__in=ENDED) & Q(common__isnull=True))
    )
    index = _brought_up(list(rows.order_by("pk").values_list("pk", "text")))
    near = [key for key, _alike in index.nearest(text, least=HINT, most=HINTS * 8) if key != but]
    found = rows.select_related("enterprise", "common", "assignment").in_bulk(near)
    return [found[key] for key in near if key in found][:HINTS]


IN_FORCE = (CommonState.CONFIRMED, CommonState.MEASURE, CommonState.LANDED)


def commons(account: Account) -> QuerySet[CommonProblem]:
    """Common problems an account sees, with the numbers of members, firms and towns."""
    seen = visible_to(account).filter(common__isnull=False).order_by().values("common")
    rows = CommonProblem.objects.select_related("area", "assignment__lead_unit")
    rows = rows.filter(
        Q(pk__in=seen) | within(account.reads_area) if account.role in EVERYWHERE else Q(pk__in=seen)
    )
    return rows.annotate(
        size=Count("members", distinct=True),
        firms=Count("members__enterprise", distinct=True),
        towns=Count("members__enterprise__area", distinct=True),
    )


def effect(common: CommonProblem, *, today: date) -> Effect | None:
    """Members recorded in the half year before the measure landed and since, as a number a month."""
    if common.landed_on is None:
        return None
    days = [
        timezone.localdate(moment)
        for moment in common.members.order_by().values_list("recorded_at", flat=True)
    ]
    before = [day for day in days if day <= common.landed_on]
    passed = (today - common.landed_on).days
    lasted = max(MONTH, (common.landed_on - min(before)).days) if before else MONTH
    since = len(days) - len(before)
    return Effect(len(before) * MONTH / lasted, since * MONTH / passed if passed >= MONTH else None, since)
