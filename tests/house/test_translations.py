"""Every visible string has its English; no Chinese slips past the catalogue."""

import ast
import io
import re
import tokenize

import pytest
from django.utils import translation

from hatch_build import COUNTED
from tests.house.catalogue import TABLES, translated, wanted
from tests.house.sources import CHINESE, PACKAGE, ROOT, modules, tracked

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# Chinese that is no interface has its place: a file named `vocabulary.py` holds words that are data, a file named
# `paper.py` writes a paper, and these, each for its reason. No mark on a line excuses it.
DATA = re.compile(r"(^|/)(vocabulary|paper)\.py$")
NOT_INTERFACE = {
    "audit/services.py": "the name an event keeps where nobody acted",
    "bulletins/weekly_brief/text.py": "writes the brief",
    "cli/": "an operator's terminal",
    "conf/formats/": "how a day is written",
    "engines/hash_chain/": "told on a terminal",
    "engines/paper/": "writes papers",
    "engines/policy/language/functions.py": "names of functions are words of the policy language",
    "engines/reports/": "cue words of reports",
    "engines/workdays/": "names of days in the State Council's notices",
    "invented_city/": "texts of the invented city",
    "markets/goods_in_notes.py": "cue words of visit notes",
    "web/administration/calendar/months.py": "an example file to fill in",
}
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}


def test_every_message_has_english():
    have = translated()
    assert sorted(m for m in wanted() if not have.get(m)) == []


def test_english_keeps_the_placeholders_and_holds_no_chinese():
    for message, english in translated().items():
        assert set(PLACEHOLDER.findall(message)) == set(PLACEHOLDER.findall(english)), message
        assert not CHINESE.search(english.replace("中文", "")), message


def _unmarked(tree: ast.Module) -> list[int]:
    allowed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )
            if name in MARKS:
                allowed |= set(ast.walk(node))
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            allowed |= set(ast.walk(node.body[0]))
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and TABLES.match(target.id):
                allowed |= set(ast.walk(node))
    return [
        n.lineno
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and CHINESE.search(n.value)
        and n not in allowed
    ]


def _excused(name: str) -> bool:
    """Whether a file's Chinese is data, paper or terminal by its place."""
    return name.startswith(tuple(NOT_INTERFACE)) or DATA.search(name) is not None or name == "__init__.py"


def test_no_chinese_in_python_outside_the_catalogue():
    slips = [
        f"{name}:{n}"
        for path, tree in modules().items()
        if not _excused(name := path.relative_to(PACKAGE).as_posix())
        for n in _unmarked(tree)
    ]
    assert slips == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('said = "请重试"', [1]),
        ('said = "请重试"  # data', [1]),
        ('raise Refused("请重试")', [1]),
        ('said = f"第{n}行"', [1]),
        ('said = _("请重试")', []),
        ('"""请重试"""', []),
        ('WORDS = {"a": "请重试"}', [1]),
        ('TABLE_MESSAGES = {"a": "请重试"}', []),
    ],
)
def test_a_planted_sentence_outside_the_catalogue_is_caught(source, lines):
    assert sorted(set(_unmarked(ast.parse(source)))) == lines


def test_every_place_of_data_is_there_and_needs_its_excuse():
    by_place = {
        place: [
            n
            for path, tree in modules().items()
            if path.relative_to(PACKAGE).as_posix().startswith(place)
            for n in _unmarked(tree)
        ]
        for place in NOT_INTERFACE
    }
    assert {place for place, lines in by_place.items() if not lines} == set()
    assert not _excused("problems/services.py")
    assert not _excused("problems/papers.py")


MARK = re.compile(r"#\s*(?:fmt:|yapf:|data\b\s*$|paper\b\s*$)")


def _marks(text: str) -> list[int]:
    """Lines with a comment that asks the formatter or this test to look away."""
    comments = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        token.start[0] for token in comments if token.type == tokenize.COMMENT and MARK.match(token.string)
    ]


def test_no_line_asks_the_formatter_or_this_test_to_look_away():
    assert _marks("a = [1,\n  2]  # fmt: skip\nb = 1  # data\nc = '# data'\n") == [2, 3]
    assert {
        str(p.relative_to(ROOT)): n for p in tracked(".py") if (n := _marks(p.read_text(encoding="utf-8")))
    } == {}


TAGGED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->",
    re.DOTALL,
)


def test_no_chinese_in_templates_outside_the_catalogue():
    slips = {
        str(path.relative_to(PACKAGE)): found
        for path in (PACKAGE / "web" / "templates").rglob("*.html")
        if (found := CHINESE.findall(TAGGED.sub("", path.read_text(encoding="utf-8"))))
    }
    assert slips == {}


def test_sentences_with_a_count_are_english_in_english_too():
    with translation.override("en"):
        for number in (1, 3):
            said = translation.ngettext("共 %(number)s 个问题", "共 %(number)s 个问题", number)
            assert not CHINESE.search(said)
            assert said == translation.gettext("共 %(number)s 个问题")


def _at_import(tree: ast.Module) -> list[int]:
    """Lines where a module asks for a message once, in whatever language it is imported."""
    now = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in {"gettext", "ngettext"}
    }
    tables = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    calls = [call for table in tables for call in ast.walk(table) if isinstance(call, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in now]


def test_a_table_of_messages_is_lazy():
    found = {str(path.relative_to(PACKAGE)): _at_import(tree) for path, tree in modules().items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_counted_messages_are_compiled_for_one_and_for_many():
    """Chinese has no plurals, English is compiled with both where a template or a module counts."""
    counted = [m for m in wanted() if COUNTED.search(m)]
    assert counted
    with translation.override("en"):
        left = [
            m
            for m in counted
            for n in (1, 2)
            if CHINESE.search(translation.ngettext(m, m, n).replace("中文", ""))
        ]
    assert left == []
    asked = {
        (str(path.relative_to(PACKAGE)), call.lineno)
        for path, tree in modules().items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"ngettext", "ngettext_lazy"}
        and not COUNTED.search(ast.unparse(call))
    }
    assert asked == set(), "counted with another name than n or number: it would stay Chinese"
    names = [
        (path.name, name)
        for path in (PACKAGE / "web" / "templates").rglob("*.html")
        for name in re.findall(r"blocktranslate count (\w+)=", path.read_text(encoding="utf-8"))
    ]
    assert {one for one in names if one[1] not in {"n", "number"}} == set()
