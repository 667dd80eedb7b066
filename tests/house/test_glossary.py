"""GLOSSARY.toml is the living list of words: what it names is in the code, and what the code calls things is in it."""

import ast
import tomllib

from django.apps import apps

from gongjian.assignments.states import MOVES, SUPPORT_MOVES, Light
from gongjian.people.states import Role
from tests.house.sources import ROOT, modules

WORDS = tomllib.loads((ROOT / "GLOSSARY.toml").read_text(encoding="utf-8"))["word"]
MODELS = [m for m in apps.get_models() if m.__module__.startswith("gongjian.") and not m._meta.auto_created]
MOVE_LABELS = [*(move.label for move in MOVES), *(move.label for move in SUPPORT_MOVES)]
LABELS = [*MOVE_LABELS, *Role.labels, *Light.labels]


def identifiers() -> set[str]:
    """Names of classes, functions, variables, arguments and attributes of the package."""
    code = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                code.add(node.name)
            elif isinstance(node, ast.Name):
                code.add(node.id)
            elif isinstance(node, ast.arg):
                code.add(node.arg)
            elif isinstance(node, ast.Attribute):
                code.add(node.attr)
    return code


def not_in_the_code(words):
    """Terms whose identifier the code does not hold."""
    code = identifiers()
    return [word["chinese"] for word in words if not set(word["code"].split(".")) <= code]


def not_in_the_glossary(words):
    """Models, moves, roles and lights of which the glossary does not speak."""
    codes, terms = {word["code"] for word in words}, {word["chinese"] for word in words}
    return [m.__name__ for m in MODELS if m.__name__ not in codes] + [
        str(x) for x in LABELS if str(x) not in terms
    ]


def test_every_word_of_the_glossary_is_in_the_code():
    assert not_in_the_code(WORDS) == []
    assert len({word["chinese"] for word in WORDS}) == len(WORDS)


def test_every_model_move_role_and_light_is_in_the_glossary():
    assert not_in_the_glossary(WORDS) == []


def test_planted_words_are_found():
    assert not_in_the_code([{"chinese": "词", "code": "NoSuchClass"}]) == ["词"]
    assert not_in_the_code([{"chinese": "词", "code": "Role.NO_SUCH_ROLE"}]) == ["词"]
    for gone in ("Problem", "accept", "Role.CLERK", "Light.RED"):
        assert len(not_in_the_glossary([word for word in WORDS if word["code"] != gone])) == 1
