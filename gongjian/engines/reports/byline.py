"""Who wrote the report (记者), which outlet published it (来源) and when."""

import re
from datetime import date
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.dates import ISO, YearBasis
from gongjian.engines.reports.draft import TextSpan
from gongjian.engines.reports.names import looks_like_name
from gongjian.engines.reports.vocabulary import CJK, either, words

STOP = re.compile(
    r"[)\n,。;|/]|讯|报道|摄|编辑|编校|编审|责编|[一二三初复终]审|签发|审核|校对|监制|制图|统筹|供图|视频|剪辑|配音|策划|图片"
)
TOKEN = re.compile(rf"[{CJK}·]+")
SPACED = re.compile(rf"(?<![{CJK}])[{CJK}] [{CJK}](?![{CJK}])")  # 苏 禾
GLUED = (4, 5, 6)
MAX_BYLINE, MAX_HEAD, MAX_FOOT = 60, 400, 200
# what signs a notice at its foot, before the day
SIGNED = re.compile(rf"[{CJK}]{{2,20}}(?:政府|办公室|[局委办厅会部院]|中心)\s*")
# the day that ends a report, alone on its line, in a bracket or after the name of a paper
FOOT_DAY = re.compile(
    rf"(?:\n[^\n。]{{0,40}}|[。”!]\s*\([^()\n。]{{0,30}}|《[^《》\n]{{2,14}}》\s*\(?)(?P<day>{ISO.pattern}日?)"
    r"(?:\s*(?:第?[A-Z]?\d{1,2}版|\d\d?:\d\d(?::\d\d)?))?[^\n。]{0,10}$"
)
FOOT_DAY_IN_WORDS = re.compile(
    r"\n\s*(?P<day>(?P<year>[二〇零一三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<dom>[一二三四五六七八九十]{1,3})日)\s*\)?\s*$"
)
MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日\s*(?:讯|电|消息)")


@cache
def _label() -> re.Pattern[str]:
    """The word before the names of the authors, with what divides it from them."""
    label = either(words("byline", "byline"))
    ahead = r"(?:(?<=[(心社报台站网体讯闻 \n、/|])|^)"
    wrote = either(words("byline", "wrote"))
    return re.compile(
        rf"{label}[ ::(|/]+|{ahead}{wrote} ?[::/|] ?|{ahead}{label}(?=[{CJK}]{{2,7}}(?:[) 、,/\n]|报道|摄|文|$))",
        re.MULTILINE,
    )


def find_reporters(source: SourceText) -> tuple[TextSpan, ...]:
    """The names after 记者, 通讯员 and 作者, in order, each once; else the names in brackets at the foot."""
    names: dict[str, TextSpan] = {}
    for match in _label().finditer(source.text):
        end = min(match.end() + MAX_BYLINE, len(source.text))
        stop = STOP.search(source.text, match.end(), end)
        nested = _label().search(source.text, match.end(), end)
        limit = min(stop.start() if stop else end, nested.start() if nested else end)
        low = _start_of_bracket(source.text, match.start()) if not names else match.start()
        ranges = _names_in_byline(source.text, low, match.start())
        for start, stop_at in ranges + _names_in_byline(source.text, match.end(), limit):
            name = source.text[start:stop_at].replace(" ", "")
            names.setdefault(name, source.span(start, stop_at, value=name, confidence=85))
    for start, stop_at in [] if names else _unlabelled(source.text):
        names.setdefault(source.text[start:stop_at], source.span(start, stop_at, confidence=70))
    return tuple(names.values())


def _start_of_bracket(text: str, label: int) -> int:
    """Where the names begin that stand before the label in its bracket: (甲某 记者乙某); the label without any."""
    opening = text.rfind("(", max(label - 24, 0), label)
    between = text[opening + 1 : label]
    return (
        opening + 1
        if opening >= 0 and re.fullmatch(rf"[{CJK}·]{{2,4}}(?:[ 、][{CJK}·]{{2,4}})*[ 、]", between)
        else label
    )


@cache
def _after_dateline() -> re.Pattern[str]:
    return re.compile(r"(?:讯|消息|电)\s*\((?P<names>[^()\n]{2,40})\)")


@cache
def _before_day() -> re.Pattern[str]:
    """Names in a bracket that opens the report: (桥下街道 甲 乙)8月29日."""
    return re.compile(
        rf"(?:^|\n)\s*\((?:[{CJK}]{{2,16}} )?(?P<names>[{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})*)\)(?=[{CJK}\d ]{{0,6}}\d{{1,2}}[月日])"
    )


def _unlabelled(text: str) -> list[tuple[int, int]]:
    """Ranges of names without a label: in the bracket after 讯, before /文, or at the foot of the report."""
    bracket = _after_dateline().search(text[:MAX_HEAD]) or _before_day().search(text[:MAX_HEAD])
    if bracket:
        return _names_in_byline(text, *bracket.span("names"))
    wrote = [
        m.span(1)
        for m in re.finditer(
            rf"(?<![{CJK}])([{CJK}]{{2,3}})(?: ?/ ?文| +(?:文|图)/(?:图|文)| +(?:报道|撰稿|供稿) *$)",
            text[-MAX_FOOT:],
        )
    ]
    if wrote:
        offset = max(len(text) - MAX_FOOT, 0)
        return [(offset + a, offset + b) for a, b in wrote if looks_like_name(text[offset + a : offset + b])]
    return _names_at_the_foot(text)


def _names_at_the_foot(text: str) -> list[tuple[int, int]]:
    """Ranges of the names after the last full stop of the report: 。(甲某 乙某)."""
    listed = rf"[{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})+"
    outlet = rf"(?:[{CJK}]{{2,14}} +)?"
    done = r"(?: ?(?:摄影报道|摄影|图文|文|摄|图|文/图|图/文|文图|供稿|报道))?"
    match = re.compile(rf"[。”!] *\n?\s*\(({listed}){done}\)\s*$").search(text[-200:])
    if match and not all(looks_like_name(word) for word in re.split(r"[ 、]", match.group(1))):
        match = None
    match = match or re.compile(rf"[。”!] *\n?\s*\({outlet}({listed}|[{CJK}]{{2,3}}){done}\)\s*$").search(
        text[-200:]
    )
    organ = rf"[{CJK}]{{1,12}}(?:办|局|委|镇|乡|街道|中心|科|股|室|站|融媒|部|社)"
    match = match or re.compile(
        rf"[。”!]\s*\n(?:{organ} +)([{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})*)\s*$"
    ).search(text[-200:])
    match = match or re.compile(rf"[。”!]\s*({listed})\s*$").search(text[-200:])
    if not match:
        return []
    offset = max(len(text) - 200, 0)
    pieces = [
        (offset + match.start(1) + m.start(), m.group())
        for m in re.finditer(rf"[{CJK}]+", match.group(1))
        if m.group() not in words("byline", "wrote")
    ]
    return (
        [(at, at + len(word)) for at, word in pieces]
        if all(looks_like_name(word) for _, word in pieces)
        else []
    )


def _names_in_byline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    ranges += [m.span() for m in SPACED.finditer(text, start, end)]
    for token in TOKEN.finditer(text, start, end):
        word = re.sub(rf"{either(words('byline', 'byline'))}$", "", token.group())
        for piece in word.split("、") if "、" in word else _split_names(word):
            at = text.find(piece, token.start(), token.end())
            if piece and looks_like_name(piece):
                ranges.append((at, at + len(piece)))
    return ranges


def _split_names(word: str) -> list[str]:
    """Split two names printed without a gap, four to six characters long."""
    if len(word) not in GLUED or "·" in word or looks_like_name(word):
        return [word]
    for cut in (2, 3):
        first, second = word[:cut], word[cut:]
        if looks_like_name(first) and looks_like_name(second):
            return [first, second]
    return [word]


def find_publication_date(source: SourceText) -> tuple[date | None, TextSpan | None]:
    """The date of publication printed at the head or foot of the report and its place; (None, None) without one."""
    for sentence in source.sentences:
        if sentence.kind != "body":
            match = ISO.search(source.text, sentence.start, sentence.end)
            if match and _is_publication(source, sentence.start, match.start(), sentence.kind):
                when = _date_or_none(*match.groups())
                if when:
                    return when, source.span(
                        match.start(), match.end(), value=when.isoformat(), confidence=90
                    )
    return _labelled_date(source) or _date_at_the_foot(source) or (None, None)


def _labelled_date(source: SourceText) -> tuple[date, TextSpan] | None:
    """A day after a label of publication in a long line at the head or the foot: 索引号:… 成文日期:2024-05-07 标题:…."""
    label = either(words("byline", "published"))
    pattern = re.compile(rf"{label}\s*[::|]\s*(?={ISO.pattern})")
    for low, high in ((0, MAX_HEAD), (max(len(source.text) - MAX_FOOT, 0), len(source.text))):
        match = pattern.search(source.text, low, high)
        printed = ISO.match(source.text, match.end()) if match else None
        when = _date_or_none(*printed.groups()) if printed else None
        if printed and when:
            return when, source.span(printed.start(), printed.end(), value=when.isoformat(), confidence=85)
    return None


def _date_at_the_foot(source: SourceText) -> tuple[date, TextSpan] | None:
    """The day that ends a report: (县工信局 2024年5月7日), 《云台日报》2024年5月7日01版, 二〇二四年五月七日."""
    low = max(len(source.text) - MAX_FOOT, 0)
    match = FOOT_DAY.search(source.text, low)
    printed = ISO.match(source.text, match.start("day")) if match else None
    if printed is None:
        match = FOOT_DAY_IN_WORDS.search(source.text, low)
    if match is None:
        return None
    when = _date_or_none(*printed.groups()) if printed else _day_in_words(match)
    span = source.span(*match.span("day"), value=when.isoformat(), confidence=80) if when else None
    return (when, span) if when and span else None


def _day_in_words(match: re.Match[str]) -> date | None:
    """The day of 二〇二四年五月七日."""
    year = "".join(str("〇一二三四五六七八九".index(c)) for c in match["year"].replace("零", "〇"))
    month, day = read_number(match["month"]), read_number(match["dom"])
    return _date_or_none(year, str(month), str(day)) if month and day else None


@cache
def _labelled_month_day() -> re.Pattern[str]:
    label = either(tuple(w for w in words("byline", "published") if w not in {"时间", "日期"}))
    return re.compile(rf"{label}\s*[::|]?\s*(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")


def find_dateline(source: SourceText, base: YearBasis) -> TextSpan | None:
    """The day of the dateline (云台网5月7日讯) as the day of publication where none is printed and the year is known."""
    match = MONTH_DAY.search(source.text[:MAX_HEAD]) or _labelled_month_day().search(source.text)
    iso = base.iso(int(match.group(1)), int(match.group(2))) if match else ""
    if match is None or not iso or "X" in iso:
        return None
    return source.span(match.start(), match.end(2) + 1, value=iso, confidence=80)


def _is_publication(source: SourceText, start: int, at: int, kind: str) -> bool:
    label = source.text[start:at].strip("([【 |")
    if kind == "caption" and label:
        return bool(
            re.fullmatch(rf"[{CJK} ]{{0,12}}{either(words('byline', 'published'))}\s*[::|]\s*", label)
            or SIGNED.fullmatch(label)
            or re.fullmatch(rf"《?[{CJK}]{{1,12}}{either(words('byline', 'outlets'))}》?\s*", label)
        )
    if kind == "heading" and re.match(r"[日\s]*\d{1,2}:\d\d", source.text[at + 8 : at + 20]):
        return True
    return (
        kind == "furniture"
        or not label.strip()
        or any(word in label for word in words("byline", "published"))
        or bool(re.fullmatch(rf"[{CJK} ]{{0,24}}{either(words('byline', 'outlets'))}\s*", label))
        or bool(re.fullmatch(rf"《[{CJK}]{{2,14}}》\s*\(?|第\s?\d+\s?期\s*(?:\(.{{0,16}}\)\s*)?", label))
        or (at < MAX_HEAD and bool(re.fullmatch(rf"[{CJK}\d ()]{{2,24}}(?:编|印发|主办|编印)\s*", label)))
        or ((at < MAX_HEAD or start >= len(source.text) - MAX_FOOT) and bool(SIGNED.fullmatch(label)))
    )


def _date_or_none(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _signatures(text: str, tail: str) -> tuple[tuple[str, str, int], ...]:
    """Where a paper or an office stands beside the day or the names without a label: at the head, or as a signature at the foot."""
    day = r"(?:19|20)\d\d[-年/.]\d\d?[-月/.]\d\d?日?"
    organ = rf"(?:{tail}|政府|办公室|管委会|[局委办会])"
    clock = r"(?: *\d\d?:\d\d(?::\d\d)?)?(?: *星期[一二三四五六日天])?"
    head, foot = text[:MAX_HEAD], text[-MAX_FOOT:]
    return (
        (head, rf"(?:^|\n)\s*{day}{clock}[ |]+([{CJK}]{{1,16}}?{organ})(?=[\s|])", 70),
        (head, rf"(?:^|\n)(?:[{CJK}]{{2,12}} )*?([{CJK}]{{1,16}}?{organ})[ |]+{day}[^\n]*\n", 70),
        (foot, rf"《([{CJK}]{{2,14}})》\s*\(?{day}", 70),
        (head, rf"(?:^|\n)\s*[(【\[]《?([{CJK}]{{1,12}}{organ})》?\s*{day}", 70),
        (foot, rf"\(\s*([{CJK}]{{2,20}}?{organ})\s*{day}\)?\s*$", 65),
        (
            foot,
            rf"[。”!] *\n?\s*\(([{CJK}]{{2,14}}?{organ}) +[{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})*\)\s*$",
            65,
        ),
        (foot, rf"\n\s*([{CJK}]{{2,14}}?{organ}) *供稿\s*$", 65),
        (head, rf"(?:^|\n)\s*(?:报送)?单位\s*[::|/]\s*([{CJK}]{{2,16}})", 65),
        (
            foot,
            rf"\n\s*(?:供稿|投稿|来稿|发布人|综合|综合自|来自|转自|转载自|出品|主办|信息来源于|来源于|报送单位|作者单位)\s*[::|/]\s*([{CJK}]{{2,16}})",
            65,
        ),
        (head, rf"(?:^|\n)\s*(?:据|【)《?([{CJK}]{{1,12}}{tail})[》】]", 65),
    )


def find_outlet(source: SourceText) -> TextSpan | None:
    """The paper or station: after 来源, before 讯 or 记者, or with 作者; None when the report does not name it."""
    label = either(words("byline", "source"))
    tail = either(words("byline", "outlets"))
    head = source.text[:400]
    patterns = (
        (source.text, rf"{label}(?:\s*[::|/]\s*| +)《?([{CJK}A-Za-z·]{{2,20}})", 90),
        (
            head,
            rf"(?:^|\n| )(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?: \d\d?:\d\d(?::\d\d)?)? +([{CJK}]{{1,12}}{tail})(?=\s)",
            75,
        ),
        (source.text[-200:], rf"日《([{CJK}]{{2,12}})》\)", 70),
        (
            head,
            rf"(?:^|\n)\s*([{CJK}]{{1,12}}{tail})\s+(?:(?:发布)?(?:时间|日期)\s*[::]\s*)?(?:19|20)\d\d[-年/.]",
            80,
        ),
        (
            head,
            rf"(?:^|\n)\s*(?:据)?(?!本[报网台站]|据)([{CJK}·—]{{2,14}}?)(?:\d{{1,2}}月\d{{1,2}}日)?(?:讯|电|消息)\s*[( \n]",
            85,
        ),
        (
            head,
            rf"(?:^|\n)\s*(?:据)?(?!本[报网台站]|据)([{CJK}·]{{1,12}}{tail})(?:\d{{1,2}}月\d{{1,2}}日)?(?:讯|电|消息)",
            85,
        ),
        (
            head,
            rf"([{CJK}·]{{1,15}}?{tail})(?:\d{{4}}年\d\d?月\d\d?日)?(?:全媒体|融媒体|首席|见习|特约|实习|文字)*(?:记者|讯)",
            80,
        ),
        (head, rf"作者\s*[::]\s*([{CJK}]{{2,10}}{tail})", 75),
        (head, rf"(?:^|[\s(【])(?:发布|发布人)\s*[::]\s*([{CJK}]{{2,16}})(?=[\s】)])", 70),
        (head, rf"(?:^|\n)\s*\(([{CJK}]{{2,14}}(?:街道|[镇乡局委办])) [{CJK} 、]{{2,12}}\)", 65),
        (source.text[-200:], rf"\(([{CJK}]{{2,12}}{tail})[ ::]", 70),
        *_signatures(source.text, tail),
    )
    for text, pattern, confidence in patterns:
        match = re.search(pattern, text)
        if match and match.group(1) not in {"本报", "本网", "本站", "本台"}:
            foot = text is not head and text != head
            at = match.start(1) + (len(source.text) - len(text) if foot else 0)
            return source.span(at, at + len(match.group(1)), confidence=confidence)
    return None
