"""Problems the firm of the demo raised on its own page: one waits, one was handed over, one declined."""

from datetime import timedelta

from gongjian.assignments import services as assignments
from gongjian.enterprises.models import EnterpriseAccount
from gongjian.invented_city.world import World
from gongjian.problems import services as problems
from gongjian.problems.models import Problem

HANDED = "厂区东门外道路夜间没有路灯，两班工人下班不安全，希望装上路灯。"
DECLINED = "希望政府出面让物业公司给我们的办公楼降物业费。"
WAITING = "新上的立式加工中心月底投产，需要增加 400 千伏安用电容量，供电所说要排到明年，希望协调提前。"
WHY = "物业费由双方合同约定，不属于政府职责。可向区住建部门申请调解，电话在公共服务指南第三页；情况有变化请补充后再提。"


def build(world: World) -> None:
    """Raise the problems, each some days ago, through the services the pages use."""
    seat = EnterpriseAccount.objects.select_related("account", "enterprise").get(account__username="firm")
    clerk = world.clerk

    def raise_problem(text: str, days: int) -> Problem:
        return problems.raise_own(
            text=world.say(text),
            raised_by=world.say("办公室 季文舟"),
            key=f"demo-{days}",
            by=seat.account,
            at=world.at - timedelta(days=days),
        )

    handed, declined = raise_problem(HANDED, 6), raise_problem(DECLINED, 4)
    raise_problem(WAITING, 1)
    bureau, regime = world.units[world.city.pk, "housing"], world.regime
    task = problems.hand_over(
        handed,
        lead_unit=bureau,
        responsible_person=world.heads[bureau.pk][0],
        task=world.say("现场勘查，装上路灯"),
        regime=regime,
        grade=regime.grades[0]["key"],
        on_the_spot=False,
        by=clerk,
        at=world.at - timedelta(days=5),
    )
    assignments.accept(task, by=world.handlers[bureau.pk], at=world.at - timedelta(days=5))
    problems.decline(declined, reason=world.say(WHY), by=clerk, at=world.at - timedelta(days=3))
