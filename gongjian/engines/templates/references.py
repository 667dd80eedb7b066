"""References in formulas, moved as a spreadsheet moves them when rows are put in. Pure."""

import re

_REFERENCE = re.compile(
    r"""(?P<text>"[^"]*")|(?P<sheet>(?:'[^']+'|[\w.\u3400-\u9fff]+)!)?"""
    r"""(?P<from>\$?[A-Za-z]{1,3}\$?\d+)(?::(?P<to>\$?[A-Za-z]{1,3}\$?\d+))?(?![\w(])"""
)
_CELL = re.compile(r"(\$?[A-Za-z]{1,3}\$?)(\d+)")


def moved(formula: str, *, at: int, by: int, own: bool, sheet: str) -> str:
    """The formula after `by` rows were put in before row `at` of `sheet`; `own`: it stands on that sheet itself.

    A range that ends in the row before `at` grows: the total of a list counts what was put in at its end.
    """

    def one(found: re.Match[str]) -> str:
        named = (found["sheet"] or "").rstrip("!").strip("'")
        if found["text"] or (named != sheet if named else not own):
            return found[0]
        first, last = _row(found["from"]), _row(found["to"] or found["from"])
        start = _shifted(found["from"], at, by)
        if not found["to"]:
            return f"{found['sheet'] or ''}{start}"
        grows = first < at == last + 1 and first < last + 1
        end = _plus(found["to"], by) if grows else _shifted(found["to"], at, by)
        return f"{found['sheet'] or ''}{start}:{end}"

    return _REFERENCE.sub(one, formula)


def _row(cell: str) -> int:
    found = _CELL.fullmatch(cell)
    return int(found[2]) if found else 0


def _plus(cell: str, by: int) -> str:
    found = _CELL.fullmatch(cell)
    return f"{found[1]}{int(found[2]) + by}" if found else cell


def _shifted(cell: str, at: int, by: int) -> str:
    return _plus(cell, by) if _row(cell) >= at else cell
