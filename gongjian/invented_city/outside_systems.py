"""Outside systems of the invented city: a hotline that pushes problems, and a provincial platform that reads."""

from datetime import timedelta
from typing import Any

from gongjian.invented_city.world import World
from gongjian.people.outside_systems import services as outside_systems
from gongjian.problems.outside_systems import services as pushing
from gongjian.problems.states import Category

CALLED_IN = (
    (Category.APPROVAL, "消防验收预约已满，新厂房不能按期投用。"),
    (Category.UTILITIES, "厂区夜间电压不稳，两条生产线上周停了三次。"),
    (Category.LOGISTICS, "货车通行证到期，白天进不了城区送货。"),
    (Category.POLICY, "稳岗返还申报以后没有回音，不知道缺什么材料。"),
    (Category.LABOUR, "节后数控操作工缺十二人，请帮助对接技校。"),
    (Category.ENVIRONMENT, "排污许可变更不知道找哪个窗口。"),
)


def build(world: World) -> None:
    """Open two systems and push six calls of the last days, which wait to be handed over."""
    until = world.at.date() + timedelta(days=365)
    facts: dict[str, Any] = {"area": world.city, "valid_until": until, "by": None, "at": world.start()}
    hotline, _token = outside_systems.add_system(
        name=world.say("安川市12345热线"),
        kind="HOTLINE",
        pushes=True,
        keeper=world.say("热线中心信息科"),
        **facts,
    )
    outside_systems.add_system(
        name=world.say("省营商环境平台"),
        kind="SUPERIOR",
        pushes=False,
        keeper=world.say("省平台运维组"),
        **facts,
    )
    for n, (category, text) in enumerate(CALLED_IN):
        at = world.at - timedelta(hours=7 * n + 2)
        firm = world.firms[(n * 7 + 3) % len(world.firms)]
        call = pushing.PushedContent(
            external_number=f"AC{at:%Y%m%d}{n + 1:04d}",
            text=world.say(text),
            firm=firm,
            category=category,
            raised_by=world.say("来电企业"),
        )
        pushing.push(hotline, call, at=at)
    outside_systems.count_use(hotline, at=world.at - timedelta(minutes=4))
