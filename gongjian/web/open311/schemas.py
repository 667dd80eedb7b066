"""Data types of requests and answers; their descriptions are translated when the document is requested."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints

from gongjian.assignments.states import ENDED
from gongjian.engines.writing.signs import clean_line, clean_text
from gongjian.problems.models import Problem
from gongjian.problems.outside_systems.services import ProblemWithLastChange

BIGGEST = 2**63 - 1
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
UNSEEN = r"\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff"
SPOKEN = (
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\s\x00-\x1f\x7f" + UNSEEN + r"][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
)
NUMBERED = r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"

Number = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NUMBERED)]
# Controls are refused by the patterns; what nobody sees is taken out of the rest.
Spoken = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=SPOKEN), AfterValidator(clean_text)
]
Line = Annotated[str, StringConstraints(max_length=100, pattern=ONE_LINE), AfterValidator(clean_line)]
Short = Annotated[str, StringConstraints(max_length=60, pattern=ONE_LINE), AfterValidator(clean_line)]
CodeLine = Annotated[str, StringConstraints(max_length=18, pattern=ONE_LINE), AfterValidator(clean_line)]
Code = Literal[
    "FINANCE",
    "LABOUR",
    "LAND",
    "APPROVAL",
    "ENVIRONMENT",
    "MARKET",
    "LOGISTICS",
    "UTILITIES",
    "POLICY",
    "LEGACY",
    "OTHER",
    "UNFILED",
]
Kind = Literal["DIFFICULTY", "WISH", "SUGGESTION"]
Level = Literal["PROVINCE", "CITY", "COUNTY", "TOWNSHIP"]


class Fault(Schema):
    """One refusal."""

    code: int = Field(description=gettext_noop("与状态码相同"))
    field: str = Field("", description=gettext_noop("出错的字段，没有则为空"))
    description: str = Field(description=gettext_noop("一句话说明原因和怎么办"))


class Faults(Schema):
    """Why a call was refused."""

    errors: list[Fault]


class Service(Schema):
    """One category a problem may be filed under."""

    service_code: str = Field(description=gettext_noop("问题类别代码"))
    service_name: str = Field(description=gettext_noop("问题类别名称"))
    metadata: bool = False
    type: str = "batch"


class NewRequest(Schema):
    """A problem pushed by another system; no location is taken."""

    external_number: Number = Field(description=gettext_noop("对方系统里的编号；同一编号只算一个问题"))
    service_code: Code = Field(
        "UNFILED", description=gettext_noop("问题类别代码；不填记为待归类，由攻坚办归类")
    )
    description: Spoken = Field(description=gettext_noop("问题描述，一次一件事"))
    credit_code: CodeLine = Field("", description=gettext_noop("企业统一社会信用代码，与企业名称至少填一项"))
    firm: Line = Field("", description=gettext_noop("企业全称，没有信用代码时使用"))
    kind: Kind = Field("DIFFICULTY", description=gettext_noop("类型：问题、诉求或建议"))
    level: Level = Field("COUNTY", description=gettext_noop("问题层级"))
    raised_by: Short = Field("", description=gettext_noop("反映人"))


class Request(Schema):
    """One problem as it stands."""

    service_request_id: str = Field(description=gettext_noop("本系统编号，用于查询"))
    number: str = Field(description=gettext_noop("台账上的问题编号"))
    external_number: str | None = Field(description=gettext_noop("您推送时的编号；不是您推送的为空"))
    status: Literal["open", "closed"] = Field(description=gettext_noop("open 未了结，closed 已了结"))
    state: str = Field(description=gettext_noop("办理状态代码"))
    state_name: str = Field(description=gettext_noop("办理状态"))
    light: str = Field(description=gettext_noop("灯的代码，未交办为空"))
    reason: str = Field(description=gettext_noop("为什么是这个灯"))
    due_on: date | None = Field(description=gettext_noop("办理时限"))
    next_due_on: date | None = Field(description=gettext_noop("当前节点时限"))
    working_days_left: int | None = Field(description=gettext_noop("剩余工作日，负数为已超期"))
    outcome: str = Field(description=gettext_noop("办理结果代码，未办结为空"))
    service_code: str = Field(description=gettext_noop("问题类别代码"))
    service_name: str = Field(description=gettext_noop("问题类别名称"))
    description: str = Field(description=gettext_noop("问题描述"))
    firm: str = Field(description=gettext_noop("企业"))
    credit_code: str | None = Field(description=gettext_noop("企业统一社会信用代码"))
    area: str = Field(description=gettext_noop("地区"))
    agency_responsible: str = Field(description=gettext_noop("承办单位，未交办为空"))
    requested_datetime: datetime = Field(description=gettext_noop("录入时间"))
    updated_datetime: datetime = Field(description=gettext_noop("最近一次变动的时间"))


class Requests(Schema):
    """One page of problems."""

    requests: list[Request]
    next_after: int | None = Field(description=gettext_noop("下一页的 after；没有下一页为空"))
    cursor: int = Field(description=gettext_noop("此刻的变动游标，以后从这里取变动"))


class Changed(Schema):
    """Problems that changed after a cursor."""

    requests: list[Request]
    cursor: int = Field(description=gettext_noop("下次取变动用的游标"))
    more: bool = Field(description=gettext_noop("还有变动没有取完"))


def state_of(problem: Problem) -> str:
    """The state of its assignment; without an assignment NEW, ANSWERED or DECLINED."""
    if problem.assignment is not None:
        return str(problem.assignment.state)
    if problem.declined:
        return "DECLINED"
    return "ANSWERED" if problem.answered_on else "NEW"


def as_request(standing: ProblemWithLastChange, system_pk: int) -> Request:
    """One problem as the interface shows it."""
    row, problem, task = standing.row, standing.row.problem, standing.row.problem.assignment
    state, pushed = state_of(problem), getattr(problem, "pushed", None)
    return Request(
        service_request_id=str(problem.pk),
        number=problem.number,
        external_number=pushed.external_number if pushed and pushed.system_id == system_pk else None,
        status="closed" if state in ENDED or state in ("ANSWERED", "DECLINED") else "open",
        state=state,
        state_name=row.status,
        light=row.light,
        reason=row.why,
        due_on=task.due_on if task else None,
        next_due_on=task.next_due_on if task else None,
        working_days_left=row.working_days_left,
        outcome=task.outcome if task else "",
        service_code=problem.category,
        service_name=str(problem.get_category_display()),
        description=problem.text,
        firm=problem.enterprise.name,
        credit_code=problem.enterprise.credit_code,
        area=problem.area.name,
        agency_responsible=task.lead_unit.name if task else "",
        requested_datetime=problem.recorded_at,
        updated_datetime=standing.changed_at,
    )
