"""Reads of commendations: which an account sees, the evidence of each line, the honours register."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure
from gongjian.people.models import Account, Unit
from gongjian.people.queries import within
from gongjian.standings import perms
from gongjian.standings.models import Commendation, CommendationLine, Objection, Publication
from gongjian.standings.queries import compared_areas, lies_above_or_in
from gongjian.standings.states import CommendationState

OFFERED = 12  # published standings offered as evidence
MOST_FIGURES = 600  # figures offered as evidence


def commendations_visible_to(account: Account) -> QuerySet[Commendation]:
    """The lists of an account's area, those above it and in it; drafts and dropped ones only within what it reads."""
    shown = Q(state__in=(CommendationState.OPEN, CommendationState.CONFIRMED))
    rows = Commendation.objects.filter(lies_above_or_in(account))
    rows = rows.filter(shown | within(account.reads_area))
    return rows.select_related("area", "written_by", "confirmed_by")


def lines_visible_to(account: Account) -> QuerySet[CommendationLine]:
    """The lines of those lists."""
    rows = CommendationLine.objects.filter(commendation__in=commendations_visible_to(account))
    return rows.select_related("commendation__area", "area", "unit")


def objections_visible_to(account: Account) -> QuerySet[Objection]:
    """The objections to those lines."""
    return Objection.objects.filter(line__commendation__in=commendations_visible_to(account))


def honours(account: Account) -> QuerySet[CommendationLine]:
    """The honours register (荣誉台账): every line of a confirmed list, the latest first."""
    rows = lines_visible_to(account).filter(number__isnull=False)
    return rows.order_by("-commendation__confirmed_at", "number")


@dataclass(frozen=True)
class Evidence:
    """What stands behind a line: a place that was published, a figure; whether the figure was corrected since."""

    line: CommendationLine
    place: int | None
    figure: Figure | None
    corrected: bool
    objections: list[Objection]


def evidence_of(row: Commendation) -> list[Evidence]:
    """Each line of a list with its evidence and its objections."""
    made = Prefetch("objections", Objection.objects.select_related("made_by", "answered_by"))
    lines = row.lines.select_related(
        "area", "unit__area", "publication__version__scheme", "figure__indicator", "figure__area"
    ).prefetch_related(made)
    return [_evidence(line) for line in lines]


def _evidence(line: CommendationLine) -> Evidence:
    area = line.area_id or (line.unit.area_id if line.unit else None)
    rows = line.publication.rows if line.publication else []
    place = next((each["place"] for each in rows if each["area"] == area), None)
    figure = line.figure
    corrected = figure is not None and figure.superseded_at is not None
    return Evidence(line, place, figure, corrected, list(line.objections.all()))


def publications_offered(row: Commendation) -> QuerySet[Publication]:
    """The last published standings of the list's area, the latest first, as evidence."""
    found = Publication.objects.filter(version__scheme__area=row.area).order_by("-month", "-pk")
    keys = list(found.values_list("pk", flat=True)[:OFFERED])
    return Publication.objects.filter(pk__in=keys).select_related("version__scheme").order_by("-month", "-pk")


def figures_offered(row: Commendation, *, today: date) -> QuerySet[Figure]:
    """Figures of the last months of the areas compared there, as evidence; the newest, as many as a list can show."""
    since = add_months(today.replace(day=1), -2)
    found = Figure.objects.filter(
        area__in=compared_areas(row.area), superseded_at__isnull=True, month__gte=since
    )
    keys = list(found.order_by("-month", "-pk").values_list("pk", flat=True)[:MOST_FIGURES])
    rows = Figure.objects.filter(pk__in=keys).select_related("indicator", "area")
    return rows.order_by("area__path", "indicator__order", "-month")


def units_offered(row: Commendation) -> QuerySet[Unit]:
    """The units of the list's area that are at work."""
    return Unit.objects.filter(within(row.area), disabled_on__isnull=True)


def may_object(row: Commendation, *, today: date) -> bool:
    """Whether objections are taken on a day."""
    return perms.can_object(row, today=today)
