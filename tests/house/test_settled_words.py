"""Words do not drift: where two words stood for one thing, GLOSSARY.toml names the one that stays, and the other is nowhere read."""

import re
import tomllib

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

READ = ("gongjian/**/templates/**/*.html", "gongjian/web/manual/text/zh/*.md", "gongjian/**/*paper.py")
MARKED = re.compile(r"""\b(?:_|gettext|gettext_lazy|gettext_noop|ngettext|ngettext_lazy)\(\s*["']([^"']*)""")


def drifting(tree: Tree) -> list[str]:
    """Places where a reader meets a word that was given up, and the word that stands for it."""
    words = tomllib.loads((tree.root / "GLOSSARY.toml").read_text(encoding="utf-8")).get("given_up", [])
    texts = {
        path.relative_to(tree.root).as_posix(): path.read_text(encoding="utf-8")
        for pattern in READ
        for path in sorted(tree.root.glob(pattern))
    }
    for path in sorted(tree.package.rglob("*.py")):
        if "migrations" not in path.parts and "engines" not in path.parts:
            texts[path.relative_to(tree.root).as_posix()] = "\n".join(
                MARKED.findall(path.read_text(encoding="utf-8"))
            )
    return [
        f"{name}: {word['said']} is called {word['instead']}"
        for word in words
        for name, text in texts.items()
        if word["said"] in text
    ]


def test_a_word_that_was_given_up_is_read_nowhere():
    assert drifting(REPOSITORY) == []


@planted(test_a_word_that_was_given_up_is_read_nowhere)
def test_a_word_that_comes_back_is_reported(plant: Plant):
    tree = plant(
        {
            "GLOSSARY.toml": '[[given_up]]\nsaid = "新走访"\ninstead = "记走访"\n',
            "gongjian/web/templates/visits/book.html": '<a>{% translate "新走访" %}</a>',
            "gongjian/visits/services.py": 'SENTENCE = _("请先记新走访。")\nCOMMENT = "新走访"\n',
            "gongjian/web/manual/text/zh/visits.md": "点“记走访”。\n",
        }
    )
    assert drifting(tree) == [
        "gongjian/web/templates/visits/book.html: 新走访 is called 记走访",
        "gongjian/visits/services.py: 新走访 is called 记走访",
    ]
