"""Takes a payout of an older ledger in with its days and amounts (导入往年兑现). Money is Decimal, in yuan."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account
from gongjian.policies import perms
from gongjian.policies.events import PayoutEvent
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.payouts.services import checked_yuan
from gongjian.policies.states import OPEN, PayoutState, VersionState


@dataclass(frozen=True)
class PastPayout:
    """What an older ledger says of a payout; the state follows from the days."""

    enterprise: Enterprise
    version: PolicyVersion
    period: str
    applied_amount: Decimal
    applied_on: date
    approved_amount: Decimal | None = None
    approved_on: date | None = None
    paid_on: date | None = None
    returned_on: date | None = None
    reasons: Sequence[str] = ()
    note: str = ""

    @property
    def state(self) -> PayoutState:
        """How far it had come."""
        if self.returned_on:
            return PayoutState.RETURNED
        if self.paid_on:
            return PayoutState.PAID
        return PayoutState.APPROVED if self.approved_on else PayoutState.APPLIED


@transaction.atomic
def import_payout(past: PastPayout, *, by: Account, at: datetime) -> Payout:
    """Take the payout in; refused where its days contradict each other or the period is taken."""
    perms.check_area(by, past.enterprise.area)
    _check(past)
    payout = Payout.objects.create(
        enterprise=past.enterprise,
        version=past.version,
        period=past.period,
        state=past.state,
        applied_amount=checked_yuan(past.applied_amount),
        applied_on=past.applied_on,
        approved_amount=None if past.approved_amount is None else checked_yuan(past.approved_amount),
        approved_on=past.approved_on,
        paid_on=past.paid_on,
        returned_on=past.returned_on,
        reasons=list(past.reasons),
        note=past.note[:200],
        recorded_by=by,
        recorded_at=at,
    )
    shown = {"state": source_word(past.state.label), **_named(payout)}
    record(PayoutEvent.IMPORTED, subject=payout, by=by, at=at, version=past.version.pk, **shown)
    return payout


def _named(payout: Payout) -> dict[str, str]:
    return {
        "firm": payout.enterprise.name,
        "policy": payout.version.policy.name,
        "amount": str(payout.amount),
    }


def _check(past: PastPayout) -> None:
    if past.version.state not in {VersionState.SIGNED, VersionState.RETIRED}:
        raise Refused(_("这一版还没有审签，不能登记兑现。"), field="version")
    named = (
        (_("申报日期"), past.applied_on),
        (_("核准日期"), past.approved_on),
        (_("拨付日期"), past.paid_on),
    )
    days = [(label, day) for label, day in named if day is not None]
    for (before, earlier), (label, day) in itertools.pairwise(days):
        if day < earlier:
            raise Refused(_("%(label)s早于%(before)s") % {"label": label, "before": before}, field="on")
    if past.state == PayoutState.RETURNED:
        return
    held = Payout.objects.filter(
        enterprise=past.enterprise,
        version__policy=past.version.policy_id,
        period=past.period,
        state__in=OPEN,
    ).first()
    if held is not None:
        raise Refused(
            _("%(firm)s这一期已经登记过，状态是“%(state)s”。")
            % {"firm": past.enterprise, "state": held.get_state_display()},
            field="enterprise",
        )


@transaction.atomic
def take_back_import(payout: Payout, *, by: Account, at: datetime) -> None:
    """Remove an imported payout with which nobody has gone on."""
    perms.check_area(by, payout.enterprise.area)
    if {event.name for event in events_of(payout)} != {PayoutEvent.IMPORTED}:
        raise Refused(_("%(firm)s的这笔兑现导入后又有人办过，不能撤销。") % {"firm": payout.enterprise.name})
    record(PayoutEvent.IMPORT_TAKEN_BACK, subject=payout, by=by, at=at, **_named(payout))
    payout.delete()
