"""The ledger of payouts (兑现台账): applied for, approved, paid, returned. Money is Decimal, in yuan."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words, source_word
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account
from gongjian.policies import perms
from gongjian.policies.events import PayoutEvent
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.payouts.queries import not_yet_listed
from gongjian.policies.states import OPEN, PAYOUT_MOVE, Delivery, VersionState
from gongjian.policies.verdicts.answers import EntitledFirm

CENT = Decimal("0.01")
MOST = Decimal("99999999999.99")


@transaction.atomic
def apply(
    *,
    enterprise: Enterprise,
    version: PolicyVersion,
    amount: Decimal,
    on: date,
    period: str = "",
    reasons: Sequence[str] = (),
    note: str = "",
    by: Account,
    at: datetime,
) -> Payout:
    """Record an application by the firm, or by the office on its behalf (申报)."""
    perms.check_area(by, enterprise.area)
    _check_day(on, at)
    payout = _enter(
        EntitledFirm(enterprise, amount, tuple(reasons)),
        version,
        on=on,
        period=period,
        note=note,
        by=by,
        at=at,
    )
    record(
        PayoutEvent.APPLIED,
        subject=payout,
        by=by,
        at=at,
        firm=enterprise.name,
        amount=str(payout.applied_amount),
        version=version.pk,
    )
    return payout


def _enter(
    due: EntitledFirm, version: PolicyVersion, *, on: date, period: str, note: str, by: Account, at: datetime
) -> Payout:
    if version.state not in {VersionState.SIGNED, VersionState.RETIRED}:
        raise Refused(_("这一版还没有审签，不能登记兑现。"), field="version")
    open_payouts = Payout.objects.filter(
        enterprise=due.enterprise, version__policy=version.policy_id, period=period, state__in=OPEN
    )
    if earlier := open_payouts.first():
        raise Refused(
            _("%(firm)s这一期已经登记过，状态是“%(state)s”。")
            % {"firm": due.enterprise, "state": earlier.get_state_display()},
            field="enterprise",
        )
    return Payout.objects.create(
        enterprise=due.enterprise,
        version=version,
        period=period,
        applied_amount=checked_yuan(due.amount),
        applied_on=on,
        reasons=list(due.reasons),
        note=note.strip()[:200],
        recorded_by=by,
        recorded_at=at,
    )


def checked_yuan(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent. Raises Refused when it is no number or not above zero."""
    try:
        rounded = Decimal(amount).quantize(CENT, ROUND_HALF_UP)
        valid = 0 < rounded <= MOST
    except InvalidOperation as wrong:
        raise Refused(_("金额要填数字，单位是元。"), field="amount") from wrong
    if not valid:
        raise Refused(_("金额要大于零，单位是元。"), field="amount")
    return rounded


def _check_day(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(_("日期还没有到。请填今天或以前的日期。"), field="on")


@transaction.atomic
def list_automatic(
    version: PolicyVersion, *, due: Sequence[EntitledFirm], period: str, by: Account, at: datetime
) -> list[Payout]:
    """List every firm that meets the version, without an application (免申即享名单); firms already in the ledger are left out."""
    if not version.policy.gives or version.policy.delivery != Delivery.AUTOMATIC:
        raise Refused(
            _("这项政策是“%(delivery)s”，不能直接列名单。") % {"delivery": version.policy.delivery_label}
        )
    if not version.confirmed:
        raise Refused(_("这一版规则还没有核对原文，不能据此拨款。请先核对并审签新版。"))
    for entitled in due:
        perms.check_area(by, entitled.enterprise.area)
    on = timezone.localdate(at)
    payouts = [
        _enter(entitled, version, on=on, period=period, note=source_word(_("免申即享")), by=by, at=at)
        for entitled in not_yet_listed(due, version, period)
    ]
    if not payouts:
        raise Refused(_("没有新的企业可列：符合条件的都已在台账里。"))
    total = sum((row.applied_amount for row in payouts), Decimal(0))
    record(
        PayoutEvent.LISTED,
        subject=version.policy,
        by=by,
        at=at,
        firms=len(payouts),
        amount=str(total),
        version=version.pk,
        period=period,
        payouts=[row.pk for row in payouts],
    )
    return payouts


def _move(payout: Payout, verb: str, *, by: Account) -> Payout:
    rows = Payout.objects.select_for_update(of=("self",)).select_related("enterprise__area")
    payout = rows.get(pk=payout.pk)
    perms.check_payout(by, payout, verb)
    payout.state = PAYOUT_MOVE[verb].to
    return payout


@transaction.atomic
def approve(
    payout: Payout, *, on: date, amount: Decimal | None = None, note: str = "", by: Account, at: datetime
) -> Payout:
    """Approve a payout (核准); an amount other than the one applied for needs a reason."""
    payout = _move(payout, "approve", by=by)
    _check_day(on, at)
    if on < payout.applied_on:
        raise Refused(
            _("核准日期早于申报日期 %(day)s。请核对。") % {"day": day_in_words(payout.applied_on)}, field="on"
        )
    granted = payout.applied_amount if amount is None else checked_yuan(amount)
    if granted != payout.applied_amount:
        note = required_text(note, _("核准金额与申报金额不同，请写明原因。"), field="note")
    payout.approved_amount, payout.approved_on = granted, on
    payout.note = note.strip()[:200] or payout.note
    payout.save()
    record(PayoutEvent.APPROVED, subject=payout, by=by, at=at, amount=str(granted), note=payout.note)
    return payout


@transaction.atomic
def pay(payout: Payout, *, on: date, by: Account, at: datetime) -> Payout:
    """Record that the money has been paid (拨付)."""
    payout = _move(payout, "pay", by=by)
    _check_day(on, at)
    if payout.approved_on is not None and on < payout.approved_on:
        raise Refused(
            _("拨付日期早于核准日期 %(day)s。请核对。") % {"day": day_in_words(payout.approved_on)},
            field="on",
        )
    payout.paid_on = on
    payout.save(update_fields=["state", "paid_on"])
    record(
        PayoutEvent.PAID,
        subject=payout,
        by=by,
        at=at,
        day=on.isoformat(),
        amount=str(payout.approved_amount),
    )
    return payout


@transaction.atomic
def approve_many(payouts: Iterable[Payout], *, on: date, by: Account, at: datetime) -> tuple[int, list[str]]:
    """Approve several payouts (批量核准). Returns how many were approved and why the others were refused."""
    return _each(payouts, lambda one: approve(one, on=on, by=by, at=at))


@transaction.atomic
def pay_many(payouts: Iterable[Payout], *, on: date, by: Account, at: datetime) -> tuple[int, list[str]]:
    """Record several payouts as paid (批量记拨付). Returns how many, and why the others were refused."""
    return _each(payouts, lambda one: pay(one, on=on, by=by, at=at))


def _each(payouts: Iterable[Payout], act: Callable[[Payout], Payout]) -> tuple[int, list[str]]:
    done, refused = 0, []
    for one in payouts:
        try:
            act(one)
            done += 1
        except Refused as why:
            refused.append(f"{one.enterprise}：{why.sentence}")
    return done, refused


@transaction.atomic
def return_(payout: Payout, *, note: str, by: Account, at: datetime) -> Payout:
    """Return an application to the firm (退回), with a reason the firm can read."""
    payout = _move(payout, "return_", by=by)
    note = required_text(note, _("请写明退回的理由，企业要看得懂。"), field="note")
    payout.note, payout.returned_on = note[:200], timezone.localdate(at)
    payout.save(update_fields=["state", "note", "returned_on"])
    record(PayoutEvent.RETURNED, subject=payout, by=by, at=at, reason=payout.note)
    return payout
