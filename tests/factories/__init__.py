"""One factory a model, a file a room."""

from tests.factories.assignments import (
    AnnouncedYearFactory,
    AssignmentFactory,
    EscalationFactory,
    LadderFactory,
    RegimeChangeFactory,
    RegimeFactory,
    RungFactory,
    SupportFactory,
)
from tests.factories.attachments import AttachmentFactory
from tests.factories.audit import ChainHeadFactory, EventFactory, UsedFormFactory
from tests.factories.bulletins import (
    BulletinFactory,
    BulletinNumberFactory,
    BulletinVersionFactory,
    PaperTemplateFactory,
)
from tests.factories.campaigns import BattleFactory, CampaignFactory
from tests.factories.complaints import ComplaintFactory, EarlierAnswerFactory
from tests.factories.days import AT, TODAY
from tests.factories.enterprises import (
    AskingFactory,
    ContactFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    FactBatchFactory,
    FactDecisionFactory,
    FactFactory,
    PairingFactory,
    QualificationFactory,
)
from tests.factories.imports import ImportBatchFactory, ImportedRecordFactory, LearntHeadingFactory
from tests.factories.intake import ArticleFactory, DraftFactory
from tests.factories.markets import IntroductionFactory, ProductFactory
from tests.factories.notices import ChannelFactory, NoticeFactory, QuietHoursFactory, SendingFactory
from tests.factories.people import (
    AccountFactory,
    ApiSystemFactory,
    AreaFactory,
    AttemptCountFactory,
    PersonFactory,
    PostFactory,
    PresenceFactory,
    SavedFilterFactory,
    TenureFactory,
    UnitFactory,
)
from tests.factories.policies import (
    DatumRequestFactory,
    PayoutFactory,
    PolicyFactory,
    PolicyNoticeFactory,
    PolicyVersionFactory,
)
from tests.factories.problems import (
    BulkActionFactory,
    CallBackDrawFactory,
    CallBackFactory,
    CommonProblemFactory,
    FirmWordFactory,
    ProblemFactory,
    PushedFactory,
    WordCodeFactory,
)
from tests.factories.visits import NoteFactory, StopFactory, VisitFactory

__all__ = [
    "AT",
    "TODAY",
    "AccountFactory",
    "AnnouncedYearFactory",
    "ApiSystemFactory",
    "AreaFactory",
    "ArticleFactory",
    "AskingFactory",
    "AssignmentFactory",
    "AttachmentFactory",
    "AttemptCountFactory",
    "BattleFactory",
    "BulkActionFactory",
    "BulletinFactory",
    "BulletinNumberFactory",
    "BulletinVersionFactory",
    "CallBackDrawFactory",
    "CallBackFactory",
    "CampaignFactory",
    "ChainHeadFactory",
    "ChannelFactory",
    "CommonProblemFactory",
    "ComplaintFactory",
    "ContactFactory",
    "DatumRequestFactory",
    "DraftFactory",
    "EarlierAnswerFactory",
    "EnterpriseAccountFactory",
    "EnterpriseFactory",
    "EscalationFactory",
    "EventFactory",
    "FactBatchFactory",
    "FactDecisionFactory",
    "FactFactory",
    "FirmWordFactory",
    "ImportBatchFactory",
    "ImportedRecordFactory",
    "IntroductionFactory",
    "LadderFactory",
    "LearntHeadingFactory",
    "NoteFactory",
    "NoticeFactory",
    "PairingFactory",
    "PaperTemplateFactory",
    "PayoutFactory",
    "PersonFactory",
    "PolicyFactory",
    "PolicyNoticeFactory",
    "PolicyVersionFactory",
    "PostFactory",
    "PresenceFactory",
    "ProblemFactory",
    "ProductFactory",
    "PushedFactory",
    "QualificationFactory",
    "QuietHoursFactory",
    "RegimeChangeFactory",
    "RegimeFactory",
    "RungFactory",
    "SavedFilterFactory",
    "SendingFactory",
    "StopFactory",
    "SupportFactory",
    "TenureFactory",
    "UnitFactory",
    "UsedFormFactory",
    "VisitFactory",
    "WordCodeFactory",
]
