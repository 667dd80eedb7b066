"""The office's regime, and work waiting: a press report with drafts, the brief of last week, a proposed change of a regime."""

from datetime import date, timedelta

from django.utils import translation

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Regime
from gongjian.assignments.regimes.services import propose_regime, text_of
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.editing.services import sign_bulletin
from gongjian.intake import services as intake
from gongjian.invented_city.language import CHINESE, LANGUAGES
from gongjian.invented_city.world import HERE, World
from gongjian.people.models import Account
from gongjian.people.states import Role


def take_up_regime(world: World) -> None:
    """The one regime the office goes by, taken up from the library under its own name."""
    facts = world.data["regime"]
    world.regime = assignments.take_up_regime(
        Regime.objects.get(code=facts["like"]),
        name=world.say(facts["name"]),
        document=world.say(facts["document"]),
        by=None,
        at=world.start(),
    )


def build(world: World) -> None:
    """Take in a report of yesterday, issue the brief of last week, and propose a change of a regime."""
    if world.language == CHINESE:  # press reports are read in Chinese only
        _report(world)
    _brief(world)
    _proposal(world)


def _day_in_words(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _report(world: World) -> None:
    yesterday = world.at.date() - timedelta(days=1)
    before = yesterday - timedelta(days=1)
    (county, second), firm = world.counties[:2], world.firms[0]
    text = (HERE / "report.txt").read_text(encoding="utf-8")
    names = {
        "secretary": world.leaders[world.city.pk][0],
        "mayor": world.leaders[world.city.pk][1],
        "county_secretary": world.leaders[county.pk][0],
        "second_mayor": world.leaders[second.pk][1],
    }
    facts = {name: str(person) for name, person in names.items()}
    facts |= {"county": county.name, "second": second.name, "firm": firm.name}
    intake.take_in(
        text=text.format(day=_day_in_words(yesterday), before=_day_in_words(before), **facts),
        source="安川日报",
        published_on=world.at.date(),
        area=world.city,
        by=world.clerk,
        at=world.at - timedelta(minutes=50),
    )


def _brief(world: World) -> None:
    sunday = world.at.date() - timedelta(days=world.at.isoweekday())
    with translation.override(LANGUAGES[world.language]):
        brief = bulletins.make_brief(
            area=world.city,
            first=sunday - timedelta(days=6),
            last=sunday,
            by=world.clerk,
            at=world.at - timedelta(minutes=40),
        )
    leader = Account.objects.filter(role=Role.LEADER, reads_area=world.city).order_by("pk").first()
    if leader is not None:
        sign_bulletin(brief, by=leader, at=world.at - timedelta(minutes=35))
        bulletins.issue_bulletin(brief, by=world.clerk, at=world.at - timedelta(minutes=30))


def _proposal(world: World) -> None:
    """Propose a regime with five working days instead of seven, which is not adopted."""
    regime = world.regime
    propose_regime(
        text_of(regime).replace("amount = 7", "amount = 5"),
        regime=regime,
        by=world.clerk,
        at=world.at - timedelta(minutes=20),
    )
