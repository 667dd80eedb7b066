"""Acting for a unit on the pages (代办): never the blue button, refused with what was typed, marked in ledger, slip and rates."""

import io
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongjian.people.models import Account
from tests import scenes
from tests.papers.reading import plain
from tests.web.test_pages import signed_in

WORDS = ("代签收", "代反馈", "代办结", "代提异议", "代申请延期", "代协办签收", "代答复")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    cache.clear()
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def move(world, verb):
    return reverse("assignment-move", args=[world.owed.assignment_id, verb])


def test_a_unit_with_an_account_signs_itself_and_the_page_says_so(world):
    clerk = signed_in(world.city.clerk)
    page = clerk.get(reverse("problem", args=[world.owed.pk])).content.decode()
    assert move(world, "accept") not in page
    assert "用自己的账号来做" in page
    refused = clerk.post(move(world, "accept"), {"accept-proxy_reason": "来电说已收到"})
    assert refused.status_code == 422
    world.owed.assignment.refresh_from_db()
    assert world.owed.assignment.state == "ASSIGNED"


def test_for_a_unit_on_paper_it_is_offered_last_asks_for_the_reason_and_is_marked_everywhere(world):
    Account.objects.filter(unit=world.owed.assignment.lead_unit).update(is_active=False)
    clerk, task = signed_in(world.city.clerk), world.owed.assignment
    page = clerk.get(reverse("problem", args=[world.owed.pk])).content.decode()
    assert move(world, "accept") in page
    buttons = re.findall(r'<(?:button|summary)[^>]*class="([^"]*)"[^>]*>\s*([^<]+?)\s*<', page)
    named = [css.split() for css, words in buttons if words in WORDS]
    assert named
    assert not [css for css in named if "btn-primary" in css or "btn-outline-primary" in css]
    blank = clerk.post(move(world, "accept"), {"accept-proxy_reason": " "})
    assert blank.status_code == 422
    assert "代办理由" in blank.content.decode()
    clerk.post(move(world, "accept"), {"accept-proxy_reason": "单位没有账号"})
    texts = {"resolve-outcome": "SOLVED", "resolve-text": "已到位"}
    kept = clerk.post(move(world, "resolve"), texts).content.decode()
    assert "已到位" in kept
    clerk.post(move(world, "resolve"), texts | {"resolve-proxy_reason": "电话报结"})
    task.refresh_from_db()
    assert task.proxies == "accept,resolve"
    story = clerk.get(reverse("problem", args=[world.owed.pk])).content.decode()
    assert "代安川市金融工作局签收（代办理由：单位没有账号）" in story
    assert "代签收、代办结" in story
    assert "代签收、代办结" in clerk.get(reverse("problem-ledger")).content.decode()
    assert "代签收、代办结" in clerk.get(reverse("slip", args=[world.owed.pk])).content.decode()
    assert "代签收、代办结" in plain(clerk.get(reverse("slip-word", args=[world.owed.pk])).content)
    book = io.BytesIO(clerk.get(reverse("problem-export")).content)
    sheet = CalamineWorkbook.from_filelike(book)
    assert "代签收、代办结" in {cell for row in sheet.get_sheet_by_index(0).to_python() for cell in row}
    rates = clerk.get(reverse("closing-quality")).content.decode()
    assert "按期签收率" in rates
    assert rates.count("不含代办") >= 4
    alone = clerk.get(reverse("problem-ledger"), {"measure": "batch_on_time_alone"}).content.decode()
    everything = clerk.get(reverse("problem-ledger"), {"measure": "batch_on_time"}).content.decode()
    assert world.owed.number in everything
    assert world.owed.number not in alone
