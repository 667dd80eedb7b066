"""Five desks in a real browser: the office by keyboard, two departments, the leader's phone, the firm, the auditor.

Set GONGJIAN_PICTURES=1 to take the pictures of the manual on the way.
"""

import io
import subprocess
import sys

import pytest
from PIL import Image, ImageDraw

from tests.journeys.conftest import ROOT
from tests.journeys.server import Server
from tests.journeys.test_journey import DESK, PHONE, Walker, move

pytestmark = [pytest.mark.browser, pytest.mark.slow(30), pytest.mark.enable_socket]
NEW = "linhe-triage-2026"


@pytest.fixture(scope="module")
def late_instance(tmp_path_factory):
    """The small city with one matter long overdue and a firm that has an account."""
    home = tmp_path_factory.mktemp("desks")
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.world", str(home), "late"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    server = Server(home).start()
    yield server, made.stdout.strip().splitlines()[-1]
    server.kill()


@pytest.fixture(scope="module")
def people(late_instance, browser):
    """Everybody at an own screen, signed in."""
    server, one_time = late_instance
    sizes = {"clerk": DESK, "finance": DESK, "labour": DESK, "leader": PHONE, "firm": PHONE, "auditor": DESK}
    found = {name: Walker(browser, server.address, size) for name, size in sizes.items()}
    clerk = found["clerk"].sign_in("clerk", one_time)
    for n, value in enumerate((one_time, NEW, NEW)):
        clerk.page.locator("main input[type=password]").nth(n).fill(value)
    clerk.press("main button[type=submit]")
    for name in ("finance", "labour", "leader", "firm", "auditor"):
        found[name].sign_in(name)
    yield found
    for name, person in found.items():
        assert person.hosts <= {"127.0.0.1", "data", "blob"}, name
        assert person.troubles == [], name


def picture_file() -> dict[str, object]:
    """A small drawing, nobody's photograph."""
    drawn, out = Image.new("RGB", (400, 300), "#dfe8f1"), io.BytesIO()
    ImageDraw.Draw(drawn).rectangle((60, 120, 340, 260), fill="#6f8fb3")
    drawn.save(out, "PNG")
    return {"name": "车间现场（一）.png", "mimeType": "image/png", "buffer": out.getvalue()}


def test_the_five_desks(people):
    late = _leader_instructs(people["leader"])
    _department_works(people["finance"], late)
    _office_by_keyboard(people["clerk"])
    _supporting_unit_answers(people["labour"], people["finance"])
    _firm_says_its_word(people["firm"], late)
    _auditor_reads(people["auditor"])
    _kiosk(people["auditor"])


def _leader_instructs(leader):
    """One tap on the red list, on the phone."""
    leader.go("/leader/")
    row = leader.page.locator("li.task-row").first
    late = int(row.locator("a").first.get_attribute("href").strip("/").split("/")[-1])
    row.locator("details.instruct > summary").click()
    leader.picture("leader-phone")
    with leader.page.expect_navigation():
        row.locator("button[value=finish]").click()
    assert "批示已交" in leader.text()
    assert "请抓紧办结" in leader.page.inner_text("#matters")
    assert leader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return late


def _department_works(finance, late):
    """Signs the instruction, reports with a file, resolves."""
    finance.go("/desk/")
    assert "请抓紧办结" in finance.text()
    finance.go(f"/assignments/{late}/")
    move(finance, "accept")
    finance.page.locator("#files input[type=file]").set_input_files(picture_file())
    with finance.page.expect_navigation():
        finance.page.locator("#files form button[type=submit]").last.click()
    assert "车间现场（一）.jpg" in finance.text()
    small = finance.page.locator("#files img").first
    assert small.evaluate("one => one.complete && one.naturalWidth") == 320
    finance.picture("department")
    move(finance, "resolve", outcome="SOLVED", text="贷款已展期")


def _office_by_keyboard(clerk):
    """j to the row, h to hand it over, with a supporting unit and a copy."""
    clerk.go("/triage/?queue=new")
    clerk.page.keyboard.press("j")
    assert clerk.page.locator("tr.current").count() == 1
    clerk.page.keyboard.press("x")
    assert clerk.page.locator("tr.selected").count() == 1
    clerk.picture("triage")
    clerk.page.keyboard.press("x")
    clerk.page.keyboard.press("?")
    assert clerk.page.locator("#keys[open]").count() == 1
    clerk.page.keyboard.press("Escape")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("h")
    form = clerk.page.locator("form.hand-over")
    form.locator("[name=task]").fill("协调办理展期")
    clerk.pick(form, "lead_unit", "市金融局")
    clerk.pick(form, "responsible_person", "陆川平")
    form.locator("summary", has_text="协办").click()
    clerk.pick(form, "supporting_units", "市人社局")
    clerk.pick(form, "copied_to", "市攻坚办")
    with clerk.page.expect_navigation():
        form.locator("button.btn-primary").click()
    assert "协办单位" in clerk.text()
    assert "抄送" in clerk.text()


def _supporting_unit_answers(labour, finance):
    labour.go("/desk/")
    with labour.page.expect_navigation():
        labour.page.locator("#support li a").first.click()
    reply = labour.page.locator("#supports details", has_text="答复牵头单位").first
    reply.locator("summary").click()
    reply.locator("textarea").fill("用工证明当日可以出具")
    labour.picture("support")
    with labour.page.expect_navigation():
        reply.locator("button[type=submit]").click()
    assert "已答复" in labour.text()
    finance.go(labour.page.url.removeprefix(labour.base))
    assert "用工证明当日可以出具" in finance.text()


def _firm_says_its_word(firm, late):
    """The same light as the office sees, and the last word."""
    firm.go("/firm/")
    with firm.page.expect_navigation():
        firm.page.locator("li.task-row a", has_text="续贷").first.click()
    assert "红灯" in firm.text()
    firm.page.locator("[name=satisfaction][value=DISSATISFIED]").check()
    firm.page.fill("[name=said_by]", "王经理")
    firm.page.fill("[name=note]", "只展期了一个月")
    firm.picture("firm-phone")
    firm.press("#word button[type=submit]")
    assert "第 2 轮" in firm.text()
    assert late


def _auditor_reads(auditor):
    """Lands on the board, sees the sample, verifies the chain; nothing to press that changes anything."""
    auditor.go("/auditor/")
    assert "重新交办过" in auditor.text()
    auditor.picture("auditor")
    assert auditor.page.locator("main form[method=post]").count() == 0
    with auditor.page.expect_navigation():
        auditor.page.locator("section.panel li a").first.click()
    assert auditor.page.locator("main form[method=post]").count() == 0
    auditor.go("/closing/")
    assert "按期办结率" in auditor.text()
    auditor.picture("closing")


def _kiosk(auditor):
    auditor.go("/kiosk/")
    for sign in "AB2":
        auditor.page.locator(f"[data-type='{sign}']").click()
    auditor.page.locator("[data-type='']").click()
    assert auditor.page.input_value("[name=code]") == "AB"
    auditor.picture("kiosk")
