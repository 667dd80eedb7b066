"""Notices and special reports: generated, edited, numbered and signed by the same outline as the brief."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.audit import Refused
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.editing import services as editing
from gongjian.bulletins.editing.outline import anchors, as_text, filled, kept, with_text
from gongjian.bulletins.models import Bulletin, BulletinKind
from gongjian.bulletins.queries import count_again, next_issue, rows_of
from gongjian.bulletins.weekly_brief.paper import brief_paper
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, TODAY
from tests.papers.reading import bookmarks, plain
from tests.problems.doing import hand_over

MONDAY = date(2026, 11, 23)
KINDS = [BulletinKind.NOTICE, BulletinKind.SPECIAL]


@pytest.fixture
def c(db):
    made = scenes.city()
    for text in ("续贷缺手续", "用工缺口大"):
        problem = problems.record(enterprise=made.firm, text=text, by=made.clerk, at=AT)
        hand_over(made, problem)
    problems.record(enterprise=made.firm, text="厂区道路没有打通", by=made.clerk, at=AT)
    return made


def make(c, kind, **more):
    facts = {"area": c.city, "first": MONDAY, "last": TODAY, "by": c.clerk, "at": AT}
    return bulletins.make_bulletin(kind=kind, **(facts | more))


def headings(bulletin):
    return [block["text"] for block in bulletin.content["blocks"] if block["kind"] == "heading"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_stands_in_the_text_and_opens_the_rows_it_counted(c, kind):
    made = make(c, kind)
    assert set(anchors(made.content["blocks"])) == set(made.numbers.values_list("anchor", flat=True))
    for number in made.numbers.all():
        assert len(rows_of(number)) == int(number.value) == count_again(number)
    assert bookmarks(brief_paper(made)) == dict(made.numbers.values_list("anchor", "value"))


def test_a_special_report_counts_and_names_what_its_unit_leads(c):
    of_bureau, of_all = make(c, "SPECIAL", unit=c.bureau), make(c, "SPECIAL")
    of_other = make(c, "SPECIAL", unit=c.other_bureau)
    assert (of_bureau.title, of_all.title) == (
        f"关于{c.bureau.name}企业问题办理情况的专报",
        f"关于{c.city.name}企业问题办理情况的专报",
    )
    told = [plain(brief_paper(one)) for one in (of_bureau, of_all, of_other)]
    assert [text.count("续贷缺手续") for text in told] == [1, 1, 0]
    assert "尚未销号的问题" in headings(of_bureau)
    assert "尚未销号的问题" not in headings(of_other)
    opened = [one.numbers.get(label__endswith="未销号问题").value for one in (of_bureau, of_other)]
    assert opened == ["2", "0"]


def test_a_notice_has_the_tables_of_areas_and_units_and_what_is_asked(c):
    made = make(c, "NOTICE")
    assert made.title == "关于安川市企业问题办理情况的通报"
    assert headings(made)[-1] == "有关要求"
    told = plain(brief_paper(made))
    assert "安川市攻坚工作通报" in told
    assert "逐个明确完成时限" in told


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("安川市拼经济简报", "安川市拼经济通报"),
        ("拼经济专刊", "拼经济专刊"),
        ("安川简报（内部）", "安川通报（内部）"),
    ],
)
def test_the_office_s_own_head_says_what_kind_it_is(c, head, printed):
    c.office.paper_head = head
    c.office.save()
    assert make(c, "NOTICE").content["head"] == printed


def test_each_kind_has_its_own_numbers(c):
    issues = [make(c, kind, issue=issue).issue for kind, issue in (("NOTICE", 7), ("SPECIAL", None))]
    assert issues == [7, 1]
    assert [next_issue(c.city, 2026, kind) for kind in BulletinKind] == [1, 8, 2]
    with pytest.raises(Refused, match="换一个期号"):
        make(c, "NOTICE", issue=7, last=date(2026, 11, 24), first=date(2026, 11, 24))


def test_the_same_period_is_warned_of_for_the_same_kind_and_subject(c):
    for kind in BulletinKind:
        make(c, kind)
    make(c, "SPECIAL", unit=c.bureau)
    for more in ({"kind": "NOTICE"}, {"kind": "SPECIAL"}, {"kind": "SPECIAL", "unit": c.bureau}):
        with pytest.raises(Refused, match="这段期间已经编过"):
            make(c, **more)
    make(c, "SPECIAL", unit=c.other_bureau)


def test_a_place_to_write_stays_until_it_is_written_and_is_not_printed_before(c):
    made = make(c, "SPECIAL")
    blocks = made.content["blocks"]
    places = [block for block in blocks if "hint" in block]
    assert [block["hint"] for block in places] == ["difficulties", "advice"]
    assert kept(blocks) == blocks
    assert "存在的困难" not in plain(brief_paper(made))
    written = [with_text(block, "银行审批慢。", {}) if block == places[0] else block for block in blocks]
    row = editing.edit_bulletin(
        made, title=made.title, issue=1, receivers=[], blocks=written, by=c.clerk, at=AT
    )
    told = plain(brief_paper(row))
    assert "存在的困难" in told
    assert "银行审批慢。" in told
    assert "工作建议" not in told
    assert [as_text(block) for block in filled(row.content["blocks"])][-1] == "银行审批慢。"


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_made_edited_signed_and_issued_on_the_pages(c, client, kind):
    client.force_login(c.clerk)
    data = {"kind": kind, "first": MONDAY, "last": TODAY}
    if kind == BulletinKind.SPECIAL:
        data["unit"] = c.bureau.pk
    answer = client.post(reverse("bulletins"), data)
    assert answer.status_code == 302
    made = Bulletin.objects.get(kind=kind)
    page = client.get(reverse("bulletin-edit", args=[made.pk])).content.decode()
    assert "在这里写：" in page
    assert client.get(answer.url).status_code == 200
    file = client.get(reverse("bulletin-file", args=[made.pk]))
    assert f"{kind.lower()}-2026-001.docx" in file["Content-Disposition"]
    client.force_login(c.leader)
    client.post(reverse("bulletin-sign", args=[made.pk]))
    client.force_login(c.clerk)
    client.post(reverse("bulletin-issue", args=[made.pk]))
    assert Bulletin.objects.get(pk=made.pk).issued_at
    later = client.get(reverse("bulletin-edit", args=[made.pk]), follow=True)
    assert later.redirect_chain == [(reverse("bulletin", args=[made.pk]), 302)]
    assert "不能再改" in later.content.decode()
    late = client.post(reverse("bulletin-edit", args=[made.pk]), {"title": "改过的标题"})
    assert (late.status_code, "改过的标题" in late.content.decode()) == (422, True)


def test_only_a_special_report_is_about_one_unit(c, client):
    client.force_login(c.clerk)
    data = {"kind": "NOTICE", "first": MONDAY, "last": TODAY, "unit": c.bureau.pk}
    answer = client.post(reverse("bulletins"), data)
    assert answer.status_code == 422
    assert "只有专报写一个单位" in answer.content.decode()
