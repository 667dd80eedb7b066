"""Rounds of the confidence survey: two that are closed, and one that runs, which the firm of the demo has not answered yet."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from gongjian.engines.workdays.calendar import add_months
from gongjian.enterprises.models import EnterpriseAccount
from gongjian.indicators import services as indicators
from gongjian.indicators.confidence.groups import firms_asked
from gongjian.indicators.confidence.rules import ANSWERS, first_day
from gongjian.invented_city.world import SEED, World

QUARTER = 3  # months
# What of a hundred firms say good, the same, bad: now, and of what they expect. The oldest round first.
MOODS = (((30, 48, 22), (34, 46, 20)), ((33, 47, 20), (41, 42, 17)), ((36, 45, 19), (43, 41, 16)))
ANSWERED = (0.44, 0.52, 0.2)  # of the firms asked
DAYS = 20  # a round is open
OWN_TONE = 12  # so many of a hundred more, or fewer, of a sector say good


def build(world: World) -> None:
    """Open and close a round for each of the last two quarters, open the one that runs."""
    dice = Random(SEED + 12)
    running = first_day(world.at.date())
    firms = list(firms_asked(world.city).select_related("area").order_by("pk"))
    opened_for = set(EnterpriseAccount.objects.values_list("enterprise", flat=True))
    tone = {name: dice.randint(-OWN_TONE, OWN_TONE) for name in sorted({firm.industry for firm in firms})}
    without = [firm for firm in firms if firm.pk not in opened_for]
    for back, moods, share in zip((2, 1, 0), MOODS, ANSWERED, strict=True):
        quarter = add_months(running, -QUARTER * back)
        opened = min(_noon(add_months(quarter, QUARTER) - timedelta(days=DAYS)), world.at)
        until = opened.date() + timedelta(days=DAYS - 1)
        survey = indicators.open_survey(quarter=quarter, until=until, by=world.clerk, at=opened)
        chosen = firms if back else without
        said = [
            (firm, _said(dice, moods[0], tone[firm.industry]), _said(dice, moods[1], tone[firm.industry]))
            for firm in dice.sample(chosen, k=min(len(chosen), round(len(firms) * share)))
        ]
        indicators.take_answers(survey, said, at=opened)
        if back:
            indicators.close_survey(survey, by=world.clerk, at=min(opened + timedelta(days=DAYS), world.at))


def _said(dice: Random, mood: tuple[int, int, int], tone: int) -> int:
    good, same, bad = mood
    return dice.choices(ANSWERS, weights=(good + tone, same, max(1, bad - tone)))[0]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
