"""Regimes taken up from the library, and their versions: written, checked, tried in the simulator, adopted.

Running matters keep theirs.
"""

from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.events import RuleEvent
from gongjian.assignments.models import Regime, RegimeChange
from gongjian.assignments.vocabulary import DAYS_OFF_SHIFT, FOLLOWS
from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.queries import events_of
from gongjian.audit.services import record
from gongjian.engines.clock.regime_file import (
    FACTS,
    LONGEST,
    BadRegime,
    dump_regime,
    package_regimes,
    parse_regime,
)
from gongjian.people.models import Account

WRITTEN = (*FACTS, "grades")


def facts_of(regime: Regime) -> dict[str, Any]:
    """The facts of a regime as `regime_file.dump_regime` takes them."""
    return {name: getattr(regime, name) for name in WRITTEN}


def text_of(regime: Regime) -> str:
    """The regime as text to be edited."""
    return dump_regime(facts_of(regime))


def copy_of(regime: Regime) -> str:
    """The regime's text with another code and name, to begin a new regime from."""
    facts = facts_of(regime)
    return dump_regime(
        facts | {"code": f"{facts['code']}-2", "name": _("%(name)s（副本）") % {"name": facts["name"]}}
    )


def _parsed(text: str) -> dict[str, Any]:
    try:
        return parse_regime(text)
    except BadRegime as bad:
        raise Refused(_(bad.template) % bad.values, field="text") from bad


@transaction.atomic
def take_up_regime(
    source: Regime, *, name: str, document: str = "", by: Account | None, at: datetime
) -> Regime:
    """Copy a regime of the library under the office's own name (采用): from now on it is offered at hand-over.

    `document` is the office's own; without one, the paper of the practice it follows is named as such.
    """
    if by is not None:
        perms.check_calendar(by)
    if not source.in_library:
        raise Refused(_("%(name)s已经是本办的制度，不用再采用。") % {"name": source.name})
    name = required_text(name, _("请写本办制度的名称，如“市攻坚办办理时限”。"), field="name")
    if Regime.objects.filter(name=name, in_library=False).exists():
        raise Refused(_("本办已有制度“%(name)s”。请换一个名称。") % {"name": name}, field="name")
    facts = facts_of(source) | {
        "code": _next_code(),
        "name": name,
        "document": document.strip() or (FOLLOWS % {"name": source.name})[: LONGEST["document"]],
        "counting": _with_days_off(source.counting),
        "confirmed": bool(document.strip()),
        "in_force_from": None,
        "in_force_until": None,
    }
    last = Regime.objects.filter(in_library=False).order_by("-order").first()
    regime = Regime.objects.create(**facts, order=last.order + 1 if last else 1, taken_from=source)
    record(RuleEvent.REGIME_TAKEN_UP, subject=regime, by=by, at=at, name=name, source=source.name)
    return regime


def _next_code() -> str:
    """A code of the office's own regimes that is not in use."""
    taken = set(Regime.objects.values_list("code", flat=True))
    return next(code for number in count(1) if (code := f"own-{number}") not in taken)


def _with_days_off(counting: str) -> str:
    """How days are counted, and what the office adds to it."""
    rest = LONGEST["counting"] - len(DAYS_OFF_SHIFT)
    return counting[:rest].rstrip("。；") + DAYS_OFF_SHIFT


def _check_own(regime: Regime) -> None:
    if regime.in_library:
        raise Refused(
            _("%(name)s是制度库里别处的做法，不直接修改。请先采用为本办的制度，再修改。")
            % {"name": regime.name}
        )


@transaction.atomic
def propose_regime(text: str, *, regime: Regime | None, by: Account, at: datetime) -> RegimeChange:
    """First step (提交制度修改): check and store the text, not yet in use. `regime` None makes a new one."""
    perms.check_calendar(by)
    if regime is not None:
        _check_own(regime)
    facts = _parsed(text)
    if regime is None and Regime.objects.filter(code=facts["code"]).exists():
        raise Refused(_("代号 %(code)s 已有制度在用。请换一个代号。") % {"code": facts["code"]}, field="text")
    if regime is not None and facts["code"] != regime.code:
        raise Refused(
            _("修改制度不能换代号 %(code)s。要另立一个，请用“复制”。") % {"code": regime.code}, field="text"
        )
    if regime is not None and facts == facts_of(regime):
        raise Refused(_("和现在的版本一样，没有改动。"), field="text")
    change = RegimeChange.objects.create(
        regime=regime,
        name=facts["name"],
        text=text,
        base=regime.version if regime else 0,
        proposed_by=by,
        proposed_at=at,
    )
    base = text_of(regime) if regime else ""
    record(RuleEvent.REGIME_PROPOSED, subject=change, by=by, at=at, name=change.name, text=text, base=base)
    return change


def base_of(change: RegimeChange) -> str:
    """The text of the regime for which a change was written; empty for a new regime, and for changes of before it was kept."""
    proposed = events_of(change).filter(name=RuleEvent.REGIME_PROPOSED).first()
    return str(proposed.data.get("base", "")) if proposed else ""


@transaction.atomic
def adopt_regime(change: RegimeChange, *, by: Account, at: datetime) -> Regime:
    """Second step (启用): hand-overs from now on follow it; running assignments keep the rule they were given."""
    perms.check_calendar(by)
    row = RegimeChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if row.adopted_at is not None:
        raise Refused(_("这个版本已经启用。"))
    facts = _parsed(row.text)
    regime = _current(row, facts["code"])
    changes = set_fields(regime, facts | {"version": row.base + 1})
    regime.save()
    row.regime, row.adopted_by, row.adopted_at = regime, by, at
    row.save(update_fields=["regime", "adopted_by", "adopted_at"])
    record(
        RuleEvent.REGIME_ADOPTED,
        subject=regime,
        by=by,
        at=at,
        name=regime.name,
        version=regime.version,
        change=row.pk,
        **changes,
    )
    return regime


def _current(row: RegimeChange, code: str) -> Regime:
    """The regime the change was written for, still at the version it started from."""
    if row.regime_id is None:
        if Regime.objects.filter(code=code).exists():
            raise Refused(_("代号 %(code)s 已有制度在用。请换一个代号。") % {"code": code})
        last = Regime.objects.order_by("-order").first()
        return Regime(order=last.order + 1 if last else 1)
    regime = Regime.objects.select_for_update(of=("self",)).get(pk=row.regime_id)
    if regime.version != row.base:
        raise Refused(_("提交以后又启用了别的版本。请打开这一版，按“并入现在的版本”接着改。"))
    return regime


@transaction.atomic
def switch_regime(regime: Regime, *, disabled_on: date | None, by: Account, at: datetime) -> Regime:
    """Bar new hand-overs under the regime from a day on (停用), or allow them again (None)."""
    perms.check_calendar(by)
    _check_own(regime)
    changes = set_fields(regime, {"disabled_on": disabled_on})
    regime.save(update_fields=["disabled_on"])
    name = RuleEvent.REGIME_SHUT if disabled_on else RuleEvent.REGIME_OPENED
    record(name, subject=regime, by=by, at=at, name=regime.name, **changes)
    return regime


@transaction.atomic
def load_regimes(*, by: Account | None, at: datetime) -> int:
    """Add to the library the presets whose code is not yet there. Returns how many were added."""
    known, came = set(Regime.objects.values_list("code", flat=True)), 0
    for data in package_regimes():
        if data["code"] not in known:
            regime = Regime.objects.create(**data, in_library=True)
            record(RuleEvent.REGIME_LOADED, subject=regime, by=by, at=at, name=regime.name)
            came += 1
    return came
