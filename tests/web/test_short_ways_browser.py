"""How long the usual ways are, counted in a real browser: presses, texts typed, pages loaded."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from gongjian.intake import services as intake
from gongjian.people.models import Unit
from gongjian.problems.models import Problem
from gongjian.problems.states import Category
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import EnterpriseFactory
from tests.web.browser_desks import desks, give_password
from tests.web.test_frame_browser import CHROMIUM, VENDOR, chromium

__all__ = ["chromium"]
pytestmark = [
    pytest.mark.xdist_group("frame"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not VENDOR.exists(), reason="front-end files not fetched: python frontend/vendor.py"),
]


class Way:
    """What one person does on a page, counted: a press of a button, link, choice or line; a text typed; a page loaded."""

    def __init__(self, page):
        self.page, self.presses, self.texts, self.loads = page, 0, 0, 0
        page.on("load", self._loaded)

    def _loaded(self, _page):
        self.loads += 1

    def press(self, css):
        self.presses += 1
        self.page.locator(css).first.click()

    def go(self, css):
        with self.page.expect_navigation():
            self.press(css)

    def choose(self, css, value):
        self.presses += 1
        self.page.locator(css).first.select_option(value)

    def type(self, css, text):
        self.texts += 1
        self.page.locator(css).first.fill(text)
        self.page.locator(css).first.dispatch_event("change")

    def pick(self, name, text, within=""):
        """Type into a pick list and press the first line."""
        self.type(f'{within} input[name="{name}_text"]', text)
        line = f'{within} [data-name="{name}"] .pick-list li[role=option]:not(.pick-new)'
        self.page.wait_for_selector(line)
        self.press(line)

    def wait_for_person(self, name):
        """The unit proposes its person by itself."""
        self.page.wait_for_selector(f'[data-name="{name}"] input[type=hidden]', state="attached")


@pytest.fixture
def city(transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    cache.clear()
    made = scenes.ledger(timezone.now()).city
    EnterpriseFactory(name="恒岳重型机械有限公司", short_name="恒岳重机", area=made.county)
    EnterpriseFactory(name="云杉纺织有限公司", short_name="云杉纺织", area=made.county)
    Unit.objects.filter(pk=made.bureau.pk).update(duties="负责金融协调、贷款续贷、融资担保、上市辅导。")
    Unit.objects.filter(pk=made.other_bureau.pk).update(duties="负责就业招聘、用工保障、技能培训、社会保险。")
    give_password(made.clerk, made.officer, made.leader)
    return made


@pytest.fixture
def way(chromium, live_server, city):
    with desks(chromium, live_server.url) as sit_down:

        def from_today(account, **options):
            page = sit_down(account, **options)
            page.goto(live_server.url + reverse("today"))
            return Way(page)

        yield from_today


def test_a_visit_to_two_firms_with_two_problems_handed_over(way, city):
    w = way(city.clerk)
    w.go(f'main a[href^="{reverse("visit-new")}"]')
    for firm in ("恒岳重型", "云杉"):
        # one field, typed into twice: each firm counts as a text
        w.pick("enterprises", firm)
    w.go("main form[data-autosave] button.btn-primary")
    visit = Visit.objects.latest("pk")
    for stop, (text, unit) in zip(
        visit.stops.order_by("pk"),
        [("贷款月底到期，续贷还差两千万元", city.bureau), ("缺缝纫工六十人，招不到", city.other_bureau)],
        strict=True,
    ):
        place = f"#stop-{stop.pk}"
        w.type(f'{place} textarea[name="p{stop.pk}-text"]', text)
        w.choose(
            f'{place} select[name="p{stop.pk}-category"]',
            Category.FINANCE if unit == city.bureau else Category.LABOUR,
        )
        w.press(f'{place} [data-take-unit="{unit.pk}"]')  # proposed from the text and the units' duties
        w.wait_for_person(f"h{stop.pk}-responsible_person")
        w.go(f'{place} button.btn-primary[name="also"]')
    problems = list(Problem.objects.filter(visit=visit).select_related("assignment").order_by("pk"))
    assert [p.assignment.lead_unit_id for p in problems] == [city.bureau.pk, city.other_bureau.pk]
    assert [p.assignment.responsible_person_id for p in problems] == [
        city.director.pk,
        city.other_director.pk,
    ]
    print("visit", w.presses, w.texts, w.loads)
    assert w.presses <= 12
    assert w.texts <= 5
    assert w.loads <= 4


def test_a_problem_by_telephone(way, city):
    w, begun = way(city.clerk), time.monotonic()
    w.go(f'a[href^="{reverse("problem-new")}"]')
    w.pick("enterprise", "恒岳重型")
    w.type('textarea[name="text"]', "下周起限电，热处理炉停不得")
    w.choose('select[name="category"]', Category.FINANCE)
    w.pick("task-lead_unit", "金融工作局")
    w.wait_for_person("task-responsible_person")
    w.go('button.btn-primary[name="also"]')
    problem = Problem.objects.latest("pk")
    assert problem.assignment.lead_unit == city.bureau
    print("telephone", w.presses, w.texts, w.loads, time.monotonic() - begun)
    assert w.texts + 1 <= 5  # the category is chosen, not typed
    assert w.loads <= 2
    assert time.monotonic() - begun < 60


def test_the_first_draft_of_a_report_is_confirmed_by_three_keys(way, live_server, city):
    today = timezone.localdate()
    text = scenes.REPORT.replace("2月18日", f"{today.month}月{today.day}日")
    made = intake.take_in(text=text, published_on=today, area=city.city, by=city.clerk, at=timezone.now())
    page = way(city.clerk).page
    first = made.drafts.order_by("pk").first()
    page.goto(live_server.url + reverse("article", args=[made.pk]))
    keys = ["j", "Enter"]
    assert len(keys) <= 3
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_selector(f"#draft-{first.pk}.draft-confirmed")
    page.wait_for_load_state()  # keys are heard once the page that came back is whole
    first.refresh_from_db()
    assert first.state == "CONFIRMED"
    page.keyboard.press("j")  # the next one that waits, not the one just confirmed
    assert page.locator(".draft.current").get_attribute("id") != f"draft-{first.pk}"


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {"viewport": {"width": 390, "height": 844}}]
)
def test_a_unit_is_registered_beside_the_form_of_a_problem(way, live_server, city, options):
    w = way(city.clerk, **options)
    page = w.page
    page.goto(live_server.url + reverse("problem-new"))
    page.fill('textarea[name="text"]', "厂区围墙外的河道要清淤")
    page.fill('input[name="task-lead_unit_text"]', "安川市河道管理处")
    if options.get("java_script_enabled", True):
        page.wait_for_selector('[data-name="task-lead_unit"] .pick-new')
        page.locator('[data-name="task-lead_unit"] .pick-new').click()
        page.wait_for_selector("#pick-new[open]")
        page.locator("#pick-new button.btn-primary").click()
        page.wait_for_selector("#pick-new", state="hidden")
    else:
        for details in page.locator("details").all():
            details.evaluate("e => e.setAttribute('open','')")
        page.locator('button[value="task-lead_unit:unit-find"]').click()
        page.locator("main button.btn-primary").click()
    made = Unit.objects.get(name="安川市河道管理处")
    assert page.locator('input[type=hidden][name="task-lead_unit"]').input_value() == str(made.pk)
    assert page.locator('textarea[name="text"]').input_value() == "厂区围墙外的河道要清淤"
    assert not Problem.objects.filter(text__contains="清淤").exists()
