"""A counted number in a template carries its measure: it opens exactly its rows, and a crawl can find it.

What counts is told by name and filter, as far as that can be told: a length, a plural, a value called like a count or bare
`number`, in the text of a page or in a sentence that has not bound it. Such an output must stand in an element that `{% counted %}`, `{% opens %}` or `{% marked %}` marks, or be excused in
`uncounted_numbers.toml` with the reason why it counts no rows one could open.
"""

import re
import tomllib
from collections.abc import Iterator

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, ROOT, Tree

EXCUSES = ROOT / "tests" / "house" / "uncounted_numbers.toml"
COUNTING = (
    "count|counts|total|totals|missed|population|numerator|denominator|meets|near|unknown|fails|waiting|heard|firms|questions|"
    "askings|answered|received|reopened|late|in_time|nameless|loose|copied|drafts|members|not_handed_over|hidden|matched|"
    r"\w+_count|more_\w+|\w+_total"
)
OUTPUT = re.compile(
    r"{{\s*(?P<length>[\w.]+)\|length\b[^}]*}}"
    rf"|{{{{\s*(?P<named>(?:[\w.]+\.)?(?:{COUNTING})(?:\.\d)?)(?:\|(?!money|percent)[^}}]*)?\s*}}}}"
    r"|{%\s*blocktranslate\b[^%]*?\bcount\s+\w+=(?P<plural>[\w.|]+)"
    rf"|{{%\s*blocktranslate\b[^%]*?\bwith\b[^%]*?\b\w+=(?P<bound>[\w.]+\|length|(?:[\w.]+\.)?(?:{COUNTING}))(?=[\s%|])"
)
# Names that say nothing else: the number of a loop, of a pair, of a group. A record's own (`problem.number`) is its label.
BARE = re.compile(
    r"{{\s*(?P<bare>numbers?|n|was|now|before|after|touched|done|left|took|times|size|sum|step\.number"
    r"|\w+\.(?:size|sum|times|\w+\.\d))(?:\|(?!money|percent|date|moment|day|linebreaks)[^}]*)?\s*}}"
)
SENTENCE = re.compile(r"{%\s*blocktranslate\b(?P<binds>[^%]*)%}.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
MARKED = re.compile(r"{%\s*(?:opens|counted|marked)\b|\bdata-measure=")


def _outputs(text: str) -> Iterator[tuple[int, str]]:
    """What is shown that counts, with its place: in the text of a page, or in a sentence that takes it from the page."""
    for found in OUTPUT.finditer(text):
        yield found.start(), next(value for value in found.groups() if value)
    bound = {
        at: sentence.group("binds") for sentence in SENTENCE.finditer(text) for at in range(*sentence.span())
    }
    for found in BARE.finditer(text):
        inside = text.rfind("<", 0, found.start()) > text.rfind(">", 0, found.start())  # an attribute
        if not inside and not re.search(rf"\b{re.escape(found['bare'])}=", bound.get(found.start(), "")):
            yield found.start(), found["bare"]


def _is_marked(text: str, at: int) -> bool:
    """Whether an element open at this place carries a measure."""
    opened: list[str] = []
    for tag in re.finditer(r"<(/?)([a-z]\w*)((?:{%.*?%}|{{.*?}}|[^>{]|{)*)>", text[:at], re.DOTALL):
        closing, name, attributes = tag.groups()
        if not closing:
            opened.append(name + attributes)
            continue
        while opened:
            if opened.pop().startswith(name):
                break
    return any(MARKED.search(element) for element in opened)


def unmarked(tree: Tree, excused: dict[str, dict[str, str]]) -> list[str]:
    """Counted numbers that carry no measure, and excuses nobody needs."""
    folder, wrong, used = tree.package / "web" / "templates", [], set()
    for path in sorted(folder.rglob("*.html")):
        name, text = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        for at, shown in _outputs(text):
            if _is_marked(text, at):
                continue
            used.add((name, shown))
            if shown not in excused.get(name, {}):
                wrong.append(f"{name}:{text[:at].count(chr(10)) + 1}: {shown} carries no measure")
    needless = {(name, shown) for name, lines in excused.items() for shown in lines} - used
    return wrong + [f"{name}: nobody needs the excuse for {shown}" for name, shown in sorted(needless)]


def excuses() -> dict[str, dict[str, str]]:
    """The table of excuses: template, value, reason."""
    table: dict[str, dict[str, str]] = tomllib.loads(EXCUSES.read_text(encoding="utf-8"))
    return table


def test_every_counted_number_carries_its_measure():
    assert unmarked(REPOSITORY, excuses()) == []


@planted(test_every_counted_number_carries_its_measure)
def test_a_number_without_a_measure_is_found(plant: Plant):
    tree = plant(
        {
            "gongjian/web/templates/today/plain.html": (
                "<h2>{% counted red %}</h2>\n<h2>{{ rows|length }}</h2>\n"
                '<a {% marked "red" n %}><b>{{ n.count }}</b></a> <b>{{ figures.late }}</b>\n'
                "{% blocktranslate count n=drafts|length %}{{ n }}{% plural %}{{ n }}{% endblocktranslate %}\n"
                "<i>{{ page.paginator.count }}</i>\n"
                "<b>{{ number }}</b>\n"
                "{% blocktranslate with n=day %}{{ n }}{% endblocktranslate %}\n"
                "{% blocktranslate %}{{ n }} rows{% endblocktranslate %}\n"
                '<b title="{{ number }}">{{ problem.number }}</b> {{ pair.open.1 }} {{ on.first|date:"Y" }}'
            )
        }
    )
    excused = {"today/plain.html": {"page.paginator.count": "its own rows", "gone": "no reason left"}}
    assert unmarked(tree, excused) == [
        "today/plain.html:2: rows carries no measure",
        "today/plain.html:3: figures.late carries no measure",
        "today/plain.html:4: drafts|length carries no measure",
        "today/plain.html:6: number carries no measure",
        "today/plain.html:8: n carries no measure",
        "today/plain.html:9: pair.open.1 carries no measure",
        "today/plain.html: nobody needs the excuse for gone",
    ]
