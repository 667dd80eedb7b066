"""Complaints in the invented city: with a name and without, answered, waiting, and one late."""

from datetime import timedelta

from gongjian.complaints import services as complaints
from gongjian.invented_city.world import World

COMPLAINTS = (
    (
        "FORMS",
        "用工情况表人社、工信、商务各要一份，口径还不一样，能不能合并成一张。",
        40,
        False,
        "PARTLY",
        "三家并为一张表，由人社牵头，下月起执行。",
    ),
    (
        "ASKING",
        "同一份产值数据一个月内被要了四次。",
        33,
        True,
        "ACCEPTED",
        "已要求先查台账，已有且新鲜的数据不再索要。",
    ),
    ("PRODUCT", "手机上看时间线要左右拖，字太小。", 21, False, "ACCEPTED", "已改为竖排显示。"),
    (
        "FORMALISM",
        "走访必须带摄像，企业有顾虑。",
        16,
        True,
        "ACCEPTED",
        "本系统不收照片，已通知各组取消摄像要求。",
    ),
    ("HANDLING", "消防验收的事在两个单位之间退了三次。", 12, False, "", ""),
    ("FORMS", "周报和月报内容重复，建议取消周报。", 2, True, "", ""),
)
REOPENED = "下月已经到了，工信和商务各自的表还在要。"


def build(world: World) -> None:
    """Make the complaints, each some days ago and answered three days later; one is reopened."""
    handlers = list(world.handlers.values())
    for n, (kind, text, days, nameless, outcome, answer) in enumerate(COMPLAINTS):
        at = world.at - timedelta(days=days)
        complaint, _code = complaints.complain(
            kind=kind, text=world.say(text), nameless=nameless, by=handlers[n % len(handlers)], at=at
        )
        if outcome:
            complaints.answer(
                complaint, outcome=outcome, text=world.say(answer), by=world.clerk, at=at + timedelta(days=3)
            )
        if text == COMPLAINTS[0][1]:
            complaints.reopen(
                complaint, reason=world.say(REOPENED), by=handlers[0], at=at + timedelta(days=33)
            )
