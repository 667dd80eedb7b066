"""Plain text in the encodings Chinese offices meet: UTF-8, UTF-16, GB18030 and Big5, with a mark or without."""

from gongjian.engines.file_text.unreadable import Unreadable

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
CONTROL = 0.02  # largest share of control characters in a text
SAMPLE = 20_000  # characters by which an encoding is judged
COMMON = frozenset(
    "的一是在有和了不人大中上为年会市县区镇长书记委政府企业工作发展经济召开出席讲话调研项目建设要求加快推进月日"
    "為會縣區鎮長書記業發展經濟開講話調項設進產國務員與動，。、：；“”0123456789 \n"
)


def decoded(content: bytes) -> str:
    """The text; raises Unreadable where no encoding gives one."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _checked(_strict(content, encoding) or "")
    text = _strict(content, "utf-8")
    if text is None or "\0" in text:
        text = max((_strict(content, encoding) or "" for encoding in GUESSED), key=_likely)
    return _checked(text)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likely(text: str) -> float:
    """The share of characters that Chinese texts are full of."""
    part = text[:SAMPLE]
    return sum(sign in COMMON for sign in part) / len(part) if part else -1.0


def _checked(text: str) -> str:
    control = sum(sign < " " and sign not in "\r\n\t\x0b\x0c" for sign in text)
    if not text or control > len(text) * CONTROL:
        raise Unreadable("not_text")
    return text
