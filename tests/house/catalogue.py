"""The English catalogue: what the sources ask for, and `make messages`, which brings the file up to date."""

import ast
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings

from tests.house.sources import CHINESE_OR_SIGNS, PACKAGE, REPOSITORY, ROOT, Tree

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
TABLES = re.compile(
    r"^[A-Z_]*(MESSAGES|SENTENCES)$"
)  # plain tables of sentences in rooms that know no Django


def _python(tree: Tree) -> set[str]:
    found = set()
    for path, module in tree.modules.items():
        with path.open("rb") as source:
            for _line, message, _comments, _context in extract("python", source, keywords=KEYWORDS):
                found |= {message} if isinstance(message, str) else {m for m in message[-2:] if m}
        for node in module.body:
            if isinstance(node, ast.AnnAssign):
                found |= _table(node.target, node.value)
            elif isinstance(node, ast.Assign):
                found |= _table(node.targets[0], node.value)
    return found


def _table(target: ast.expr, value: ast.expr | None) -> set[str]:
    """The sentences of a plain table, if this is one."""
    if not (isinstance(target, ast.Name) and TABLES.match(target.id) and isinstance(value, ast.Dict)):
        return set()
    return {v.value for v in value.values if isinstance(v, ast.Constant) and isinstance(v.value, str)}


def _templates(tree: Tree) -> set[str]:
    from django.utils.translation.template import templatize

    found = set()
    for path in sorted((tree.package / "web" / "templates").rglob("*.html")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        text = "\n".join(
            line.lstrip() for line in text.splitlines()
        )  # what is left of the page is no program
        for _line, message, _comments, _context in extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS
        ):
            found |= {message} if isinstance(message, str) else {m for m in message if m}
    return found


@cache
def wanted(tree: Tree = REPOSITORY) -> frozenset[str]:
    """Every message the product can show, looked for once."""
    messages = _python(tree) | _templates(tree)
    return frozenset(message for message in messages if message and CHINESE_OR_SIGNS.search(message))


@cache
def translated(catalogue: Path = CATALOGUE) -> Mapping[str, str]:
    """What the catalogue holds, read once."""
    return {
        entry.msgid: entry.msgstr or entry.msgstr_plural.get(0, "")
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
    }


def refresh() -> tuple[int, int]:
    """Add what is new, drop what is gone; returns (messages, still untranslated)."""
    old = {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(wanted()):
        kept = old.get(message)
        new.append(
            polib.POEntry(
                msgid=message,
                msgstr=kept.msgstr if kept else "",
                flags=["python-format"] if "%(" in message else [],
            )
        )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(CATALOGUE))
    return len(new), len(new.untranslated_entries())


if __name__ == "__main__":
    import django

    if not settings.configured:
        import os

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
        django.setup()
    total, empty = refresh()
    print(f"{CATALOGUE.relative_to(ROOT)}: {total} messages, {empty} without English")
