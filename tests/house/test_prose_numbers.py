"""Every number in the prose of the documents is computed from the code, or excused with a reason."""

import re
import tomllib
from datetime import time
from decimal import Decimal

import pytest

from tests.house.numbers import Claim, Excused, faults, numbers, unused, value_of
from tests.house.planted import planted
from tests.house.sources import ROOT
from tests.house.values import VALUES

TABLE = tomllib.loads((ROOT / "tests" / "house" / "prose_numbers.toml").read_text(encoding="utf-8"))
CLAIMS = [
    Claim(where, words, VALUES[name])
    for where, lines in TABLE["claims"].items()
    for words, name in lines.items()
]
EXCUSED = [
    Excused(where, words, why) for where, lines in TABLE["excused"].items() for words, why in lines.items()
]
PATTERNS = (
    "README*.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "docs/decisions/0*.md",
    "docs/algorithms/*.md",
    "gongjian/web/manual/text/*/*.md",
)
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for pattern in PATTERNS
    for path in sorted(ROOT.glob(pattern))
    if path.name not in {"moves.md", "policy-language.md"}  # printed from tables
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_is_answered_for(name):
    assert faults(name, DOCUMENTS[name], claims=CLAIMS, excused=EXCUSED) == []


def test_no_line_of_the_table_is_left_over():
    assert len(DOCUMENTS) > 70
    assert sum(len(numbers(text)) for text in DOCUMENTS.values()) > 300
    assert unused(DOCUMENTS, claims=CLAIMS, excused=EXCUSED) == []
    assert set(VALUES) == {name for lines in TABLE["claims"].values() for name in lines.values()}
    assert all(one.why.strip() for one in EXCUSED)


WRONG = {
    "README.md": ("seventeen time-limit regimes", "sixteen time-limit regimes"),
    "README.zh-CN.md": ("带十七种时限制度", "带十六种时限制度"),
    "SECURITY.md": ("half an hour", "two an hour"),
    "docs/decisions/0010-attachments-by-digest.md": ("2560", "2,561"),
    "docs/algorithms/common-problems.md": ("131,072", "131,073"),
    "gongjian/web/manual/text/en/notices.md": ("18:00 to 8:30", "18:00 to 8:00"),
    "gongjian/web/manual/text/zh/policies.md": ("一百万家企业", "一千万家企业"),
}


@planted(test_every_number_is_answered_for)
@pytest.mark.parametrize("name", WRONG)
def test_a_planted_wrong_number_is_found(name):
    right, wrong = WRONG[name]
    assert right in DOCUMENTS[name]
    found = faults(name, DOCUMENTS[name].replace(right, wrong), claims=CLAIMS, excused=EXCUSED)
    assert len(found) == 1
    assert "should say" in found[0]


@planted(test_every_number_is_answered_for)
@pytest.mark.parametrize(
    "sentence",
    [
        "It has 12 pages.",
        "It has twelve pages.",
        "Twenty-two pages!",
        "A hundred thousand firms.",
        "共有十二页。",
        "共有两页。",
        "半年一次。",
        "At 18:00.",
    ],
)
def test_a_number_nobody_answers_for_is_found(sentence):
    found = faults("README.md", f"{DOCUMENTS['README.md']}\n{sentence}\n", claims=CLAIMS, excused=EXCUSED)
    assert len(found) == 1
    assert "nobody answers for" in found[0]


@planted(test_every_number_is_answered_for)
@pytest.mark.parametrize(
    "text",
    [
        "Run `make -j 2`.",
        "[a page](docs/0012.md)",
        "1. First.\n2. Then.\n",
        "A list:\n\n    make demo PORT=9000\n\nThe end.",
        "```\n12\n```\n",
        "一件事只录一次，百姓。",
        "Nobody often mentions tenfold attention.",
    ],
)
def test_what_is_no_number_in_prose_is_left_alone(text):
    assert faults("README.md", text, claims=[], excused=[]) == []


@planted(test_every_number_is_answered_for)
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("6,000", 6000),
        ("0.15", "0.15"),
        ("8:30", 510),
        ("seventeen", 17),
        ("Twenty-two", 22),
        ("seven tenths", "0.7"),
        ("two hundred", 200),
        ("hundred thousand", 100_000),
        ("half", "0.5"),
        ("十七", 17),
        ("二百", 200),
        ("一百万", 1_000_000),
        ("两", 2),
        ("半", "0.5"),
        ("三千二百一十", 3210),
    ],
)
def test_numbers_are_read_as_they_are_written(written, value):
    assert value_of(written) == Decimal(value)


@planted(test_every_number_is_answered_for)
def test_a_time_of_day_is_compared_as_one():
    claim = Claim("*", "from {} to {}", lambda: (time(8, 30), time(18)))
    assert faults("a", "from 8:30 to 18:00", claims=[claim], excused=[]) == []
    assert len(faults("a", "from 8:30 to 18:30", claims=[claim], excused=[])) == 1


@planted(test_no_line_of_the_table_is_left_over)
def test_a_line_that_fits_nothing_is_found():
    claim, excuse = Claim("*.md", "{} rooms", lambda: 3), Excused("*.md", "four rooms", "an example")
    assert unused({"a.md": "three rooms, four rooms"}, claims=[claim], excused=[excuse]) == []
    assert len(unused({"a.md": "no rooms"}, claims=[claim], excused=[excuse])) == 2
    assert len(unused({"a.txt": "four rooms"}, claims=[claim], excused=[excuse])) == 2


FIGURES = {"docs/algorithms/common-problems.md": "commons", "docs/algorithms/local-market.md": "notes"}
CELL = re.compile(r"(?:\d+/\d+ = )?\d+(?:\.\d+)?|\d+/\d+")


def rows(text):
    """The numbers of each row of the tables of a text; rows with fewer than two are left out."""
    cells = [
        [cell.strip(" *") for cell in line.split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    found = [tuple(cell for cell in row if CELL.fullmatch(cell)) for row in cells]
    return {row for row in found if len(row) > 1}


def strangers(name, text):
    """Rows of figures in a page on an algorithm that the benchmark of the page did not print."""
    benchmarks = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    _before, _mark, printed = benchmarks.partition(f"<!-- {FIGURES[name]} -->")
    shown = text.partition("## Figures")[2]
    assert rows(shown)
    return rows(shown) - rows(printed.partition("<!-- end")[0])


@pytest.mark.parametrize("name", FIGURES)
def test_measured_figures_are_those_the_benchmark_printed(name):
    """Measured again? Copy the rows of docs/benchmarks.md."""
    assert strangers(name, DOCUMENTS[name]) == set()


@planted(test_measured_figures_are_those_the_benchmark_printed)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_nobody_measured_is_found(name):
    assert len(strangers(name, DOCUMENTS[name].replace("0.66 |", "0.96 |"))) > 0
