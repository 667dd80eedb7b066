"""Common problems on the page: confirm, edit, one measure, landing, list to print, hints."""

import re
from importlib import import_module

import pytest
from django.urls import reverse

from gongjian.assignments import services as assignments
from gongjian.problems import services as problems
from gongjian.problems.common_problems import services as common_problems
from gongjian.problems.models import CommonProblem
from tests import scenes
from tests.factories import AT, ContactFactory, EnterpriseFactory
from tests.problems.doing import DUE, word

TEXTS = [f"厂区所在路段货车限行，每天晚上{n}点以后才能进出" for n in (8, 9, 10)]


@pytest.fixture
def c(db, settings, tmp_path):
    settings.HOME = tmp_path
    return scenes.city()


@pytest.fixture
def said(c):
    return [
        problems.record(enterprise=EnterpriseFactory(area=c.county), text=text, by=c.clerk, at=AT)
        for text in TEXTS
    ]


@pytest.fixture
def desk(client, c, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    client.force_login(c.clerk)
    return client


@pytest.fixture
def common(c, said):
    return common_problems.confirm(said, title="货车限行", by=c.clerk, at=AT)


def test_a_proposal_is_opened_edited_and_confirmed(desk, said, django_assert_max_num_queries):
    desk.get(reverse("commons"))
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("commons")).content.decode()
    assert reverse("common-proposal", args=[said[0].pk]) in page
    proposal = desk.get(reverse("common-proposal", args=[said[0].pk])).content.decode()
    assert proposal.count(" checked") == 3
    assert re.search(r'name="title"[^>]*required', proposal)
    assert not re.search(r'name="reason"[^>]*required', proposal)  # folded away: it would block confirming
    refused = desk.post(
        reverse("common-proposal", args=[said[0].pk]), {"title": "限行", "rows": [said[0].pk]}
    )
    assert refused.status_code == 422
    assert "至少要有两个" in refused.content.decode()
    assert refused.content.decode().count(" checked") == 1
    answer = desk.post(
        reverse("common-proposal", args=[said[0].pk]), {"title": "限行", "rows": [said[0].pk, said[1].pk]}
    )
    made = CommonProblem.objects.get()
    assert answer["Location"] == reverse("common", args=[made.pk])
    assert made.members.count() == 2


def test_a_proposal_that_has_changed_leads_back_to_the_list(desk, said, common):
    answer = desk.get(reverse("common-proposal", args=[said[0].pk]), follow=True)
    assert "这一组已经变化" in answer.content.decode()


def test_a_proposal_is_dismissed_with_a_reason(desk, said):
    rows = [one.pk for one in said]
    refused = desk.post(reverse("common-dismiss"), {"rows": rows, "reason": ""})
    assert "为什么不是共性问题" in refused.content.decode()
    assert desk.post(reverse("common-dismiss"), {"rows": rows, "reason": "不同路段"})["Location"] == reverse(
        "commons"
    )
    assert "不同路段" in desk.get(reverse("common", args=[CommonProblem.objects.get().pk])).content.decode()
    assert "货车限行" in desk.get(reverse("commons") + "?dismissed").content.decode()


def test_the_measure_is_handed_over_once_for_all_and_landed(desk, c, common, django_assert_max_num_queries):
    from gongjian.assignments import services as assignments

    url = reverse("common-measure", args=[common.pk])
    taken = desk.post(url, {"take": f"{c.bureau.pk}:{c.director.pk}", "task": "统一发证"}).content.decode()
    assert f'name="lead_unit" value="{c.bureau.pk}"' in taken
    assert "统一发证" in taken
    assert desk.post(url, {"task": ""}).status_code == 422
    facts = {
        "task": "统一发证",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "limit": "",
        "due": "2026-12-30",
    }
    assert desk.post(url, facts).status_code == 302
    common.refresh_from_db()
    assert desk.post(reverse("common-land", args=[common.pk]), {"result": ""}).status_code == 422
    assignments.accept(common.assignment, by=c.handler, at=AT)
    assignments.resolve(common.assignment, outcome="SOLVED", text="已办", by=c.handler, at=AT)
    assert desk.post(reverse("common-land", args=[common.pk]), {"result": "发长期证"}).status_code == 302
    with django_assert_max_num_queries(14):
        page = desk.get(reverse("common", args=[common.pk])).content.decode()
    assert "发长期证" in page
    assert "不满一个月，暂不比较" in page


def test_renaming_and_moving_out(desk, said, common):
    assert desk.post(reverse("common-rename", args=[common.pk]), {"title": ""}).status_code == 422
    assert desk.post(reverse("common-rename", args=[common.pk]), {"title": "进城难"}).status_code == 302
    desk.post(reverse("common-split", args=[common.pk]), {"rows": [said[0].pk, "x"]})
    common.refresh_from_db()
    assert (common.title, common.members.count()) == ("进城难", 2)


def test_the_list_to_print_names_firms_and_contacts(desk, said, common):
    ContactFactory(enterprise=said[0].enterprise, name="高远")
    page = desk.get(reverse("common-told", args=[common.pk])).content.decode()
    assert "高远" in page
    assert said[2].number in page


def test_what_may_be_the_same_is_hinted_and_joined(desk, c, said, common):
    hinted = desk.get(reverse("alike"), {"text": TEXTS[0]}).content.decode()
    assert said[0].number in hinted
    assert "货车限行" in hinted
    assert "可能与" not in desk.get(reverse("alike"), {"text": "缺工"}).content.decode()
    more = problems.record(enterprise=c.firm, text=TEXTS[2], by=c.clerk, at=AT)
    page = desk.get(reverse("problem", args=[more.pk])).content.decode()
    assert reverse("common-join", args=[more.pk]) in page
    desk.post(reverse("common-join", args=[more.pk]), {"common": common.pk})
    assert common.members.count() == 4
    assert desk.post(reverse("common-join", args=[more.pk]), {"common": "x"}).status_code == 404


def test_members_outside_ones_sight_are_counted_not_shown(client, c, said, common):
    far = problems.record(enterprise=EnterpriseFactory(area=c.other_county), text=TEXTS[0], by=c.clerk, at=AT)
    common_problems.join_common(common, far, by=c.clerk, at=AT)
    client.force_login(c.county_clerk)
    page = client.get(reverse("common", args=[common.pk])).content.decode()
    assert far.enterprise.name not in page
    assert "另有 1 个成员问题" in page
    assert reverse("common-split", args=[common.pk]) in page
    assert "移出勾选的问题" not in page


def test_what_may_be_the_same_in_other_words_is_shown_unticked(desk, c, said, monkeypatch):
    other = [
        problems.record(enterprise=EnterpriseFactory(area=c.county), text=text, by=c.clerk, at=AT)
        for text in ("大货车进城通行证批不下来", "保供大货车通行证申请被退")
    ]
    monkeypatch.setattr(
        import_module("gongjian.problems.common_problems.queries"),
        "_related_groups",
        lambda groups, n: [(at, "市公安局") for at in range(len(groups)) if at != n],
    )
    page = desk.get(reverse("common-proposal", args=[said[0].pk])).content.decode()
    assert page.count(" checked") == 3
    assert f'value="{other[0].pk}"' in page
    assert "都像是市公安局的事" in page
    assert "<mark>" in page
    desk.post(
        reverse("common-proposal", args=[said[0].pk]),
        {"title": "限行", "rows": [said[0].pk, said[1].pk, other[0].pk]},
    )
    assert CommonProblem.objects.get().members.filter(pk=other[0].pk).exists()


def test_what_firms_say_is_listed_told_is_marked_and_the_measure_closed(desk, c, said, common):
    taken = common_problems.take_measure(
        common,
        lead_unit=c.bureau,
        responsible_person=c.director,
        task="核发通行证",
        due=DUE,
        by=c.clerk,
        at=AT,
    )
    assignments.accept(taken.assignment, by=c.handler, at=AT)
    assignments.resolve(taken.assignment, outcome="SOLVED", text="已核发", by=c.handler, at=AT)
    common_problems.land(common, result="核发通行证", by=c.clerk, at=AT)
    answers = {"replied": "YES", "contacted": "YES", "solved": "YES"}
    assignments.pass_check(taken.assignment, note="", answers=answers, by=c.clerk, at=AT)
    page = desk.get(reverse("common", args=[common.pk])).content.decode()
    assert "还有3家没有告知" in page
    assert "整体销号" not in page
    desk.post(reverse("common-mark-told", args=[common.pk]), {"rows": [one.pk for one in said]})
    for one in said:
        word(c, one, "SATISFIED")
    page = desk.get(reverse("common", args=[common.pk])).content.decode()
    assert "整体销号" in page
    assert "3 家认可" in page
    desk.post(reverse("common-close", args=[common.pk]))
    common.refresh_from_db()
    assert common.assignment.state == "CLOSED"
    assert "已销号" in desk.get(reverse("common", args=[common.pk])).content.decode()
