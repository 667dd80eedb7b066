"""Every visible string has its English; no Chinese slips past the catalogue."""

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import pytest
from django.utils import translation

from hatch_build import COUNTED
from tests.house.catalogue import CATALOGUE, TABLES, translated, wanted
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import CHINESE, CHINESE_OR_SIGNS, REPOSITORY, Tree

TWICE = re.compile(r"(.{10,}?)\1+", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# Chinese that is no interface has its place: a file named `vocabulary.py` holds words that are data, a file named
# `paper.py` writes a paper, and these, each for its reason. No mark on a line excuses it.
DATA = re.compile(r"(^|/)(vocabulary|paper)\.py$")
NOT_INTERFACE = {
    "audit/services.py": "the name an event keeps where nobody acted",
    "bulletins/weekly_brief/text.py": "how names of areas end, in the brief",
    "cli/": "an operator's terminal",
    "conf/formats/": "how a day is written",
    "engines/file_text/": "signs by which Chinese text is known, and joints of rows read as sentences",
    "engines/hash_chain/": "told on a terminal",
    "engines/paper/": "writes papers",
    "engines/policy/language/functions.py": "names of functions are words of the policy language",
    "engines/reports/": "cue words of reports",
    "engines/sheets/": "units in number formats, delimiters of CSV",
    "engines/tables/": "signs of dates, units and rows in tables of offices",
    "engines/workdays/": "names of days in the State Council's notices",
    "invented_city/": "texts of the invented city",
    "markets/goods_in_notes.py": "cue words of visit notes",
    "web/administration/calendar/months.py": "an example file to fill in",
}
MARK = re.compile(r"#\s*(?:fmt:|yapf:|data\b\s*$|paper\b\s*$)")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
TAGGED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->",
    re.DOTALL,
)


def without_english(messages: AbstractSet[str], have: Mapping[str, str]) -> list[str]:
    """Messages the product can show that the catalogue does not answer."""
    return sorted(message for message in messages if not have.get(message))


def badly_translated(have: Mapping[str, str]) -> list[str]:
    """Messages whose English holds Chinese or other placeholders, or says its sentence again and again."""
    return [
        message
        for message, english in have.items()
        if set(PLACEHOLDER.findall(message)) != set(PLACEHOLDER.findall(english))
        or CHINESE_OR_SIGNS.search(english.replace("中文", ""))
        or TWICE.fullmatch(english)
    ]


def _marked(node: ast.AST) -> bool:
    """A call that asks for a message, or a plain table of sentences."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        return isinstance(target, ast.Name) and bool(TABLES.match(target.id))
    return False


def _unmarked(module: ast.Module) -> list[int]:
    allowed: set[ast.AST] = set()
    for node in ast.walk(module):
        if _marked(node):
            allowed |= set(ast.walk(node))
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node, clean=False) is not None
        ):
            allowed |= set(ast.walk(node.body[0]))
    texts = [n for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [n.lineno for n in texts if CHINESE.search(str(n.value)) and n not in allowed]


def _excused(name: str) -> bool:
    """Whether a file's Chinese is data, paper or terminal by its place."""
    return name.startswith(tuple(NOT_INTERFACE)) or DATA.search(name) is not None or name == "__init__.py"


@cache
def _by_file(tree: Tree) -> dict[str, list[int]]:
    """File of the package -> its lines with Chinese that no catalogue sees."""
    return {
        path.relative_to(tree.package).as_posix(): _unmarked(module) for path, module in tree.modules.items()
    }


def chinese_in_python(tree: Tree) -> list[str]:
    """Chinese that no catalogue sees, in a file that is not the place for it."""
    return [f"{name}:{n}" for name, lines in _by_file(tree).items() if not _excused(name) for n in lines]


def needless_places(tree: Tree) -> list[str]:
    """Places that are excused and hold no Chinese, or are gone."""
    holding = [name for name, lines in _by_file(tree).items() if lines]
    return [place for place in NOT_INTERFACE if not any(name.startswith(place) for name in holding)]


def asking_to_look_away(tree: Tree) -> dict[str, list[int]]:
    """Files and the lines with a comment that asks the formatter or this test to look away."""
    found = {tree.name(p): _marks(p.read_text(encoding="utf-8")) for p in tree.tracked(".py")}
    return {name: lines for name, lines in found.items() if lines}


def _marks(text: str) -> list[int]:
    if not MARK.search(text):
        return []  # nothing that could be such a comment: most files are not read sign by sign
    comments = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        token.start[0] for token in comments if token.type == tokenize.COMMENT and MARK.match(token.string)
    ]


def chinese_in_templates(tree: Tree) -> list[str]:
    """Templates with Chinese outside the tags that translate."""
    return [
        tree.name(path)
        for path in sorted((tree.package / "web" / "templates").rglob("*.html"))
        if CHINESE_OR_SIGNS.search(TAGGED.sub("", path.read_text(encoding="utf-8")))
    ]


def asked_at_import(tree: Tree) -> list[str]:
    """Tables that ask for a message once, in whatever language they are imported."""
    return [
        f"{tree.name(path)}:{line}" for path, module in tree.modules.items() for line in _at_import(module)
    ]


def _at_import(module: ast.Module) -> list[int]:
    now = {
        alias.asname or alias.name
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in {"gettext", "ngettext"}
    }
    tables = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    calls = [call for table in tables for call in ast.walk(table) if isinstance(call, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in now]


def counted_by_another_name(tree: Tree) -> list[str]:
    """Places that count with another name than n or number: the message would stay Chinese."""
    python = [
        f"{tree.name(path)}:{call.lineno}"
        for path, module in tree.modules.items()
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"ngettext", "ngettext_lazy"}
        and not COUNTED.search(ast.unparse(call))
    ]
    templates = [
        tree.name(path)
        for path in sorted((tree.package / "web" / "templates").rglob("*.html"))
        for name in re.findall(r"blocktranslate count (\w+)=", path.read_text(encoding="utf-8"))
        if name not in {"n", "number"}
    ]
    return python + templates


def not_compiled_for_both(messages: set[str]) -> list[str]:
    """Counted messages that are Chinese in English for one or for several."""
    with translation.override("en"):
        return sorted(
            message
            for message in messages
            if any(
                CHINESE_OR_SIGNS.search(translation.ngettext(message, message, n).replace("中文", ""))
                for n in (1, 2)
            )
        )


def test_every_message_has_english():
    assert without_english(wanted(), translated()) == []


def test_english_keeps_the_placeholders_and_holds_no_chinese():
    assert badly_translated(translated()) == []


def test_no_chinese_in_python_outside_the_catalogue():
    assert chinese_in_python(REPOSITORY) == []


def test_every_place_of_data_is_there_and_needs_its_excuse():
    assert needless_places(REPOSITORY) == []


def test_no_line_asks_the_formatter_or_this_test_to_look_away():
    assert asking_to_look_away(REPOSITORY) == {}


def test_no_chinese_in_templates_outside_the_catalogue():
    assert chinese_in_templates(REPOSITORY) == []


def test_a_table_of_messages_is_lazy():
    assert asked_at_import(REPOSITORY) == []


def test_counted_messages_are_compiled_for_one_and_for_many():
    """Chinese has no plurals, English is compiled with both where a template or a module counts."""
    counted = {message for message in wanted() if COUNTED.search(message)}
    assert counted
    assert not_compiled_for_both(counted) == []
    assert counted_by_another_name(REPOSITORY) == []
    with translation.override("en"):
        for number, wanted_word in ((1, "problem in"), (3, "problems in")):
            said = translation.ngettext("共 %(number)s 个问题", "共 %(number)s 个问题", number)
            assert not CHINESE.search(said)
            assert wanted_word in said


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@planted(test_every_message_has_english, test_english_keeps_the_placeholders_and_holds_no_chinese)
def test_a_message_without_english_and_a_bad_one_are_reported(plant: Plant):
    entries = {"已有%(n)s个": "There are %(number)s", "问题": "problem", "任务": "任务", "空": ""}
    entries["刷新"] = "Please reload.Please reload."
    po = PO + "".join(f'msgid "{chinese}"\nmsgstr "{english}"\n\n' for chinese, english in entries.items())
    tree = plant(
        {
            "gongjian/people/forms.py": 'A = _("问题")\nB = _("新词")\nTOLD_SENTENCES = {"a": "表里的句子"}\nC = _("空")\n',
            "gongjian/web/templates/a.html": "{% translate '模板里的词' %}",
            "django.po": po,
        }
    )
    have = translated(tree.root / CATALOGUE.name)
    assert without_english(wanted(tree), have) == sorted(["新词", "空", "表里的句子", "模板里的词"])
    assert badly_translated(have) == ["已有%(n)s个", "任务", "刷新"]


@planted(test_no_chinese_in_python_outside_the_catalogue, test_no_chinese_in_templates_outside_the_catalogue)
def test_chinese_outside_the_catalogue_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/people/units/forms.py": '"""单位"""\nA = _("单位")\nB = "单位"\nC = "单位"  # data\n',
            "gongjian/people/vocabulary.py": 'A = "单位"\n',
            "gongjian/people/papers.py": 'A = "单位"\n',
            "gongjian/web/templates/good.html": "{% translate '单位' %}<!-- 单位 -->",
            "gongjian/web/templates/bad.html": "{% translate '单位' %}<b>单位</b>",
        }
    )
    assert chinese_in_python(tree) == [
        "people/papers.py:1",
        "people/units/forms.py:3",
        "people/units/forms.py:4",
    ]
    assert chinese_in_templates(tree) == ["gongjian/web/templates/bad.html"]


@planted(test_no_chinese_in_python_outside_the_catalogue)
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
def test_each_way_past_the_catalogue_is_reported(plant: Plant, source, lines):
    tree = plant({"gongjian/problems/services.py": source})
    assert sorted(set(chinese_in_python(tree))) == [f"problems/services.py:{n}" for n in lines]


@planted(test_every_place_of_data_is_there_and_needs_its_excuse)
def test_an_excuse_nobody_needs_is_reported(plant: Plant):
    needed, *others = NOT_INTERFACE
    tree = plant({f"gongjian/{needed}": 'A = "系统"\n', "gongjian/cli/main.py": 'A = _("系统")\n'})
    assert needless_places(tree) == others


@planted(test_no_line_asks_the_formatter_or_this_test_to_look_away)
def test_marks_are_reported(plant: Plant):
    text = "a = [1,\n  2]  # fmt: skip\nb = 1  # data\nc = '# data'\n"
    tree = plant({"tests/test_a.py": text, "gongjian/a.py": "c = '# data'\n"})
    assert asking_to_look_away(tree) == {"tests/test_a.py": [2, 3]}


@planted(test_a_table_of_messages_is_lazy)
def test_a_table_that_asks_at_import_is_reported(plant: Plant):
    text = 'from django.utils.translation import gettext as _\nNAMES = {"a": _("单位")}\ndef f(): return _("单位")\n'
    assert asked_at_import(plant({"gongjian/people/states.py": text})) == ["gongjian/people/states.py:2"]


@planted(test_counted_messages_are_compiled_for_one_and_for_many)
def test_a_count_by_another_name_and_a_message_that_is_not_compiled_are_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/web/a.py": 'ngettext("%(n)s个", "%(n)s个", n)\nngettext("%(many)s个", "%(many)s个", many)\n',
            "gongjian/web/templates/b.html": "{% blocktranslate count many=rows|length %}",
            "gongjian/web/templates/c.html": "{% blocktranslate count n=rows|length %}",
        }
    )
    assert counted_by_another_name(tree) == ["gongjian/web/a.py:2", "gongjian/web/templates/b.html"]
    assert not_compiled_for_both({"没有译文的%(n)s句"}) == ["没有译文的%(n)s句"]
