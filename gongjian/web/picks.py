"""Picking a record by typing: names, short names, pinyin initials, code tails.

Without JavaScript the text is typed whole and resolved on the server; with it a list is offered.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name
from gongjian.engines.writing.signs import clean_text
from gongjian.web.pick_rights import KIND_OF, may_register, picker, whom_to_ask
from gongjian.web.record_keys import record_keys

Find = Callable[[str], Iterable[Model]]
NEW = "new"  # stands for the key of a record that is to be made under the typed name


class PickWidget(forms.Widget):
    """A text box with a list fed by the route `source`; posts `<name>` (keys), `<name>_text` (typed text)."""

    template_name = "components/_pick.html"

    def __init__(self, *, source: str, many: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.source = source
        self.many = many
        self.within = self.anyone = ""  # names of the fields that limit the list, and that open it again
        self.offers_new = True  # whether 新建 stands in the list, for those who may register such a record
        self.takes_text = False  # whether a typed text stands for itself
        self.makes = False  # whether a name that is not there can be chosen as one to be made
        self.only: int | None = None  # the key of the record that limits the list, where no field does
        self.labels: Callable[[list[str]], list[tuple[str, str]]] = lambda keys: [(key, key) for key in keys]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The template context: chosen records with their labels, and the typed text beside them."""
        context = super().get_context(name, value, attrs)
        keys, text = value if isinstance(value, tuple) else (_keys(value), "")
        if self.takes_text and keys and not keys[0].isdecimal():
            keys, text = [], keys[0]  # the text that was kept
        chosen = [(NEW, text)] if self.makes and keys == [NEW] else self.labels(keys)
        if not self.many and chosen and not text:
            text = chosen[0][1]
        return context | {
            "pick": {
                "name": name,
                "chosen": chosen,
                "text": text,
                "source": self.source,
                "many": self.many,
                "within": self.within,
                "only": self.only,
                "anyone": self.anyone,
                "takes_text": self.takes_text,
                "makes": self.makes,
                "new": KIND_OF[self.source] if self._registers() else "",
                "ask": "" if self.makes or self._registers() else whom_to_ask(self.source),
            }
        }

    def _registers(self) -> bool:
        return self.offers_new and not self.makes and may_register(picker(), self.source)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list[str], str]:  # noqa: ARG002  the framework passes it
        """The keys and the typed text as posted."""
        values = data.getlist(name) if hasattr(data, "getlist") else _keys(data.get(name))
        return [str(v) for v in values if str(v).strip()], clean_text(
            str(data.get(f"{name}_text", "") or "")
        ).strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """True only when neither keys nor typed text were posted."""
        return name not in data and f"{name}_text" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        """The label belongs to the text box."""
        return id_


def _keys(value: Any) -> list[str]:
    if value in (None, ""):
        return []
    items = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    return [str(item.pk if isinstance(item, Model) else item) for item in items]


class Pick(forms.Field):
    """A field for one record. Set `queryset` (the choices) and `find(text)` in the form's `__init__`."""

    widget: PickWidget
    many = False

    def __init__(
        self,
        *,
        source: str,
        queryset: QuerySet[Any] | None = None,
        find: Find | None = None,
        offers_new: bool = True,
        **kwargs: Any,
    ) -> None:
        kwargs["widget"] = PickWidget(source=source, many=self.many)
        super().__init__(**kwargs)
        self.widget.offers_new = offers_new
        self.queryset = queryset
        self.find = find

    def __deepcopy__(self, memo: dict[int, Any]) -> "Pick":
        copied: Pick = super().__deepcopy__(memo)
        copied.widget.labels = copied.labels
        return copied

    def labels(self, keys: list[str]) -> list[tuple[str, str]]:
        """Key and name of each chosen record that is among the choices."""
        return [(str(record.pk), str(record)) for record in self._by_key(keys)]

    def _by_key(self, keys: list[str]) -> list[Model]:
        numbers = record_keys(keys)
        return list(self.queryset.filter(pk__in=numbers)) if self.queryset is not None and numbers else []

    def _by_text(self, text: str) -> Model:
        matches = list(self.find(text)) if self.find else []
        wanted = fold_name(text)
        exact = [
            record
            for record in matches
            if wanted in {fold_name(str(record)), fold_name(getattr(record, "name", ""))}
        ]
        if len(exact) == 1 or len(matches) == 1:
            return (exact or matches)[0]
        if not matches:
            raise forms.ValidationError(self._not_there(text))
        names = _("、").join(str(record) for record in matches[:5])
        raise forms.ValidationError(
            _("“%(text)s”对应多条记录：%(names)s。请把名称写全。") % {"text": text, "names": names}
        )

    def _not_there(self, text: str) -> str:
        """What to do about a name that is not registered: 新建 for who may, whom to ask for everybody else."""
        if may_register(picker(), self.widget.source) and (self.widget.offers_new or self.widget.makes):
            return _("没有找到“%(text)s”。请换一个写法，或在这一栏选“新建”。") % {"text": text}
        sentence = _("没有找到“%(text)s”。请换一个写法。") % {"text": text}
        return f"{sentence}{whom_to_ask(self.widget.source)}"

    def clean(self, value: Any) -> Any:
        """The chosen record; a key takes precedence over typed text."""
        keys, text = value or ([], "")
        chosen = self._by_key(keys[:1])
        if chosen:
            return chosen[0]
        if text:
            return self._by_text(text)
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return None


class PickOrNew(Pick):
    """A field for one record, or for the typed name of one that is to be made: only where 新建 was chosen for that name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.makes = True

    def clean(self, value: Any) -> Any:
        """The chosen record, or the name to make one of."""
        keys, text = value or ([], "")
        if NEW in keys and text:
            return text
        return super().clean((keys, text))


class PickText(Pick):
    """A field for a name: one from the list, or whatever was typed. It holds the text, never the record."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        self.widget.takes_text = True

    def clean(self, value: Any) -> str:
        """The name of the chosen record, or the typed text."""
        keys, text = value or ([], "")
        chosen = self._by_key(keys[:1])
        name = str(chosen[0]) if chosen else text or "".join(keys[:1])
        MaxLengthValidator(self.max_length)(name)
        if self.required and not name:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return name


class PickMany(Pick):
    """A field for several records: keys, and typed names separated by 、, or a new line."""

    many = True

    def clean(self, value: Any) -> list[Any]:
        """The chosen records in the order of choice, without duplicates."""
        keys, text = value or ([], "")
        by_key = {str(record.pk): record for record in self._by_key(keys)}
        records = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
        records += [self._by_text(part) for part in re.split(r"[、,\uff0c;\uff1b\n]+", text) if part.strip()]
        if self.required and not records:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(records))
