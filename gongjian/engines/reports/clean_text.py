"""Normalises the writing of a report (half-width, one kind of quote) and remembers where every character came from."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from gongjian.engines.reports.draft import TextSpan
from gongjian.engines.reports.script import as_simplified
from gongjian.engines.reports.short_lines import told_lines
from gongjian.engines.reports.vocabulary import CJK, either, words

FOLD = {
    "「": "“",
    "『": "“",
    "」": "”",
    "』": "”",
    "丨": "|",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "—": "—",
    "–": "—",
    "〜": "—",
    "～": "—",
}
LOOSE = re.compile(
    r"(?<=\d) +(?=[年月日时家名位个项])|(?<=[年月]) +(?=\d)"  # 1月29 日
    r"|(?<=\d),(?=\d{3}(?!\d))"  # 1,200家
    r"|\*{1,3}"
    r"|(?<=[。)”!?])[ |]+(?=\n|$)"
    rf"|(?<=[、,;。][{CJK}]) +(?=[{CJK}](?:[、,;。]|参加|出席|陪同))"  # 、王 强、
    r"|(?<=[、,;。]) +| +(?=[、,;。!?])"
)
# a title that a page puts before the first sentence without a line break
HEADING_SET_IN = re.compile(r"[^\n,。;:]{8,45}(?= \d{1,2}月\d{1,2}日[^,。\n]{0,4},)")
MISREAD = re.compile(r"(?<![A-Za-z])[lIO0-9]{2}(?=日)")
DIGIT = str.maketrans("lIO", "110")
CAPTION = re.compile(r"^\s*[(\[【][^()\[\]]{2,60}[)\]】]\s*$|^\s*(?:图为|▲|△|↑|◀|图\d)")
# A short line below the title that tells something although no full stop ends it: an item of a digest, a list of who came.
TELLS = re.compile(
    r"[\s◆●■▲★·○◇>\-*(]{0,4}(?:[\d一二三四五六七八九十]{1,2}[.、)])?\s*(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日[^,\n]{0,6},(?=[^\n]{8})|(?:参会|参加|出席|列席|与会|陪同)(?:人员|领导|同志):)"
)
ONLY_DAY = re.compile(
    r"\s*\d{1,2}月\d{1,2}日(?:[上下]午|晚)?[,:]?\s*"
)  # a day alone on its line belongs to the next
ITEM = re.compile(r"\s*(?:[◆●■▲★○◇□>*【(\[\-]|[\d一二三四五六七八九十]{1,2}[.、)])")
ENDS = "。!?;…"
MAX_HEADING = 45
FIRST_PICTURE = "\U0001f000"  # pictures drawn as signs (emoji) stand above
NARROWEST, WIDEST, FEWEST_WRAPPED = 14, 60, 3  # characters of a line that wraps, and lines that show it
SPREAD = re.compile(r"(?<=[^\s]) (?=[^\s])")
SHORTEST_SPREAD = 8
MAX_SENTENCE, HARD_LIMIT = 1200, 2000
MAX_FURNITURE = 120


@dataclass(frozen=True)
class Sentence:
    """One sentence by its offsets in the normalised text; `kind` is body, heading, caption or furniture (编辑, 来源)."""

    start: int
    end: int
    kind: str
    paragraph: int


@dataclass(frozen=True)
class SourceText:
    """A report as received (`raw`) and normalised (`text`); `starts[i]` is the original offset of normalised character i."""

    raw: str
    text: str
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...] = field(default=())
    _begins: tuple[int, ...] = field(default=())

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that contains an offset of the normalised text."""
        index = bisect_right(self._begins, position) - 1
        return self.sentences[max(index, 0)]

    def paragraph_start(self, sentence: Sentence) -> int:
        """The offset at which the paragraph of a sentence begins."""
        index = bisect_left(self.sentences, sentence.paragraph, key=attrgetter("paragraph"))
        return self.sentences[index].start

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of a range of the normalised text."""
        return self.starts[start], self.starts[end - 1] + 1

    def span(
        self, start: int, end: int, *, value: str | None = None, confidence: int = 80, by: str = "rule"
    ) -> TextSpan:
        """The span of the original text, with its sentence, for a range of the normalised text."""
        first, last = self.original(start, end)
        sentence = self.sentence_at(start)
        outer = self.original(sentence.start, max(sentence.end, end))
        shown = self.text[start:end] if value is None else value
        return TextSpan(shown, self.raw[first:last], first, last, outer[0], outer[1], confidence, by)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The range without blanks and stray punctuation at either end."""
        while start < end and self.text[start] in " \n,、。;:!?":
            start += 1
        while end > start and self.text[end - 1] in " \n,、。;:":
            end -= 1
        return start, end


def clean_report(raw: str) -> SourceText:
    """Normalise a report and divide it into sentences; traditional script is read as simplified."""
    chars, starts = _fold(as_simplified(raw))
    text = MISREAD.sub(lambda m: m.group().translate(DIGIT), "".join(chars))
    heading = HEADING_SET_IN.match(text)
    if heading:
        text = text[: heading.end()] + "\n" + text[heading.end() + 1 :]
    dropped = {i for m in LOOSE.finditer(text) for i in range(m.start(), m.end())}
    dropped |= set(_wraps(text)) | set(_gaps(text))
    offsets = [i for i in range(len(text)) if i not in dropped]
    text, offsets = _with_lines_joined("".join(text[i] for i in offsets), offsets)
    original_offsets = tuple(starts[i] for i in offsets)
    sentences = tuple(_sentences(text))
    return SourceText(raw, text, original_offsets, sentences, tuple(s.start for s in sentences))


def _wraps(text: str) -> list[int]:
    """The offsets of line breaks that only wrap a paragraph at a fixed width, as text out of a PDF has them."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    long = sorted(b - a for a, b in lines if b - a >= NARROWEST)
    if len(long) < FEWEST_WRAPPED:
        return []
    width = long[-1 - len(long) // 10]
    full = [b for a, b in lines if width - 1 <= b - a <= width + 1]
    if len(full) * 2 < len(lines) or width > WIDEST:
        return []
    cut = [b for b in full if text[b : b + 1] == "\n" and text[b - 1] not in ENDS + ":"]
    return [b for b in cut if not ITEM.match(text, b + 1) and not TELLS.match(text, b + 1)]


def _gaps(text: str) -> list[int]:
    """The offsets of the blanks in lines that have one after nearly every character: 县 长 许 怀 远."""
    found: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        blanks = [m.start() for m in SPREAD.finditer(text, *line.span())]
        if len(blanks) > SHORTEST_SPREAD and len(blanks) * 5 >= (line.end() - line.start()) * 2:
            found += blanks
    return found


def _fold(raw: str) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    starts: list[int] = []
    opened = False
    for offset, char in enumerate(raw):
        if char == '"':
            opened = not opened
            folded = "“" if opened else "”"
        else:
            folded = _fold_char(char)
            opened = opened and char != "\n"
        if folded == " " and chars and chars[-1] in " \n":
            continue
        chars.extend(folded)
        starts.extend([offset] * len(folded))
    return chars, starts


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char in FOLD:
        return FOLD[char]
    if char in "\n\u2028\u2029\x0b\x0c\x85":
        return "\n"
    if char.isspace():
        return "" if char == "\r" else " "
    kind = unicodedata.category(char)
    if kind in {"Cf", "Cc", "Cs"} or char >= FIRST_PICTURE:
        return ""
    if char == "…":
        return char
    # a compatibility form may hold line breaks or blanks of its own; they would break the offsets of lines
    return "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFKC", char))


def _with_lines_joined(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    """The text with a comma for each line break within a sentence set in short lines, and its offsets."""
    lines = list(_line_ranges(text))
    kinds = [_kind_of_line(text[a:b]) for a, b in lines]
    joined, _told = told_lines([text[a:b] for a, b in lines], kinds)
    if not joined:
        return text, offsets
    pieces, kept, low = [], [], 0
    for number in sorted(joined):
        end, then = lines[number][1], lines[number + 1][0]
        pieces += [text[low:end], "" if text[end - 1] in ",:" else ","]
        kept += offsets[low:end] + ([] if text[end - 1] in ",:" else [offsets[end]])
        low = then
    return "".join([*pieces, text[low:]]), kept + offsets[low:]


def _kinds(text: str, lines: list[tuple[int, int]]) -> list[str]:
    kinds = [_kind_of_line(text[a:b]) for a, b in lines]
    _joined, told = told_lines([text[a:b] for a, b in lines], kinds)
    tells = {n for n, kind in enumerate(kinds) if n and kind == "heading" and TELLS.match(text, *lines[n])}
    return ["body" if number in told | tells else kind for number, kind in enumerate(kinds)]


def _sentences(text: str) -> list[Sentence]:
    lines = list(_line_ranges(text))
    kinds = _kinds(text, lines)
    if "body" not in kinds:
        kinds = ["body" if kind == "heading" else kind for kind in kinds]
    sentences = []
    for number, ((start, end), kind) in enumerate(zip(lines, kinds, strict=True)):
        cuts = (
            _sentence_ranges(text, start, end)
            if kind == "body" or end - start > HARD_LIMIT
            else [(start, end)]
        )
        sentences += [Sentence(a, b, kind, number) for a, b in cuts]
    return sentences


def _line_ranges(text: str) -> list[tuple[int, int]]:
    """The range of each line; one that ends in a verb of speech goes on in the next: 甲某强调↵各部门要抓落实."""
    says = re.compile(rf"{either(words('verbs', 'announcing'))}[:,]?\s*$")
    ranges: list[tuple[int, int]] = []
    goes_on = False
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if not line.strip():
            continue
        if goes_on:
            ranges[-1] = (ranges[-1][0], match.end())
        else:
            ranges.append((match.start(), match.end()))
        goes_on = bool(says.search(line[-12:])) or bool(ONLY_DAY.fullmatch(line))
    return ranges


def _kind_of_line(line: str) -> str:
    line = line.strip()
    if CAPTION.match(line):
        return "caption"
    label = either(words("byline", "furniture"))
    if len(line) < MAX_FURNITURE and re.search(
        rf"(?:^|[\s|(]){label}\s*[::]|^(?:图为|图片|上一篇|下一篇|扫一扫|相关阅读|当前位置)", line
    ):
        return "furniture"
    bare = line.rstrip("”")
    if len(line) <= MAX_HEADING and bare and bare[-1] not in ENDS + ":," and "。" not in line:
        return "heading"
    return "body"


def _sentence_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence ranges of one paragraph. A quotation is never divided; one that opens a sentence stays with its speaker."""
    cuts: list[tuple[int, int]] = []
    begin, depth, leading = start, 0, False
    for i in range(start, end):
        char = text[i]
        if char == "“":
            leading = leading or (depth == 0 and not text[begin:i].strip())
            depth += 1
        elif char == "”":
            depth = max(depth - 1, 0)
        inside = depth > 0 and i - begin < MAX_SENTENCE
        trails = char == "…" and text[i + 1 : i + 2] not in tuple("…,、;。)”") and text[i - 1] == "…"
        closes = ((char in "。!?;" or trails) and not inside) or i - begin >= HARD_LIMIT
        quoted = char == "”" and depth == 0 and text[i - 1] in "。!?" and not leading
        follows = text[i + 1 : i + 2]
        if (closes and follows != "”") or (quoted and follows not in tuple(",、;。)")):
            cuts.append((begin, i + 1))
            begin, leading = i + 1, False
    if text[begin:end].strip():
        cuts.append((begin, end))
    return [(a, b) for a, b in cuts if text[a:b].strip()]
