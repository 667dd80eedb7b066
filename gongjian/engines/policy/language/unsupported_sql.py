"""SQL constructs that are refused because engines disagree on them, each with what to write instead."""

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import closest
from gongjian.engines.policy.language.errors import BadExpression, suggested
from gongjian.engines.policy.language.functions import FUNCTIONS, ExpressionContext, known_function

_CALLS = {
    "null_default": "COALESCE IFNULL NVL ISNULL NULLIF IIF IF ZEROIFNULL",
    "date_function": "DATEDIFF DATE_DIFF DATE_SUB DATE_ADD AGE DAY EXTRACT DATE_PART DATE_TRUNC TIMESTAMPDIFF MONTHS_BETWEEN NOW TODAY GETDATE",
    "cut_text": "SUBSTRING SUBSTR LEFT RIGHT CONCAT REPLACE TRIM UPPER LOWER LENGTH REGEXP_LIKE POSITION",
    "round": "ROUND FLOOR CEIL CEILING TRUNC",
    "aggregate": "COUNT SUM AVG MIN MAX MEDIAN STDDEV VARIANCE",
    "cast": "CAST TRY_CAST CONVERT TO_NUMBER TO_DATE",
}
_BY_CALL = {name: code for code, names in _CALLS.items() for name in names.split()}
_NODES: tuple[tuple[tuple[type[exp.Expr], ...], str], ...] = (
    ((exp.Null,), "null"),
    ((exp.Cast, exp.TryCast), "cast"),
    ((exp.Mod,), "modulo"),
    ((exp.Interval,), "interval_place"),
    ((exp.DPipe,), "cut_text"),
    ((exp.Query, exp.Subquery, exp.Exists, exp.DDL, exp.DML, exp.Command), "query"),
)


def unsupported(context: ExpressionContext, node: exp.Expr) -> BadExpression | None:
    """The fault of a construct that is never allowed; None if it is merely in the wrong place."""
    for kinds, code in _NODES:
        if isinstance(node, kinds):
            return context.error(node, code, name=context.tree.text_of(node))
    name = context.call(node)
    if name is None:
        allowed = (
            exp.Column,
            exp.Literal,
            exp.Boolean,
            exp.Paren,
            exp.Predicate,
            exp.Connector,
            exp.Unary,
            exp.Binary,
        )
        return None if isinstance(node, allowed) else context.error(node, "construct")
    if name in _BY_CALL:
        return context.error(node, _BY_CALL[name], name=name)
    if not known_function(name):
        near = closest(name, FUNCTIONS)
        return context.error(node, "unknown_function", name=name, suggestion=suggested(near))
    return None
