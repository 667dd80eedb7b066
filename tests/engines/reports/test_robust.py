"""Any text is read without harm, fast, and every value stands where its span says."""

import os
import time
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongjian.engines.reports as package
from gongjian.engines.reports.draft import ReportDraft, TextSpan
from gongjian.engines.reports.extractor import extract
from tests.engines.reports.judging import REPORTS

PIECES = [
    "1月29日",
    "29日至30日",
    "同日",
    "上午",
    "市委书记",
    "副县长",
    "王强",
    "欧阳明",
    "阿达·巴汗",
    "、",
    ",",
    "。",
    "“",
    "”",
    "(",
    ")",
    "平阳县",
    "云溪区(高新区)",
    "召开",
    "三级干部会议",
    "座谈会",
    "走访",
    "来到",
    "海拓科技有限公司",
    "大禾木业",
    "等6家企业",
    "要求",
    "强调",
    "相关部门",
    "3个工作日内",
    "\n",
    " ",
    "記",
    "①",
    "㎡",
    "ﬁ",
    "…",
    "\ufeff",
    "😀",
    "来源:",
    "记者 ",
    "荣获“先进集体”称号",
    "用工难问题",
    "他",
    "表示,将协调解决",
    "12月31日",
    "2月30日",
    "第一",
    "亿元",
    "项目",
]


def spans(value):
    if isinstance(value, TextSpan):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from spans(getattr(value, part.name))


def check(text):
    for span in spans(extract(text)):
        assert text[span.start : span.end] == span.text
        assert 0 <= span.sentence_start <= span.start < span.end <= span.sentence_end <= len(text)
        assert 0 <= span.confidence <= 100


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_spans_match_the_original(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_arbitrary_text_never_raises(text):
    check(text)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda p: p.stem)
def test_spans_of_whole_reports(path):
    text = path.read_text(encoding="utf-8")
    check(text)
    assert len(list(spans(extract(text)))) > 20


def test_nothing_in_nothing_out():
    assert extract("") == ReportDraft()
    assert extract(" \n\t\r\n") == ReportDraft()
    assert extract("今天天气很好。").events == ()


@pytest.mark.parametrize(
    "unit",
    [
        "市",
        "1",
        "“",
        "((",
        "王强、",
        "市委书记、",
        "有限公司",
        "1月29日",
        "化工、",
        " x",
        "\r\n",
        "王·",
        "先后来到甲乙丙,",
    ],
)
def test_junk_of_any_kind_is_read_in_bounded_time(unit):
    begun = time.perf_counter()
    extract(unit * (30_000 // len(unit)))
    assert time.perf_counter() - begun < 10  # seconds; a runaway pattern takes minutes


def test_the_package_holds_no_run_of_the_acceptance_report():
    place = os.environ.get("GONGJIAN_ACCEPTANCE")
    if not place:
        pytest.skip("GONGJIAN_ACCEPTANCE is not set: the acceptance report is kept outside")
    article = (Path(place) / "seed" / "article.txt").read_text(encoding="utf-8")
    runs = {article[i : i + 8] for i in range(len(article) - 7)}
    for path in Path(package.__file__).parent.iterdir():
        if path.suffix in {".py", ".toml"}:
            body = path.read_text(encoding="utf-8")
            assert not runs & {body[i : i + 8] for i in range(len(body) - 7)}, path.name
