"""GLOSSARY.toml is the living list of words: what it names is in the code, and what the code calls things is in it."""

import ast
import tomllib
from collections import Counter
from collections.abc import Sequence

import polib
from django.apps import apps

from gongjian.assignments.states import MOVES, SUPPORT_MOVES, Light
from gongjian.people.states import Role
from tests.house.catalogue import CATALOGUE
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

Word = dict[str, str]
MODELS = [m for m in apps.get_models() if m.__module__.startswith("gongjian.") and not m._meta.auto_created]
MOVE_LABELS = [*(move.label for move in MOVES), *(move.label for move in SUPPORT_MOVES)]
LABELS = [*MOVE_LABELS, *Role.labels, *Light.labels]


def words_of(tree: Tree) -> list[Word]:
    """The entries of the glossary."""
    words: list[Word] = tomllib.loads((tree.root / "GLOSSARY.toml").read_text(encoding="utf-8"))["word"]
    return words


def identifiers(tree: Tree) -> set[str]:
    """Names of classes, functions, variables, arguments and attributes of the package."""
    code = set()
    for module in tree.modules.values():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                code.add(node.name)
            elif isinstance(node, ast.Name):
                code.add(node.id)
            elif isinstance(node, ast.arg):
                code.add(node.arg)
            elif isinstance(node, ast.Attribute):
                code.add(node.attr)
    return code


def amiss(tree: Tree) -> list[str]:
    """Words whose identifier is nowhere in the code, and words that are listed twice."""
    words = words_of(tree)
    code, times = identifiers(tree), Counter(word["chinese"] for word in words)
    missing = [word["chinese"] for word in words if not set(word["code"].split(".")) <= code]
    return missing + [word for word, n in times.items() if n > 1]


def not_in_the_glossary(words: Sequence[Word]) -> list[str]:
    """Models, moves, roles and lights of which the glossary does not speak."""
    codes, terms = {word["code"] for word in words}, {word["chinese"] for word in words}
    return [m.__name__ for m in MODELS if m.__name__ not in codes] + [
        str(x) for x in LABELS if str(x) not in terms
    ]


def test_every_word_of_the_glossary_is_in_the_code_and_listed_once():
    assert amiss(REPOSITORY) == []


def test_every_model_move_role_and_light_is_in_the_glossary():
    assert not_in_the_glossary(words_of(REPOSITORY)) == []


@planted(test_every_word_of_the_glossary_is_in_the_code_and_listed_once)
def test_a_word_without_code_and_a_word_listed_twice_are_reported(plant: Plant):
    words = [
        ("灯", "Light"),
        ("交办", "hand_over"),
        ("销号", "strike_off"),
        ("灯", "Light"),
        ("红", "Light.RED"),
    ]
    text = "".join(f'[[word]]\nchinese = "{chinese}"\ncode = "{code}"\n' for chinese, code in words)
    tree = plant({"GLOSSARY.toml": text, "gongjian/a/b.py": "class Light: ...\ndef hand_over(): ...\n"})
    assert amiss(tree) == ["销号", "红", "灯"]


@planted(test_every_model_move_role_and_light_is_in_the_glossary)
def test_a_word_the_glossary_does_not_speak_of_is_reported():
    words = words_of(REPOSITORY)
    for gone in ("Problem", "accept", "Role.CLERK", "Light.RED"):
        assert len(not_in_the_glossary([word for word in words if word["code"] != gone])) == 1


def otherwise_in_english(words: dict[str, str], catalogue: dict[str, str]) -> list[str]:
    """Words of the English glossary that the catalogue says otherwise, or not at all."""
    return [
        f"{chinese}: {catalogue.get(chinese)}"
        for chinese, said in words.items()
        if catalogue.get(chinese) != said
    ]


def test_english_words_are_those_of_the_glossary():
    words = tomllib.loads((REPOSITORY.root / "GLOSSARY.toml").read_text(encoding="utf-8"))["english"]
    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    assert otherwise_in_english(words, catalogue) == []
    old = ("firm's word", "nameless", "parted by", "Result of handling")  # what these words replaced
    assert [said for said in catalogue.values() if any(word in said for word in old)] == []


@planted(test_english_words_are_those_of_the_glossary)
def test_a_word_said_otherwise_is_reported():
    assert otherwise_in_english(
        {"办理结果": "Outcome", "移交": "Transfer"}, {"办理结果": "Result", "移交": "Transfer"}
    ) == ["办理结果: Result"]
