"""The firm's own page: raising a problem on a phone, its files, a reason when it is declined."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.attachments.models import Attachment
from gongjian.problems.models import Problem
from tests import scenes
from tests.web.test_desks import post
from tests.web.test_pages import signed_in


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def sent(client, **more):
    """The form as it was opened, filled and sent."""
    page = client.get(reverse("firm-raise")).content.decode()
    key = page.partition('name="key" value="')[2].partition('"')[0]
    facts = {"text": "门口路面塌陷，货车进不来", "kind": "DIFFICULTY", "raised_by": "高总", "key": key} | more
    return facts, client.post(reverse("firm-raise"), facts, follow=True)


def test_two_taps_make_one_problem_that_the_office_sees_at_triage(world):
    firm = signed_in(world.enterprise)
    facts, page = sent(firm)
    assert "已收到，编号" in page.content.decode()
    again = firm.post(reverse("firm-raise"), facts, follow=True)
    made = Problem.objects.get(text=facts["text"])
    assert again.redirect_chain[-1][0] == reverse("firm-problem", args=[made.pk])
    assert facts["text"] in firm.get(reverse("firm")).content.decode()
    desk = signed_in(world.city.clerk).get(reverse("triage"), {"queue": "new"}).content.decode()
    assert facts["text"] in desk
    assert "企业自报" in desk


def test_what_was_typed_stays_when_a_file_is_refused(world):
    bad = SimpleUploadedFile("照片.jpg", b"MZ", "image/jpeg")
    facts, page = sent(signed_in(world.enterprise), files=[bad])
    text = page.content.decode()
    assert page.status_code == 422
    assert "不是能收的文件" in text
    assert facts["text"] in text
    assert facts["key"] in text
    assert not Problem.objects.filter(text=facts["text"]).exists()


def test_a_reason_reaches_the_firm(world):
    facts, _page = sent(signed_in(world.enterprise))
    made, clerk = Problem.objects.get(text=facts["text"]), signed_in(world.city.clerk)
    assert post(clerk, "problem-decline", made.pk, reason="").status_code == 422
    post(clerk, "problem-decline", made.pk, reason="该路段下月大修，已列入计划")
    firm = signed_in(world.enterprise)
    shown = firm.get(reverse("firm-problem", args=[made.pk])).content.decode()
    assert "不予受理" in shown
    assert "该路段下月大修，已列入计划" in shown
    assert "该路段下月大修，已列入计划" in firm.get(reverse("inbox")).content.decode()
    ledger = clerk.get(reverse("problem-ledger"), {"status": "DECLINED"}).content.decode()
    assert facts["text"] in ledger


def test_a_firm_opens_its_own_files_and_never_the_office_s(world):
    firm, own = signed_in(world.enterprise), SimpleUploadedFile("合同.pdf", b"%PDF-1", "application/pdf")
    page = firm.post(reverse("attach", args=["problem", world.owed.pk]), {"files": [own]}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("firm-problem", args=[world.owed.pk])
    assert "合同.pdf" in page.content.decode()
    assert world.file.name not in page.content.decode()
    made = Attachment.objects.get(name="合同.pdf")
    assert firm.get(reverse("attachment", args=[made.pk])).status_code == 200
    assert firm.get(reverse("attachment", args=[world.file.pk])).status_code == 404
    assert firm.post(reverse("attach", args=["assignment", world.owed.assignment_id]), {}).status_code == 404
    gone = post(firm, "attachment-remove", made.pk, reason="传错了")
    assert "合同.pdf" not in re.sub(r"撤下附件“合同.pdf”", "", gone.content.decode())
