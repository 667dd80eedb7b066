"""An act comes back when its matter moved on since its form was opened, and goes through where it is still what was meant."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.events import AssignmentEvent
from gongjian.audit.models import ChainHead, Event
from gongjian.people import services as people
from gongjian.people.accounts import services as accounts
from gongjian.policies import services as policies
from gongjian.problems import services as problems
from gongjian.visits import services as visits
from gongjian.web.moved_on.subjects import OWN, PARTS, TICKED
from gongjian.web.rights import matrix
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, TenureFactory, UnitFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db
LONG = "经与银行、税务两家会商，材料已补齐，预计本月内放款到位。"
TITLE = "这件事已有变动"


@pytest.fixture
def world():
    """Everything of the scene; the unit has signed for the matter it owes."""
    made = scenes.ledger(AT)
    assignments.accept(made.owed.assignment, by=made.city.handler, at=AT)
    return made


class Opened:
    """A form that somebody has opened, to be sent later with what was typed into it."""

    def __init__(self, account, page, action, **typed):
        self.client, self.action = as_(account), action or page
        self.data = form_to(text(self.client.get(page)), action).filled(**typed)

    def send(self, **more):
        return self.client.post(self.action, self.data | more)


def move(world, account, problem, verb, **typed):
    page = reverse("problem", args=[problem.pk])
    action = reverse("assignment-move", args=[problem.assignment_id, verb])
    return Opened(account, page, action, **{f"{verb}-{name}": value for name, value in typed.items()})


def comes_back_with(answer, *words):
    page = text(answer)
    assert answer.status_code == 409
    assert TITLE in page
    assert "什么都没有改" in page
    for each in words:
        assert each in page, each
    return page


def reassigned(world, unit=None, person=None):
    c = world.city
    assignments.reassign(
        world.owed.assignment,
        lead_unit=unit or c.other_bureau,
        responsible_person=person or c.other_director,
        reason="职责不符",
        due=None,
        by=c.clerk,
        at=AT,
    )


def again(answer, opened):
    """What the button 仍然办理 sends."""
    return opened.client.post(opened.action, form_to(text(answer), opened.action).filled())


def test_a_reassignment_after_another_one_says_who_did_what_and_keeps_the_text(world):
    c = world.city
    opened = move(
        world,
        c.clerk,
        world.owed,
        "reassign",
        lead_unit=str(c.other_bureau.pk),
        responsible_person=str(c.other_director.pk),
        reason=LONG,
    )
    reassigned(world, c.office, TenureFactory(post__unit=c.office).person)
    before = Event.objects.count()
    answer = opened.send()
    comes_back_with(answer, LONG, "改派给安川市攻坚办", str(c.clerk), "职责不符")
    assert Event.objects.count() == before


def test_pressed_again_after_seeing_it_the_act_goes_through(world):
    opened = move(world, world.city.clerk, world.owed, "remind", text=LONG)
    assignments.report(world.owed.assignment, text="已约银行", by=world.city.handler, at=AT)
    answer = opened.send()
    comes_back_with(answer, LONG, "已约银行")
    assert again(answer, opened).status_code == 302
    assert Event.objects.filter(name=AssignmentEvent.REMINDED).count() == 1


def test_what_happens_between_the_question_and_the_answer_is_asked_again(world):
    opened = move(world, world.city.clerk, world.owed, "remind", text=LONG)
    assignments.report(world.owed.assignment, text="已约银行", by=world.city.handler, at=AT)
    first = opened.send()
    assignments.report(world.owed.assignment, text="银行已答复", by=world.city.handler, at=AT)
    page = comes_back_with(again(first, opened), LONG, "银行已答复")
    assert "已约银行" not in page.split("已填内容")[0]


def test_a_check_of_a_result_that_was_returned_and_given_anew(world):
    task, c = world.resolved.assignment, world.city
    opened = move(world, c.clerk, world.resolved, "return_", reason=LONG)
    assignments.return_(task, reason="缺照片", by=c.clerk, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="照片已补", by=c.handler, at=AT)
    comes_back_with(opened.send(), LONG, "缺照片", "照片已补")


def test_a_firm_judges_the_result_it_read_and_learns_no_more_than_that(world):
    task, c = world.resolved.assignment, world.city
    page = reverse("firm-problem", args=[world.resolved.pk])
    opened = Opened(world.enterprise, page, "", satisfaction="SATISFIED", said_by="周经理", note=LONG)
    assignments.return_(task, reason="内部意见：只修了一半", by=c.clerk, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已全部修好", by=c.handler, at=AT)
    shown = comes_back_with(opened.send(), LONG, "周经理")
    assert "内部意见" not in shown
    assert not world.resolved.words.exists()


def test_declining_a_problem_that_was_corrected_meanwhile(world):
    firm = problems.raise_own(text="食堂排烟被投诉", key="1", by=world.enterprise, at=AT)
    c = world.city
    page, action = reverse("problem", args=[firm.pk]), reverse("problem-decline", args=[firm.pk])
    opened = Opened(c.clerk, page, action, reason=LONG)
    problems.update(firm, category="MARKET", by=c.clerk, at=AT)
    comes_back_with(opened.send(), LONG, "更正问题")
    firm.refresh_from_db()
    assert not firm.answered_on


def test_a_version_of_a_policy_that_was_written_on_is_not_signed_unread(world):
    c, page = world.city, reverse("policy", args=[world.draft.policy_id])
    policies.propose(world.draft, by=c.clerk, at=AT)
    opened = Opened(c.leader, page, reverse("policy-move", args=[world.draft.pk, "sign"]))
    policies.take_back(world.draft, by=c.clerk, at=AT)
    policies.edit(world.draft, text=scenes.RULE.replace("奖励10万元", "奖励20万元"), by=c.clerk, at=AT)
    policies.propose(world.draft, by=c.clerk, at=AT)
    comes_back_with(opened.send(), "修改第", "送审签")


def test_cancelling_a_visit_on_which_somebody_has_just_written(world):
    c = world.city
    visit = visits.plan(
        kind="VISIT",
        title="走访恒岳机械",
        area=c.county,
        starts_on=timezone.localdate(AT),
        ends_on=timezone.localdate(AT),
        enterprises=[c.firm],
        lead=None,
        participants=[],
        by=c.clerk,
        at=AT,
    )
    opened = Opened(
        c.clerk, reverse("visit", args=[visit.pk]), reverse("visit-cancel", args=[visit.pk]), reason=LONG
    )
    visits.add_note(visit, heading="OTHER", text="已到厂，正在谈", speaker=None, by=c.clerk, at=AT)
    answer = opened.send()
    assert answer.status_code == 409
    for each in (LONG, "已到厂，正在谈", "您打开以后的变动", "不能取消"):
        assert each in text(answer)


def test_shutting_a_unit_that_was_renamed_meanwhile(world):
    c = world.city
    unit = UnitFactory(name="市信访专班", area=c.city)
    page, action = reverse("unit", args=[unit.pk]), reverse("unit-disable", args=[unit.pk])
    opened = Opened(c.administrator, page, action, on="2026-11-24")
    facts = {"short_name": "", "kind": unit.kind, "superior": None, "duties": ""}
    people.update_unit(unit, name="市营商专班", **facts, by=c.administrator, at=AT)
    comes_back_with(opened.send(), "市营商专班")


def test_an_account_shut_by_another_administrator_is_not_opened_by_an_old_page(world):
    c = world.city
    page = reverse("account", args=[c.handler.pk])
    opened = Opened(c.administrator, page, reverse("account-switch", args=[c.handler.pk]))
    accounts.set_active(c.handler, active=False, by=c.administrator, at=AT)
    comes_back_with(opened.send(), "停用账号")


def test_a_bulk_reminder_of_rows_one_of_which_went_to_another_unit(world):
    c = world.city
    facts = {"rows": [str(world.owed.pk)], "verb": "remind"}
    opened = Opened(c.clerk, reverse("problem-ledger"), reverse("problem-bulk"))
    reassigned(world)
    comes_back_with(opened.send(**facts), "改派给安川市人力资源局")


@pytest.mark.parametrize("what", ["extension", "reminder", "support", "hold", "nothing", "other"])
def test_a_report_goes_through_after_what_leaves_it_true(world, what):
    c, task = world.city, world.owed.assignment
    opened = move(world, c.handler, world.owed, "report", text=LONG)
    if what == "extension":
        until = task.due_on + timedelta(days=3)
        assignments.ask_extension(task, until=until, reason="等材料", by=c.handler, at=AT)
    elif what == "reminder":
        assignments.remind(task, text="请抓紧", by=c.clerk, at=AT)
    elif what == "support":
        assignments.accept_support(task, unit=c.other_bureau, by=c.other_handler, at=AT)
    elif what == "hold":
        assignments.hold(task, reason="等省里批复", by=c.clerk, at=AT)
        assignments.resume(task, by=c.clerk, at=AT)
    elif what == "other":
        assignments.report(task, text="另一位同事的进展", by=c.handler, at=AT)
    assert opened.send().status_code == 302
    assert Event.objects.filter(name=AssignmentEvent.REPORTED, data__text=LONG).exists()


def test_a_report_comes_back_when_the_matter_went_away_and_returned(world):
    c = world.city
    opened = move(world, c.handler, world.owed, "report", text=LONG)
    reassigned(world)
    reassigned(world, c.bureau, c.director)
    assignments.accept(world.owed.assignment, by=c.handler, at=AT)
    comes_back_with(opened.send(), LONG, "改派给安川市金融工作局")


def test_what_the_state_forbids_is_refused_with_what_happened(world):
    task, c = world.resolved.assignment, world.city
    opened = move(world, c.clerk, world.resolved, "return_", reason=LONG)
    assignments.return_(task, reason="缺照片", by=c.clerk, at=AT)
    answer = opened.send()
    assert answer.status_code == 422
    page = text(answer)
    for each in (LONG, "您打开以后的变动", "缺照片", str(c.clerk)):
        assert each in page


def test_a_form_with_a_blank_field_drawn_again_has_not_been_told_yet(world):
    opened = move(world, world.city.clerk, world.owed, "hold", reason="")
    reassigned(world)
    again_drawn = opened.send()
    assert again_drawn.status_code == 422
    data = form_to(text(again_drawn), opened.action).filled(**{"hold-reason": LONG})
    comes_back_with(opened.client.post(opened.action, data), LONG, "改派给")


def test_files_can_be_chosen_again_beside_the_button(world):
    c = world.city
    resolve = move(world, c.handler, world.owed, "resolve", outcome="SOLVED", text=LONG)
    assignments.hold(world.owed.assignment, reason="等批复", by=c.clerk, at=AT)
    assignments.resume(world.owed.assignment, by=c.clerk, at=AT)
    answer = resolve.send(**{"resolve-files": SimpleUploadedFile("授信意见.pdf", b"%PDF-1.4")})
    page = comes_back_with(
        answer, LONG, "授信意见.pdf", 'type="file" name="resolve-files"', "multipart/form-data"
    )
    assert "等批复" in page


def test_a_form_without_the_number_is_carried_out_as_before(world):
    opened = move(world, world.city.clerk, world.owed, "hold", reason=LONG)
    reassigned(world)
    del opened.data["form_seen"]
    assert opened.send().status_code == 302


@pytest.mark.parametrize("forged", ["", "-1", "x", "9" * 30])
def test_a_forged_number_does_no_harm(world, forged):
    opened = move(world, world.city.clerk, world.owed, "hold", reason=LONG)
    assert opened.send(form_seen=forged).status_code == 302


def test_ticked_rows_out_of_sight_are_not_told(world):
    c = world.city
    opened = Opened(c.county_clerk, reverse("problem-ledger"), reverse("problem-bulk"))
    hidden = problems.record(
        enterprise=world.introduction.offer.enterprise, text="北岭的事", by=c.clerk, at=AT
    )
    answer = opened.send(rows=[str(hidden.pk)], verb="remind")
    assert answer.status_code in {409, 422}
    assert "北岭的事" not in text(answer)


def test_every_page_carries_how_far_the_trail_was(world):
    page = text(as_(world.city.clerk).get(reverse("problem", args=[world.owed.pk])))
    assert f'name="form_seen" value="{ChainHead.objects.get().length}"' in page


def test_every_route_of_the_table_is_one():
    known = {*(route for routes in OWN.values() for route in routes), *PARTS, *TICKED}
    assert known - matrix().keys() == set()
