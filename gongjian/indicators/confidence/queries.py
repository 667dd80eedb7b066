"""Reads of the confidence survey: the round that runs, whether a firm has answered, results with their change."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from gongjian.enterprises.models import Enterprise
from gongjian.indicators.confidence.groups import firms_asked
from gongjian.indicators.confidence.sealing import seal_firm
from gongjian.indicators.models import ConfidenceResult, ConfidenceSurvey, SealedAnswerer
from gongjian.indicators.states import GroupKind
from gongjian.people.models import Account


@dataclass(frozen=True)
class ResultLine:
    """One group of one round, with the same group a round before."""

    row: ConfidenceResult
    before: ConfidenceResult | None = None

    @property
    def change(self) -> Decimal | None:
        """The index less the one of the round before; None where there is none."""
        return self.row.index - self.before.index if self.before else None

    @property
    def change_is_sure(self) -> bool:
        """Whether the change is more than the two intervals let chance explain."""
        if self.before is None:
            return False
        halves = [(row.high - row.low) / 2 for row in (self.before, self.row)]
        return (self.row.index - self.before.index) ** 2 > sum(half**2 for half in halves)


@dataclass(frozen=True)
class Round:
    """One round: the survey and its results; without results where it runs or too few answered."""

    survey: ConfidenceSurvey
    lines: tuple[ResultLine, ...] = ()

    @property
    def whole(self) -> ResultLine | None:
        """The result of all firms."""
        return next((line for line in self.lines if line.row.kind == GroupKind.ALL), None)

    def of(self, kind: GroupKind) -> list[ResultLine]:
        """The groups of a kind, the least confident first; those told only together at the end."""
        found = [line for line in self.lines if line.row.kind == kind]
        return sorted(found, key=lambda line: (not line.row.name, line.row.index, line.row.name))


def rounds(account: Account) -> list[Round]:
    """The rounds of the city, newest first, each with its results and the change since the one before."""
    area = account.reads_area
    surveys = (
        list(ConfidenceSurvey.objects.filter(area__depth=1).select_related("opened_by", "area"))
        if area
        else []
    )
    rows: dict[int, list[ConfidenceResult]] = {}
    for row in ConfidenceResult.objects.filter(survey__in=surveys):
        rows.setdefault(row.survey_id, []).append(row)
    found: list[Round] = []
    earlier: dict[tuple[str, str], ConfidenceResult] = {}
    for survey in reversed(surveys):
        own = {(row.kind, row.name): row for row in rows.get(survey.pk, ())}
        lines = (ResultLine(row, _compared(earlier, group)) for group, row in own.items())
        found.append(Round(survey, tuple(lines)))
        earlier = own or earlier
    return found[::-1]


def _compared(
    earlier: dict[tuple[str, str], ConfidenceResult], group: tuple[str, str]
) -> ConfidenceResult | None:
    """The same group a round before; those told only together are other firms each time."""
    kind, name = group
    return earlier.get(group) if name or kind == GroupKind.ALL else None


def answered_so_far(survey: ConfidenceSurvey) -> int:
    """How many firms have answered a round that runs."""
    return SealedAnswerer.objects.filter(survey=survey).count()


@dataclass(frozen=True)
class Invitation:
    """What a firm is asked now, and whether it has answered."""

    survey: ConfidenceSurvey
    firm: Enterprise
    answered: bool


def invitation_of(account: Account) -> Invitation | None:
    """The round that asks the firm of this account; None where none does."""
    firm = Enterprise.objects.filter(accounts__account=account).select_related("area").first()
    survey = next((one for one in _open_rounds() if firm and firm.area.path.startswith(one.area.path)), None)
    if firm is None or survey is None or not firms_asked(survey.area).filter(pk=firm.pk).exists():
        return None
    mark = seal_firm(survey, firm.pk)
    return Invitation(survey, firm, SealedAnswerer.objects.filter(survey=survey, mark=mark).exists())


def _open_rounds() -> QuerySet[ConfidenceSurvey]:
    return ConfidenceSurvey.objects.filter(closed_at=None).select_related("area")
