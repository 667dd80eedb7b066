"""Bad input through the browser's own way: each answered by a sentence that says what to do, and nothing typed is lost."""

import io
import re
from datetime import timedelta

import docx
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.intake.models import Article
from gongjian.problems.models import FirmWord, Problem
from gongjian.visits.models import Visit
from tests import scenes
from tests.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
REPORT = "2月18日上午，安川市产业突围动员大会在市会议中心召开。市委书记陆承远出席会议并讲话。"


@pytest.fixture
def world():
    cache.clear()  # wrong codes are counted there
    return scenes.ledger(timezone.now())


@pytest.fixture
def clerk(world):
    return signed_in(world.city.clerk)


def text(answer):
    return answer.content.decode()


def upload(client, name, content, **more):
    return client.post(
        reverse("intake"), {"file": SimpleUploadedFile(name, content), "title": "我写的标题"} | more
    )


def word_file(line):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "file",
    [
        ("empty.txt", b" ", "文件是空的"),
        ("program.docx", b"MZ\x90\x00" * 4000, "与后缀名不符"),
        ("program.txt", bytes(range(256)) * 99, "读不出文字"),
        ("sheet.xlsx", b"PK\x03\x04", "打不开"),
        ("scan.docx", word_file(" "), "没有文字"),
    ],
    ids=lambda file: file[0],
)
def test_a_file_that_is_no_report_is_answered_and_the_title_stays(world, clerk, file):
    name, content, sentence = file
    before = Article.objects.count()
    answer = upload(clerk, name, content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="我写的标题"' in text(answer)
    assert Article.objects.count() == before


def test_a_file_of_twenty_megabytes_is_answered_before_it_is_read(world, clerk):
    answer = upload(clerk, "big.txt", b"\xe5\xae\x89" * (7 * 1024 * 1024))
    assert answer.status_code in {413, 422}
    assert "MB" in text(answer)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_texts_of_the_usual_encodings_are_read(world, clerk, encoding):
    answer = upload(clerk, "report.txt", REPORT.encode(encoding))
    assert answer.status_code == 302
    assert Article.objects.latest("pk").text == REPORT


def test_a_word_file_is_read(world, clerk):
    assert upload(clerk, "report.docx", word_file(REPORT)).status_code == 302
    assert Article.objects.latest("pk").drafts.exists()


def test_a_text_with_no_event_leads_to_a_page_that_says_so(world, clerk):
    answer = clerk.post(reverse("intake"), {"text": "今天天气很好，没有什么可说的。"}, follow=True)
    assert "没有读出会议、走访或人员" in text(answer)


def test_nothing_at_all_is_asked_for(world, clerk):
    answer = clerk.post(reverse("intake"), {"text": "  "})
    assert answer.status_code == 422
    assert "没有正文" in text(answer)


def test_a_half_filled_visit_keeps_what_was_typed(world, clerk):
    before = Visit.objects.count()
    facts = {
        "kind": "VISIT",
        "title": "走访两家",
        "place": "柳林镇",
        "area": world.city.county.pk,
        "starts_on": "2026-13-45",
    }
    answer = clerk.post(reverse("visit-new"), facts)
    assert answer.status_code == 422
    for kept in ('value="走访两家"', 'value="柳林镇"', 'value="2026-13-45"'):
        assert kept in text(answer)
    assert "请填写有效的日期" in text(answer)
    assert Visit.objects.count() == before


def test_a_half_filled_problem_keeps_its_firm_and_text(world, clerk):
    before = Problem.objects.count()
    answer = clerk.post(
        reverse("problem-new"), {"enterprise_text": "恒岳机械", "text": "", "raised_by": "高总"}
    )
    assert answer.status_code == 422
    assert "请填写“问题描述”" in text(answer)
    assert 'value="恒岳机械"' in text(answer)
    assert 'value="高总"' in text(answer)
    assert Problem.objects.count() == before


def test_a_problem_is_noted_by_the_name_of_its_firm_alone(world, clerk):
    facts = {
        "enterprise_text": "恒岳机械",
        "text": "污水管网未接通",
        "kind": "DIFFICULTY",
        "category": "UTILITIES",
    }
    answer = clerk.post(
        reverse("problem-new"), facts | {"channel": "HOTLINE", "origin": "COUNTY"}, follow=True
    )
    made = Problem.objects.latest("pk")
    assert (made.enterprise, made.channel) == (world.city.firm, "HOTLINE")
    assert made.number in text(answer)


def test_a_half_filled_hand_over_keeps_its_task_and_says_what_is_missing(world, clerk):
    url = reverse("hand-over", args=[world.fresh.pk])
    answer = clerk.post(url, {"task": "对接职校招工", "lead_unit_text": "没有这个局", "limit": ""})
    assert answer.status_code == 422
    page = text(answer)
    for part in ("对接职校招工", "没有找到“没有这个局”", "请选择“责任人”", "就要填办理时限"):
        assert part in page, part
    world.fresh.refresh_from_db()
    assert world.fresh.assignment is None


def test_a_due_day_in_the_past_is_refused_at_its_field(world, clerk):
    url, c = reverse("hand-over", args=[world.fresh.pk]), world.city
    facts = {
        "task": "招工",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "limit": "",
        "due": "2020-01-02",
    }
    answer = clerk.post(url, facts)
    assert answer.status_code == 422
    assert "已经过去" in text(answer)
    assert 'value="2020-01-02"' in text(answer)


def test_a_wrong_code_is_answered_and_ten_of_them_rest(world, client):
    facts = {"code": "AAAA2222", "satisfaction": "SATISFIED", "said_by": "高总"}
    url = reverse("word")
    first = client.post(url, facts)
    assert first.status_code == 422
    assert "评价码不对" in text(first)
    assert 'value="高总"' in text(first)
    for _n in range(12):
        last = client.post(url, facts)
    assert "输错的次数太多" in text(last)
    before = FirmWord.objects.count()
    assert client.post(url, facts | {"code": world.code}).status_code != 302
    assert FirmWord.objects.count() == before


def test_a_right_code_closes_nothing_by_itself_and_thanks(world, client):
    url = reverse("word")
    answer = client.post(
        url, {"code": world.code, "satisfaction": "SATISFIED", "said_by": "高总"}, follow=True
    )
    assert "评价已收到" in text(answer)
    world.resolved.assignment.refresh_from_db()
    assert world.resolved.assignment.state == "RESOLVED"


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=99999", "light=BLUE", "area=x", "since=2026-99-99", "sort=%27;--", "q=%25%27%22"],
)
def test_a_strange_address_is_still_a_ledger(world, clerk, query):
    for route in ("problem-ledger", "visit-book", "enterprise-register"):
        answer = clerk.get(f"{reverse(route)}?{query}")
        assert answer.status_code == 200, route


def test_filters_narrow_and_the_export_says_how(world, clerk):
    page = clerk.get(reverse("problem-ledger"), {"q": "续贷"})
    assert re.findall(r'<tr data-href="([^"]+)"', text(page)) == [reverse("problem", args=[world.owed.pk])]
    part = clerk.get(reverse("problem-ledger"), {"q": "续贷"}, headers={"hx-request": "true"})
    assert "<html" not in text(part)
    book = clerk.get(reverse("problem-export"), {"q": "续贷"})
    assert book.content[:2] == b"PK"


def test_bulk_reminder_category_and_hand_over_with_undo(world, clerk):
    url = reverse("problem-bulk")
    nothing = clerk.post(url, {"verb": "remind"})
    assert "请先勾选至少一个问题" in text(nothing)
    told = clerk.post(url, {"verb": "categorise", "category": "LAND", "rows": [world.fresh.pk]}, follow=True)
    assert "已处理 1 个问题" in text(told)
    mixed = clerk.post(url, {"verb": "remind", "rows": [world.fresh.pk, world.owed.pk]}, follow=True)
    assert "还没有交办，无处催办" in text(mixed)
    asked = clerk.post(url, {"verb": "hand_over", "rows": [world.fresh.pk]})
    assert "一次交办" in text(asked)
    c = world.city
    due = timezone.localdate() + timedelta(days=20)
    facts = {
        f"to-{world.fresh.pk}": "all",
        "task": "招工",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "limit": "",
        "due": due.isoformat(),
    }
    done = clerk.post(url, {"verb": "hand_over", "rows": [world.fresh.pk]} | facts, follow=True)
    assert "已处理 1 个问题" in text(done)
    world.fresh.refresh_from_db()
    assert world.fresh.assignment is not None
    undo = reverse("bulk-undo", args=[type(world.bulk).objects.latest("pk").pk])
    assert "已全部撤销" in text(clerk.post(undo, follow=True))
    world.fresh.refresh_from_db()
    assert world.fresh.assignment is None


def test_two_days_of_the_ledger_are_compared(world, clerk):
    url = reverse("problem-then")
    today = timezone.localdate()
    whole = clerk.get(url)
    assert "4 个问题有变化" in text(whole)
    part = clerk.get(url, headers={"hx-request": "true"})
    assert "<html" not in text(part)
    for first, last, sentence in (
        (today, today, "要早于截止日期"),
        (today, today + timedelta(days=1), "还没有到"),
        ("x", today, "请填写有效的日期"),
    ):
        answer = clerk.get(url, {"first": str(first), "last": str(last)})
        assert answer.status_code == 422
        assert sentence in text(answer)
    quiet = {"first": str(today - timedelta(days=9)), "last": str(today - timedelta(days=8))}
    assert "这段时间里没有变化" in text(clerk.get(url, quiet))
