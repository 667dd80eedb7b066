"""Taking in an office's own template, and going back to the built-in one."""

from datetime import datetime
from difflib import get_close_matches

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.bulletins import perms
from gongjian.bulletins.events import BulletinEvent
from gongjian.bulletins.models import PaperKind, PaperTemplate
from gongjian.bulletins.office_templates.vocabulary import EXAMPLES, body_of, fields_of
from gongjian.engines.files.names import clean_name
from gongjian.engines.paper import own_template
from gongjian.engines.paper.template_flaws import BadTemplate, Fault, Flaw
from gongjian.people.models import Account, Area


def take_template(
    *, area: Area, kind: str, name: str, content: bytes, by: Account, at: datetime
) -> PaperTemplate:
    """Take in a template (模板) for a kind of paper of an area; the one before is withdrawn."""
    perms.check_make(by, area)
    kept = checked(content, kind)
    with transaction.atomic():
        for old in PaperTemplate.objects.select_for_update().filter(area=area, kind=kind, withdrawn_at=None):
            _withdraw(old, by, at)
        made = PaperTemplate.objects.create(
            area=area, kind=kind, name=clean_name(name), content=kept, added_by=by, added_at=at
        )
        facts = {"kind": str(PaperKind(kind).label), "name": made.name}
        record(BulletinEvent.TEMPLATE_TAKEN, subject=made, by=by, at=at, **facts)
    return made


@transaction.atomic
def withdraw_template(template: PaperTemplate, *, by: Account, at: datetime) -> PaperTemplate:
    """Go back to the built-in layout."""
    row = PaperTemplate.objects.select_for_update(of=("self",)).select_related("area").get(pk=template.pk)
    perms.check_make(by, row.area)
    if row.withdrawn_at is not None:
        raise Refused(_("这份模板已经停用，现在用的是内置格式或另一份模板。"))
    _withdraw(row, by, at)
    facts = {"kind": str(row.get_kind_display()), "name": row.name}
    record(BulletinEvent.TEMPLATE_WITHDRAWN, subject=row, by=by, at=at, **facts)
    return row


def _withdraw(row: PaperTemplate, by: Account, at: datetime) -> None:
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])


def checked(content: bytes, kind: str) -> bytes:
    """The template as it is kept. Refused with a sentence for each thing that is wrong."""
    try:
        kept = own_template.accepted(content)
        own_template.check(kept, fields_of(kind), body=body_of(kind))
    except BadTemplate as bad:
        raise Refused("".join(_sentence(fault, kind) for fault in bad.faults), field="file") from bad
    return kept


def _sentence(fault: Fault, kind: str) -> str:
    if fault.flaw == Flaw.FIELD:
        near = get_close_matches(fault.what, fields_of(kind), n=1, cutoff=0.3)
        hint = _("是不是“%(near)s”？") % {"near": near[0]} if near else _("可用的字段见下表。")
        return _("没有“%(name)s”这个字段，%(hint)s") % {"name": fault.what, "hint": hint}
    return _sentences()[fault.flaw] % EXAMPLES


def _sentences() -> dict[Flaw, str]:
    return {
        Flaw.EMPTY: _("文件是空的。请选一个 .docx 文件。"),
        Flaw.TOO_LARGE: _("文件太大。模板最大 5 MB，请去掉大图片再上传。"),
        Flaw.OLD_WORD: _("这是旧格式（.doc 或 .wps）。请用 Word 或 WPS 打开，另存为 .docx 再上传。"),
        Flaw.LOCKED: _("文件加了密码。请去掉密码，另存后再上传。"),
        Flaw.MACROS: _("文件里有宏。请另存为不带宏的 .docx 再上传。"),
        Flaw.OBJECTS: _("文件里嵌有别的程序的对象。请删去对象，另存后再上传。"),
        Flaw.OUTSIDE: _("文件引用了外面的内容（链接的图片或对象）。请把它嵌入或删去，另存后再上传。"),
        Flaw.NOT_WORD: _("这不是 Word 文件（.docx）。请用 Word 或 WPS 另存为 .docx 再上传。"),
        Flaw.BROKEN: _("文件打不开，可能已损坏。请用 Word 或 WPS 打开，另存后再上传。"),
        Flaw.BRACES: _(
            "花括号没有写完整。字段写成 %(field)s，“有才印”写成 %(begin)s 和 %(end)s，请逐个核对。"
        ),
        Flaw.STATEMENT: _("模板里只能写字段 %(field)s 和“有才印”%(begin)s…%(end)s，不能写循环和算式。"),
        Flaw.NO_FIELD: _("模板里一个字段也没有，印出来的每一张都会一样。请先下载样例，照着写上字段。"),
        Flaw.NO_BODY: _("模板里没有 %(body)s。请单独起一段写上，正文的各段和各表放在那里。"),
        Flaw.BODY_PLACE: _("%(body)s 要单独占一段，只写一次，不放在表格、文本框、页眉页脚里。"),
    }
