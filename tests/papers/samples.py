"""A brief to write on."""

from datetime import date

from gongjian.engines.paper.blocks import Brief


def brief(*blocks, **more):
    """A brief of these parts, with the head and tail of an office; `more` in place of any of it."""
    facts = {
        "head": "安川市攻坚工作简报",
        "year": 2026,
        "issue": 47,
        "unit": "安川市攻坚办",
        "on": date(2026, 11, 24),
    }
    facts |= {"title": "安川市全力拼经济工作情况", "sent_to": ("报：市领导。", "送：各牵头单位。")}
    return Brief(**(facts | more), blocks=blocks)
