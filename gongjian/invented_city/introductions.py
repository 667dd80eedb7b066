"""Introductions in the invented city: neighbouring firms introduced to each other, with the results."""

from datetime import timedelta
from decimal import Decimal

from gongjian.assignments import services as assignments
from gongjian.assignments.states import Outcome
from gongjian.invented_city.world import World
from gongjian.markets import queries
from gongjian.markets import services as markets
from gongjian.markets.models import Introduction
from gongjian.markets.states import IntroductionResult, Side

RESULTS = (
    (IntroductionResult.ORDERED, Decimal("86.50"), "首单已签，按月供货。"),
    (IntroductionResult.SAMPLED, None, "样品已寄，等检测结果。"),
    (IntroductionResult.CONTACTED, None, "双方约下周看厂。"),
    (IntroductionResult.NOTHING, None, "规格对不上，暂不合作。"),
)
MOST = 8


def build(world: World) -> None:
    """Make some introductions by the city's clerk in the last hours."""
    wanted = queries.products_needed(world.clerk).filter(outside=True)[: MOST * 6]
    lines = [
        line
        for line in queries.match_products(wanted, queries.products_in_city(world.clerk, Side.MAKES))
        if line.matches
    ]
    unit = world.units[world.city.pk, "commerce"]
    regime = world.regime
    for n, line in enumerate(lines[:: max(1, len(lines) // MOST)][:MOST]):
        at = world.at - timedelta(minutes=600 - 20 * n)
        offer = line.matches[0].product
        introduction = markets.introduce(
            line.product,
            offer,
            lead_unit=unit,
            responsible_person=world.heads[unit.pk][0],
            regime=regime,
            grade=regime.grades[0]["key"],
            task=world.say(
                "联系{buyer}与{maker}，就{goods}对接送样报价",
                buyer=line.product.enterprise,
                maker=offer.enterprise,
                goods=line.product.name,
            ),
            by=world.clerk,
            at=at,
        )
        if n < len(RESULTS):
            _result(world, introduction, n)


def _result(world: World, introduction: Introduction, n: int) -> None:
    handler, at = world.handlers[introduction.assignment.lead_unit_id], world.at - timedelta(minutes=120 - n)
    result, amount, note = RESULTS[n]
    task = assignments.accept(introduction.assignment, by=handler, at=at)
    if result == IntroductionResult.ORDERED:
        assignments.resolve(
            task,
            outcome=Outcome.SOLVED,
            text=world.say("双方已签订供货合同。"),
            by=handler,
            at=at + timedelta(minutes=1),
        )
    markets.record_result(
        introduction,
        result=result,
        amount=amount,
        note=world.say(note),
        by=handler,
        at=at + timedelta(minutes=2),
    )
