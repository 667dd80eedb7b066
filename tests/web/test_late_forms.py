"""A form that is refused or comes too late returns with its reason and everything that was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.assignments import services as assignments
from gongjian.problems import services as problems
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, VisitFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db
LONG = "已与三家银行对接，其中两家给出授信意见，第三家要求补充流水，预计下周办结。"


@pytest.fixture
def world():
    return scenes.ledger(AT)


def move(world, problem, verb, **facts):
    return reverse("assignment-move", args=[problem.assignment_id, verb]), {
        f"{verb}-{name}": value for name, value in facts.items()
    }


def kept(answer, *words):
    page = text(answer)
    assert "failure-sentence" in page
    for each in words:
        assert each in page, each
    return page


def test_a_second_resolving_says_why_and_keeps_the_text(world):
    task = world.owed.assignment
    address, data = move(world, world.owed, "resolve", outcome="SOLVED", text=LONG)
    assignments.accept(task, by=world.city.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已办", by=world.city.handler, at=AT)
    answer = as_(world.city.handler).post(address, data)
    assert answer.status_code == 422
    kept(answer, LONG, "办理情况", "办理结果", "不能办结")


def test_a_second_hand_over_says_why_and_keeps_the_text(world):
    c = world.city
    answer = as_(c.clerk).post(
        reverse("hand-over", args=[world.owed.pk]),
        {"task": LONG, "lead_unit": c.bureau.pk, "lead_unit_text": c.bureau.name},
    )
    assert answer.status_code == 422
    kept(answer, LONG, c.bureau.name, "没有办成")


def test_a_report_after_the_matter_went_to_another_unit(world):
    c, task = world.city, world.owed.assignment
    facts = {"lead_unit": c.other_bureau, "responsible_person": c.other_director, "reason": "职责不符"}
    address, data = move(world, world.owed, "report", text=LONG)
    assignments.reassign(task, **facts, due=None, by=c.clerk, at=AT)
    answer = as_(c.handler).post(address, data)
    assert answer.status_code == 404
    kept(answer, LONG, "内容", "不再由您办理")


def test_files_are_named_to_be_chosen_again(world):
    task = world.owed.assignment
    address, data = move(world, world.owed, "resolve", outcome="SOLVED", text=LONG)
    assignments.accept(task, by=world.city.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已办", by=world.city.handler, at=AT)
    data["resolve-files"] = SimpleUploadedFile("授信意见.pdf", b"%PDF-1.4")
    kept(as_(world.city.handler).post(address, data), "授信意见.pdf", "需要重新选择")


def test_a_form_whose_button_is_gone_from_the_page(world):
    """Declining a problem that was answered a minute ago: the page has no such form any more."""
    c = world.city
    problems.answer_on_the_spot(world.fresh, answer="当场答复了", by=c.clerk, at=AT)
    answer = as_(c.clerk).post(reverse("problem-decline", args=[world.fresh.pk]), {"reason": LONG})
    assert answer.status_code == 422
    kept(answer, LONG)


def test_a_note_on_a_visit_out_of_sight(world):
    c = world.city
    hidden = VisitFactory(area=c.other_county)
    answer = as_(c.county_clerk).post(
        reverse("note-add", args=[hidden.pk]), {"heading": "OTHER", "text": LONG}
    )
    assert answer.status_code == 404
    kept(answer, LONG, "内容")


@pytest.mark.parametrize("key", ["own", "999999999999999999999999", "-1"])
def test_an_area_that_was_chosen_is_named(world, key):
    c = world.city
    gone = reverse("enterprise-edit", args=[999_999])
    page = kept(
        as_(c.clerk).post(gone, {"name": LONG, "area": c.county.pk if key == "own" else key}),
        LONG,
        "所在地区",
    )
    listed = page.split("所在地区")[1].split("</d")[0] + page.split("所在地区")[1].split("</d")[1]
    assert (c.county.name in listed) is (key == "own")


def test_a_role_that_may_no_longer(world):
    answer = as_(world.city.auditor).post(reverse("problem-new"), {"text": LONG})
    assert answer.status_code == 403
    kept(answer, LONG)


def test_a_password_to_be_changed_first(world):
    account = world.city.clerk
    account.must_change_password = True
    account.save()
    answer = as_(account).post(reverse("problem-new"), {"text": LONG})
    page = kept(answer, LONG)
    assert reverse("password") in page


def test_a_firm_judges_twice(world):
    firm, address = as_(world.enterprise), reverse("firm-problem", args=[world.resolved.pk])
    facts = {"satisfaction": "SATISFIED", "said_by": "周经理", "note": LONG}
    data = form_to(text(firm.get(address)), "").filled(**facts)
    assert firm.post(address, data).status_code == 302
    answer = firm.post(address, {**facts, "note": LONG + "再补一句。"})
    assert answer.status_code in {302, 409, 422}
    if answer.status_code != 302:
        assert LONG + "再补一句。" in text(answer)


def test_a_refusal_that_its_form_can_show_stays_on_its_page(world):
    address = reverse("problem-new")
    answer = as_(world.city.clerk).post(address, {"text": LONG, "enterprise_text": "没有这家"})
    assert answer.status_code == 422
    assert "failure-sentence" not in text(answer)
    assert LONG in text(answer)
