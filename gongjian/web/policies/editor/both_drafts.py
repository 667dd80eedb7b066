"""A draft of a rule that two people wrote on: both texts brought together by lines, a choice where both changed the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongjian.audit.queries import events_of
from gongjian.engines.writing.merging import Block, merge
from gongjian.policies.models import PolicyVersion
from gongjian.policies.rule_files.queries import read_yaml
from gongjian.web.editing.conflicts import Conflict
from gongjian.web.editing.lines import settle
from gongjian.web.editing.versions import digest
from gongjian.web.policies.editor.typed_fields import TypedFields, in_fields


@dataclass(frozen=True)
class BothDrafts:
    """The text with both people's changes, and the blocks that still need a choice; `by`: who wrote the other."""

    text: str
    clashes: list[Conflict] = field(default_factory=list)
    by: str = ""


def bring_together(version: PolicyVersion, typed: TypedFields, data: Mapping[str, Any]) -> BothDrafts:
    """What was typed and what the draft holds by now, as changes of the text the editor was opened with.

    A form without a version (another system, a test), or one opened with the present text, is taken as it was typed.
    """
    opened = str(data.get("opened", ""))
    if not opened or digest(version.text) in {opened, digest(typed.text)}:
        return BothDrafts(typed.text)
    last = events_of(version.policy).order_by("-seq").first()
    other = (last.by_name, last.at) if last else ("", None)
    text, clashes = settle(_blocks(version, opened, typed), data, name="block", other=other)
    return BothDrafts(text, clashes, other[0])


def _blocks(version: PolicyVersion, opened: str, typed: TypedFields) -> list[Block]:
    """By the lines as they were written; by those of the fields where the editor has fields, or where that leaves fewer clashes."""
    base = _opened_text(version, opened)
    texts = (base, typed.text, version.text)
    by_field = merge(*map(in_fields, texts)) if all(map(read_yaml, texts)) else None
    if by_field is not None and not typed.raw:
        return _readable(by_field, texts)
    written = merge(*texts)
    fewer = by_field is not None and _clashes(by_field) < _clashes(written)
    return _readable(by_field if fewer and by_field is not None else written, texts)


def _readable(blocks: list[Block], texts: tuple[str, str, str]) -> list[Block]:
    """The blocks, if the text they make still is a rule; else one block, to be chosen as a whole."""
    whole = "\n".join(line for block in blocks for line in block.settled)
    if read_yaml(whole) or not (read_yaml(texts[1]) and read_yaml(texts[2])):
        return blocks
    base, mine, theirs = (tuple(text.splitlines()) for text in texts)
    return [Block(base, mine, theirs)]


def _clashes(blocks: list[Block]) -> int:
    return sum(block.clash for block in blocks)


def _opened_text(version: PolicyVersion, opened: str) -> str:
    """The text of this digest: every text of a draft stands in the trail. Empty when it was written before the trail kept it."""
    for event in events_of(version.policy).filter(data__version=version.pk).order_by("-seq"):
        if digest(text := str(event.data.get("text", ""))) == opened:
            return text
    return ""
