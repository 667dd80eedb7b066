"""From the text of a condition to a tree: sqlglot reads it, every word keeps the place it came from.

Before parsing, quantities (`5%`, `2亿元`, `0.1元/千瓦时`) become calls, and full-width signs their plain ones.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlglot import exp, parser, tokens
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, TokenError

from gongjian.engines.policy.language.errors import Wrong

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
    """Every call is a plain call: which ones mean something is decided by the checker alone."""

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
    """The parsed text. `places[i]`: offset in the original of character i of the normalised text."""

    root: exp.Expr
    original: str
    places: tuple[int, ...]

    def at(self, node: exp.Expr) -> int:
        """Where a node begins in the original."""
        starts = [n.meta["start"] for n in node.walk() if "start" in n.meta]
        return self.places[min(starts)] if starts else self._after_its_neighbour(node)

    def _after_its_neighbour(self, node: exp.Expr) -> int:
        """Where a node without places begins: behind what stands left of it and the operator."""
        left = node.parent.this if node.parent is not None else None
        ends = [n.meta["end"] for n in left.walk() if "end" in n.meta] if isinstance(left, exp.Expr) else []
        if not ends or left is node:
            return 0
        behind = re.compile(r"[\s)=<>!+\-*/]*").match(self.original, self.places[max(ends)] + 1)
        return behind.end() if behind else 0

    def slice(self, node: exp.Expr) -> str:
        """The words of a node, from its first to its last known character."""
        spans = [(n.meta["start"], n.meta["end"]) for n in node.walk() if "start" in n.meta]
        if not spans:
            return self.original
        first, last = min(s for s, _ in spans), max(e for _, e in spans)
        end = self.places[last] + 1
        return _closed(self.original, self.places[first], end)


_REST = re.compile(
    r"\s+(?:YEAR|MONTH|DAY|END)\b|\s*(?:=|<>|!=)\s*(?:TRUE|FALSE)\b", re.IGNORECASE
)  # words without a place


def _closed(text: str, start: int, end: int) -> str:
    """The slice, with its last word whole and the brackets closed that open in it."""
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
    """Quantities as calls, full-width signs as plain ones; and where each character came from."""
    out: list[str] = []
    places: list[int] = []

    def put(piece: str, origin: int, *, spread: bool = False) -> None:
        out.append(piece)
        places.extend(origin + n if spread else origin for n in range(len(piece)))

    done = 0
    for found in _PIECE.finditer(text):
        start, end = found.span()
        put(text[done:start], done, spread=True)
        if found["wide"]:
            put(_WIDE[found["wide"]], start)
        elif found["quantity"]:
            put(f"{QUANTITY}(", start)
            put(found["digits"], start, spread=True)
            put(",", start)
            put("'", found.start("unit"))
            put(found["unit"], found.start("unit"), spread=True)
            put("')", end - 1)
        else:
            put(found[0], start, spread=True)
        done = end
    put(text[done:], done, spread=True)
    places.append(len(text))
    return "".join(out), tuple(places)


def _check_brackets(text: str) -> None:
    """Raises Wrong at the first bracket or quote without its partner."""
    opened: list[int] = []
    inside = -1
    for n, char in enumerate(text):
        if char == "'":
            inside = -1 if inside >= 0 else n
        elif inside < 0 and char in "(（":
            opened.append(n)
        elif inside < 0 and char in ")）":
            if not opened:
                raise Wrong(n, "unclosed", found=char)
            opened.pop()
    if inside >= 0:
        raise Wrong(inside, "unclosed_text")
    if opened:
        raise Wrong(opened[-1], "unclosed", found=text[opened[-1]])


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """One expression. Raises Wrong with the offset of what cannot be read."""
    if not text.strip():
        raise Wrong(0, "empty_expression")
    _check_brackets(text)
    for sign in ("--", "/*"):
        if sign in re.sub(r"'[^']*'", lambda m: " " * len(m[0]), text):
            raise Wrong(text.index(sign), "comment")
    plain, places = normalise(text)
    try:
        parsed = _dialect().parse(plain)
    except (TokenError, RecursionError) as error:
        raise Wrong(0, "syntax", found=text.strip()[:12]) from error
    except ParseError as error:
        raise _syntax(error, plain, places, text) from error
    if len(parsed) != 1 or parsed[0] is None:
        raise Wrong(text.find(";") if ";" in text else 0, "query")
    return Tree(parsed[0], text, places)


def _syntax(error: ParseError, plain: str, places: tuple[int, ...], text: str) -> Wrong:
    """Where the parser stopped: its column is that of the last character of the word."""
    first = error.errors[0] if error.errors else {}
    line, column = first.get("line") or 1, first.get("col") or 1
    word = first.get("highlight") or ""
    offset = sum(len(part) + 1 for part in plain.split("\n")[: line - 1]) + column - max(len(word), 1)
    at = places[min(max(offset, 0), len(places) - 1)]
    return Wrong(at, "syntax", found=word or text.strip()[-6:])
