"""Calendar and the trail on screen."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.assignments import services as assignments
from gongjian.assignments.models import AnnouncedYear
from gongjian.assignments.states import Source
from gongjian.audit.models import ChainHead, Event
from gongjian.people.accounts.services import set_active
from gongjian.people.states import Role
from tests.factories import AT, AccountFactory, RegimeFactory
from tests.scenes import NEXT_YEAR as YEAR
from tests.scenes import city

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return city()


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()


ROUTES = {
    "calendar": set(Role) - {Role.ENTERPRISE, Role.SYSTEM},
    "calendar-new": {Role.CLERK, Role.ADMINISTRATOR},
    "audit": {Role.AUDITOR, Role.ADMINISTRATOR},
    "day-head": {Role.AUDITOR, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_opens_for_its_roles_and_for_nobody_else(scene, route):
    for role in Role:
        one = AccountFactory(role=role, reads_area=scene.city, writes_area=scene.city)
        answer = as_(one).get(reverse(route))
        assert answer.status_code == (200 if role in ROUTES[route] else 403), role


# --- calendar


def test_the_calendar_marks_holidays_and_make_up_days_in_words(scene):
    page = text(as_(scene.handler).get(reverse("calendar"), {"year": "2026"}))
    assert "国庆节" in page
    assert "待核" in page
    assert page.count('<small class="d-block">班') == 6
    assert page.count("<caption") == 12
    assert "录入" not in page.split("page-actions")[1].split("</div>")[0]


@pytest.mark.parametrize("year", ["1999", "2500", "x", ""])
def test_a_year_nobody_knows_shows_this_year(scene, year):
    assert as_(scene.clerk).get(reverse("calendar"), {"year": year}).status_code == 200


def test_the_sheet_for_next_year_cannot_be_proposed_as_it_stands(scene):
    client = as_(scene.clerk)
    page = client.get(reverse("calendar-new"))
    sheet = page.context["form"].initial["text"]
    assert "year = 2027" in sheet
    answer = client.post(reverse("calendar-new"), {"text": sheet})
    assert answer.status_code == 422
    assert "没有写明依据文件" in text(answer)
    assert not AnnouncedYear.objects.exists()


def test_a_mistake_keeps_what_was_typed(scene):
    wrong = YEAR.replace("2027-01-03]", "2027-01-04]")
    answer = as_(scene.clerk).post(reverse("calendar-new"), {"text": wrong})
    assert answer.status_code == 422
    assert "本来就上班" in text(answer)
    assert answer.context["form"]["text"].value() == wrong


def assigned(scene, *, at=AT):
    checkpoints = [
        {"key": "close", "name": "办结", "amount": 40, "span": "WORKING_DAYS", "met_by": "resolve"}
    ]
    regime = RegimeFactory(grades=[{"key": "long", "name": "长", "checkpoints": checkpoints}])
    return assignments.assign(
        source=Source.PROBLEM,
        task="协调解决流动资金",
        area=scene.city,
        lead_unit=scene.bureau,
        responsible_person=scene.director,
        regime=regime,
        grade="long",
        on_the_spot=False,
        by=scene.clerk,
        at=at,
    )


def test_a_year_is_proposed_looked_at_and_adopted_and_dues_are_counted_anew(scene):
    matter = assigned(scene)
    assert matter.provisional
    before = matter.due_on
    client = as_(scene.clerk)
    answer = client.post(reverse("calendar-new"), {"text": YEAR})
    row = AnnouncedYear.objects.get()
    assert answer.headers["Location"] == reverse("calendar-proposal", args=[row.pk])
    preview = client.get(answer.headers["Location"])
    assert preview.context["touched"] == 1
    assert preview.context["missing"] == ["清明节", "劳动节", "端午节", "中秋节", "国庆节"]
    assert "1月3日（周日）" in text(preview)
    matter.refresh_from_db()
    assert matter.due_on == before
    assert "还没有启用" in text(client.get(reverse("calendar")))
    done = client.post(reverse("calendar-adopt", args=[row.pk]), follow=True)
    assert "重算了1项时限" in text(done)
    matter.refresh_from_db()
    # 24 Nov + 40 working days: New Year's Day off, Sunday 3 January worked: the same day, no longer provisional
    assert (matter.due_on, matter.provisional) == (date(2027, 1, 19), False)
    again = client.post(reverse("calendar-adopt", args=[row.pk]))
    assert again.status_code == 409
    assert "已经启用" in text(again)


def test_a_clerk_of_a_county_reads_the_calendar_but_does_not_keep_it(scene):
    client = as_(scene.county_clerk)
    assert client.get(reverse("calendar")).status_code == 200
    assert client.get(reverse("calendar-new")).status_code == 409
    assert client.post(reverse("calendar-new"), {"text": YEAR}).status_code == 409
    row = assignments.propose_year(YEAR, by=scene.clerk, at=AT)
    answer = client.post(reverse("calendar-adopt", args=[row.pk]))
    assert answer.status_code == 409
    assert "只有市攻坚办或系统管理员" in text(answer)


# --- the trail


def test_events_are_found_by_words_person_number_and_day(scene):
    matter = assigned(scene)
    set_active(scene.officer, active=False, by=scene.administrator, at=AT.replace(day=25))
    client = as_(scene.auditor)

    def found(**asked):
        return [e.name for e in client.get(reverse("audit"), asked).context["page"]]

    assert found() == ["account.shut", "notice.told", "assignment.handed_over"]
    assert found(q="流动资金") == ["notice.told", "assignment.handed_over"]
    assert found(q="停用账号") == ["account.shut"]
    assert "assignment.handed_over" in found(q=str(matter.last_event))
    assert found(person=scene.administrator.name) == ["account.shut"]
    assert found(since="2026-11-25") == ["account.shut"]
    assert found(until="2026-11-24") == ["notice.told", "assignment.handed_over"]
    assert found(since="2026-11-24", until="2026-11-25", q="账号", person="无此人") == []
    assert "没有符合条件的记录" in text(client.get(reverse("audit"), {"q": "9" * 40}))
    assert client.get(reverse("audit"), {"since": "昨天"}).status_code == 200


def test_the_list_alone_answers_htmx(scene):
    answer = as_(scene.auditor).get(reverse("audit"), headers={"HX-Request": "true"})
    assert "<html" not in text(answer)


def test_verifying_says_whole_or_names_the_link(scene):
    client = as_(scene.auditor)
    assert "还没有任何事件" in text(client.post(reverse("audit-verify")))
    assigned(scene)
    assert "留痕链完整" in text(client.post(reverse("audit-verify")))
    ChainHead.objects.update(length=3)  # the hand-over and its notice are two
    answer = text(client.post(reverse("audit-verify")))
    assert "留痕链在第 3 条断开" in answer
    assert "链头记有 3 条，实际只有 2 条。" in answer


def test_the_head_of_a_day_is_a_sheet_to_sign(scene):
    client = as_(scene.auditor)
    assert "还没有任何事件" in text(client.get(reverse("day-head"), {"day": "2026-11-23"}))
    assigned(scene)
    digest = Event.objects.latest("seq").digest
    page = text(client.get(reverse("day-head"), {"day": "2026-11-24"}))
    assert digest in page
    assert "核对人" in page
    answer = client.get(reverse("day-head"), {"day": "2026-12-24"})
    assert answer.status_code == 422
    assert "这一天还没有到" in text(answer)
    assert client.get(reverse("day-head"), {"day": "2126-11-24"}).status_code == 422
    assert client.get(reverse("day-head"), {"day": "某天"}).status_code == 422


def test_an_auditor_of_a_part_of_the_city_does_not_read_the_whole_chain(scene):
    client = as_(AccountFactory(role=Role.AUDITOR, reads_area=scene.county))
    for answer in (
        client.get(reverse("audit")),
        client.post(reverse("audit-verify")),
        client.get(reverse("day-head")),
    ):
        assert answer.status_code == 409
        assert "留痕涉及全市" in text(answer)
