"""Event names: each room's `events.py` derives an enum from `EventName`; each member is (name, sentence)."""

import re
from enum import StrEnum
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext

from gongjian.audit.wording import in_chinese, worded
from gongjian.engines.writing.one_or_many import one_or_many

_SENTENCES: dict[str, "str | Promise"] = {}
_WHEN: dict[str, tuple[str, "str | Promise"]] = {}


class EventName(StrEnum):
    """Base class of all event names: `RECORDED = "problem.recorded", _("记录了问题:%(text)s")`.

    The sentence is filled with the event's data (named placeholders) when it is shown. A third part, (key, sentence), is
    the sentence of those events whose data has that key: what was done by proxy reads otherwise.
    """

    sentence: "str | Promise"

    def __new__(
        cls, name: str, sentence: "str | Promise", when: "tuple[str, str | Promise] | None" = None
    ) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.sentence = sentence
        _SENTENCES[name] = sentence
        if when is not None:
            _WHEN[name] = when
        return member


def event_sentences() -> dict[str, str]:
    """Every event name with its sentence, each placeholder shown as …: 新增地区…."""
    return {name: re.sub(r"%\(\w+\)s", "…", str(template)) for name, template in _SENTENCES.items()}


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def sentence(name: str, data: dict[str, Any]) -> str:
    """The event as a readable sentence; the bare event name when no room defines it any more."""
    template = _SENTENCES.get(name)
    if template is None:
        return name
    key, variant = _WHEN.get(name, ("", ""))
    if data.get(key) is not None:
        template = variant
    shown = {key: worded(value, key) for key, value in data.items()}
    if isinstance(data.get("note"), str):
        shown["note"] = _note(data["note"])
    if isinstance(data.get("sentence"), str):  # a message of the catalogue with the values that fill it
        shown["text"] = message(data["sentence"], data.get("sentence_values") or {})
    return (one_or_many(str(template), data) % _Missing(shown)).rstrip()


def _note(note: str) -> str:
    """What somebody added: nothing where nothing was, behind a colon where it is kept with one."""
    text = note.strip()
    return f": {text[1:].lstrip()}" if text.startswith("：") and not in_chinese() else text


def message(text: str, values: dict[str, Any]) -> str:
    """A kept message of the catalogue in the reader's language, its values filled in."""
    return (
        one_or_many(gettext(text), values) % {key: worded(value, key) for key, value in values.items()}
        if values
        else gettext(text)
    )
