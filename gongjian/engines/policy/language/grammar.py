"""Parsing: sqlglot turns the text of a condition into a tree in which every word keeps its place in the text.

Before parsing, quantities (`5%`, `2亿元`, `0.1元/千瓦时`) become calls and full-width signs become ASCII ones.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlglot import exp, parser, tokens
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, TokenError

from gongjian.engines.policy.language.errors import BadExpression

QUANTITY = "QUANTITY"
_WIDE = {
    "（": "(",
    "）": ")",
    "，": ",",
    "≥": ">=",
    "≤": "<=",
    "≠": "<>",
    "＞": ">",
    "＜": "<",
    "＝": "=",
    "×": "*",
}
_PIECE = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
    |(?P<quantity>(?<![\w.])(?P<digits>\d+(?:\.\d+)?)\s?(?P<unit>%|[\u4e00-\u9fff]+(?:/[\u4e00-\u9fff]+)?))
    |(?P<wide>[（），≥≤≠＞＜＝×])""",
    re.VERBOSE,
)


class _Parser(parser.Parser):
    """Reads every function as a plain call; the readers decide which ones have a meaning."""

    FUNCTIONS = {}
    FUNCTION_PARSERS = {}
    NO_PAREN_FUNCTIONS = {}
    NO_PAREN_FUNCTION_PARSERS = {
        "CASE": parser.Parser.NO_PAREN_FUNCTION_PARSERS["CASE"],
    }


class _Rules(Dialect):
    """The closed dialect of policy rules."""

    class Tokenizer(tokens.Tokenizer):
        """Quotes and comments as in SQL."""

    Parser = _Parser


@cache
def _dialect() -> Dialect:
    return _Rules()


@dataclass(frozen=True)
class Tree:
    """A parsed text. `places[i]`: offset in the original of character i of the normalised text."""

    root: exp.Expr
    original: str
    places: tuple[int, ...]

    def offset_of(self, node: exp.Expr) -> int:
        """The offset in the original at which a node begins."""
        starts = [n.meta["start"] for n in node.walk() if "start" in n.meta]
        return self.places[min(starts)] if starts else self._after_left_operand(node)

    def _after_left_operand(self, node: exp.Expr) -> int:
        """The offset of a node without a place of its own: behind the left operand and the operator."""
        left = node.parent.this if node.parent is not None else None
        ends = [n.meta["end"] for n in left.walk() if "end" in n.meta] if isinstance(left, exp.Expr) else []
        if not ends or left is node:
            return 0
        behind = re.compile(r"[\s)=<>!+\-*/]*").match(self.original, self.places[max(ends)] + 1)
        return behind.end() if behind else 0

    def text_of(self, node: exp.Expr) -> str:
        """The original text of a node, from its first to its last known character."""
        spans = [(n.meta["start"], n.meta["end"]) for n in node.walk() if "start" in n.meta]
        if not spans:
            return self.original
        first, last = min(s for s, _ in spans), max(e for _, e in spans)
        end = self.places[last] + 1
        return _whole_words(self.original, self.places[first], end)


_REST = re.compile(
    r"\s+(?:YEAR|MONTH|DAY|END)\b|\s*(?:=|<>|!=)\s*(?:TRUE|FALSE)\b", re.IGNORECASE
)  # words to which sqlglot gives no position


def _whole_words(text: str, start: int, end: int) -> str:
    """The slice extended to whole words and closing brackets."""
    if rest := _REST.match(text, end):
        end = rest.end()
    missing = text[start:end].count("(") - text[start:end].count(")")
    while missing < 0 and start > 0:
        start -= 1
        missing += text[start] == "("
    while missing > 0 and end < len(text):
        missing += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[start:end]


def normalise(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with quantities as calls and ASCII signs, and for each character its offset in the original."""
    out: list[str] = []
    places: list[int] = []

    def put(piece: str, origin: int, *, spread: bool = False) -> None:
        out.append(piece)
        places.extend(origin + n if spread else origin for n in range(len(piece)))

    done = 0
    for match in _PIECE.finditer(text):
        start, end = match.span()
        put(text[done:start], done, spread=True)
        if match["wide"]:
            put(_WIDE[match["wide"]], start)
        elif match["quantity"]:
            put(f"{QUANTITY}(", start)
            put(match["digits"], start, spread=True)
            put(",", start)
            put("'", match.start("unit"))
            put(match["unit"], match.start("unit"), spread=True)
            put("')", end - 1)
        else:
            put(match[0], start, spread=True)
        done = end
    put(text[done:], done, spread=True)
    places.append(len(text))
    return "".join(out), tuple(places)


def _check_brackets(text: str) -> None:
    """Raises BadExpression at the first bracket or quotation mark without its partner."""
    opened: list[int] = []
    inside = -1
    for n, char in enumerate(text):
        if char == "'":
            inside = -1 if inside >= 0 else n
        elif inside < 0 and char in "(（":
            opened.append(n)
        elif inside < 0 and char in ")）":
            if not opened:
                raise BadExpression(n, "unclosed", found=char)
            opened.pop()
    if inside >= 0:
        raise BadExpression(inside, "unclosed_text")
    if opened:
        raise BadExpression(opened[-1], "unclosed", found=text[opened[-1]])


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """The tree of one expression. Raises BadExpression at what cannot be read."""
    if not text.strip():
        raise BadExpression(0, "empty_expression")
    _check_brackets(text)
    for sign in ("--", "/*"):
        if sign in re.sub(r"'[^']*'", lambda m: " " * len(m[0]), text):
            raise BadExpression(text.index(sign), "comment")
    plain, places = normalise(text)
    try:
        parsed = _dialect().parse(plain)
    except (TokenError, RecursionError) as error:
        raise BadExpression(0, "syntax", found=text.strip()[:12]) from error
    except ParseError as error:
        raise _syntax(error, plain, places, text) from error
    if len(parsed) != 1 or parsed[0] is None:
        raise BadExpression(text.find(";") if ";" in text else 0, "query")
    return Tree(parsed[0], text, places)


def _syntax(error: ParseError, plain: str, places: tuple[int, ...], text: str) -> BadExpression:
    """The fault where the parser stopped; its column is that of the last character of a word."""
    first = error.errors[0] if error.errors else {}
    line, column = first.get("line") or 1, first.get("col") or 1
    word = first.get("highlight") or ""
    offset = sum(len(part) + 1 for part in plain.split("\n")[: line - 1]) + column - max(len(word), 1)
    at = places[min(max(offset, 0), len(places) - 1)]
    return BadExpression(at, "syntax", found=word or text.strip()[-6:])
