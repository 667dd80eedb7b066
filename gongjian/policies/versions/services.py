"""The life of a version: one person drafts it, another signs it; and the ceiling of its policy."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.policies import perms
from gongjian.policies.events import PolicyEvent
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files import checks
from gongjian.policies.rule_files.queries import Header, read_header, read_yaml
from gongjian.policies.rule_files.services import copy_header
from gongjian.policies.states import VERSION_MOVE, VersionState


def _record(
    event: PolicyEvent, version: PolicyVersion, /, *, by: Account, at: datetime, **facts: str
) -> None:
    """Record an event of a version in the trail of its policy."""
    record(event, subject=version.policy, by=by, at=at, number=version.number, version=version.pk, **facts)


@transaction.atomic
def draft(*, text: str, policy: Policy | None = None, by: Account, at: datetime) -> PolicyVersion:
    """Start a new policy with its first version, or the next version of `policy` (起草). A rule with faults may be kept as a draft."""
    perms.check_write(by)
    header = _checked_header(text, policy)
    perms.check_write_for(by, policy.area_code if policy else header.area_code)
    if policy is None:
        policy = Policy(code=header.code)
        copy_header(policy, header)
        policy.save()
    else:
        _check_no_pending_version(policy)
    last = policy.versions.aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        policy=policy,
        number=last + 1,
        text=text,
        confirmed=header.confirmed,
        written_by=by,
        written_at=at,
        valid_from=header.in_force_from,
        valid_until=header.in_force_until,
    )
    _record(PolicyEvent.DRAFTED, version, by=by, at=at, name=policy.name, text=text)
    return version


def _checked_header(text: str, policy: Policy | None) -> Header:
    """The header of a text that is fit to be saved. Raises Refused without code and name, or with the code of another policy."""
    if not read_yaml(text):
        raise Refused(_("规则不是有效的 YAML，无法保存。请按检查结果里的行号改正。"), field="text")
    header = read_header(text)
    if not header.code or not header.name:
        raise Refused(_("请填写政策代号和名称。"), field="text")
    if policy is not None and header.code != policy.code:
        raise Refused(
            _("代号要与政策一致，应为 %(code)s。要另立政策，请新建。") % {"code": policy.code}, field="text"
        )
    if policy is None and (other := Policy.objects.filter(code=header.code).first()):
        raise Refused(
            _("代号 %(code)s 已用于“%(name)s”。请换一个代号，或到那条政策下起草新版。")
            % {"code": header.code, "name": other.name},
            field="text",
        )
    return header


def _locked(version: PolicyVersion) -> PolicyVersion:
    return PolicyVersion.objects.select_for_update(of=("self",)).select_related("policy").get(pk=version.pk)


@transaction.atomic
def edit(version: PolicyVersion, *, text: str, by: Account, at: datetime) -> PolicyVersion:
    """Change the text of a draft; the last editor counts as its author."""
    version = _locked(version)
    perms.check_version(by, version, "edit")
    header = _checked_header(text, version.policy)
    perms.check_write_for(by, header.area_code)
    facts = {"text": text, "confirmed": header.confirmed, "state": VersionState.DRAFT.value}
    facts |= {"valid_from": header.in_force_from, "valid_until": header.in_force_until}
    changes = set_fields(version, facts)
    version.written_by, version.written_at, version.reason = by, at, ""
    version.save()
    if not version.policy.versions.exclude(pk=version.pk).exists():
        copy_header(version.policy, header)
        version.policy.save()
    _record(PolicyEvent.EDITED, version, by=by, at=at, text=text, **changes)
    return version


def _move(version: PolicyVersion, verb: str, *, by: Account) -> PolicyVersion:
    version = _locked(version)
    perms.check_version(by, version, verb)
    version.state = VERSION_MOVE[verb].to
    return version


@transaction.atomic
def keep(
    version: PolicyVersion | None, *, text: str, policy: Policy | None, by: Account, at: datetime
) -> PolicyVersion:
    """Save the text of the editor: an existing draft is edited, otherwise a new one is written."""
    if version is None:
        return draft(text=text, policy=policy, by=by, at=at)
    return edit(version, text=text, by=by, at=at)


@transaction.atomic
def keep_and_propose(
    version: PolicyVersion | None, *, text: str, policy: Policy | None, by: Account, at: datetime
) -> tuple[PolicyVersion, str]:
    """Save the text and send it for signature. Returns the version and, if refused, why; else ""."""
    kept = keep(version, text=text, policy=policy, by=by, at=at)
    try:
        return propose(kept, by=by, at=at), ""
    except Refused as refused:
        return kept, refused.sentence


@transaction.atomic
def propose(version: PolicyVersion, *, by: Account, at: datetime) -> PolicyVersion:
    """Send a version to be signed (送审签). Raises Refused unless its rule reads, its cases pass and its first day is set."""
    version = _move(version, "propose", by=by)
    _check_complete(version)
    version.save(update_fields=["state"])
    _record(PolicyEvent.PROPOSED, version, by=by, at=at, text=version.text)
    return version


def _check_complete(version: PolicyVersion) -> None:
    checked = checks.check_text(version.text)
    if checked.faults:
        fault = checked.faults[0]
        raise Refused(
            _("第%(line)s行第%(column)s列：%(message)s%(advice)s")
            % {"line": fault.line, "column": fault.column, "message": fault.message, "advice": fault.advice}
        )
    if not checked.cases:
        raise Refused(_("还没有一个算例。请至少写一个：给出数据和应得的结论。"))
    if failed := [case for case in checked.cases if not case.passed]:
        raise Refused(
            _("有%(count)s个算例没有通过，先是“%(name)s”：%(told)s。请改规则或改算例。")
            % {"count": len(failed), "name": failed[0].name, "told": ";".join(failed[0].differences)}
        )
    if version.valid_from is None:
        raise Refused(_("请填写施行日期。"))


@transaction.atomic
def adopt(version: PolicyVersion, *, by: Account, at: datetime) -> PolicyVersion:
    """Adopt a newer text of the library (采用): whoever does so answers for it as its author, and another person signs."""
    version = _move(version, "adopt", by=by)
    _check_no_pending_version(version.policy)
    _check_complete(version)
    version.written_by, version.written_at = by, at
    version.save(update_fields=["state", "written_by", "written_at"])
    _record(PolicyEvent.ADOPTED, version, by=by, at=at)
    return version


def _check_no_pending_version(policy: Policy) -> None:
    """Raises Refused while another version of the policy is a draft or waits for its signature."""
    pending = policy.versions.filter(state__in=[VersionState.DRAFT, VersionState.PROPOSED]).first()
    if pending is not None:
        raise Refused(_("第%(number)s版还没有审签。请先改完这一版。") % {"number": pending.number})


@transaction.atomic
def take_back(version: PolicyVersion, *, by: Account, at: datetime) -> PolicyVersion:
    """Take back a proposed version so that it can be edited (撤回修改)."""
    version = _move(version, "take_back", by=by)
    version.save(update_fields=["state"])
    _record(PolicyEvent.TAKEN_BACK, version, by=by, at=at)
    return version


@transaction.atomic
def sign(version: PolicyVersion, *, by: Account, at: datetime) -> PolicyVersion:
    """Sign a version as the second person (审签): from its first day on it counts, and the version before it ends."""
    version = _move(version, "sign", by=by)
    since = version.valid_from
    assert since is not None  # noqa: S101  asked before it was proposed
    version.signed_by, version.signed_at = by, at
    version.save(update_fields=["state", "signed_by", "signed_at"])
    _end_earlier_versions(version, since, by=by, at=at)
    copy_header(version.policy, read_header(version.text))
    version.policy.save()
    _record(PolicyEvent.SIGNED, version, by=by, at=at, since=since.isoformat())
    return version


def _end_earlier_versions(version: PolicyVersion, since: date, *, by: Account, at: datetime) -> None:
    """End earlier versions on the day before `since`; one that would never have been in force is retired."""
    earlier = version.policy.versions.filter(state=VersionState.SIGNED).exclude(pk=version.pk)
    for old in earlier.select_for_update():
        if old.valid_until is not None and old.valid_until < since:
            continue
        last_day = since - timedelta(days=1)
        if old.valid_from is not None and old.valid_from > last_day:
            old.state = VersionState.RETIRED
        else:
            old.valid_until = last_day
        old.save(update_fields=["state", "valid_until"])
        record(
            PolicyEvent.CUT,
            subject=version.policy,
            by=by,
            at=at,
            number=old.number,
            until=last_day.isoformat(),
        )


@transaction.atomic
def refuse(version: PolicyVersion, *, reason: str, by: Account, at: datetime) -> PolicyVersion:
    """Refuse a version with a reason for its author (退回)."""
    version = _move(version, "refuse", by=by)
    version.reason = _checked_reason(reason)
    version.save(update_fields=["state", "reason"])
    _record(PolicyEvent.REFUSED, version, by=by, at=at, reason=version.reason)
    return version


@transaction.atomic
def retire(version: PolicyVersion, *, reason: str, by: Account, at: datetime) -> PolicyVersion:
    """Take a version out of use (停用); what was paid under it stays."""
    version = _move(version, "retire", by=by)
    version.reason = _checked_reason(reason)
    version.save(update_fields=["state", "reason"])
    _record(PolicyEvent.RETIRED, version, by=by, at=at, reason=version.reason)
    return version


@transaction.atomic
def set_ceiling(policy: Policy, *, amount: Decimal | None, by: Account, at: datetime) -> Policy:
    """Set what the policy may cost at most, in yuan (预算上限); None removes the ceiling."""
    perms.check_write_for(by, policy.area_code)
    if amount is not None and amount <= 0:
        raise Refused(_("预算上限要大于零；不设上限请留空。"), field="amount")
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    if policy.ceiling == amount:
        return policy
    changes = set_fields(policy, {"ceiling": amount})
    policy.save(update_fields=["ceiling"])
    if amount is None:
        record(PolicyEvent.CEILING_LIFTED, subject=policy, by=by, at=at, **changes)
    else:
        record(PolicyEvent.CEILING_SET, subject=policy, by=by, at=at, amount=f"{amount:,.2f}", **changes)
    return policy


def _checked_reason(reason: str) -> str:
    return required_text(reason, _("请写明理由，起草人才知道怎么改。"), field="reason")[:200]
