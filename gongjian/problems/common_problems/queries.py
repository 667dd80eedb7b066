"""Reads for common problems: proposed groups, possible matches of a new text, the effect of a measure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongjian.assignments.states import ENDED
from gongjian.engines.likeness.clusters import cluster
from gongjian.engines.likeness.related_groups import GroupProfiles, GroupText
from gongjian.engines.likeness.shared_words import count_pairs, pairs_of_both, shared_pairs, shared_words
from gongjian.engines.likeness.similarity import SimilarityIndex
from gongjian.people.models import Account
from gongjian.people.queries import EVERYWHERE, within
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.queries import visible_to
from gongjian.problems.states import Category, CommonState
from gongjian.problems.suggested_units import model_file
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import read_lines

LEAST_MEMBERS, LEAST_FIRMS = 3, 2  # of a group that is proposed
LEAST_LIKENESS, MOST_MATCHES = 0.3, 5  # of possible matches of a text
DAYS_BACK = 180  # how far back proposals look
DAYS_IN_MONTH = 30

_index = SimilarityIndex()
_index_lock = Lock()


@dataclass(frozen=True)
class GroupProposal:
    """Problems of several firms that read alike and belong to no common problem yet.

    `key` is that of the earliest.
    """

    key: int
    text: str
    members: tuple[int, ...]
    firms: int
    towns: int
    not_handed_over: int
    category: str

    @property
    def category_label(self) -> str:
        """The category of the problems in words."""
        return str(Category(self.category).label)


@dataclass(frozen=True)
class RelatedGroup:
    """A group worded differently that may be the same matter, with the unit and the words both suggest."""

    members: tuple[int, ...]
    firms: int
    unit: str
    pieces: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class ProposalDetail:
    """One proposal, the words its problems share, and the groups that may belong to it."""

    proposal: GroupProposal
    pieces: frozenset[str]
    words: tuple[str, ...]
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True)
class Effect:
    """New problems of the kind per month, before and after the measure landed.

    `after` is None while it is too early to say.
    """

    before: float
    after: float | None
    since: int


def _updated_index(rows: Sequence[tuple[int, str]]) -> SimilarityIndex:
    """This process's index with these problems added. A corrected text means building it anew."""
    global _index  # noqa: PLW0603  one index a process, grown as problems come
    with _index_lock:
        if any(_index.text(key) not in (None, text) for key, text in rows):
            _index = SimilarityIndex()
        _index.add([(key, text) for key, text in rows if _index.text(key) is None])
        _index.matrix()
        return _index


def _candidates(account: Account, today: date) -> QuerySet[Problem]:
    """Open problems of the last half year that the account sees and that are in no common problem."""
    first_day = today - timedelta(DAYS_BACK)
    return (
        visible_to(account)
        .filter(common__isnull=True, answered_on__isnull=True, recorded_at__date__gte=first_day)
        .exclude(assignment__state__in=ENDED)
        .order_by("pk")
    )


class ProblemFacts(NamedTuple):
    """What grouping needs to know of a problem; related records by key."""

    key: int
    text: str
    firm: int
    area: int
    category: str
    assignment: int | None


def _groups(account: Account, today: date) -> list[list[ProblemFacts]]:
    """The open problems an account sees, grouped by likeness, the largest group first."""
    columns = ("pk", "text", "enterprise", "enterprise__area", "category", "assignment")
    problems = [ProblemFacts(*row) for row in _candidates(account, today).values_list(*columns)]
    index = _updated_index([(problem.key, problem.text) for problem in problems])
    row_of = {key: n for n, key in enumerate(index.keys)}
    groups = cluster(index.matrix()[[row_of[problem.key] for problem in problems]])
    return [[problems[n] for n in group] for group in groups]


def _is_worth_proposing(members: Sequence[ProblemFacts]) -> bool:
    return len(members) >= LEAST_MEMBERS and len({member.firm for member in members}) >= LEAST_FIRMS


def _proposal(members: Sequence[ProblemFacts]) -> GroupProposal:
    return GroupProposal(
        key=min(member.key for member in members),
        text=Counter(member.text for member in members).most_common(1)[0][0],
        members=tuple(member.key for member in members),
        firms=len({member.firm for member in members}),
        towns=len({member.area for member in members}),
        not_handed_over=sum(member.assignment is None for member in members),
        category=_likeliest_category(members),
    )


def _likeliest_category(members: Sequence[ProblemFacts]) -> str:
    """The category most members are filed under; to be filed only where all are."""
    filed = [member.category for member in members if member.category != Category.UNFILED]
    return Counter(filed).most_common(1)[0][0] if filed else str(Category.UNFILED)


def proposals(account: Account, *, today: date) -> list[GroupProposal]:
    """Groups worth proposing, those with most firms first. Takes about a second for thousands of problems."""
    worthwhile = [_proposal(group) for group in _groups(account, today) if _is_worth_proposing(group)]
    return sorted(worthwhile, key=lambda proposal: (-proposal.firms, proposal.key))


def proposal_detail(account: Account, key: int, *, today: date) -> ProposalDetail | None:
    """The proposal that holds the problem with this key today; None when no proposal does."""
    groups = _groups(account, today)
    n = next(
        (
            n
            for n, group in enumerate(groups)
            if _is_worth_proposing(group) and key in {problem.key for problem in group}
        ),
        None,
    )
    if n is None:
        return None
    texts = [[problem.text for problem in group] for group in groups]
    count = sum(len(group) for group in texts)
    among = count_pairs([text for group in texts for text in group])
    pieces = shared_pairs(texts[n], among=among, count=count)
    related = []
    for other, unit in _related_groups(groups, n):
        members = tuple(problem.key for problem in groups[other])
        firms = len({problem.firm for problem in groups[other]})
        both = pairs_of_both(texts[n], texts[other], among=among, count=count)
        related.append(
            RelatedGroup(members, firms, unit, both, shared_words([*texts[n], *texts[other]], both))
        )
    return ProposalDetail(_proposal(groups[n]), pieces, shared_words(texts[n], pieces), tuple(related))


def _related_groups(groups: Sequence[Sequence[ProblemFacts]], n: int) -> list[tuple[int, str]]:
    """Numbers of the groups that may say the same as the n-th in other words, each with the unit both sound like.

    Empty while no model has been trained.
    """
    model = model_file.load()
    if model is None:
        return []
    texts = [
        [
            GroupText(problem.text, with_category(problem.text, problem.category), problem.category)
            for problem in group
        ]
        for group in groups
    ]
    profiles = GroupProfiles(texts, model.classifier)
    unit = read_lines().units.get(profiles.likeliest_line(n))
    return [(other, str(unit) if unit else "") for other in profiles.related_to(n)]


def possible_matches(account: Account, text: str, *, today: date, exclude: int = 0) -> list[Problem]:
    """Problems that may be the same as a text (可能与…相同): open ones, and those of a common problem in force.

    `exclude` is the key of a problem that is left out: the one whose text it is.
    """
    if not text.strip():
        return []
    rows = (
        visible_to(account)
        .filter(recorded_at__date__gte=today - timedelta(DAYS_BACK))
        .filter(Q(common__isnull=True, answered_on__isnull=True) | Q(common__state__in=IN_FORCE))
        .exclude(Q(assignment__state__in=ENDED) & Q(common__isnull=True))
    )
    index = _updated_index(list(rows.order_by("pk").values_list("pk", "text")))
    nearest = index.nearest(text, least=LEAST_LIKENESS, most=MOST_MATCHES * 8)
    keys = [key for key, _likeness in nearest if key != exclude]
    problems = rows.select_related("enterprise", "common", "assignment").in_bulk(keys)
    return [problems[key] for key in keys if key in problems][:MOST_MATCHES]


IN_FORCE = (CommonState.CONFIRMED, CommonState.MEASURE, CommonState.LANDED)


def common_problems(account: Account) -> QuerySet[CommonProblem]:
    """Common problems an account sees, each with its number of member problems (`size`), firms and towns."""
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
    """How many members a month were recorded before the measure landed and since.

    None before it has landed.
    """
    if common.landed_on is None:
        return None
    days = [
        timezone.localdate(moment)
        for moment in Problem.objects.filter(Q(common=common) | Q(split_from=common))
        .order_by()
        .values_list("recorded_at", flat=True)
    ]
    before = [day for day in days if day <= common.landed_on]
    days_since = (today - common.landed_on).days
    days_before = max(DAYS_IN_MONTH, (common.landed_on - min(before)).days) if before else DAYS_IN_MONTH
    since = len(days) - len(before)
    after = since * DAYS_IN_MONTH / days_since if days_since >= DAYS_IN_MONTH else None
    return Effect(len(before) * DAYS_IN_MONTH / days_before, after, since)
