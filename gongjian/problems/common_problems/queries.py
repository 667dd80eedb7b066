"""Reading common problems: groups proposed from the open ledger, hints for a new text, members and effect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongjian.assignments.states import ENDED
from gongjian.engines.likeness.clusters import cluster
from gongjian.engines.likeness.related_groups import Middles, Told
from gongjian.engines.likeness.shared_words import common_to, met, shared, words
from gongjian.engines.likeness.similarity import Likeness
from gongjian.people.models import Account
from gongjian.people.queries import EVERYWHERE, within
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.queries import visible_to
from gongjian.problems.states import Category, CommonState
from gongjian.problems.suggested_units import model_file
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import read_lines

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
class Beside:
    """Problems put in other words that may be the same matter: the unit both sound like, the words both use."""

    members: tuple[int, ...]
    firms: int
    unit: str
    pieces: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """One proposal with why its problems stand together, and what may belong to it."""

    proposal: Proposal
    pieces: frozenset[str]
    words: tuple[str, ...]
    beside: tuple[Beside, ...]


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


Row = tuple[int, str, int, int, str, int | None]  # key, text, firm, area, category, assignment


def _groups(account: Account, today: date) -> list[list[Row]]:
    """The open problems of an account by likeness, the largest group first."""
    rows: list[Row] = list(
        _candidates(account, today).values_list(
            "pk", "text", "enterprise", "enterprise__area", "category", "assignment"
        )
    )
    index = _brought_up([(row[0], row[1]) for row in rows])
    at = {key: n for n, key in enumerate(index.keys)}
    return [[rows[n] for n in group] for group in cluster(index.matrix()[[at[row[0]] for row in rows]])]


def _worth(members: Sequence[Row]) -> bool:
    return len(members) >= LEAST_MEMBERS and len({row[2] for row in members}) >= LEAST_FIRMS


def _proposal(members: Sequence[Row]) -> Proposal:
    return Proposal(
        key=min(row[0] for row in members),
        text=Counter(row[1] for row in members).most_common(1)[0][0],
        members=tuple(row[0] for row in members),
        firms=len({row[2] for row in members}),
        towns=len({row[3] for row in members}),
        loose=sum(row[5] is None for row in members),
        category=Counter(row[4] for row in members).most_common(1)[0][0],
    )


def proposals(account: Account, *, today: date) -> list[Proposal]:
    """Groups worth a look, those of most firms first: two queries and a second for thousands of problems."""
    found = [_proposal(members) for members in _groups(account, today) if _worth(members)]
    return sorted(found, key=lambda one: (-one.firms, one.key))


def look(account: Account, key: int, *, today: date) -> Look | None:
    """The group a problem would be in now, the words its problems share, and groups that may be the same matter."""
    groups = _groups(account, today)
    n = next((n for n, rows in enumerate(groups) if _worth(rows) and key in {row[0] for row in rows}), None)
    if n is None:
        return None
    texts = [[row[1] for row in rows] for rows in groups]
    count = sum(len(rows) for rows in texts)
    among = met([text for rows in texts for text in rows])
    mine = shared(texts[n], among=among, count=count)
    beside = []
    for at, unit in _beside(groups, n):
        both = common_to(texts[n], texts[at], among=among, count=count)
        members, firms = tuple(row[0] for row in groups[at]), len({row[2] for row in groups[at]})
        beside.append(Beside(members, firms, unit, both, words([*texts[n], *texts[at]], both)))
    return Look(_proposal(groups[n]), mine, words(texts[n], mine), tuple(beside))


def _beside(groups: Sequence[Sequence[Row]], n: int) -> list[tuple[int, str]]:
    """Groups that may be the n-th in other words, with the unit both sound like; none before anything was learnt."""
    model = model_file.load()
    if model is None:
        return []
    told = [[Told(row[1], with_category(row[1], row[4]), row[4]) for row in rows] for rows in groups]
    middles, lines = Middles(told, model.classifier), read_lines()
    unit = lines.units.get(middles.unit(n))
    return [(at, str(unit) if unit else "") for at in middles.beside(n)]


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
        for moment in Problem.objects.filter(Q(common=common) | Q(split_from=common))
        .order_by()
        .values_list("recorded_at", flat=True)
    ]
    before = [day for day in days if day <= common.landed_on]
    passed = (today - common.landed_on).days
    lasted = max(MONTH, (common.landed_on - min(before)).days) if before else MONTH
    since = len(days) - len(before)
    return Effect(len(before) * MONTH / lasted, since * MONTH / passed if passed >= MONTH else None, since)
