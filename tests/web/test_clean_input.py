"""What comes in by a page, a file name or the interface has no sign that nobody sees; old records reach paper all the same."""

import io

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongjian.attachments.models import Attachment
from gongjian.bulletins.hand_over_slip.paper import slip_paper
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Person
from gongjian.problems.hand_over_slip import slip_of
from gongjian.problems.models import Problem
from tests import scenes
from tests.factories import TODAY
from tests.problems.doing import hand_over
from tests.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
UNSEEN = [
    "\x02",
    "\x0b",
    "\x00",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u00ad",
    "\ufe0f",
    "\uf0b7",
    "\ufdd0",
    "\U000e0041",
]


@pytest.fixture
def world():
    return scenes.ledger(timezone.now())


def noted(client, firm, text):
    facts = {"enterprise": firm.pk, "text": text, "kind": "DIFFICULTY", "category": "UTILITIES"}
    client.post(reverse("problem-new"), facts | {"channel": "HOTLINE", "origin": "COUNTY"})
    return Problem.objects.latest("pk")


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_problem_typed_with_it_reaches_its_paper(world, sign):
    client = signed_in(world.city.clerk)
    problem = noted(client, world.city.firm, f"污水管网{sign}未接通")
    assert problem.text in {"污水管网未接通", "污水管网\n未接通"}
    hand_over(world.city, problem)
    answer = client.get(reverse("slip-word", args=[problem.pk]))
    assert answer.status_code == 200
    assert "污水管网" in "\n".join(
        c.text for t in docx.Document(io.BytesIO(answer.content)).tables for r in t.rows for c in r.cells
    )


@pytest.mark.parametrize("sign", ["\x0b", "\u2028", "\r\n", "\x02"])
def test_a_field_of_one_line_stays_one_line(world, sign):
    signed_in(world.city.administrator).post(
        reverse("person-new"), {"name": f"沈{sign}明远", "phone": f"138{sign}12345678"}
    )
    person = Person.objects.latest("pk")
    assert person.name.replace(" ", "") == "沈明远"
    assert person.phone.replace(" ", "") == "13812345678"
    assert "\n" not in person.name


def test_a_field_of_unseen_signs_only_is_an_empty_field(world):
    before = Person.objects.count()
    answer = signed_in(world.city.administrator).post(reverse("person-new"), {"name": "\u200b\ufeff\x02"})
    assert answer.status_code == 422
    assert Person.objects.count() == before


def test_a_typed_name_finds_its_record(world):
    client = signed_in(world.city.clerk)
    facts = {
        "enterprise_text": f"{world.city.firm.name}\u200b",
        "text": "缺工",
        "kind": "DIFFICULTY",
        "category": "LABOUR",
    }
    answer = client.post(reverse("problem-new"), facts | {"channel": "HOTLINE", "origin": "COUNTY"})
    assert answer.status_code == 302


def test_words_looked_for_and_names_of_files_are_cleaned(world):
    client = signed_in(world.city.clerk)
    found = client.get(reverse("enterprise-register"), {"q": f"\ufeff{world.city.firm.name}\u200b"})
    assert world.city.firm.name in found.content.decode()
    problem = Problem.objects.filter(assignment__isnull=False).first()
    file = SimpleUploadedFile("现场\u202egpj.照片\u200b.txt", b"%PDF-1.7 \n1 0 obj")
    client.post(reverse("attach", args=["problem", problem.pk]), {"files": file})
    for row in Attachment.objects.all():
        assert "\u202e" not in row.name
        assert "\u200b" not in row.name


@pytest.mark.parametrize("sign", ["\x02", "\x0b", "\x00", "\ufffe"])
def test_old_records_reach_word_and_excel(world, sign):
    problem = noted(signed_in(world.city.clerk), world.city.firm, "污水管网未接通")
    hand_over(world.city, problem)
    Problem.objects.filter(pk=problem.pk).update(text=f"污水{sign}管网")
    Enterprise.objects.filter(pk=world.city.firm.pk).update(address=f"一{sign}号")
    problem.refresh_from_db()
    assert slip_paper(slip_of(problem, today=TODAY))
    answer = signed_in(world.city.clerk).get(reverse("problem-export"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [str(c) for row in openpyxl.load_workbook(io.BytesIO(content)).active.values for c in row if c]
    assert any("污水" in cell and sign not in cell for cell in cells)
