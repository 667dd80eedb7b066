"""Keeping a superior's template, saying what its headings stand for, and filling it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.changes import changed
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.engines.tables.folding import folded
from gongjian.engines.templates import fill_template, undated
from gongjian.imports.learning import learn_headings
from gongjian.imports.reading.fields import FIELDS, head_words
from gongjian.people.models import Account
from gongjian.superior_templates import perms, queries
from gongjian.superior_templates.events import TemplateEvent
from gongjian.superior_templates.fields import READ_AS, READ_IN, field_labels
from gongjian.superior_templates.models import SuperiorTemplate
from gongjian.superior_templates.records import Record, for_sheet
from gongjian.superior_templates.states import LedgerKind


def keep(
    *, ledger: LedgerKind | str, file_name: str, file: bytes, by: Account, at: datetime
) -> SuperiorTemplate:
    """Take in a blank workbook (记住表样); a form with the same headings that is kept already gets the newer file."""
    area = by.writes_area
    perms.check_keep(by, area)
    if area is None:  # said by the check above
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    decided = queries.decided_for(file, ledger, area=area)
    mark = queries.read(file, ledger, area=area).mark
    facts = {"file_name": file_name[:200], "file": file, "kept_by": by, "kept_at": at}
    with transaction.atomic():
        kept, made = SuperiorTemplate.objects.update_or_create(
            area=area,
            ledger=ledger,
            mark=mark,
            defaults=facts,
            create_defaults={**facts, "fields": decided},
        )
        told = TemplateEvent.KEPT if made else TemplateEvent.CHANGED
        label = source_word(LedgerKind(ledger).label)
        record(told, subject=kept, by=by, at=at, file=kept.file_name, ledger=label)
    return kept


@transaction.atomic
def decide(
    template: SuperiorTemplate, fields: Mapping[str, str], *, by: Account, at: datetime
) -> SuperiorTemplate:
    """Say what headings stand for (指定对应), "" for nothing; it holds whenever the form comes again, and when such a ledger is imported."""
    perms.check_keep(by, template.area)
    known = field_labels(template.ledger)
    if wrong := [field for field in fields.values() if field and field not in known]:
        raise Refused(_("没有“%(field)s”这一项。请刷新页面再选。") % {"field": wrong[0]})
    decided = {undated(heading): field for heading, field in fields.items()}
    shown = {name: source_word(label) for name, label in known.items()}
    before, after = (
        {heading: shown.get(rows.get(heading, ""), "") for heading in decided}
        for rows in (template.fields, decided)
    )
    template.fields = {**template.fields, **decided}
    template.save(update_fields=["fields"])
    changes = changed(template, before, after)
    learn_headings(template.area, READ_IN[LedgerKind(template.ledger)], _taught(template, fields), at=at)
    record(TemplateEvent.CHANGED, subject=template, by=by, at=at, file=template.file_name, **changes)
    return template


def _taught(template: SuperiorTemplate, fields: Mapping[str, str]) -> dict[str, str]:
    """What is news to the importer of this ledger: headings without a month, for what it reads."""
    ledger = LedgerKind(template.ledger)
    kind, called = READ_IN[ledger], READ_AS[ledger]
    read_in, known = {field.name for field in FIELDS[kind]}, head_words(kind, {}).names
    return {
        heading: field
        for heading, said in fields.items()
        for field in (called.get(said, said),)
        if field in read_in and undated(heading) == heading and known.get(folded(heading)) != field
    }


@transaction.atomic
def forget(template: SuperiorTemplate, *, by: Account, at: datetime) -> None:
    """Keep the template no longer (不再用)."""
    perms.check_keep(by, template.area)
    record(TemplateEvent.FORGOTTEN, subject=template, by=by, at=at, file=template.file_name)
    template.delete()


def filled(template: SuperiorTemplate, records: list[Record]) -> bytes:
    """The template filled with these records, as .xlsx."""
    known = queries.read(bytes(template.file), template.ledger, area=template.area, decided=template.fields)
    return fill_template(known, lambda sheet: for_sheet(records, sheet))
