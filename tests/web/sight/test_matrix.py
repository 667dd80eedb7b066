"""No page, number, export or search hit of any role names a record that its reader cannot open."""

import pytest
from django.db.models import QuerySet

from gongjian.bulletins import queries as bulletins
from gongjian.bulletins.models import Bulletin
from gongjian.complaints import queries as complaints
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.problems import queries as problems
from gongjian.problems.models import Problem
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    AccountFactory,
    ComplaintFactory,
    EnterpriseFactory,
    ProblemFactory,
    UnitFactory,
)
from tests.web.sight.accounts import walking_accounts
from tests.web.sight.crawl import Walk
from tests.web.sight.reading import Shown
from tests.web.sight.records import Registry
from tests.web.small_city import shared, small_city

LEAST_ROUTES = {Role.ENTERPRISE: 6}  # a walk that sees little proves little


@shared
@pytest.mark.slow(120)
def test_nothing_is_named_that_cannot_be_opened(db, settings):
    """A sample: one address of each shape. `python -m tests.web.sight HOME 20` walks an instance further."""
    small_city(settings)
    registry, wrong = Registry.of_instance(), []
    for account in walking_accounts():
        walk = Walk(account, registry, each=1).run()
        wrong += sorted(map(str, walk.violations))
        assert len(walk.pages) >= LEAST_ROUTES.get(Role(account.role), 40), (account, walk.pages)
    assert wrong == []


# --- the walk can fail


@pytest.fixture
def c(db):
    return scenes.city()


def walked(account, *starts):
    """What a walk over these addresses alone reports."""
    walk = Walk(account, Registry.of_instance(), each=1)
    for address in starts:
        walk.get(address)
    return {(found.route, found.named.kind) for found in walk.violations}


def everything(_account: Account) -> QuerySet[Problem]:
    return Problem.objects.all()


def test_a_ledger_that_shows_all_is_caught(c, monkeypatch):
    firm = EnterpriseFactory(name="北岭区远岫纺织有限公司", short_name="远岫纺织", area=c.other_county)
    ProblemFactory(enterprise=firm, area=c.other_county)
    assert walked(c.county_clerk, "/problems/", "/problems/export/") == set()
    sight = problems.visible_to
    walk = Walk(c.county_clerk, Registry.of_instance(), each=1)
    walk.sight.keys("problem")  # asked before the rule is broken
    monkeypatch.setattr(problems, "visible_to", everything)
    for address in ("/problems/", "/problems/export/"):
        walk.get(address)
    found = {(violation.route, violation.named.kind) for violation in walk.violations}
    assert {
        ("problem-ledger", "problem"),
        ("problem-export", "problem"),
        ("problem-ledger", "enterprise"),
    } <= found
    assert sight(c.county_clerk).count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "WT2026-000085 缺人",
        "牵头单位：JB2026-000762",
        "督办单 DB2026-000003",
        "远岫纺织 临河区",
        "北岭区远岫纺织有限公司",
    ],
)
def test_names_without_a_link_are_caught(c, text):
    EnterpriseFactory(name="北岭区远岫纺织有限公司", short_name="远岫纺织", area=c.other_county)
    walk = Walk(c.county_clerk, Registry.of_instance(), each=1)
    walk.look("/", "today", Shown((), text))
    assert len(walk.violations) == 1


def test_links_and_forms_without_a_name_are_caught(c):
    problem = ProblemFactory(enterprise=c.firm, area=c.other_county)
    walk = Walk(c.county_clerk, Registry.of_instance(), each=1)
    walk.look("/", "today", Shown((f"/problems/{problem.pk}/",), "", (f"/problems/{problem.pk}/edit/",)))
    assert len(walk.violations) == 2
    walk = Walk(c.clerk, Registry.of_instance(), each=1)
    walk.look("/", "today", Shown((f"/problems/{problem.pk}/",), problem.number))
    assert not walk.violations


# --- pages that named more than could be opened


def test_a_number_of_a_brief_stands_without_the_rows_of_others(client, db):
    made = scenes.ledger(AT)
    number = next(n for n in made.bulletin.numbers.all() if n.query["measure"] == "recorded" and n.rows)
    address = f"/bulletins/{made.bulletin.pk}/numbers/{number.anchor}/"
    stranger = AccountFactory(
        role="HANDLER", unit=UnitFactory(area=made.city.city), reads_area=made.city.city
    )
    client.force_login(stranger)
    page = client.get(address).content.decode()
    assert f"共 {len(number.rows)} 行" in page
    assert f"其中 {len(number.rows)} 行不向您的账号开放" in page
    assert not any(problem.number in page for problem in Problem.objects.all())
    client.force_login(made.city.clerk)
    page = client.get(address).content.decode()
    assert "不向您的账号开放" not in page
    assert all(problem.number in page for problem in Problem.objects.filter(pk__in=number.rows))


@pytest.mark.parametrize("own", ["", "AC2025-00017", "临字3号"])
def test_the_red_list_of_a_brief_is_read_by_who_may_open_it(c, own):
    problem = ProblemFactory(enterprise=c.firm, area=c.county, own_number=own)
    table = {
        "kind": "table",
        "head": ["编号", "企业", "问题"],
        "rows": [[problem.number, "恒岳机械", "缺人"]],
    }
    bulletin = Bulletin(area=c.city, content={"blocks": [table]})
    assert bulletins.blocks_for(bulletin, c.clerk) == [table]
    assert "恒岳机械" not in str(bulletins.blocks_for(bulletin, c.handler))
    assert "另有1项" in str(bulletins.blocks_for(bulletin, c.handler))


def test_a_draw_lists_for_a_unit_only_its_own(client, db):
    made = scenes.ledger(AT)
    client.force_login(
        AccountFactory(role="HANDLER", unit=UnitFactory(area=made.city.city), reads_area=made.city.city)
    )
    page = client.get(f"/call-backs/{made.draw.pk}/").content.decode()
    assert "不向您的账号开放" in page
    assert "WT2026" not in page


def test_the_trail_tells_no_complaint_to_who_may_not_read_it(client, c):
    from gongjian.complaints import services

    services.complain(
        kind="FORMS", text="同一份数据一个月要了四次", about_unit=None, by=c.handler, at=AT, nameless=False
    )
    for account, told in ((c.administrator, False), (c.auditor, True)):
        client.force_login(account)
        assert ("要了四次" in client.get("/audit/").content.decode()) is told
        assert ("要了四次" in client.get("/audit/?q=四次").content.decode()) is told
        assert complaints.visible_to(account).exists() is told
    assert ComplaintFactory._meta.model.objects.count() == 1


def test_a_county_administrator_does_not_open_the_trail_of_the_city(client, c):
    client.force_login(AccountFactory(role="ADMINISTRATOR", reads_area=c.county))
    assert client.get("/audit/").status_code == 409


@pytest.mark.parametrize("word", ["北岭", "qzw", "乔知望", "远岫", "TS2026-00001", "拖延"])
def test_lists_are_searched_by_what_their_rows_show(client, c, word):
    """The visit book by area, leader, firm and initials; complaints by number and unit."""
    from gongjian.people.pinyin import person_initials
    from tests.factories import PersonFactory, StopFactory, VisitFactory

    firm = EnterpriseFactory(name="北岭区远岫纺织有限公司", short_name="远岫纺织", area=c.other_county)
    lead = PersonFactory(name="乔知望", initials=person_initials("乔知望"))
    StopFactory(visit=VisitFactory(title="上午走访", area=c.other_county, lead=lead), enterprise=firm)
    ComplaintFactory(pk=1, text="拖延", area=c.other_county, about_unit=c.bureau, made_on=TODAY)
    client.force_login(c.clerk)
    pages = [client.get(address, {"q": word}).content.decode() for address in ("/visits/", "/complaints/")]
    assert ("上午走访" in pages[0]) or ("TS2026-00001" in pages[1])
