"""Editing the outline of a bulletin, its versions, signing it off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gongjian.bulletins import queries
from gongjian.bulletins.editing import services as editing
from gongjian.bulletins.editing.outline import (
    Block,
    arranged,
    as_text,
    can_type,
    in_order,
    is_written,
    kept,
    with_keys,
    with_text,
)
from gongjian.bulletins.models import Bulletin
from gongjian.bulletins.weekly_brief.paper import receivers_of
from gongjian.bulletins.wording import LARGEST_ISSUE
from gongjian.web.editing.forms import EditForm
from gongjian.web.editing.saving import edit
from gongjian.web.forms import TextArea
from gongjian.web.session import account_of

ORDER = "order"  # the field with the keys of the parts, which the page keeps up while they are moved
VERSIONS = 20  # that the page offers
KIND_LABELS = {
    "heading": gettext_lazy("小标题"),
    "paragraph": gettext_lazy("段落"),
    "table": gettext_lazy("表格"),
}
ORIGINS = {
    "query": gettext_lazy("自动生成"),
    "edited": gettext_lazy("自动生成，已改动"),
    "hand": gettext_lazy("手写"),
}
TO_WRITE = gettext_lazy("待写")
HINTS = {
    "demands": gettext_lazy("其他要求"),
    "difficulties": gettext_lazy("存在的困难和原因"),
    "advice": gettext_lazy("需要领导协调或决定的事项"),
}


class OutlineForm(EditForm):
    """The head of a bulletin and one text for each part of it."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    issue = forms.IntegerField(label=gettext_lazy("期号"), min_value=1, max_value=LARGEST_ISSUE)
    receivers = TextArea(
        label=gettext_lazy("报送单位"),
        rows=2,
        required=False,
        help_text=gettext_lazy("每行一条，印在版记里。"),
    )

    def __init__(self, *args: Any, bulletin: Bulletin, **kwargs: Any) -> None:
        self.blocks: list[Block] = with_keys(bulletin.content.get("blocks", []))
        head = {
            "title": bulletin.title,
            "issue": bulletin.issue,
            "receivers": "\n".join(receivers_of(bulletin)),
        }
        kwargs["initial"] = head | {block["key"]: as_text(block) for block in self.blocks}
        kwargs["subjects"] = [bulletin]
        super().__init__(*args, **kwargs)
        for block in self.blocks:
            if can_type(block):
                self.fields[block["key"]] = _text_field(block)

    @property
    def order(self) -> list[str]:
        """The keys of the parts in the order the page has put them; as they are stored where it says nothing."""
        posted = self.data.get(ORDER, "") if self.is_bound else ""
        return [block["key"] for block in in_order(self.blocks, posted.split(","))]

    def parts(self) -> list[dict[str, Any]]:
        """Each part as the page shows it: its field, or the table as it stands."""
        return [
            {
                "block": block,
                "field": self[block["key"]] if can_type(block) else None,
                "kind": KIND_LABELS[block["kind"]],
                "origin": _origin(block),
                "is_written": is_written(block),
            }
            for block in in_order(self.blocks, self.order)
        ]

    def written(self, numbers: dict[str, str], act: str) -> list[Block]:
        """The parts with what was typed, after the act of the button; a field the page did not have stays."""
        typed = [
            with_text(block, self.cleaned_data[block["key"]], numbers) if block["key"] in self.data else block
            for block in self.blocks
        ]
        done = arranged(in_order(typed, self.order), act)
        return done if act else kept(done)


def _origin(block: Block) -> str:
    is_waiting = "hint" in block and not as_text(block).strip()
    return str(TO_WRITE if is_waiting else ORIGINS[block.get("from", "query")])


def _text_field(block: Block) -> forms.Field:
    label = f"{KIND_LABELS[block['kind']]} · {_origin(block)}"
    if block["kind"] == "heading":
        return forms.CharField(label=label, required=False, max_length=60)
    lines = max(2, min(8, len(as_text(block)) // 40 + 1 + as_text(block).count("\n")))
    help_text = gettext_lazy("第一行是表头；格子之间用 | 隔开。") if block["kind"] == "table" else ""
    text = TextArea(label=label, required=False, rows=lines, help_text=help_text)
    if "hint" in block:
        text.widget.attrs["placeholder"] = _("在这里写：%(what)s。不写就不印。") % {
            "what": HINTS[block["hint"]]
        }
    return text


def edit_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline: texts, order, what was generated and what was written; saving keeps a version."""
    bulletin = _load(request, pk)
    act = request.POST.get("act", "")
    form, saved = edit(request, bulletin, make=_form, save=lambda form, row: _save(request, form, row, act))
    if saved:
        if not act:
            messages.success(request, _("已保存。上一版还在，可以恢复。"))
        return redirect(
            f"{reverse('bulletin-edit', args=[pk])}#{act.split(':')[1] if ':' in act else 'text'}"
        )
    context = {
        "bulletin": bulletin,
        "form": form,
        "versions": bulletin.versions.select_related("saved_by")[:VERSIONS],
    }
    return render(request, "bulletins/edit.html", context, status=422 if form.is_bound else 200)


def _form(data: Any, row: Bulletin) -> OutlineForm:
    return OutlineForm(data, bulletin=row)


def _save(request: HttpRequest, form: OutlineForm, row: Bulletin, act: str) -> Bulletin:
    numbers = dict(row.numbers.values_list("anchor", "value"))
    return editing.edit_bulletin(
        row,
        title=form.cleaned_data["title"],
        issue=form.cleaned_data["issue"],
        receivers=form.cleaned_data["receivers"].splitlines(),
        blocks=form.written(numbers, act),
        by=account_of(request),
        at=timezone.now(),
    )


def _load(request: HttpRequest, pk: int) -> Bulletin:
    return get_object_or_404(queries.visible_to(account_of(request)).select_related("area", "made_by"), pk=pk)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the bulletin off."""
    editing.sign_bulletin(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已核签，可以印发。"))
    return redirect("bulletin", pk=pk)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go back to a version."""
    version = get_object_or_404(_load(request, pk).versions, number=number)
    editing.restore_version(version, by=account_of(request), at=timezone.now())
    messages.success(request, _("已恢复到第 %(n)s 版。") % {"n": number})
    return redirect("bulletin-edit", pk=pk)
