"""What goes out from a policy: a notice to a batch of firms, a missing datum handed over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Regime
from gongjian.assignments.states import OPEN, Source
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Person, Unit
from gongjian.policies import perms
from gongjian.policies.events import PolicyEvent
from gongjian.policies.models import DatumRequest, Policy, PolicyNotice, PolicyVersion
from gongjian.policies.states import VersionState


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
    by: Account,
    at: datetime,
) -> DatumRequest:
    """Hand a missing datum over to the unit that should supply it (补数据)."""
    perms.check_area(by, enterprise.area)
    asked = DatumRequest.objects.filter(enterprise=enterprise, fact=fact, assignment__state__in=OPEN)
    if open_one := asked.select_related("assignment__lead_unit").first():
        raise Refused(
            _("%(fact)s已经交办给%(unit)s，时限 %(due)s。")
            % {"fact": fact, "unit": open_one.assignment.lead_unit, "due": open_one.assignment.due_on}
        )
    made = assignments.assign(
        source=Source.DATUM, task=task, area=enterprise.area, lead_unit=lead_unit, responsible_person=responsible_person,
        due=due, regime=regime, grade=grade, on_the_spot=False, by=by, at=at,
    )  # fmt: skip
    request = DatumRequest.objects.create(enterprise=enterprise, policy=policy, fact=fact, assignment=made)
    record(
        PolicyEvent.ASKED,
        subject=policy,
        by=by,
        at=at,
        firm=enterprise.name,
        enterprise=enterprise.pk,
        fact=fact,
        assignment=made.pk,
    )
    return request


@transaction.atomic
def notify(
    version: PolicyVersion,
    *,
    title: str,
    text: str,
    firms: Sequence[dict[str, Any]],
    by: Account,
    at: datetime,
) -> PolicyNotice:
    """Tell a batch of firms of a policy (批量告知); the list is kept as it was told."""
    perms.check_write(by)
    if version.state != VersionState.SIGNED:
        raise Refused(_("这一版还没有审签，不能告知企业。"))
    if not version.confirmed:
        raise Refused(_("这一版规则还没有核对原文，不能当作确定的政策告知企业。请先核对并审签新版。"))
    if not title.strip() or not text.strip():
        raise Refused(_("请填写标题和内容。"), field="text")
    if not firms:
        raise Refused(_("没有选中企业。请先筛选要告知的企业。"))
    notice = PolicyNotice.objects.create(
        version=version,
        title=title.strip()[:120],
        text=text.strip(),
        firms=list(firms),
        sent_by=by,
        sent_at=at,
    )
    record(
        PolicyEvent.NOTIFIED,
        subject=version.policy,
        by=by,
        at=at,
        firms=len(firms),
        title=notice.title,
        notice=notice.pk,
    )
    return notice
