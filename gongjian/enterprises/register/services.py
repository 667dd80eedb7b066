"""Keeping the register of firms."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.queries import events_of
from gongjian.audit.references import is_referred_to
from gongjian.audit.sensible_days import check_day
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words, source_word
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.models import Contact, Enterprise, EnterpriseAccount, Pairing, Qualification
from gongjian.enterprises.queries import firms_called
from gongjian.enterprises.register.credit_code import read_credit_code
from gongjian.enterprises.states import PairingKind
from gongjian.people.accounts.services import add_account
from gongjian.people.models import Account, Area, Person
from gongjian.people.perms import check_keep_accounts
from gongjian.people.pinyin import firm_initials
from gongjian.people.states import Role

CHANGEABLE = frozenset(
    {
        "name",
        "short_name",
        "credit_code",
        "area",
        "registered_area",
        "address",
        "industry_code",
        "industry",
        "chain",
        "above_designated_size",
        "founded_on",
        "status",
        "makes",
        "buys",
    }
)


@transaction.atomic
def register_firm(
    *,
    name: str,
    short_name: str = "",
    credit_code: str | None = None,
    area: Area,
    namesakes: Collection[int] = (),
    by: Account,
    at: datetime,
    **facts: Any,
) -> Enterprise:
    """Register a firm (登记).

    Refused while there is a firm of that name that is not among `namesakes`: the keys of those known to be others.
    """
    perms.check_keep(by, area)
    if same := [firm for firm in firms_called(name) if firm.pk not in namesakes]:
        shown = _("、").join(f"{firm.name}（{firm.area}）" for firm in same[:5])
        raise Refused(
            _("企业库里已有同名企业：%(shown)s。如果是同一家，请用已有的；确是另一家，请确认后再登记。")
            % {"shown": shown},
            field="name",
        )
    check_day(facts.get("founded_on"), DayMeaning.FOUNDED, today=timezone.localdate(at), field="founded_on")
    enterprise = Enterprise(area=area)
    _set_facts(enterprise, {"name": name, "short_name": short_name, "credit_code": credit_code, **facts})
    enterprise.save()
    record(EnterpriseEvent.REGISTERED, subject=enterprise, by=by, at=at, name=enterprise.name)
    return enterprise


@transaction.atomic
def take_back_firm(enterprise: Enterprise, *, reason: str, by: Account, at: datetime) -> None:
    """Remove a firm that should not have been registered (收回登记).

    Refused when anybody has added to it or corrected it since, or any record points at it.
    """
    perms.check_keep(by, enterprise.area)
    later = events_of(enterprise).exclude(name=EnterpriseEvent.REGISTERED)
    if is_referred_to(enterprise) or later.exists():
        raise Refused(_("%(name)s已有别处用到或有人改过，留在名册。") % {"name": enterprise.name})
    record(EnterpriseEvent.TAKEN_BACK, subject=enterprise, by=by, at=at, name=enterprise.name, reason=reason)
    enterprise.delete()


@transaction.atomic
def update_firm(enterprise: Enterprise, *, by: Account, at: datetime, **changed: Any) -> Enterprise:
    """Change fields of a firm; nothing is recorded when none differs."""
    enterprise = (
        Enterprise.objects.select_for_update(of=("self",)).select_related("area").get(pk=enterprise.pk)
    )
    perms.check_keep(by, enterprise.area)
    if "area" in changed:
        perms.check_keep(by, changed["area"])
    check_day(changed.get("founded_on"), DayMeaning.FOUNDED, today=timezone.localdate(at), field="founded_on")
    changes = _set_facts(enterprise, changed)
    if not changes["values"]:
        return enterprise
    enterprise.save()
    record(EnterpriseEvent.CHANGED, subject=enterprise, by=by, at=at, **changes)
    return enterprise


def _set_facts(enterprise: Enterprise, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Check and set fields; returns what the event keeps of it."""
    if unknown := facts.keys() - CHANGEABLE:
        raise TypeError(f"not fields of a firm: {sorted(unknown)}")
    facts = dict(facts)
    if "credit_code" in facts:
        facts["credit_code"] = _unused_code(read_credit_code(facts["credit_code"]), enterprise)
    if "name" in facts:
        facts["name"] = facts["name"].strip()
        if not facts["name"]:
            raise Refused(_("请填写企业名称。"), field="name")
    changes = set_fields(enterprise, facts)
    enterprise.initials = firm_initials(enterprise.name, enterprise.short_name)
    return changes


def _unused_code(code: str | None, enterprise: Enterprise) -> str | None:
    holder = Enterprise.objects.filter(credit_code=code).exclude(pk=enterprise.pk).first() if code else None
    if holder is not None:
        raise Refused(
            _("这个统一社会信用代码已登记给“%(name)s”。如果是同一家，请打开它的页面修改。")
            % {"name": holder.name},
            field="credit_code",
        )
    return code


@transaction.atomic
def add_contact(
    enterprise: Enterprise,
    *,
    name: str,
    title: str = "",
    phone: str = "",
    is_main: bool = False,
    by: Account,
    at: datetime,
) -> Contact:
    """Add a contact of a firm; a new main contact replaces the old one."""
    perms.check_keep(by, enterprise.area)
    name = required_text(name, _("请填写联系人姓名。"), field="name")
    if is_main:
        enterprise.contacts.update(is_main=False)
    contact = Contact.objects.create(
        enterprise=enterprise, name=name.strip(), title=title, phone=phone, is_main=is_main
    )
    record(EnterpriseEvent.CONTACT_ADDED, subject=enterprise, by=by, at=at, name=contact.name)
    return contact


@transaction.atomic
def update_contact(contact: Contact, *, by: Account, at: datetime, **changed: str) -> Contact:
    """Correct the title or the telephone number of a contact; nothing is recorded when none differs."""
    perms.check_keep(by, contact.enterprise.area)
    changes = set_fields(
        contact, {name: changed.get(name, getattr(contact, name)) for name in ("title", "phone")}
    )
    if changes["values"]:
        contact.save(update_fields=["title", "phone"])
        record(
            EnterpriseEvent.CONTACT_CHANGED,
            subject=contact.enterprise,
            by=by,
            at=at,
            name=contact.name,
            **changes,
        )
    return contact


@transaction.atomic
def add_pairing(
    enterprise: Enterprise,
    *,
    person: Person,
    kind: PairingKind | str,
    since: date | None,
    by: Account,
    at: datetime,
) -> Pairing:
    """Pair a leader or service officer with a firm (包联)."""
    perms.check_keep(by, enterprise.area)
    check_day(since, DayMeaning.TERM, today=timezone.localdate(at), field="since")
    kind = PairingKind(kind)
    if enterprise.pairings.filter(person=person, kind=kind, until__isnull=True).exists():
        raise Refused(
            _("%(person)s已经是这家企业的%(kind)s。") % {"person": person, "kind": kind.label}, field="person"
        )
    pairing = Pairing.objects.create(enterprise=enterprise, person=person, kind=kind, since=since)
    record(
        EnterpriseEvent.PAIRED,
        subject=enterprise,
        by=by,
        at=at,
        kind=source_word(kind.label),
        person=person.name,
    )
    return pairing


@transaction.atomic
def end_pairing(pairing: Pairing, *, until: date, by: Account, at: datetime) -> Pairing:
    """End a pairing on a day."""
    perms.check_keep(by, pairing.enterprise.area)
    if pairing.until is not None:
        raise Refused(_("这条包联已于 %(until)s 结束。请刷新页面。") % {"until": day_in_words(pairing.until)})
    if pairing.since is not None and until < pairing.since:
        raise Refused(
            _("结束日期早于起始日期 %(since)s。请核对。") % {"since": day_in_words(pairing.since)},
            field="until",
        )
    changes = set_fields(pairing, {"until": until})
    pairing.save(update_fields=["until"])
    record(
        EnterpriseEvent.PAIRING_ENDED,
        subject=pairing.enterprise,
        by=by,
        at=at,
        kind=source_word(PairingKind(pairing.kind).label),
        person=pairing.person.name,
        **changes,
    )
    return pairing


@transaction.atomic
def add_qualification(
    enterprise: Enterprise,
    *,
    name: str,
    batch: str = "",
    valid_from: date | None,
    valid_to: date | None,
    source: str = "",
    by: Account,
    at: datetime,
) -> Qualification:
    """Add a title with its validity (资质荣誉)."""
    perms.check_keep(by, enterprise.area)
    name = required_text(name, _("请填写资质名称。"), field="name")
    for field, day in (("valid_from", valid_from), ("valid_to", valid_to)):
        check_day(day, DayMeaning.VALID, today=timezone.localdate(at), field=field)
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused(_("有效期止早于有效期起。请核对。"), field="valid_to")
    qualification = Qualification.objects.create(
        enterprise=enterprise,
        name=name.strip(),
        batch=batch,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
    )
    record(EnterpriseEvent.QUALIFIED, subject=enterprise, by=by, at=at, name=qualification.name)
    return qualification


@transaction.atomic
def link_account(account: Account, *, enterprise: Enterprise, by: Account, at: datetime) -> EnterpriseAccount:
    """Let an account of role ENTERPRISE speak for this firm."""
    check_keep_accounts(by)
    if account.role != Role.ENTERPRISE:
        raise Refused(_("只有角色为“企业”的账号可以代表企业。请先改账号的角色。"), field="account")
    existing = EnterpriseAccount.objects.select_related("enterprise").filter(account=account).first()
    if existing is not None:
        raise Refused(
            _("这个账号已经代表“%(name)s”。请为另一家企业另开账号。") % {"name": existing.enterprise},
            field="account",
        )
    link = EnterpriseAccount.objects.create(account=account, enterprise=enterprise)
    record(EnterpriseEvent.ACCOUNT_LINKED, subject=enterprise, by=by, at=at, username=account.username)
    return link


@transaction.atomic
def open_account(
    enterprise: Enterprise, *, username: str, name: str, by: Account, at: datetime
) -> tuple[Account, str]:
    """Open an account that speaks for this firm; returns it with its one-time password."""
    facts = {"person": None, "unit": None, "reads_area": None, "writes_area": None}
    account, password = add_account(username=username, name=name, role=Role.ENTERPRISE, **facts, by=by, at=at)
    link_account(account, enterprise=enterprise, by=by, at=at)
    return account, password
