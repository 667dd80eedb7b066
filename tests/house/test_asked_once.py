"""A blank text is refused, and a check asked as a question, in one place: `gongjian.audit.refused`."""

import ast

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

ONCE = "gongjian/audit/refused.py"
ELSEWHERE = {"conf", "cli", "engines"}  # rooms that refuse nothing
# An uploaded file is bytes and must not be stripped; in the invented city life goes on after a refusal.
OTHERWISE = {"gongjian/invented_city/agenda.py"}


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


def offences(tree: Tree) -> dict[str, list[int]]:
    """Files and the lines in which a blank is refused or a check made a question by hand."""
    found = {
        tree.name(path): [
            n.lineno
            for n in ast.walk(module)
            if isinstance(n, ast.If | ast.Try) and (refuses_blank(n) or asks_by_catching(n))
        ]
        for path, module in tree.modules.items()
        if tree.name(path) != ONCE and tree.room(path) not in ELSEWHERE
    }
    return {name: lines for name, lines in found.items() if lines}


def test_blank_texts_and_questions_are_written_once():
    assert set(offences(REPOSITORY)) == OTHERWISE


@planted(test_blank_texts_and_questions_are_written_once)
def test_copies_are_reported(plant: Plant):
    copies = (
        "if not text.strip():\n    raise Refused('a')\n"
        "if late and not note.strip():\n    raise Refused('b')\n"
        "try:\n    check(x)\nexcept Refused:\n    return False\n"
        "if not text.strip():\n    text = 'none'\n"
        "try:\n    check(x)\nexcept Refused as why:\n    told.append(why)\n"
    )
    text = f"def f():\n{copies}".replace("\n", "\n    ")
    name = "gongjian/web/people/views.py"
    assert offences(plant({name: text, ONCE: text, "gongjian/cli/a.py": text})) == {name: [2, 4, 6]}
