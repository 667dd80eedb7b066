"""One factory a model."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from gongjian.assignments.models import (
    AnnouncedYear,
    Assignment,
    Escalation,
    Ladder,
    Regime,
    RegimeChange,
    Rung,
    Support,
)
from gongjian.attachments.models import Attachment
from gongjian.audit.models import ChainHead, Event
from gongjian.bulletins.models import Bulletin, BulletinNumber
from gongjian.campaigns.models import Battle, Campaign
from gongjian.complaints.models import Complaint, EarlierAnswer
from gongjian.enterprises.models import (
    Asking,
    Contact,
    Enterprise,
    EnterpriseAccount,
    Fact,
    FactBatch,
    FactDecision,
    Pairing,
    Qualification,
)
from gongjian.intake.models import Article, Draft
from gongjian.markets.models import Introduction, Product
from gongjian.markets.states import Side
from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.people.models import (
    Account,
    ApiSystem,
    Area,
    AttemptCount,
    Person,
    Post,
    SavedFilter,
    Tenure,
    Unit,
)
from gongjian.people.outside_systems.services import digest_of
from gongjian.people.states import AreaLevel, Guard, Role
from gongjian.policies.models import DatumRequest, Payout, Policy, PolicyNotice, PolicyVersion
from gongjian.problems.models import (
    BulkAction,
    CallBack,
    CallBackDraw,
    CommonProblem,
    FirmWord,
    Problem,
    Pushed,
    WordCode,
)
from gongjian.visits.models import Note, Stop, Visit

AT = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 24)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"第{n}区")
    short_name = factory.LazyAttribute(lambda o: o.name)
    level = AreaLevel.COUNTY
    parent = None

    @classmethod
    def _create(cls, model_class, parent=None, **kwargs):
        objects = model_class.objects
        return objects.add_child(parent, kwargs) if parent else objects.add_root(kwargs)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"第{n}局")
    area = factory.SubFactory(AreaFactory)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"张{n}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    unit = factory.SubFactory(UnitFactory)
    title = "局长"


class TenureFactory(DjangoModelFactory):
    class Meta:
        model = Tenure

    person = factory.SubFactory(PersonFactory)
    post = factory.SubFactory(PostFactory)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"u{n}")
    name = factory.LazyAttribute(lambda o: f"账号{o.username}")
    role = Role.CLERK
    must_change_password = False
    created_at = AT


class ApiSystemFactory(DjangoModelFactory):
    """`token` is what the system sends."""

    class Meta:
        model = ApiSystem
        exclude = ("token", "area")

    area = factory.SubFactory(AreaFactory)
    token = factory.Sequence(lambda n: f"gj_token{n}")
    account = factory.SubFactory(
        AccountFactory,
        role=Role.SYSTEM,
        name="安川市12345热线",
        reads_area=factory.SelfAttribute("..area"),
        writes_area=factory.SelfAttribute("..area"),
    )
    kind = "HOTLINE"
    pushes = True
    digest = factory.LazyAttribute(lambda o: digest_of(o.token))
    tail = factory.LazyAttribute(lambda o: o.token[-4:])
    issued_at = AT
    valid_until = date(2099, 1, 1)
    per_minute = 5000


class AttemptCountFactory(DjangoModelFactory):
    class Meta:
        model = AttemptCount

    guard = Guard.WORD_BROWSER
    key = factory.Sequence(lambda n: f"{n:064x}")
    started_at = AT
    count = 1


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    subject_kind = "problems.problem"
    subject_id = 1
    name = "现场.jpg"
    ending = "jpg"
    media_type = "image/jpeg"
    size = 1000
    digest = "0" * 64
    added_by = factory.SubFactory(AccountFactory)
    added_at = AT


class SavedFilterFactory(DjangoModelFactory):
    class Meta:
        model = SavedFilter

    account = factory.SubFactory(AccountFactory)
    page = "problem-ledger"
    name = factory.Sequence(lambda n: f"筛选{n}")
    query = "light=RED"


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    account = factory.SubFactory(AccountFactory)
    key = factory.Sequence(lambda n: f"notice-{n}")
    kind = "SYSTEM"
    sentence = "系统已升级"
    words = "系统已升级"
    at = AT


class ChannelFactory(DjangoModelFactory):
    class Meta:
        model = Channel

    name = factory.Sequence(lambda n: f"通道{n}")
    kind = "WECOM"
    address = "wecombot://secret-key-0001"
    account = factory.SubFactory(AccountFactory)


class SendingFactory(DjangoModelFactory):
    class Meta:
        model = Sending

    channel = factory.SubFactory(ChannelFactory)
    day = TODAY
    count = 1
    upto = 1
    text = "1. [系统] 系统已升级"
    next_try_at = AT


class QuietHoursFactory(DjangoModelFactory):
    class Meta:
        model = QuietHours


class EnterpriseFactory(DjangoModelFactory):
    class Meta:
        model = Enterprise

    name = factory.Sequence(lambda n: f"安川市第{n}机械有限公司")
    area = factory.SubFactory(AreaFactory)


class EnterpriseAccountFactory(DjangoModelFactory):
    class Meta:
        model = EnterpriseAccount

    account = factory.SubFactory(AccountFactory, role=Role.ENTERPRISE)
    enterprise = factory.SubFactory(EnterpriseFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "李联系"


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = Pairing

    enterprise = factory.SubFactory(EnterpriseFactory)
    person = factory.SubFactory(PersonFactory)
    kind = "OFFICER"


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    enterprise = factory.SubFactory(EnterpriseFactory)
    key = "营业收入"
    period_kind = "MONTH"
    period = date(2026, 10, 1)
    value = "100.0000"
    unit = "万元"
    source = "企业月报"
    recorded_at = AT


class FactBatchFactory(DjangoModelFactory):
    class Meta:
        model = FactBatch

    source = "企业月报"
    file_name = "企业月报.xlsx"
    file = b""
    area = factory.SubFactory(AreaFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = AT


class FactDecisionFactory(DjangoModelFactory):
    class Meta:
        model = FactDecision

    enterprise = factory.SubFactory(EnterpriseFactory)
    key = "营业收入"
    period_kind = "MONTH"
    period = date(2026, 10, 1)
    source = "企业月报"
    decided_by = factory.SubFactory(AccountFactory)
    decided_at = AT


class QualificationFactory(DjangoModelFactory):
    class Meta:
        model = Qualification

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "高新技术企业"


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = "全力拼经济"
    area = factory.SubFactory(AreaFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)


class BattleFactory(DjangoModelFactory):
    class Meta:
        model = Battle

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda n: f"第{n}攻坚战")


class RegimeFactory(DjangoModelFactory):
    class Meta:
        model = Regime

    code = factory.Sequence(lambda n: f"R{n}")
    name = "测试制度"
    counting = "当日不计,自次日起算"
    grades = factory.LazyFunction(
        lambda: [
            {
                "key": "general",
                "name": "一般",
                "checkpoints": [
                    {"key": "reply", "name": "反馈", "amount": 3, "span": "WORKING_DAYS"},
                    {"key": "close", "name": "办结", "amount": 7, "span": "WORKING_DAYS"},
                ],
            }
        ]
    )


class RegimeChangeFactory(DjangoModelFactory):
    class Meta:
        model = RegimeChange

    name = "测试制度"
    text = ""
    proposed_by = factory.SubFactory(AccountFactory)
    proposed_at = AT


class AnnouncedYearFactory(DjangoModelFactory):
    class Meta:
        model = AnnouncedYear

    year = 2027
    text = ""
    document = "测试文号"
    proposed_by = factory.SubFactory(AccountFactory)
    proposed_at = AT


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    source = "PROBLEM"
    task = "协调解决"
    area = factory.SubFactory(AreaFactory)
    lead_unit = factory.SubFactory(UnitFactory)
    responsible_person = factory.SubFactory(PersonFactory)
    handed_over_by = factory.SubFactory(AccountFactory)
    handed_over_at = AT
    state = "ASSIGNED"
    due_on = date(2026, 12, 3)
    next_name = "办结"
    next_due_on = date(2026, 12, 3)
    next_warn_on = date(2026, 12, 1)
    next_grave_on = date(2026, 12, 15)


class SupportFactory(DjangoModelFactory):
    class Meta:
        model = Support

    assignment = factory.SubFactory(AssignmentFactory)
    unit = factory.SubFactory(UnitFactory)
    due_on = TODAY
    warn_on = TODAY
    grave_on = date(2026, 12, 8)


class LadderFactory(DjangoModelFactory):
    class Meta:
        model = Ladder


class RungFactory(DjangoModelFactory):
    class Meta:
        model = Rung

    unit = factory.SubFactory(UnitFactory)
    step = "SUPERVISION"
    person = factory.SubFactory(PersonFactory)


class EscalationFactory(DjangoModelFactory):
    class Meta:
        model = Escalation

    assignment = factory.SubFactory(AssignmentFactory)
    step = "SUPERVISION"
    cycle = "1.1.close.1.0"
    since = date(2026, 11, 24)
    due_on = date(2026, 11, 23)
    next_name = "办结"
    late = 1
    unit = factory.LazyAttribute(lambda o: o.assignment.lead_unit)
    at = AT
    event = 1


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    title = "走访企业"
    area = factory.SubFactory(AreaFactory)
    starts_on = TODAY
    ends_on = TODAY
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class StopFactory(DjangoModelFactory):
    class Meta:
        model = Stop

    visit = factory.SubFactory(VisitFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    visit = factory.SubFactory(VisitFactory)
    heading = "PRODUCTION"
    text = "生产正常"


class CommonProblemFactory(DjangoModelFactory):
    class Meta:
        model = CommonProblem

    title = factory.Sequence(lambda n: f"共性{n}")
    area = factory.SubFactory(AreaFactory)
    confirmed_by = factory.SubFactory(AccountFactory)
    confirmed_at = AT


class ProblemFactory(DjangoModelFactory):
    class Meta:
        model = Problem

    text = "流动资金紧张"
    enterprise = factory.SubFactory(EnterpriseFactory)
    area = factory.LazyAttribute(lambda o: o.enterprise.area)
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class FirmWordFactory(DjangoModelFactory):
    class Meta:
        model = FirmWord

    problem = factory.SubFactory(ProblemFactory)
    method = "CALL_BACK"
    satisfaction = "SATISFIED"
    said_by = "李经理"
    at = AT


class WordCodeFactory(DjangoModelFactory):
    class Meta:
        model = WordCode

    problem = factory.SubFactory(ProblemFactory)
    digest = factory.Sequence(lambda n: f"{n:064d}")
    issued_at = AT
    expires_at = AT


class CallBackDrawFactory(DjangoModelFactory):
    class Meta:
        model = CallBackDraw

    area = factory.SubFactory(AreaFactory)
    first = TODAY
    last = TODAY
    size = 1
    seed = "08 13 21"
    drawn_by = factory.SubFactory(AccountFactory)
    drawn_at = AT


class CallBackFactory(DjangoModelFactory):
    class Meta:
        model = CallBack

    draw = factory.SubFactory(CallBackDrawFactory)
    problem = factory.SubFactory(ProblemFactory)
    position = 1


class BulkActionFactory(DjangoModelFactory):
    class Meta:
        model = BulkAction

    verb = "remind"
    by = factory.SubFactory(AccountFactory)
    at = AT


class PolicyFactory(DjangoModelFactory):
    class Meta:
        model = Policy

    code = factory.Sequence(lambda n: f"AC-{n}")
    name = factory.Sequence(lambda n: f"第{n}项奖励")
    level = "CITY"
    delivery = "AUTOMATIC"
    confirmed = True


class PolicyVersionFactory(DjangoModelFactory):
    class Meta:
        model = PolicyVersion

    policy = factory.SubFactory(PolicyFactory)
    number = 1
    text = factory.LazyAttribute(lambda o: f"code: {o.policy.code}\nname: {o.policy.name}\n")
    state = "SIGNED"
    valid_from = date(2026, 1, 1)
    confirmed = True
    written_by = factory.SubFactory(AccountFactory)
    written_at = AT
    signed_by = factory.SubFactory(AccountFactory)
    signed_at = AT


class PayoutFactory(DjangoModelFactory):
    class Meta:
        model = Payout

    enterprise = factory.SubFactory(EnterpriseFactory)
    version = factory.SubFactory(PolicyVersionFactory)
    applied_amount = "100000.00"
    applied_on = TODAY
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class DatumRequestFactory(DjangoModelFactory):
    class Meta:
        model = DatumRequest

    enterprise = factory.SubFactory(EnterpriseFactory)
    policy = factory.SubFactory(PolicyFactory)
    fact = "营业收入"
    assignment = factory.SubFactory(AssignmentFactory, source="DATUM")


class PolicyNoticeFactory(DjangoModelFactory):
    class Meta:
        model = PolicyNotice

    version = factory.SubFactory(PolicyVersionFactory)
    title = "告知"
    text = "您可能符合"
    sent_by = factory.SubFactory(AccountFactory)
    sent_at = AT


class BulletinFactory(DjangoModelFactory):
    class Meta:
        model = Bulletin

    area = factory.SubFactory(AreaFactory)
    year = 2026
    issue = factory.Sequence(lambda n: n + 1)
    title = "工作简报"
    period_from = date(2026, 11, 16)
    period_to = date(2026, 11, 22)
    as_of = AT
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT


class BulletinNumberFactory(DjangoModelFactory):
    class Meta:
        model = BulletinNumber

    bulletin = factory.SubFactory(BulletinFactory)
    anchor = factory.Sequence(lambda n: f"n{n}")
    label = "新增问题"
    value = "3"


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    title = "来稿"
    text = "正文"
    digest = factory.Sequence(lambda n: f"{n:064d}")
    area = factory.SubFactory(AreaFactory)
    taken_in_by = factory.SubFactory(AccountFactory)
    taken_in_at = AT


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = Draft

    article = factory.SubFactory(ArticleFactory)
    kind = "VISIT"


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    seq = factory.Sequence(lambda n: n + 1)
    at = AT
    by_name = "测试"
    name = "test.done"
    subject_kind = "people.person"
    subject_id = 1
    previous = "0" * 64
    digest = "0" * 64
    algorithm = "sha256"


class ChainHeadFactory(DjangoModelFactory):
    class Meta:
        model = ChainHead


class PushedFactory(DjangoModelFactory):
    class Meta:
        model = Pushed

    system = factory.SubFactory(ApiSystemFactory)
    external_number = factory.Sequence(lambda n: f"RX{n}")
    digest = "0" * 64
    problem = factory.SubFactory(ProblemFactory)
    received_at = AT


class ComplaintFactory(DjangoModelFactory):
    class Meta:
        model = Complaint

    kind = "FORMS"
    text = "同一张表一周要了三次"
    area = factory.SubFactory(AreaFactory)
    made_on = TODAY
    due_on = date(2026, 12, 1)


class EarlierAnswerFactory(DjangoModelFactory):
    class Meta:
        model = EarlierAnswer

    complaint = factory.SubFactory(ComplaintFactory)
    round = 1
    outcome = "EXPLAINED"
    answer = "按规定办理"
    answered_by = factory.SubFactory(AccountFactory)
    answered_on = TODAY
    reason = "没有说到点上"
    reopened_on = TODAY


class AskingFactory(DjangoModelFactory):
    class Meta:
        model = Asking

    kind = "FACT"
    what = "营业收入"
    enterprise = factory.SubFactory(EnterpriseFactory)
    area = factory.LazyAttribute(lambda o: o.enterprise.area)
    asked_by = "安川市统计局"
    on = TODAY
    minutes = 10


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    enterprise = factory.SubFactory(EnterpriseFactory)
    side = Side.MAKES
    name = factory.Sequence(lambda n: f"零件{n}")
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class IntroductionFactory(DjangoModelFactory):
    class Meta:
        model = Introduction

    need = factory.SubFactory(ProductFactory, side=Side.BUYS)
    offer = factory.SubFactory(ProductFactory)
    area = factory.LazyAttribute(lambda o: o.need.enterprise.area)
    reason = "都是“零件”"
    assignment = factory.SubFactory(AssignmentFactory)
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT
