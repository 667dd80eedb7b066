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
DEEPEST_BRACKETS = 30  # the parser goes some twenty calls down for each, and a page stands deep already
DEEPEST = 60  # what is read after it goes a few
_WIDE = {"≥": ">=", "≤": "<=", "≠": "<>", "×": "*"}
_TYPED_WIDE = re.compile(r"'(?:[^']|'')*'|‘[^’']*’|[！-～]+")  # a text as it is, or signs typed full-width
_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # among them ０, ％ and （
_EXPONENT = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+", re.ASCII)
_CHAINS = ((exp.And, exp.Or), (exp.Add, exp.Sub))  # read side by side, however many
_PIECE = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
    |(?P<quantity>(?<![\w.])(?P<digits>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>%|[\u4e00-\u9fff]+(?:/[\u4e00-\u9fff]+)?))
    |(?P<wide>[≥≤≠×])""",
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


def _typed(text: str) -> str:
    """The text with full-width signs outside of quotation marks as ASCII ones; each stays in its place."""

    def ascii_signs(match: re.Match[str]) -> str:
        piece = match[0]
        if piece[0] == "'":
            return piece
        return f"'{piece[1:-1]}'" if piece[0] == "‘" else piece.translate(_ASCII)

    return _TYPED_WIDE.sub(ascii_signs, text)


def _open(opened: list[int], place: int) -> None:
    opened.append(place)
    if len(opened) > DEEPEST_BRACKETS:
        raise BadExpression(place, "too_deep")


def _check_brackets(text: str) -> None:
    """Raises BadExpression at the first bracket or quotation mark without its partner, or nested too deep."""
    opened: list[int] = []
    inside = -1
    for n, char in enumerate(text):
        if char == "'":
            inside = -1 if inside >= 0 else n
        elif inside < 0 and char == "(":
            _open(opened, n)
        elif inside < 0 and char == ")":
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
    typed = _typed(text)
    _check_brackets(typed)
    _check_words(typed)
    plain, places = normalise(typed)
    try:
        parsed = _dialect().parse(plain)
    except TokenError as error:
        raise BadExpression(0, "syntax", found=text.strip()[:12]) from error
    except RecursionError as error:
        raise BadExpression(0, "too_deep") from error
    except ParseError as error:
        raise _syntax(error, plain, places, text) from error
    if len(parsed) != 1 or parsed[0] is None:
        raise BadExpression(typed.find(";") if ";" in typed else 0, "query")
    tree = Tree(parsed[0], text, places)
    _check_depth(tree)
    return tree


def _check_words(typed: str) -> None:
    """Raises BadExpression at a comment, at a number with an exponent, and at the name that stands for quantities."""
    outside = re.sub(r"'[^']*'", lambda m: " " * len(m[0]), typed)
    for sign in ("--", "/*"):
        if sign in outside:
            raise BadExpression(outside.index(sign), "comment")
    if match := _EXPONENT.search(outside):
        raise BadExpression(match.start(), "exponent", found=match[0][:12])
    if match := re.search(rf"\b({QUANTITY})\s*\(", outside, re.IGNORECASE):
        raise BadExpression(match.start(), "unknown_function", name=match[1], suggestion="")


def _check_depth(tree: Tree) -> None:
    """Raises BadExpression at what is nested too deep to be read; chains of AND, OR, + and - are read side by side."""
    waiting = [(tree.root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise BadExpression(tree.offset_of(node), "too_deep")
        for below in node.iter_expressions():
            chained = any(isinstance(node, kind) and isinstance(below, kind) for kind in _CHAINS)
            waiting.append((below, depth + (not chained)))


def _syntax(error: ParseError, plain: str, places: tuple[int, ...], text: str) -> BadExpression:
    """The fault where the parser stopped; its column is that of the last character of a word."""
    first = error.errors[0] if error.errors else {}
    line, column = first.get("line") or 1, first.get("col") or 1
    word = first.get("highlight") or ""
    offset = sum(len(part) + 1 for part in plain.split("\n")[: line - 1]) + column - max(len(word), 1)
    at = places[min(max(offset, 0), len(places) - 1)]
    if word == QUANTITY and (match := _PIECE.match(_typed(text), at)):
        word = text[at : match.end()]
    return BadExpression(at, "syntax", found=word or text.strip()[-6:])
