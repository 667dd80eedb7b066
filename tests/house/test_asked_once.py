"""A blank text is refused, and a check asked as a question, in one place: `gongjian.audit.refused`."""

import ast

from tests.house.sources import PACKAGE, modules, room_of

ONCE = PACKAGE / "audit" / "refused.py"
ABOVE = {"web", "conf", "cli", "engines"}


def _is_strip(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strip"


def _raises_refused(node: ast.If) -> bool:
    raised = [n.exc for n in node.body if isinstance(n, ast.Raise)]
    return any(isinstance(e, ast.Call) and ast.unparse(e.func) == "Refused" for e in raised)


def refuses_blank(node: ast.AST) -> bool:
    """`if not text.strip(): raise Refused(...)`, alone or within a longer condition."""
    if not isinstance(node, ast.If) or not _raises_refused(node):
        return False
    return any(
        isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.Not) and _is_strip(n.operand)
        for n in ast.walk(node.test)
    )


def asks_by_catching(node: ast.AST) -> bool:
    """`try: check(...)`, `except Refused: return False` (or `continue`): a question made of a check by hand."""
    if not isinstance(node, ast.Try):
        return False
    return any(
        h.type is not None
        and ast.unparse(h.type) == "Refused"
        and ast.unparse(h.body[0]) in {"return False", "continue"}
        for h in node.handlers
    )


def offences(tree: ast.Module) -> list[int]:
    return [
        n.lineno
        for n in ast.walk(tree)
        if isinstance(n, ast.If | ast.Try) and (refuses_blank(n) or asks_by_catching(n))
    ]


def test_blank_texts_and_questions_are_written_once():
    found = {
        str(path.relative_to(PACKAGE)): lines
        for path, tree in modules().items()
        if path != ONCE and room_of(path) not in ABOVE - {"web"} and (lines := offences(tree))
    }
    # An uploaded file is bytes and must not be stripped; in the invented city life goes on after a refusal.
    assert set(found) == {"intake/report_file.py", "invented_city/agenda.py"}


def test_copies_would_be_found():
    planted = (
        "if not text.strip():\n    raise Refused('a')\n"
        "if late and not note.strip():\n    raise Refused('b')\n"
        "try:\n    check(x)\nexcept Refused:\n    return False\n"
        "if not text.strip():\n    text = 'none'\n"
        "try:\n    check(x)\nexcept Refused as why:\n    told.append(why)\n"
    )
    assert offences(ast.parse(f"def f():\n{planted}".replace("\n", "\n    "))) == [2, 4, 6]
