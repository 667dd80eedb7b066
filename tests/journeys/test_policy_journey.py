"""Two people write a rule: the check refuses, is answered, cases pass, the other signs; the firm reads it on its phone; what if.

Set GONGJIAN_PICTURES=1 to take the manual's pictures on the way.
"""

import pytest
from django.utils import timezone

from tests.journeys.policy_world import quarter_over
from tests.journeys.server import built, serving
from tests.journeys.test_journey import PHONE, Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow(30), pytest.mark.enable_socket]
WIDE = {"width": 1440, "height": 900}
YEAR, QUARTER = quarter_over(timezone.localdate())
FIELDS = {
    "code": "AC-JOURNEY",
    "name": "满负荷生产奖励",
    "document": "安政办〔2026〕17号",
    "issuer": "安川市工业和信息化局",
    "area": "4199",
    "period": f"{YEAR}Q{QUARTER}",
    "in_force_from": "2026-01-01",
    "source": "文件第二条、第三条",
    "explain": "月均用电达到上年最高月80%的企业，奖励10万元。",
}
CONDITION = "MEAN_MONTH(用电量, QUARTER, 0) >= 80% * MAX_MONTH(用电量, YEAR, -1)"
CASE = """- name: 数据没报，不能判定
  facts: {地区代码: "419902000000"}
  expect: {verdict: UNKNOWN, certain: 0}
"""
WRONG_CASE = CASE.replace("UNKNOWN", "FAILS")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running server on the city of this journey."""
    home = tmp_path_factory.mktemp("policies")
    built("policy_world", home)
    with serving(home) as running:
        yield running


def checked(walker, text):
    """Wait until the live check says it."""
    walker.page.locator("#check").get_by_text(text).first.wait_for(timeout=5000)


def test_two_people_write_a_rule_and_the_firm_reads_it(browser, server):
    clerk = Walker(browser, server.address, WIDE).sign_in("clerk")
    clerk.go("/policies/new/")
    page = clerk.page
    for name, value in FIELDS.items():
        page.fill(f"[name=head-{name}]", value)
    page.check("[name=head-confirmed]")
    page.select_option("[name=head-delivery]", "AUTOMATIC")
    page.fill("[name=clause-name]", "月均用电达到上年最高月的80%")
    page.fill("[name=clause-reference]", "第二条")
    page.fill("[name=part-name]", "满负荷奖励")
    page.fill("[name=part-amount]", "10万元")

    page.fill("[name=clause-condition]", CONDITION.replace("用电量", "用点量"))
    checked(clerk, "数据目录里没有“用点量”")
    assert page.locator(".yaml-wrong").count() == 1
    clerk.picture("policy-refused")
    page.fill("[name=clause-condition]", CONDITION)
    checked(clerk, "规则可以读懂")
    page.fill("[name=cases]", WRONG_CASE)
    checked(clerk, "不通过")
    clerk.press("button[value=propose]")
    assert "还不能送审签" in page.inner_text("#toasts")
    page.fill("[name=cases]", CASE)
    page.locator("#check .case-passed").first.wait_for()
    clerk.picture("policy-editor")
    clerk.press(".buttons button[value=propose]")
    assert "待审签" in clerk.text()
    assert page.locator("button:text-is('审签')").count() == 0

    second = Walker(browser, server.address, WIDE).sign_in("second")
    second.go(page.url.removeprefix(server.address))
    second.press("button:text-is('审签')")
    assert "已审签" in second.text()

    firm = Walker(browser, server.address, PHONE).sign_in("firm")
    firm.go("/firm/policies/")
    assert "差一点" in firm.text()
    assert "1万千瓦时" in firm.text()
    assert "10万元" in firm.text()
    assert firm.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    firm.picture("policy-phone")

    second.press("a:text-is('试算')")
    slider = second.page.locator("input[type=range]").first
    before = second.page.inner_text("#outcome .compare tbody tr:first-child td:nth-child(3)")
    slider.fill("70")
    second.page.locator("#outcome").get_by_text("新增受益 1 家").wait_for()
    after = second.page.inner_text("#outcome .compare tbody tr:first-child td:nth-child(3)")
    assert (before, after) == ("0", "1")
    second.picture("policy-what-if")
    for walker in (clerk, second, firm):
        assert walker.hosts == {"127.0.0.1"}
        assert walker.troubles == []
