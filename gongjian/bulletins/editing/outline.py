"""The parts of a bulletin as text to edit, and back: every number keeps the rows it counted.

A number stands in the text as [31|n4]: its value and its key. It can be moved and taken out; its value cannot be typed.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.writing.whole_numbers import whole_number

Block = dict[str, Any]
NUMBER = re.compile(r"\[([^\[\]|]*)\|(\w+)\]")
CELL = "|"
KINDS = ("heading", "paragraph", "table")


def with_keys(blocks: Iterable[Block]) -> list[Block]:
    """The parts, each with a key that stays when it is moved; what has none was generated."""
    listed = list(blocks)
    taken = {block["key"] for block in listed if "key" in block}
    fresh = (key for n in range(1, len(listed) + len(taken) + 1) if (key := f"b{n}") not in taken)
    return [block if "key" in block else {**block, "key": next(fresh), "from": "query"} for block in listed]


def is_written(block: Block) -> bool:
    """Whether a person wrote the part, or changed its text."""
    return bool(block.get("from", "query") != "query")


def can_type(block: Block) -> bool:
    """Whether the text of the part can be typed: a generated table only moves as a whole."""
    return bool(block["kind"] != "table" or block.get("from") == "hand")


def as_text(block: Block) -> str:
    """The part as a person edits it: a table is a line for each row, its cells parted by |."""
    if block["kind"] == "heading":
        return str(block["text"])
    if block["kind"] == "paragraph":
        return "".join(_shown(run) for run in block["runs"])
    return "\n".join(f" {CELL} ".join(_shown(run) for run in row) for row in (block["head"], *block["rows"]))


def _shown(run: Any) -> str:
    return run if isinstance(run, str) else f"[{run['number']}|{run['anchor']}]"


def with_text(block: Block, text: str, numbers: Mapping[str, str]) -> Block:
    """The part with this text. Refused where it names a number that there is not, or gives it another value."""
    text = text.strip()
    if not can_type(block) or text == as_text(block).strip():
        return block
    changed = {**block, "from": "hand" if block.get("from") == "hand" else "edited"}
    if block["kind"] == "heading":
        return {**changed, "text": " ".join(text.split())}
    if block["kind"] == "paragraph":
        return {**changed, "runs": runs(" ".join(text.splitlines()), numbers)}
    head, *rows = [[cell.strip() for cell in _cells(line)] for line in text.splitlines() if line.strip()] or [
        []
    ]
    for at, row in enumerate(rows, 2):
        if len(row) != len(head):
            raise Refused(
                _("表格第 %(row)s 行有 %(n)s 格，表头有 %(wanted)s 格。请用 | 把每格隔开，空格子也要隔开。")
                % {"row": at, "n": len(row), "wanted": len(head)},
                field=block["key"],
            )
    return {**changed, "head": head, "rows": [[_one_run(cell, numbers) for cell in row] for row in rows]}


def _cells(line: str) -> list[str]:
    held = NUMBER.sub(lambda found: found.group().replace(CELL, "\x00"), line)
    return [cell.replace("\x00", CELL) for cell in held.split(CELL)]


def _one_run(cell: str, numbers: Mapping[str, str]) -> Any:
    found = runs(cell, numbers)
    return found[0] if len(found) == 1 else cell


def runs(text: str, numbers: Mapping[str, str]) -> list[Any]:
    """The text as pieces: plain text, and numbers with their key."""
    pieces: list[Any] = []
    at = 0
    for found in NUMBER.finditer(text):
        value, anchor = found.group(1).strip(), found.group(2)
        if anchor not in numbers:
            raise Refused(
                _("没有编号为 %(key)s 的数字。请从本期已有的数字里复制，或不写方括号、写成普通文字。")
                % {"key": anchor}
            )
        if value != numbers[anchor]:
            raise Refused(
                _(
                    "数字 [%(was)s|%(key)s] 对应台账的行，不能手改成 %(value)s。要改数字请更正台账后重新编制；确要手写，请去掉方括号和编号。"
                )
                % {"was": numbers[anchor], "key": anchor, "value": value or "—"}
            )
        pieces += [text[at : found.start()], {"number": value, "anchor": anchor}]
        at = found.end()
    return [piece for piece in (*pieces, text[at:]) if piece != ""]


def anchors(blocks: Iterable[Block]) -> list[str]:
    """The keys of the numbers in these parts, in their order."""
    found: list[str] = []
    for block in blocks:
        rows = [block["runs"]] if block["kind"] == "paragraph" else block.get("rows", [])
        found += [run["anchor"] for row in rows for run in row if isinstance(run, dict)]
    return found


def arranged(blocks: list[Block], act: str) -> list[Block]:
    """The parts after one act: up:b3, down:b3, drop:b3, paragraph:b3 (a new one after it), to:b3:0 (to a place)."""
    verb, _sep, rest = act.partition(":")
    key, _sep, place = rest.partition(":")
    at = next((n for n, block in enumerate(blocks) if block["key"] == key), None)
    if at is None:
        return blocks
    others = blocks[:at] + blocks[at + 1 :]
    if verb == "drop":
        return others
    if verb in KINDS:
        return [*blocks[: at + 1], _new(verb, blocks), *blocks[at + 1 :]]
    asked = whole_number(place)
    wanted = {"up": at - 1, "down": at + 1, "to": at if asked is None else asked}.get(verb, at)
    wanted = min(max(wanted, 0), len(others))
    return [*others[:wanted], blocks[at], *others[wanted:]]


def in_order(blocks: list[Block], keys: Iterable[str]) -> list[Block]:
    """The parts in this order of their keys; one that is not named stays behind the part it stood behind."""
    by_key = {block["key"]: block for block in blocks}
    placed = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    for above, block in zip([None, *blocks], blocks, strict=False):
        if block not in placed:
            placed.insert(placed.index(above) + 1 if above else 0, block)
    return placed


def _new(kind: str, blocks: list[Block]) -> Block:
    number = max((int(block["key"][1:]) for block in blocks), default=0) + 1
    made: Block = {"key": f"b{number}", "kind": kind, "from": "hand"}
    content: dict[str, Block] = {
        "heading": {"level": 1, "text": ""},
        "paragraph": {"runs": []},
        "table": {"head": [], "rows": []},
    }
    return made | content[kind]


def kept(blocks: Iterable[Block]) -> list[Block]:
    """The parts that stay in the outline: those that say something, and places where something is to be written."""
    return [block for block in blocks if as_text(block).strip() or "hint" in block]


def filled(blocks: Iterable[Block]) -> list[Block]:
    """The parts that say something, for paper and screen; a heading above a place that nobody wrote in is left out."""
    said: list[Block] = []
    listed = list(blocks)
    for block, below in zip_longest(listed, listed[1:]):
        is_above_nothing = (
            block["kind"] == "heading"
            and below is not None
            and "hint" in below
            and not as_text(below).strip()
        )
        if as_text(block).strip() and not is_above_nothing:
            said.append(block)
    return said
