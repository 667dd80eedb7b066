"""Desks in use: supporting units, instructions, files with safe headers, the kiosk, closing quality, samples, two days in Excel."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongjian.assignments.models import Assignment
from gongjian.attachments.models import Attachment
from gongjian.problems.models import CallBackDraw, Problem
from gongjian.problems.queries import visible_to
from tests import scenes
from tests.factories import AccountFactory
from tests.web.counting import numbers_of
from tests.web.test_pages import signed_in


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    cache.clear()
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def post(client, route, *args, follow=True, **data):
    return client.post(reverse(route, args=args), data, follow=follow)


def test_a_supporting_unit_answers_and_the_lead_sees_it(world):
    owed, c = world.owed, world.city
    helper = signed_in(c.other_handler)
    assert "协办" in helper.get(reverse("desk")).content.decode()
    args = (owed.assignment_id, c.other_bureau.pk, "reply_support")
    name = f"reply_support-{c.other_bureau.pk}-text"
    refused = post(helper, "support-move", *args, **{name: ""})
    assert "请填写“协办意见”" in refused.content.decode()
    page = post(helper, "support-move", *args, **{name: "同意办理"}).content.decode()
    assert "同意办理" in page
    assert "已答复" in signed_in(c.handler).get(reverse("problem", args=[owed.pk])).content.decode()


def test_an_instruction_in_one_tap_has_its_own_light(world):
    leader = signed_in(world.city.leader)
    page = post(leader, "instruct", world.owed.assignment_id, ready="why").content.decode()
    made = Assignment.objects.get(source="INSTRUCTION")
    assert (made.about_id, made.lead_unit) == (world.owed.assignment_id, world.city.bureau)
    assert "批示已交" in page
    assert "请说明超期原因" in page
    empty = post(leader, "instruct", world.owed.assignment_id, text=" ")
    assert empty.status_code == 422
    assert "请写明批示内容" in empty.content.decode()
    story = leader.get(reverse("problem", args=[world.owed.pk])).content.decode()
    assert "批示：请说明超期原因" in story
    clerk = signed_in(world.city.clerk)
    assert (
        reverse("assignment-move", args=[made.pk, "withdraw"])
        in clerk.get(reverse("assignment", args=[made.pk])).content.decode()
    )


def test_a_file_is_seen_by_whoever_sees_its_record_with_headers_that_keep_it_harmless(world):
    c, clerk = world.city, signed_in(world.city.clerk)
    paper = SimpleUploadedFile("关于续贷的函（定稿）.pdf", b"%PDF-1.7 x", "text/html")
    page = clerk.post(reverse("attach", args=["problem", world.owed.pk]), {"files": [paper]}, follow=True)
    assert "关于续贷的函（定稿）.pdf" in page.content.decode()
    made = Attachment.objects.get(ending="pdf")
    answer = signed_in(c.handler).get(reverse("attachment", args=[made.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%85%B3")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("frame-ancestors 'none'; sandbox")
    picture = signed_in(c.handler).get(reverse("attachment", args=[world.file.pk]))
    assert picture["Content-Disposition"].startswith("inline")
    for stranger in (world.enterprise, AccountFactory(role="HANDLER")):
        assert signed_in(stranger).get(reverse("attachment", args=[made.pk])).status_code in (403, 404)
    assert Client().get(reverse("attachment", args=[made.pk])).status_code == 302
    gone = post(clerk, "attachment-remove", made.pk, reason="传错了")
    assert "撤下附件“关于续贷的函（定稿）.pdf”：传错了" in gone.content.decode()
    assert clerk.get(reverse("attachment", args=[made.pk])).status_code == 404


def test_a_bad_file_is_told_and_what_was_typed_stays(world):
    handler = signed_in(world.city.handler)
    post(handler, "assignment-move", world.owed.assignment_id, "accept")
    bad = SimpleUploadedFile("照片.jpg", b"MZ not a picture", "image/jpeg")
    answer = handler.post(
        reverse("assignment-move", args=[world.owed.assignment_id, "report"]),
        {"report-text": "已上门核实", "report-files": [bad]},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不是能收的文件" in page
    assert "已上门核实" in page
    good = SimpleUploadedFile("会议纪要.pdf", b"%PDF-1", "application/pdf")
    handler.post(
        reverse("assignment-move", args=[world.owed.assignment_id, "report"]),
        {"report-text": "已上门核实", "report-files": [good]},
    )
    made = Attachment.objects.get(name="会议纪要.pdf")
    assert made.during == Assignment.objects.get(pk=world.owed.assignment_id).last_event


def test_the_kiosk_shows_the_matter_takes_the_word_and_is_empty_again(world):
    screen = Client()
    wrong = screen.post(reverse("kiosk"), {"code": "ZZZZZZZZ"})
    assert wrong.status_code == 422
    assert "评价码不对" in wrong.content.decode()
    shown = screen.post(reverse("kiosk"), {"code": world.code.lower()}).content.decode()
    assert world.resolved.text in shown
    done = screen.post(
        reverse("kiosk"), {"code": world.code, "satisfaction": "SATISFIED", "said_by": "高总", "note": ""}
    ).content.decode()
    assert "评价已收到" in done
    assert world.resolved.text not in done
    assert "已经用过" in screen.post(reverse("kiosk"), {"code": world.code}).content.decode()
    for _n in range(12):
        last = screen.post(reverse("kiosk"), {"code": "ZZZZZZZZ"})
    assert "次数太多" in last.content.decode()


def test_a_firm_gives_its_word_on_its_own_page_once_a_round(world):
    firm, address = signed_in(world.enterprise), reverse("firm-problem", args=[world.resolved.pk])
    assert "我的评价" in firm.get(address).content.decode()
    unhappy = firm.post(address, {"satisfaction": "DISSATISFIED", "said_by": "高总", "note": ""})
    assert "哪里没有解决" in unhappy.content.decode()
    page = firm.post(
        address, {"satisfaction": "DISSATISFIED", "said_by": "高总", "note": "只办了一半"}, follow=True
    ).content.decode()
    assert "办理链：共 2 轮" in page
    world.resolved.refresh_from_db()
    assert world.resolved.assignment.round == 2
    assert "我的评价" not in page
    other = firm.post(
        reverse("firm-problem", args=[world.owed.pk]), {"satisfaction": "SATISFIED", "said_by": "高"}
    )
    assert "办结以后才能评价" in other.content.decode()


def test_every_number_of_closing_quality_opens_to_as_many_rows(world):
    clerk = signed_in(world.city.clerk)
    page = clerk.get(reverse("closing-quality")).content.decode()
    assert "解决率" in page
    numbers = [
        one for one in numbers_of(page, reverse("closing-quality")) if one.address.startswith("/problems/")
    ]
    assert len(numbers) >= 18
    for number in numbers:
        assert "/problems/?measure=" in number.address
        assert f"共 {number.count} 个问题" in clerk.get(number.address).content.decode(), number.address


def test_call_backs_from_the_draw_to_the_rate(world):
    clerk = signed_in(world.city.clerk)
    form = clerk.get(reverse("call-back-draw"))
    assert form.status_code == 200
    today = timezone.localdate()
    facts = {
        "area": world.city.city.pk,
        "first": today - timedelta(3),
        "last": today,
        "size": 9,
        "seed": "08 13 21",
    }
    page = post(clerk, "call-back-draw", **facts).content.decode()
    assert "用种子和总体重算，名单一致" in page
    assert CallBackDraw.objects.latest("pk").population == [world.closed.pk]
    call = {"1-result": "REACHED", "1-satisfaction": "", "1-said_by": "高总"}
    refused = post(clerk, "call-back-record", world.draw.pk, 1, **call)
    assert refused.status_code == 422
    told = post(
        clerk, "call-back-record", world.draw.pk, 1, **(call | {"1-satisfaction": "SATISFIED"})
    ).content.decode()
    assert "100.0%" in told
    assert "1 ÷ 1" in told


def test_triage_counts_its_heaps_and_hands_over_the_ticked(world):
    clerk = signed_in(world.city.clerk)
    page = clerk.get(reverse("triage")).content.decode()
    assert world.fresh.number in page
    assert 'data-key="b"' in page
    assert world.resolved.number in clerk.get(reverse("triage") + "?queue=check").content.decode()
    chosen = post(clerk, "problem-bulk", verb="hand_over", rows=[world.fresh.pk]).content.decode()
    assert "批量交办" in chosen


def test_the_auditor_s_sample_is_decided_by_its_seed(world):
    auditor = signed_in(world.city.auditor)
    first, again = (auditor.get(reverse("auditor") + "?seed=08").content.decode() for _n in range(2))
    assert world.closed.number in first
    assert first.split("<main")[1].split("<form")[1] == again.split("<main")[1].split("<form")[1]
    auditor.post(
        reverse("attach", args=["problem", world.owed.pk]),
        {"files": [SimpleUploadedFile("a.pdf", b"%PDF-1")]},
    )
    assert Attachment.objects.count() == 1


def test_two_days_side_by_side_in_excel_and_on_the_page(world):
    clerk, today = signed_in(world.city.clerk), timezone.localdate()
    days = f"?first={today - timedelta(7):%Y-%m-%d}&last={today:%Y-%m-%d}"
    page = clerk.get(reverse("problem-then") + days).content.decode()
    assert "各地区" in page
    assert "各牵头单位" in page
    answer = clerk.get(reverse("problem-then-export") + days)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    numbers = {row[1] for row in rows[3:] if str(row[1]).startswith("WT")}
    assert numbers == {row.number for row in visible_to(world.city.clerk)}
    past_year = f"?first={today.year - 1}-11-24&last={today:%Y-%m-%d}"
    page = clerk.get(reverse("problem-then") + past_year).content.decode()
    assert f"<th>{today.year - 1}-11-24</th><th>{today:%Y-%m-%d}</th>" in page
    answer = clerk.get(reverse("problem-then-export") + past_year)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert {f"{today.year - 1}-11-24 状态", f"{today:%Y-%m-%d} 状态"} <= set(rows[2])
    assert clerk.get(reverse("problem-then-export") + "?first=x").status_code in (400, 409, 422)
    assert Problem.objects.count() == len(numbers)
