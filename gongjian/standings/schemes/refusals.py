"""Why a scheme cannot be used, in a sentence that says what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongjian.engines.standings.schemes import BadScheme


def why_bad(bad: BadScheme, names: Mapping[str, str]) -> str:
    """The sentence for a scheme that cannot be used; `names` are the indicators by key."""
    name = names.get(bad.item, bad.item)
    said = {
        "no_points": _("方案里还没有得分的条目。请至少给一个条目写上满分。"),
        "twice": _("“%(name)s”在同一视角里写了两次。请删去一行。"),
        "step": _("每低一位扣的百分比写 0 到 100 之间的数。"),
        "no_target": _("这种红黑榜要有“目标完成”的条目。请加上，或改选别的红黑榜。"),
        "points": _("“%(name)s”的满分、达线得分不能小于 0，难度系数要大于 0。"),
        "proportion": _("“%(name)s”不能按完成比例计分：比例只用于越高越好、按率计算的条目。"),
        "share": _("“%(name)s”看占比时用争先进位计分。"),
        "value": _("“%(name)s”有一格看不懂。请填数字。"),
    }
    return said[bad.why] % {"name": name}
