"""The office's own templates: what is taken in, each thing that is wrong in a sentence, and the papers they make."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.shared import Pt

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.hand_over_slip.paper import facts_of
from gongjian.bulletins.models import PaperKind, PaperTemplate
from gongjian.bulletins.office_templates import services as office_templates
from gongjian.bulletins.office_templates.paper import bulletin_file, slips_file
from gongjian.bulletins.office_templates.queries import template_of
from gongjian.bulletins.office_templates.samples.paper import sample_template
from gongjian.bulletins.office_templates.vocabulary import BULLETIN_MESSAGES, SLIP_MESSAGES
from gongjian.bulletins.weekly_brief.paper import brief_paper
from gongjian.engines.paper import own_template, template_flaws
from gongjian.problems import services as problems
from gongjian.problems.hand_over_slip import slip_of
from tests import scenes
from tests.factories import AT, TODAY
from tests.papers.reading import bookmarks, opened, plain
from tests.problems.doing import hand_over

MONDAY = date(2026, 11, 23)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def brief(c):
    problem = problems.record(enterprise=c.firm, text="续贷缺手续 <急> & 盼复", by=c.clerk, at=AT)
    hand_over(c, problem)
    return bulletins.make_brief(area=c.city, first=MONDAY, last=TODAY, by=c.clerk, at=AT)


def word(*lines, header="", title="", cell=""):
    """A .docx of these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if cell:
        document.add_table(rows=1, cols=1).rows[0].cells[0].text = cell
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(content, **parts):
    """The file with these parts added or put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name)


def locked(content):
    """The same with every part marked as encrypted."""
    marked = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(sign)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(sign, at + 4)
    return bytes(marked)


GOOD = word(
    "{{ 报头 }}", "第{{期号}}期", "{{ 标题 }}", "{{ 正文 }}", "{{报送}}", header="{{ 单位 }} {{ 日期 }}"
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{to}"'
    ' TargetMode="External"/></Relationships>'
)
TYPES = part(GOOD, "[Content_Types].xml")
WRONG = [
    (b"", "文件是空的"),
    (b"\0" * 9, "文件是空的"),
    (b"x" * (template_flaws.LARGEST + 1), "最大 5 MB"),
    (b"%PDF-1.7", "不是 Word 文件"),
    ("{{ 标题 }}".encode(), "不是 Word 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600, "旧格式"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 90 + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    (locked(GOOD), "加了密码"),
    (GOOD[: len(GOOD) // 2], "打不开"),
    (b"PK\x03\x04" + b"\0" * 90, "打不开"),
    (packed(GOOD, **{"word/vbaProject.bin": b"x"}), "有宏"),
    (
        packed(
            GOOD, **{"[Content_Types].xml": TYPES.replace(b"document.main", b"document.macroEnabled.main")}
        ),
        "有宏",
    ),
    (
        packed(GOOD, **{"[Content_Types].xml": TYPES.replace(b"document.main", b"template.main")}),
        "不是 Word 文件",
    ),
    (packed(GOOD, **{"word/embeddings/oleObject1.bin": b"x"}), "嵌有别的程序的对象"),
    (packed(GOOD, **{"word/activeX/activeX1.xml": b"<a/>"}), "嵌有别的程序的对象"),
    (
        packed(GOOD, **{"word/x.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}),
        "外面的内容",
    ),
    (
        packed(GOOD, **{"word/_rels/x.rels": RELATION.format(kind="image", to="http://example.org/a.png")}),
        "外面的内容",
    ),
    (packed(GOOD, **{"word/big.xml": b" " * (own_template.MOST_UNPACKED + 1)}), "最大 5 MB"),
    (packed(GOOD, **{"word/document.xml": b"<w:document"}), "打不开"),
    (word("{{ 正文 }}", "{{ 标提 }}"), "没有“标提”这个字段，是不是“标题”？"),
    (word("{{ 正文 }}", "{{ title }}"), "没有“title”这个字段，可用的字段见下表"),
    (word("{{ 正文 }}", header="{{ 单味 }}"), "没有“单味”这个字段，是不是“单位”？"),
    (word("{{ 正文 }}", title="{{ 期后 }}"), "没有“期后”这个字段，是不是“期号”？"),
    (word("{{ 正文 }}", "{%p if 签发人 %}", "签", "{%p endif %}"), "没有“签发人”这个字段"),
    (word("{{ 正文 }}", "{{ 标题"), "花括号没有写完整"),
    (word("{{ 正文 }}", "{% if 标题 %}无尾"), "花括号没有写完整"),
    (word("{{ 正文 }}", "{%p for a in 报送 %}", "{%p endfor %}"), "不能写循环"),
    (word("{{ 正文 }}", "{{ 标题.__class__ }}"), "不能写循环和算式"),
    (word("{{ 正文 }}", "{{ ''.join(标题) }}"), "不能写循环和算式"),
    (word("{{ 正文 }}", header="{{ 7 * 7 }}"), "不能写循环和算式"),
    (word("{{ 正文 }}", title="{{ cycler.__init__ }}"), "不能写循环和算式"),
    (word("{{ 标题 }}"), "没有 {{ 正文 }}"),
    (word("见：{{ 正文 }}"), "要单独占一段"),
    (word("{{ 正文 }}", "{{ 正文 }}"), "要单独占一段"),
    (word("标题", cell="{{ 正文 }}"), "要单独占一段"),
    (word("标题", header="{{ 正文 }}"), "要单独占一段"),
]


@pytest.mark.parametrize(("content", "sentence"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_kept(c, content, sentence):
    with pytest.raises(Refused) as refused:
        take(c, "BRIEF", content)
    assert sentence in refused.value.sentence
    assert refused.value.field == "file"
    assert not PaperTemplate.objects.exists()


def test_a_slip_without_any_field_is_refused(c):
    with pytest.raises(Refused, match="一个字段也没有"):
        take(c, "SLIP", word("企业问题交办单"))


def test_the_red_name_of_the_sample_has_room_for_a_longer_one(c):
    name = next(line for line in opened(sample_template("BRIEF")).paragraphs if "报头" in line.text)
    assert len(BULLETIN_MESSAGES["报头"]) * name.runs[0].font.size.pt < 156 / 25.4 * 72


def test_every_unknown_field_is_named(c):
    with pytest.raises(Refused) as refused:
        take(c, "NOTICE", word("{{ 正文 }}", "{{ 甲 }}{{ 乙 }}", header="{{ 丙 }}"))
    assert [name in refused.value.sentence for name in ("“甲”", "“乙”", "“丙”")] == [True] * 3


def take(c, kind, content, by=None):
    return office_templates.take_template(
        area=c.city, kind=kind, name="本办.docx", content=content, by=by or c.clerk, at=AT
    )


def test_a_brief_is_printed_by_the_office_s_template_and_by_the_built_in_one_again(c, brief):
    built_in = bulletin_file(brief)
    assert built_in == brief_paper(brief)
    own = take(c, "BRIEF", GOOD)
    content = bulletin_file(brief)
    told = plain(content)
    assert "{{" not in told
    for text in ("安川市攻坚工作简报", "第1期", brief.title, "总体情况", "报：安川市领导。"):
        assert text in told, text
    header = opened(content).sections[0].header.paragraphs[0].text
    assert header == "安川市攻坚办 2026年11月24日"
    assert bookmarks(content) == bookmarks(built_in)
    assert content == bulletin_file(brief)
    office_templates.withdraw_template(own, by=c.clerk, at=AT)
    assert bulletin_file(brief) == built_in
    with pytest.raises(Refused, match="已经停用"):
        office_templates.withdraw_template(own, by=c.clerk, at=AT)


def test_the_body_takes_the_line_spacing_of_its_place(c, brief):
    document = Document()
    line = document.add_paragraph("{{ 正文 }}")
    line.paragraph_format.line_spacing = Pt(27)
    document.add_paragraph("完")
    out = io.BytesIO()
    document.save(out)
    take(c, "BRIEF", out.getvalue())
    lines = opened(bulletin_file(brief)).paragraphs
    assert {line.paragraph_format.line_spacing for line in lines[:-1]} == {Pt(27)}
    assert lines[-1].text == "完"


def test_what_a_record_says_is_text_and_no_field(c, brief):
    brief.title = "{{ 报头 }} <w:b/> & {% if 1 %}"
    take(c, "BRIEF", GOOD)
    assert brief.title in plain(bulletin_file(brief))


def test_a_condition_prints_only_what_is_filled(c, brief):
    take(
        c,
        "BRIEF",
        word(
            "{{ 正文 }}",
            "{%p if 核签人 %}",
            "核签：{{ 核签人 }}",
            "{%p endif %}",
            "{%p if not 核签人 %}",
            "未核签",
            "{%p endif %}",
        ),
    )
    assert "未核签" in plain(bulletin_file(brief))
    brief.signed_by = c.leader
    told = plain(bulletin_file(brief))
    assert f"核签：{c.leader.name}" in told
    assert "未核签" not in told


def test_a_template_of_the_writer_s_own_disk_is_left_behind(c, brief):
    content = packed(
        GOOD,
        **{
            "word/_rels/settings.xml.rels": RELATION.format(
                kind="attachedTemplate", to="file:///C:/Normal.dotm"
            )
        },
    )
    own = take(c, "BRIEF", content)
    assert b"Normal.dotm" not in part(bytes(own.content), "word/_rels/settings.xml.rels")
    assert "总体情况" in plain(bulletin_file(brief))


@pytest.mark.parametrize("kind", PaperKind.values)
def test_the_sample_is_a_template_that_is_taken(c, brief, kind):
    take(c, kind, sample_template(kind))
    own = template_of(c.city, kind)
    assert own.name == "本办.docx"
    assert [event.name for event in events_of(own)] == ["bulletin.template_taken"]


def slips(c):
    made = [problems.record(enterprise=c.firm, text=text, by=c.clerk, at=AT) for text in ("缺工", "缺地")]
    for problem in made:
        hand_over(c, problem)
        problem.refresh_from_db()
    return [slip_of(problem, today=TODAY) for problem in made]


def test_slips_are_printed_by_it_each_on_its_page_for_the_counties_below_as_well(c):
    two = slips(c)
    built_in = slips_file(two, area=c.county, title="走访")
    take(c, "SLIP", sample_template("SLIP"))
    content = slips_file(two, area=c.county, title="走访")
    told = plain(content)
    assert content != built_in
    for slip in two:
        for text in (slip.number, slip.problem_number, slip.text, slip.lead_unit, slip.responsible_person):
            assert text in told, text
    breaks = [line for line in opened(content).paragraphs if line.paragraph_format.page_break_before]
    assert len(breaks) == 1
    assert "{{" not in told


def test_the_fields_of_a_slip_are_the_labels_of_the_page(c):
    labels = [cell.text for row in facts_of(slips(c)[0]) for cell in row.cells if cell.label]
    assert set(labels) | {"编号", "问题编号", "攻坚办代办"} == set(SLIP_MESSAGES)


def test_the_newest_template_counts_and_only_clerks_of_the_area_bring_one(c):
    first, second = take(c, "BRIEF", GOOD), take(c, "BRIEF", word("{{ 正文 }}"))
    assert template_of(c.city, "BRIEF") == second
    first.refresh_from_db()
    assert first.withdrawn_by == c.clerk
    assert template_of(c.county, "BRIEF") is None
    for who in (c.handler, c.leader, c.county_clerk):
        with pytest.raises(Refused, match="工作人员"):
            take(c, "BRIEF", GOOD, by=who)


def test_the_page_takes_a_file_says_what_is_wrong_and_goes_back(c, brief, client):
    client.force_login(c.clerk)
    page = client.get(reverse("paper-templates")).content.decode()
    assert "内置格式" in page
    assert all(f"{{{{ {name} }}}}" in page for name in (*BULLETIN_MESSAGES, *SLIP_MESSAGES))
    bad = SimpleUploadedFile("坏.docx", word("{{ 正文 }}", "{{ 标提 }}"))
    answer = client.post(reverse("paper-templates"), {"kind": "BRIEF", "file": bad})
    assert answer.status_code == 422
    assert "是不是“标题”" in answer.content.decode()
    answer = client.post(
        reverse("paper-templates"), {"kind": "BRIEF", "file": SimpleUploadedFile("空.docx", b"")}
    )
    assert "文件是空的" in answer.content.decode()
    client.post(reverse("paper-templates"), {"kind": "BRIEF", "file": SimpleUploadedFile("本办.docx", GOOD)})
    own = PaperTemplate.objects.get()
    assert "本办.docx" in client.get(reverse("paper-templates")).content.decode()
    kept = client.get(reverse("paper-template-file", args=[own.pk])).content
    assert "{{ 标题 }}" in plain(kept)
    file = client.get(reverse("bulletin-file", args=[brief.pk])).content
    assert file == bulletin_file(brief)
    client.post(reverse("paper-template-withdraw", args=[own.pk]))
    assert template_of(c.city, "BRIEF") is None
    sample = client.get(reverse("paper-template-sample", args=["SLIP"]))
    assert "{{ 企业名称 }}" in plain(sample.content)
    assert client.get(reverse("paper-template-sample", args=["NONE"])).status_code == 404
