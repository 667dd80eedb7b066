"""What a policy sends out: notices to batches of firms, and requests for missing data."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Regime
from gongjian.assignments.states import OPEN, Source
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.enterprises.burden.services import check_worth_asking, known_fact_by_name, record_asking
from gongjian.enterprises.models import Enterprise, EnterpriseAccount
from gongjian.enterprises.states import AskingKind
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.people.models import Account, Person, Unit
from gongjian.policies import perms
from gongjian.policies.events import PolicyEvent
from gongjian.policies.models import DatumRequest, Policy, PolicyNotice, PolicyVersion
from gongjian.policies.states import VersionState
from gongjian.policies.verdicts.answers import FirmRow

NOTICE_SENTENCE = gettext_noop("惠企政策：%(title)s。请在“我的政策”里看能得多少、还差什么。")


@transaction.atomic
def ask_datum(
    enterprise: Enterprise,
    *,
    policy: Policy,
    fact: str,
    task: str,
    lead_unit: Unit,
    responsible_person: Person,
    due: date | None = None,
    regime: Regime | None = None,
    grade: str = "",
    reason: str = "",
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> DatumRequest:
    """Ask the unit that should supply a missing datum for it (补数据); a known datum needs a reason."""
    perms.check_area(by, enterprise.area)
    known = known_fact_by_name(enterprise, name=fact, today=timezone.localdate(at))
    check_worth_asking(known, what=fact, reason=reason)
    _check_not_asked(enterprise, fact)
    assignment = assignments.assign(
        source=Source.DATUM,
        task=task,
        area=enterprise.area,
        lead_unit=lead_unit,
        responsible_person=responsible_person,
        due=due,
        regime=regime,
        grade=grade,
        on_the_spot=False,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    what, why = f"{enterprise.name}·{fact}", reason if known else ""
    record_asking(kind=AskingKind.FACT, what=what, of=lead_unit, reason=why, by=by, at=at)
    about = {"enterprise": enterprise, "policy": policy, "fact": fact}
    request = DatumRequest.objects.create(**about, assignment=assignment)
    record(
        PolicyEvent.ASKED,
        subject=policy,
        by=by,
        at=at,
        firm=enterprise.name,
        enterprise=enterprise.pk,
        fact=fact,
        assignment=assignment.pk,
    )
    return request


def _check_not_asked(enterprise: Enterprise, fact: str) -> None:
    """Raises Refused while a unit is already asked for the same datum."""
    open_requests = DatumRequest.objects.filter(enterprise=enterprise, fact=fact, assignment__state__in=OPEN)
    if open_request := open_requests.select_related("assignment__lead_unit").first():
        raise Refused(
            _("%(fact)s已经交办给%(unit)s，时限 %(due)s。")
            % {"fact": fact, "unit": open_request.assignment.lead_unit, "due": open_request.assignment.due_on}
        )


@transaction.atomic
def notify(
    version: PolicyVersion,
    *,
    title: str,
    text: str,
    rows: Sequence[FirmRow],
    by: Account,
    at: datetime,
) -> PolicyNotice:
    """Announce a policy to a batch of firms (批量告知): in the product to firms with an account, and always on the printed list."""
    _check_batch(version, title, text, by=by)
    if not rows:
        raise Refused(_("没有选中企业。请先筛选要告知的企业。"))
    firms = {firm.pk: firm for firm in Enterprise.objects.filter(pk__in=[row.pk for row in rows])}
    firm_accounts = EnterpriseAccount.objects.filter(enterprise__in=firms, account__is_active=True)
    accounts = {
        firm_account.enterprise_id: firm_account.account
        for firm_account in firm_accounts.select_related("account")
    }
    listed = [
        _firm_as_json(row, firms[row.pk].name, told=row.pk in accounts) for row in rows if row.pk in firms
    ]
    notice = PolicyNotice.objects.create(
        version=version, title=title.strip()[:120], text=text.strip(), firms=listed, sent_by=by, sent_at=at
    )
    if accounts:
        notices.notify(
            to=list(accounts.values()),
            key=f"policy-notice-{notice.pk}",
            kind=NoticeKind.POLICY,
            sentence=NOTICE_SENTENCE,
            values={"title": notice.title},
            subject=version.policy,
            by=by,
            at=at,
        )
    record(
        PolicyEvent.NOTIFIED,
        subject=version.policy,
        by=by,
        at=at,
        firms=len(listed),
        title=notice.title,
        notice=notice.pk,
    )
    return notice


def _check_batch(version: PolicyVersion, title: str, text: str, *, by: Account) -> None:
    perms.check_write(by)
    if version.state != VersionState.SIGNED:
        raise Refused(_("这一版还没有审签，不能告知企业。"))
    if not version.confirmed:
        raise Refused(_("这一版规则还没有核对原文，不能当作确定的政策告知企业。请先核对并审签新版。"))
    for given in (title, text):
        required_text(given, _("请填写标题和内容。"), field="text")


def _firm_as_json(row: FirmRow, name: str, *, told: bool) -> dict[str, Any]:
    """A firm of the batch as JSON, with its verdict and amounts when it was told."""
    possible = None if row.possible is None else str(row.possible)
    return {
        "pk": row.pk,
        "name": name,
        "grade": row.grade.value,
        "certain": str(row.certain),
        "possible": possible,
        "told": told,
    }
