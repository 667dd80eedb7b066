"""Choices of schemes and the moves of a version and a commendation; the choices of an item are those of the engine."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.engines.standings import schemes as engine


class Lens(TextChoices):
    """From which side an item looks at an area (视角)."""

    GROWTH = engine.Lens.GROWTH.value, _("看增速")
    SHARE = engine.Lens.SHARE.value, _("看占比")
    PER_HEAD = engine.Lens.PER_HEAD.value, _("看人均")
    OUTSIDE = engine.Lens.OUTSIDE.value, _("看市外位次")
    QUALITY = engine.Lens.QUALITY.value, _("看质量")
    COMPLETION = engine.Lens.COMPLETION.value, _("目标完成")


class Method(TextChoices):
    """How an item gives points (计分办法)."""

    LADDER = engine.Method.LADDER.value, _("争先进位")
    TARGET = engine.Method.TARGET.value, _("完成得满分")
    PROPORTION = engine.Method.PROPORTION.value, _("按完成比例")


class Tie(TextChoices):
    """What follows a shared place (并列)."""

    SKIP = engine.Tie.SKIP.value, _("并列同名次，下一名次跳过")
    KEEP = engine.Tie.KEEP.value, _("并列同名次，下一名次不跳")


class Missing(TextChoices):
    """What an area without a figure is (缺数据)."""

    UNRANKED = engine.Missing.UNRANKED.value, _("不排名，写明缺什么")
    NOTHING = engine.Missing.NOTHING.value, _("该项不得分")


class Lists(TextChoices):
    """Which lists are drawn up (红黑榜)."""

    NONE = engine.Lists.NONE.value, _("不设红黑榜")
    GUARDED = engine.Lists.GUARDED.value, _("超额且居前上红榜，未完成且居后上黑榜")
    COUNTED = engine.Lists.COUNTED.value, _("几项第一上红榜，几项末位上黑榜")


class VersionState(TextChoices):
    """The state of a version of a scheme (方案状态)."""

    DRAFT = "DRAFT", _("起草")
    PROPOSED = "PROPOSED", _("待审签")
    SIGNED = "SIGNED", _("已审签")


class CommendationState(TextChoices):
    """The state of a commendation (表彰状态)."""

    DRAFT = "DRAFT", _("起草")
    OPEN = "OPEN", _("公示中")
    CONFIRMED = "CONFIRMED", _("已确认")
    DROPPED = "DROPPED", _("已撤销")


class Verdict(TextChoices):
    """What became of an objection (异议答复)."""

    WAITING = "", _("待答复")
    UPHELD = "UPHELD", _("异议成立，撤下")
    REJECTED = "REJECTED", _("异议不成立，保留")


@dataclass(frozen=True)
class Step:
    """One row of a table of moves: the verb, from which states, to which state, whether a second person makes it."""

    verb: str
    label: "str | Promise"
    sources: tuple[str, ...]
    to: str
    second_person: bool = False


VERSION_STEPS = (
    Step("propose", _("送审签"), (VersionState.DRAFT,), VersionState.PROPOSED),
    Step("sign", _("审签"), (VersionState.PROPOSED,), VersionState.SIGNED, second_person=True),
    Step("send-back", _("退回"), (VersionState.PROPOSED,), VersionState.DRAFT, second_person=True),
)
VERSION_STEP = {step.verb: step for step in VERSION_STEPS}

COMMENDATION_STEPS = (
    Step("open", _("开始公示"), (CommendationState.DRAFT,), CommendationState.OPEN),
    Step(
        "confirm", _("确认表彰"), (CommendationState.OPEN,), CommendationState.CONFIRMED, second_person=True
    ),
    Step(
        "drop",
        _("撤销"),
        (CommendationState.DRAFT, CommendationState.OPEN),
        CommendationState.DROPPED,
    ),
)
COMMENDATION_STEP = {step.verb: step for step in COMMENDATION_STEPS}
