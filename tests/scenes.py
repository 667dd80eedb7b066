"""Small ready worlds for tests."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.models import AnnouncedYear, Escalation, Regime, RegimeChange
from gongjian.assignments.regimes.services import propose_regime, text_of
from gongjian.attachments.models import Attachment
from gongjian.attachments.services import accept_file
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.models import Bulletin, PaperTemplate
from gongjian.enterprises.models import Enterprise, FactBatch, FactDecision, Pairing
from gongjian.imports.models import ImportBatch
from gongjian.intake import services as intake
from gongjian.intake.models import Article
from gongjian.markets import services as markets
from gongjian.markets.models import Introduction
from gongjian.notices.models import Notice, Sending
from gongjian.people.models import Account, Area, Person, SavedFilter, Tenure, Unit
from gongjian.people.states import AreaLevel, Role, UnitKind
from gongjian.policies import services as policies
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.problems import services as problems
from gongjian.problems.common_problems import services as common_problems
from gongjian.problems.models import BulkAction, CallBackDraw, CommonProblem, Problem
from gongjian.visits import services as visits
from gongjian.visits.models import Stop, Visit
from tests.books import book
from tests.factories import (
    AccountFactory,
    AreaFactory,
    ContactFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    EscalationFactory,
    FactBatchFactory,
    FactDecisionFactory,
    FactFactory,
    ImportBatchFactory,
    NoticeFactory,
    PairingFactory,
    PaperTemplateFactory,
    PersonFactory,
    PolicyFactory,
    PolicyVersionFactory,
    QualificationFactory,
    SavedFilterFactory,
    SendingFactory,
    TenureFactory,
    UnitFactory,
)
from tests.kept_scenes import kept


@dataclass(frozen=True)
class City:
    """A city, a county in it, its office, two units, who works there, and a firm."""

    city: Area
    county: Area
    other_county: Area
    office: Unit
    bureau: Unit
    other_bureau: Unit
    director: Person
    other_director: Person
    clerk: Account
    county_clerk: Account
    leader: Account
    handler: Account
    other_handler: Account
    officer: Account
    auditor: Account
    administrator: Account
    firm: Enterprise


@kept
def city() -> City:
    """Build the scene."""
    root = AreaFactory(name="安川市", level=AreaLevel.CITY, stat_code="990000000000")
    county = AreaFactory(name="临河区", parent=root)
    other = AreaFactory(name="北岭区", parent=root)
    office = UnitFactory(name="安川市攻坚办", kind=UnitKind.OFFICE, area=root)
    bureau = UnitFactory(name="安川市金融工作局", short_name="市金融局", area=root)
    other_bureau = UnitFactory(name="安川市人力资源局", short_name="市人社局", area=root)
    director, other_director = PersonFactory(name="陆川平"), PersonFactory(name="温以宁")
    TenureFactory(person=director, post__unit=bureau, post__is_principal=True)
    TenureFactory(person=other_director, post__unit=other_bureau, post__is_principal=True)
    return City(
        city=root,
        county=county,
        other_county=other,
        office=office,
        bureau=bureau,
        other_bureau=other_bureau,
        director=director,
        other_director=other_director,
        clerk=AccountFactory(role=Role.CLERK, unit=office, reads_area=root, writes_area=root),
        county_clerk=AccountFactory(role=Role.CLERK, reads_area=county, writes_area=county),
        leader=AccountFactory(
            role=Role.LEADER, reads_area=root, writes_area=root, person=PersonFactory(name="贺远行")
        ),
        handler=AccountFactory(role=Role.HANDLER, unit=bureau, reads_area=root),
        other_handler=AccountFactory(role=Role.HANDLER, unit=other_bureau, reads_area=root),
        officer=AccountFactory(
            role=Role.OFFICER, reads_area=county, writes_area=county, person=PersonFactory(name="沈知秋")
        ),
        auditor=AccountFactory(role=Role.AUDITOR, reads_area=root),
        administrator=AccountFactory(role=Role.ADMINISTRATOR, reads_area=root),
        firm=EnterpriseFactory(name="安川市恒岳机械有限公司", short_name="恒岳机械", area=county),
    )


@dataclass(frozen=True)
class Ledger:
    """A city at work: one of everything a page can show, and problems in every state."""

    city: City
    visit: Visit
    stop: Stop
    fresh: Problem
    owed: Problem
    resolved: Problem
    closed: Problem
    article: Article
    bulletin: Bulletin
    template: PaperTemplate
    bulk: BulkAction
    draw: CallBackDraw
    file: Attachment
    tenure: Tenure
    pairing: Pairing
    batch: FactBatch
    ledger_in: ImportBatch
    choice: FactDecision
    enterprise: Account
    saved: SavedFilter
    proposal: AnnouncedYear
    common: CommonProblem
    introduction: Introduction
    code: str
    payout: Payout
    draft: PolicyVersion
    notice: Notice
    escalation: Escalation
    change: RegimeChange
    sending: Sending


PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RULE = """code: AC-TEST-LOAD
name: 满负荷生产奖励
document: 安政办〔2026〕17号
issuer: 市工业和信息化局
level: CITY
area: "99"
delivery: AUTOMATIC
period: 2026Q3
in_force_from: 2026-10-01
last_day: 2026-12-31
confirmed: true
source: 测试
explain: 月均用电达到上年最高月80%的，奖励10万元；营业收入增长10%以上的，再奖励10万元。
clauses:
- key: load
  name: 月均用电达到上年最高月的80%
  reference: 第二条
  condition: MEAN_MONTH(用电量, QUARTER, 0) >= 80% * MAX_MONTH(用电量, YEAR, -1)
benefit:
  parts:
  - name: 满负荷奖励
    amount: 10万元
    reference: 第三条
  - name: 增长奖励
    when: GROWTH(营业收入, QUARTER) >= 10%
    amount: 10万元
    reference: 第三条
  combine: SUM
cases:
- name: 只差一点
  facts:
    地区代码: "990000000000"
    用电量@2025-01: 60
    用电量@2025-02: 60
    用电量@2025-03: 60
    用电量@2025-04: 60
    用电量@2025-05: 60
    用电量@2025-06: 60
    用电量@2025-07: 70
    用电量@2025-08: 70
    用电量@2025-09: 70
    用电量@2025-10: 60
    用电量@2025-11: 60
    用电量@2025-12: 100
    用电量@2026-07: 79
    用电量@2026-08: 80
    用电量@2026-09: 80
  expect:
    verdict: FAILS
"""


def _introduction(c: City, seller: Enterprise, at: datetime) -> Introduction:
    """A firm brought together with a neighbour."""
    facts: dict[str, Any] = {"by": c.clerk, "at": at}
    need = markets.add_products(c.firm, side="BUYS", names="纸箱", outside=True, **facts)[0]
    offer = markets.add_products(seller, side="MAKES", names="彩盒", **facts)[0]
    person, due = c.director, timezone.localdate(at)
    return markets.introduce(
        need, offer, lead_unit=c.bureau, responsible_person=person, task="对接", due=due, **facts
    )


NEXT_YEAR = """year = 2027
document = "国务院办公厅关于2027年部分节假日安排的通知"
confirmed = true
make_up_days = [2027-01-03]

[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-01

[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-11
"""

FACTS = book(["企业名称", "用电量2026年10月"], ["恒岳机械", 12], ["没有的公司", 1])
UNITS = book(
    ["单位名称", "主要职责", "上级单位"], ["市金融局", "企业融资", None], ["没有的局", None, "没有的公司"]
)

REPORT = """安川打响攻坚战
2月18日上午，安川市产业突围动员大会在市会议中心召开。市委书记陆承远出席会议并讲话。
陆承远要求，各部门要在3个工作日内完成项目清单梳理。会上，12家企业被授予“突出贡献企业”称号。"""


def adopted(code: str, *, at: datetime, name: str = "") -> Regime:
    """A regime of the library, taken up by the office under a name of its own."""
    assignments.load_regimes(by=None, at=at)
    source = Regime.objects.get(code=code)
    return assignments.take_up_regime(source, name=name or source.name, by=None, at=at)


@kept
def ledger(at: datetime) -> Ledger:
    """Build it through the services, as a clerk would."""
    c = city()
    regime = adopted("13710-jz", at=at)
    today, facts = timezone.localdate(at), dict[str, Any](by=c.clerk, at=at)
    other = EnterpriseFactory(name="安川市汇川食品有限公司", short_name="汇川食品", area=c.other_county)
    FactFactory(enterprise=c.firm)
    FactFactory(enterprise=c.firm, source="税务部门", value="96")
    batch = FactBatchFactory(area=c.county, uploaded_by=c.clerk, file=FACTS)
    ledger_in = ImportBatchFactory(area=c.city, uploaded_by=c.clerk, file=UNITS)
    choice = FactDecisionFactory(enterprise=c.firm, decided_by=c.clerk)
    QualificationFactory(enterprise=c.firm)
    ContactFactory(enterprise=c.firm)
    pairing = PairingFactory(enterprise=c.firm, person=c.officer.person)
    visit = visits.plan(
        kind="VISIT",
        title="贺远行走访恒岳机械",
        area=c.county,
        starts_on=today,
        ends_on=today,
        enterprises=[c.firm, other],
        lead=c.leader.person,
        participants=[c.director],
        **facts,
    )
    visits.add_note(visit, heading="STATEMENT", text="现场办公", speaker=c.director, **facts)
    fresh, owed, resolved, closed = (
        problems.record(enterprise=c.firm, text=text, category="OTHER", visit=visit, **facts)
        for text in ("缺技工三十人", "续贷缺手续", "厂区道路破损", "电价偏高")
    )
    for row in (owed, resolved, closed):
        problems.hand_over(
            row,
            lead_unit=c.bureau,
            responsible_person=c.director,
            task="尽快解决",
            on_the_spot=True,
            regime=regime,
            grade=regime.grades[0]["key"],
            supporting_units=[c.other_bureau] if row is owed else [],
            copied_to=[c.office],
            **facts,
        )
        row.refresh_from_db()
    for row in (resolved, closed):
        assert row.assignment is not None
        assignments.accept(row.assignment, by=c.handler, at=at)
        assignments.resolve(row.assignment, outcome="SOLVED", text="已办好", by=c.handler, at=at)
        row.refresh_from_db()
    word = {"method": "CALL_BACK", "satisfaction": "SATISFIED", "said_by": "高总"}
    problems.give_word(closed, **word, **facts)
    assignments.pass_check(closed.assignment, **facts)
    closed.refresh_from_db()
    problems.close(closed, **facts)
    enterprise = EnterpriseAccountFactory(enterprise=c.firm).account
    (file,) = problems.attach(owed, [accept_file("现场照片.png", PIXEL)], **facts)
    draw = problems.draw_call_backs(area=c.county, first=today, last=today, size=5, seed="08 13 21", **facts)
    policy = PolicyFactory(code="AC-TEST-LOAD", name="满负荷生产奖励", area_code="99")
    version = PolicyVersionFactory(policy=policy, text=RULE, written_by=c.clerk, valid_from=date(2026, 10, 1))
    draft = policies.draft(text=RULE, policy=policy, **facts)
    return Ledger(
        city=c,
        draw=draw,
        file=file,
        visit=visit,
        stop=visit.stops.get(enterprise=c.firm),
        fresh=fresh,
        owed=owed,
        resolved=resolved,
        closed=closed,
        article=intake.take_in(text=REPORT, published_on=today, area=c.city, **facts),
        bulletin=bulletins.make_brief(area=c.county, first=today, last=today, **facts),
        template=PaperTemplateFactory(area=c.city, kind="SPECIAL", added_by=c.clerk),
        bulk=problems.categorise_many([fresh], category="LABOUR", **facts),
        tenure=Tenure.objects.get(person=c.director),
        pairing=pairing,
        batch=batch,
        ledger_in=ledger_in,
        choice=choice,
        enterprise=enterprise,
        saved=SavedFilterFactory(account=c.clerk),
        code=problems.issue_code(resolved, **facts),
        introduction=_introduction(c, other, at),
        common=common_problems.confirm([owed, resolved], title="共性甲", **facts),
        change=propose_regime(text_of(regime).replace("amount = 7", "amount = 5"), regime=regime, **facts),
        escalation=EscalationFactory(assignment=owed.assignment, person=c.leader.person),
        proposal=assignments.propose_year(text=NEXT_YEAR, **facts),
        draft=draft,
        payout=policies.apply(
            enterprise=c.firm, version=version, amount=Decimal(100000), on=today, period="2026Q3", **facts
        ),
        notice=NoticeFactory(account=None, unit=c.office),
        sending=SendingFactory(),
    )
