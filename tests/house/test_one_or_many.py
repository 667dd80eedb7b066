"""English says "1 draft" and "2 drafts": a sentence that counts has both words, and is asked for with its number."""

import ast
import io
import re

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from hatch_build import COUNTED, ONE_OR_MANY, chosen
from tests.house.catalogue import KEYWORDS, TABLES, translated
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

MANY = re.compile(
    r"%\((?:n|number)\)s (?:(?:working|office|clock|calendar|sure) )?(?!is\b|was\b|has\b|lies\b|less\b)[a-z]+s\b"
)


def _asked(tree: Tree) -> tuple[set[str], set[str]]:
    """The messages asked for with a number, and those asked for without one."""
    with_number, without = set(), set()
    sources = [path.read_bytes() for path in tree.modules]
    for path in sorted((tree.package / "web" / "templates").rglob("*.html")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        sources.append("\n".join(line.lstrip() for line in text.splitlines()).encode())
    for source in sources:
        for _line, message, _comments, _context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
            if isinstance(message, str):
                without.add(message)
            elif (
                message[0] == message[-1]
            ):  # said twice, for one and for many: Chinese does not tell them apart
                with_number.add(message[0])
    return with_number, without


def amiss(tree: Tree, have: dict[str, str]) -> list[str]:
    """Counting sentences whose English has one word for one and many, and such words where no number chooses."""
    with_number, without = _asked(tree)
    wrong = [
        f"{message}: nobody gives the number that chooses in “{english}”"
        for message, english in have.items()
        if COUNTED.search(message)
        and chosen(english, many=True) != chosen(english, many=False)
        and (message not in with_number or message in without)
    ]
    return wrong + [
        f"{message}: “{english}” says many where it may be one"
        for message, english in have.items()
        if message in with_number and MANY.search(english)
    ]


def _told_later(tree: Tree) -> set[str]:
    """The sentences filled by `one_or_many`: of events, those of tables kept with their values, and those of bulletins, which have their own."""
    found = set()
    for path, module in tree.modules.items():
        whole = path.name == "events.py" or "bulletins" in path.parts
        parts = ast.walk(module) if whole else _tables(module)
        found |= {one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def _tables(module: ast.Module) -> list[ast.AST]:
    targets = [
        (node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value)
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
    ]
    return [
        part
        for target, value in targets
        if isinstance(target, ast.Name) and TABLES.match(target.id)
        for part in ast.walk(value)
    ]


def test_a_sentence_that_counts_says_one_and_many():
    assert amiss(REPOSITORY, translated()) == []


def untold(tree: Tree, have: dict[str, str]) -> list[str]:
    """Sentences with a pair of words that nothing tells: neither the catalogue by its number nor `one_or_many` when they are filled."""
    later = _told_later(tree)
    return [
        f"{message}: nothing tells “{english}”"
        for message, english in have.items()
        if "%(" in message
        and ONE_OR_MANY.search(chosen(english, many=True) if COUNTED.search(message) else english)
        and message not in later
    ]


def test_a_pair_of_words_beside_another_name_stands_in_a_sentence_filled_later():
    assert untold(REPOSITORY, translated()) == []


@planted(test_a_sentence_that_counts_says_one_and_many)
def test_a_sentence_without_its_number_and_one_without_its_singular_are_found(plant: Plant):
    tree = plant(
        {
            "gongjian/a.py": 'a = _("%(n)s 个甲")\nb = ngettext("%(n)s 个乙", "%(n)s 个乙", n)\n',
            "gongjian/web/templates/a.html": "{% load i18n %}{% blocktranslate count n=c %}{{ n }} 个丙{% plural %}{{ n }} 个丙{% endblocktranslate %}",
        }
    )
    have = {"%(n)s 个甲": "%(n)s a|as", "%(n)s 个乙": "%(n)s bees", "%(n)s 个丙": "%(n)s sea|seas"}
    assert amiss(tree, have) == [
        "%(n)s 个甲: nobody gives the number that chooses in “%(n)s a|as”",
        "%(n)s 个乙: “%(n)s bees” says many where it may be one",
    ]


@planted(test_a_pair_of_words_beside_another_name_stands_in_a_sentence_filled_later)
def test_a_pair_that_nothing_tells_is_found(plant: Plant):
    tree = plant(
        {
            "gongjian/a.py": 'a = _("%(days)s 天")\n',
            "gongjian/b/events.py": 'class E(EventName):\n    X = "b.x", _("%(days)s 日")\n',
            "gongjian/c.py": 'SENTENCES = {"left": "%(days)s 晚"}\n',
        }
    )
    have = {
        "%(days)s 天": "%(days)s day|days",
        "%(days)s 日": "%(days)s d|ds",
        "%(days)s 晚": "%(days)s n|ns",
    }
    assert untold(tree, have) == ["%(days)s 天: nothing tells “%(days)s day|days”"]
