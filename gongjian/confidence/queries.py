"""Reads of surveys: which a firm may answer, how many did, and the results once they may be told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from gongjian.confidence.models import ConfidenceSurvey
from gongjian.confidence.rules import FEWEST, Index, index_of, told
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.states import EnterpriseStatus
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight, within

ALL, COUNTY, SECTOR = "all", "area", "sector"
COUNTY_DEPTH = 2


def surveys_visible_to(account: Account) -> QuerySet[ConfidenceSurvey]:
    """The surveys of the areas an account reads."""
    return ConfidenceSurvey.objects.filter(sight(account)).select_related("area", "box")


def asked_firms(area: Area) -> QuerySet[Enterprise]:
    """The firms a survey of an area asks: those at work that can sign in."""
    firms = Enterprise.objects.filter(within(area), status=EnterpriseStatus.ACTIVE, accounts__isnull=False)
    return firms.select_related("area").distinct()


def groups_of(firm: Enterprise) -> list[str]:
    """The groups a firm is counted in: all, its county, its trade. They are never crossed."""
    county = firm.area.path[: COUNTY_DEPTH * Area.steplen]
    return [ALL, f"{COUNTY}:{county}", *([f"{SECTOR}:{firm.industry}"] if firm.industry else [])]


def counted_by_group(firms: Iterable[Enterprise]) -> dict[str, int]:
    """How many firms each group has; groups too small to be told are not counted apart at all."""
    sizes: dict[str, int] = defaultdict(int)
    for firm in firms:
        for group in groups_of(firm):
            sizes[group] += 1
    return {group: size for group, size in sorted(sizes.items()) if group == ALL or size >= FEWEST}


def mark_of(survey: ConfidenceSurvey, firm: Enterprise) -> str:
    """The mark a firm leaves; without the key of the instance, which is not in the database, nobody can tell whose it is."""
    return salted_hmac(
        "gongjian.confidence", f"{survey.pk}:{firm.pk}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()


def has_answered(survey: ConfidenceSurvey, firm: Enterprise) -> bool:
    """Whether a firm has answered a survey; asked for the firm itself only."""
    return mark_of(survey, firm) in survey.box.marks


def open_survey_for(firm: Enterprise, *, today: date) -> ConfidenceSurvey | None:
    """The survey a firm can answer on a day: the one that closes first; None where there is none."""
    paths = [firm.area.path[:end] for end in range(Area.steplen, len(firm.area.path) + 1, Area.steplen)]
    rows = ConfidenceSurvey.objects.filter(area__path__in=paths, opens_on__lte=today, closes_on__gte=today)
    return rows.select_related("box", "area").order_by("closes_on", "pk").first()


@dataclass(frozen=True)
class GroupLine:
    """A county or trade in the results; `index` is None where too few answered."""

    name: str
    index: Index | None


@dataclass(frozen=True)
class Results:
    """What may be told of a survey: always how many answered, the rest once it is closed and enough did."""

    answered: int
    asked: int
    closed: bool
    index: Index | None
    counties: list[GroupLine]
    sectors: list[GroupLine]


def results_of(survey: ConfidenceSurvey, *, today: date) -> Results:
    """The results of a survey, by county and trade where enough answered; nothing but the count while it runs."""
    answered, asked = len(survey.box.marks), survey.asked.get(ALL, 0)
    closed = survey.closes_on < today
    if not closed or answered < FEWEST:
        return Results(answered, asked, closed, None, [], [])
    counties = _lines(survey, COUNTY, answered)
    names = dict(
        Area.objects.filter(path__in=[line.name for line in counties]).values_list("path", "short_name")
    )
    named = [GroupLine(names.get(line.name, line.name), line.index) for line in counties]
    overall = index_of(survey.box.counts.get(ALL, {}), asked=asked)
    return Results(answered, asked, closed, overall, named, _lines(survey, SECTOR, answered))


def _lines(survey: ConfidenceSurvey, division: str, total: int) -> list[GroupLine]:
    names = [group.partition(":")[2] for group in survey.asked if group.startswith(f"{division}:")]
    counts = {name: survey.box.counts.get(f"{division}:{name}", {}) for name in names}
    kept = told({name: sum(each.values()) for name, each in counts.items()}, total)
    return [
        GroupLine(
            name, index_of(counts[name], asked=survey.asked[f"{division}:{name}"]) if name in kept else None
        )
        for name in names
    ]
