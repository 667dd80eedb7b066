"""The form of an outline: the head of a bulletin, a text for each part, the order of the parts."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.bulletins.editing.outline import (
    NUMBER,
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
from gongjian.web.bulletins.editing.both_outlines import settled_order, taken_out
from gongjian.web.editing.conflicts import CHOICE, Conflict
from gongjian.web.editing.forms import OPENED, EditForm
from gongjian.web.editing.versions import digest, digests_in
from gongjian.web.forms import TextArea

ORDER = "order"  # the field with the keys of the parts, which the page keeps up while they are moved
ORDER_OPENED = "order_opened"  # and how they stood when it was drawn
PART = re.compile(r"b\d+")
BEGINNING = 16  # signs of a part by which people know it
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
        self.stored_order = [block["key"] for block in self.blocks]
        self.order_conflict: Conflict | None = None
        gone = _taken_out(args[0] if args else kwargs.get("data"), bulletin, self.blocks)
        self.gone = {block["key"] for block in gone}  # taken out by another since the page was drawn
        head = {
            "title": bulletin.title,
            "issue": bulletin.issue,
            "receivers": "\n".join(receivers_of(bulletin)),
        }
        kwargs["initial"] = head | {block["key"]: as_text(block) for block in self.blocks}
        kwargs["initial"] |= dict.fromkeys(self.gone, "")
        kwargs["subjects"] = [bulletin]
        super().__init__(*args, **kwargs)
        for block in [*self.blocks, *gone]:
            if can_type(block):
                self.fields[block["key"]] = _text_field(block)
                self.fields[block["key"]].blank_words = _("（这一项已经删去）")  # type: ignore[attr-defined]  # beside a clash
        self.blocks = in_order([*self.blocks, *gone], _keys(self.data, ORDER)) if gone else self.blocks

    def full_clean(self) -> None:
        """Check as usual; then whether both moved the parts, or one takes out what the other has just written."""
        super().full_clean()
        if not (self.is_bound and hasattr(self, "cleaned_data")):
            return
        if self._settled() is None and not self._chosen_order():
            self._ask_for_order()
        verb, _sep, key = str(self.data.get("act", "")).partition(":")
        opened = digests_in(str(self.data.get(OPENED, "")))
        if verb == "drop" and key in opened and opened[key] != digest(self._stored(key)):
            who = self._last_change()[0] or _("别人")
            sentence = _("您打开以后，%(who)s改了这一项，没有删去。请看过现在的文字，再决定要不要删。")
            self.add_error(key, sentence % {"who": who})
            self._show_newest(opened)

    def _settled(self) -> Sequence[str] | None:
        mine = _keys(self.data, ORDER)
        opened = _keys(self.data, ORDER_OPENED)
        return settled_order(self.stored_order, opened, mine) if opened else mine

    def _chosen_order(self) -> Sequence[str]:
        """The order that was chosen after both were shown."""
        chosen, _sign, seen = str(self.data.get(CHOICE + ORDER, "")).partition(":")
        if seen != digest(",".join(self.stored_order)):
            return []
        return {"mine": _keys(self.data, ORDER), "theirs": self.stored_order}.get(chosen, [])

    def _ask_for_order(self) -> None:
        who, when = self._last_change()
        self.order_conflict = Conflict(
            name=CHOICE + ORDER,
            mine=self._in_words(_keys(self.data, ORDER)),
            theirs=self._in_words(self.stored_order),
            by=who,
            at=when,
            seen=digest(",".join(self.stored_order)),
        )
        sentence = _("您打开以后，%(who)s也换了各项的位置。两种顺序都在下面，请选一种再保存。")
        self.add_error(None, sentence % {"who": who or _("别人")})

    def _in_words(self, keys: Sequence[str]) -> str:
        placed = in_order(self.blocks, keys)
        return "\n".join(
            f"{n}. {NUMBER.sub(_value, as_text(block))[:BEGINNING]}" for n, block in enumerate(placed, 1)
        )

    @property
    def order(self) -> list[str]:
        """The keys of the parts in the order both people left them in; as the page has put them while that is asked."""
        keys = (self._settled() or self._chosen_order() or _keys(self.data, ORDER)) if self.is_bound else []
        return [block["key"] for block in in_order(self.blocks, keys)]

    @property
    def order_opened(self) -> list[str]:
        """The order the page is drawn from."""
        return _keys(self.data, ORDER_OPENED) if self.order_conflict else self.stored_order

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
            if block["key"] not in self.gone or block["key"] in self.errors
        ]

    def written(self, numbers: dict[str, str], act: str) -> list[Block]:
        """The parts with what was typed, after the act of the button; a field the page did not have stays."""
        typed = [
            with_text(block, self.cleaned_data[block["key"]], numbers) if block["key"] in self.data else block
            for block in self.blocks
            if block["key"] not in self.gone or self.cleaned_data[block["key"]]
        ]
        done = arranged(in_order(typed, self.order), act)
        return done if act else kept(done)


def _keys(data: Any, name: str) -> list[str]:
    return [key for key in str(data.get(name, "")).split(",") if key]


def _value(number: re.Match[str]) -> str:
    return number.group(1)


def _taken_out(data: Any, bulletin: Bulletin, blocks: list[Block]) -> list[Block]:
    """The parts of which the page had a text field, and which the outline no longer has."""
    opened = digests_in(str(data.get(OPENED, ""))) if data else {}
    return taken_out(bulletin, blocks, [key for key in opened if PART.fullmatch(key) and key in data])


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
