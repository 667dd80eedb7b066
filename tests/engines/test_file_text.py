"""The text of files: ten formats of one report, tables as rows, and what cannot be read."""

import contextlib
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.file_text.encodings import decoded
from gongjian.engines.file_text.reading import Unreadable, read_text
from gongjian.engines.file_text.tables import rows_as_sentences
from samples.report_files import FILES, PARAGRAPHS, ROWS, pdf_file, word_file

TOLD = ["企业：海拓机械，订单：20万元。", "企业：青禾家俬，订单：8万元。"]


@pytest.mark.parametrize("name", FILES)
def test_a_report_reads_the_same_in_every_format(name):
    text = read_text(FILES[name](), name)
    assert text.splitlines()[: len(PARAGRAPHS)] == PARAGRAPHS


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.md", "report.pdf"])
def test_a_table_is_read_as_rows(name):
    assert read_text(FILES[name](), name).splitlines()[len(PARAGRAPHS) :] == TOLD


def locked_word():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "case",
    [
        ("empty.txt", b" \n", "empty"),
        ("empty16.txt", b"\xff\xfe\n\0", "empty"),
        ("scan.pdf", lambda: pdf_file([]), "scan"),
        ("cut.pdf", lambda: pdf_file(PARAGRAPHS)[:300], "broken"),
        ("photo.pdf", b"\xff\xd8\xff\xe0 JFIF", "picture"),
        ("photo.png", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("locked.docx", locked_word, "locked"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old"),
        ("cut.docx", lambda: word_file()[:900], "broken"),
        ("text.docx", "只是文字".encode(), "broken"),
        ("table.xlsx", lambda: packed("xl/workbook.xml"), "sheet"),
        ("many.zip", lambda: packed("a.txt", "b.txt"), "packed"),
        ("notes.docx", lambda: packed("word/document.xml"), "broken"),
        ("blank.html", b"<html><script>var x</script><nav>\xe9\xa6\x96\xe9\xa1\xb5</nav></html>", "blank"),
        ("program.txt", bytes(range(256)) * 40, "not_text"),
    ],
    ids=lambda case: case[0],
)
def test_what_holds_no_text_is_said(case):
    name, content, why = case
    with pytest.raises(Unreadable) as refused:
        read_text(content() if callable(content) else content, name)
    assert refused.value.why == why


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.rtf", "a.md"]))
def test_any_bytes_are_read_or_refused(content, name):
    starts = {"a.pdf": b"%PDF-1.4\n", "a.rtf": b"{\\rtf1 "}
    with contextlib.suppress(Unreadable):
        assert read_text(starts.get(name, b"") + content, name)


TEXTS = [
    "5月6日，云台县召开动员会，县委书记许怀远出席并讲话。",
    "全市经济工作会议在市会议中心召开。",
    "市长到企业调研，要求加快项目建设。",
]
TRADITIONAL = ["5月6日，雲台縣召開動員會，縣委書記許懷遠出席並講話。", "全市經濟工作會議在市會議中心召開。"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
@pytest.mark.parametrize("text", TEXTS)
def test_simplified_text_in_every_encoding(text, encoding):
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "big5", "big5hkscs", "gb18030"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_text_in_every_encoding(text, encoding):
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "case",
    [
        (
            [["姓名", "职务"], ["许怀远", "县委书记"], ["陶知行", "县长"]],
            ["姓名：许怀远，职务：县委书记。", "姓名：陶知行，职务：县长。"],
        ),
        ([["时间", "5月6日上午"], ["地点", "县会议中心"]], ["时间：5月6日上午。", "地点：县会议中心。"]),
        ([["序号", "项目", "投资"], ["1", "", "20亿元"]], ["序号：1，投资：20亿元。"]),
        ([["海拓机械", "20万元"], ["青禾家俬", "8万元"]], ["海拓机械：20万元。", "青禾家俬：8万元。"]),
        ([["整页排版的正文" * 30, "旁边的栏目"]], ["整页排版的正文" * 30, "旁边的栏目"]),
        ([["只有一格的标题"], ["只有一格的正文。"]], ["只有一格的标题", "只有一格的正文。"]),
        ([["", ""], ["企业", "订单"]], ["企业：订单。"]),
    ],
)
def test_rows_read_as_sentences(case):
    rows, told = case
    assert rows_as_sentences(rows) == told


def test_words_inserted_by_a_reviewer_are_read_and_deleted_ones_are_not():
    document, out = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("县长")._p
    for tag, inside in (("ins", "t"), ("del", "delText")):
        change = paragraph.makeelement(qn(f"w:{tag}"), {})
        run = change.makeelement(qn("w:r"), {})
        text = run.makeelement(qn(f"w:{inside}"), {})
        text.text = {"ins": "陶知行讲话。", "del": "许怀远缺席。"}[tag]
        run.append(text)
        change.append(run)
        paragraph.append(change)
    document.save(out)
    assert read_text(out.getvalue(), "a.docx") == "县长陶知行讲话。"


def test_menus_scripts_and_hidden_parts_of_a_page_are_left_out():
    page = """<html><head><title>云台网</title><style>p{}</style></head><body><div class=top><a href=/>首页</a> <a href=/n>新闻</a></div>
    <div><h1>云台县召开动员会</h1><p>5月6日，
    县委书记许怀远<b>讲话</b>。<br>会议强调抓落实。</p><p style="display: none">隐藏</p></div><ul><li><a>上一篇</a></li><li><a>下一篇</a></li></ul>
    <footer>版权所有</footer></body></html>"""
    assert read_text(page.encode(), "a.html").splitlines() == [
        "云台县召开动员会",
        "5月6日，县委书记许怀远讲话。",
        "会议强调抓落实。",
    ]


@pytest.mark.parametrize("said", ["gb2312", "utf-8", "no-such-thing"])
def test_a_page_that_says_a_wrong_encoding_is_read_all_the_same(said):
    page = f'<html><head><meta charset="{said}"></head><body><p>县委书记许怀远出席会议。</p></body></html>'
    assert read_text(page.encode("gb18030"), "a.html") == "县委书记许怀远出席会议。"
    assert read_text(page.encode("utf-16"), "a.html") == "县委书记许怀远出席会议。"


def test_rows_of_as_many_words_that_are_not_in_line_are_no_table():
    lines = ["云台县召开动员会", "县委书记许怀远讲话。"]
    assert read_text(pdf_file(lines), "a.pdf").splitlines() == lines


def test_tables_of_the_sample_have_the_rows_told():
    assert [f"企业：{firm}，订单：{order}。" for firm, order in ROWS[1:]] == TOLD
