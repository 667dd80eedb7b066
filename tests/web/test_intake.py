"""The tray of reports in the browser's words: doubts, names, 新建 one at a time, undo, and nothing typed is lost."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongjian.enterprises.models import Enterprise
from gongjian.intake import services
from gongjian.people.models import Person, Tenure
from gongjian.visits import services as visits
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import PersonFactory
from tests.intake.drafts import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return scenes.city()


@pytest.fixture
def clerk(c):
    client = Client()
    client.force_login(c.clerk, backend="gongjian.web.session.Backend")
    return client


def post(client, draft, verb, **typed):
    facts = {f"d{draft.pk}-{name}": cell["value"] for name, cell in draft.fields.items() if "value" in cell}
    facts |= {name.replace("__", f"{draft.pk}-"): value for name, value in typed.items()}
    return client.post(reverse("draft-decide", args=[draft.pk]), facts | {"verb": verb}, follow=True)


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_each_doubt_and_each_open_name_is_shown(c, clerk):
    one = made(c, lead="许怀远", enterprises="恒岳机械、青禾家俬", unit="无名县")
    page = text_of(clerk.get(reverse("article", args=[one.article_id])))
    for sentence in ("人员名册里没有“许怀远”", "企业名册里没有“青禾家俬”", "没有找到地区“无名县”"):
        assert sentence in page
    assert 'value="new:lead:许怀远"' in page
    assert 'value="new:enterprises:青禾家俬"' in page
    assert "new:enterprises:恒岳机械" not in page
    assert "已对到名册" in page


def test_enter_in_a_field_confirms_and_enters_nothing_as_new(c, clerk):
    one = made(c, lead="许怀远")
    page = text_of(clerk.get(reverse("article", args=[one.article_id])))
    form = page[page.index(f'data-autosave="draft-{one.pk}"') :]
    first = form[form.index("<button") : form.index("</button>")]
    assert "name=" not in first
    before = Person.objects.count()
    clerk.post(
        reverse("draft-decide", args=[one.pk]),
        {f"d{one.pk}-{name}": cell["value"] for name, cell in one.fields.items()},
    )
    assert (Visit.objects.count(), Person.objects.count()) == (1, before)


def test_new_enters_one_name_and_keeps_what_was_typed(c, clerk):
    one = made(c, lead="许怀远", enterprises="青禾家俬")
    answer = post(
        clerk, one, "new:enterprises:青禾家俬", d__place="三号车间", d__enterprises="青禾家俬、北山曲轴"
    )
    assert "已新建：青禾家俬" in text_of(answer)
    assert Enterprise.objects.filter(name="青禾家俬").count() == 1
    assert not Enterprise.objects.filter(name="北山曲轴").exists()
    assert not Person.objects.filter(name="许怀远").exists()
    one.refresh_from_db()
    assert (one.fields["place"]["value"], one.state) == ("三号车间", "PENDING")


def test_pressing_new_twice_makes_one_record(c, clerk):
    one = made(c, lead="许怀远")
    post(clerk, one, "new:lead:许怀远")
    again = post(clerk, one, "new:lead:许怀远")
    assert again.status_code == 422
    assert "不用新建" in text_of(again)
    assert Person.objects.filter(name="许怀远").count() == 1


def test_a_record_chosen_beside_the_name_is_taken_with_the_confirmation(c, clerk):
    PersonFactory(name="沈若谷")
    meant = PersonFactory(name="沈若谷")
    one = made(c, lead="沈若谷")
    answer = post(clerk, one, "confirm", n__name0=str(meant.pk))
    assert "已写入台账" in text_of(answer)
    assert Visit.objects.get().lead == meant


def test_a_pick_that_fits_nobody_comes_back_with_its_sentence_and_the_rest(c, clerk):
    one = made(c, lead="许怀远")
    answer = post(clerk, one, "confirm", n__name0_text="查无此人", d__place="三号车间")
    assert answer.status_code == 422
    assert "没有找到“查无此人”" in text_of(answer)
    assert 'value="三号车间"' in text_of(answer)
    assert not Visit.objects.exists()


def test_a_post_is_entered_at_the_chosen_unit_and_never_a_firms(c, clerk):
    person = PersonFactory(name="秦望舒")
    one = made(c, "PERSON", name="秦望舒", posts="市金融局副局长、青禾家俬董事长")
    page = text_of(clerk.get(reverse("article", args=[one.article_id])))
    assert 'value="post:市金融局副局长"' in page
    assert "post:青禾家俬董事长" not in page
    without = post(clerk, one, "post:市金融局副局长")
    assert "请先选“市金融局副局长”所在的单位" in text_of(without)
    post(clerk, one, "post:市金融局副局长", n__post0=str(c.bureau.pk))
    assert [t.post.unit for t in Tenure.objects.filter(person=person)] == [c.bureau]


def test_bulk_says_what_it_left_and_why(c, clerk):
    made(c, enterprises="恒岳机械", title="恒岳座谈")
    made(c, "MEETING", title="誓师大会", lead="许怀远", date_start="2026-11-18")
    one = made(c, "PERSON", name="宛知白")
    answer = clerk.post(reverse("drafts-confirm", args=[one.article_id]), follow=True)
    page = text_of(answer)
    assert "已确认 1 条" in page
    assert "2 条留下，请逐条看：誓师大会（人员名册里没有“许怀远”）；宛知白（人员名册里没有“宛知白”）" in page
    assert Visit.objects.count() == 1


def test_undo_is_offered_on_the_report_and_the_visit_until_the_day_is_over(c, clerk, time_machine):
    now = timezone.now()
    one = made(c, enterprises="恒岳机械")
    visit = services.confirm_draft(one, by=c.clerk, at=now)
    report, entry = reverse("article", args=[one.article_id]), reverse("visit", args=[visit.pk])
    for address in (report, entry):
        assert 'value="undo"' in text_of(clerk.get(address)), address
    assert "一篇来稿" in text_of(clerk.get(entry))
    assert 'value="undo"' not in text_of(_as(c.leader).get(entry))
    time_machine.move_to(now + timedelta(days=1), tick=False)
    for address in (report, entry):
        assert 'value="undo"' not in text_of(_as(c.clerk).get(address)), address
    time_machine.move_to(now, tick=False)
    answer = post(_as(c.clerk), one, "undo")
    assert "待确认" in text_of(answer)
    assert not Visit.objects.exists()
    assert _as(c.clerk).get(entry).status_code == 404


def _as(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def test_an_undo_that_is_refused_says_why(c, clerk):
    one = made(c, enterprises="恒岳机械")
    visit = services.confirm_draft(one, by=c.clerk, at=timezone.now())
    visits.add_note(visit, heading="OTHER", text="补一笔", by=c.clerk, at=timezone.now())
    answer = post(clerk, one, "undo")
    assert answer.status_code == 409
    assert "已有人接着做了" in text_of(answer)
    assert Visit.objects.count() == 1


def test_a_decision_visited_by_address_goes_to_its_draft(c, clerk):
    one = made(c)
    answer = clerk.get(reverse("draft-decide", args=[one.pk]))
    assert answer["Location"] == f"{reverse('article', args=[one.article_id])}#draft-{one.pk}"


def test_a_problem_and_a_requirement_wait_as_drafts_with_their_unit(c, clerk):
    made(c, enterprises="恒岳机械")
    made(c, "PROBLEM", text="变压器容量不够", enterprise="恒岳机械")
    one = made(c, "COMMITMENT", text="修好路", to="市金融局")
    page = text_of(clerk.get(reverse("article", args=[one.article_id])))
    assert "企业问题" in page
    assert f'name="c{one.pk}-lead_unit" value="{c.bureau.pk}"' in page
