"""The operations of the interface."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Path, Query, Schema, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_code
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.folded_names import called
from gongjian.people.models import ApiSystem
from gongjian.problems.outside_systems import services as outside_systems
from gongjian.problems.states import Category, Origin, ProblemKind
from gongjian.web.open311.authentication import calling_system, refusal
from gongjian.web.open311.schemas import (
    BIGGEST,
    Changed,
    Code,
    Faults,
    NewRequest,
    Request,
    Requests,
    Service,
    as_request,
)

MOST = 200
REFUSALS = {401: Faults, 422: Faults, 429: Faults}
READ = {200: Requests, **REFUSALS}
PUSHED = {200: Request, 201: Request, 400: Faults, 403: Faults, 409: Faults, 413: Faults, **REFUSALS}


class Token(HttpBearer):
    """Names the bearer token in the OpenAPI document; `authenticate_system` has checked it before."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        """The identified system, or None."""
        return getattr(request, "api_system", None)


api = NinjaAPI(
    title="Gongjian",
    version="2",
    description=gettext_noop(
        "把企业问题推送进攻坚台账，并读取办理状态、灯、原因和时限。按 Open311 GeoReport v2 的方式，不收位置。"
    ),
    openapi_url=None,
    docs_url=None,
    auth=Token(),
    urls_namespace="open311",
)


class Listed(Schema):
    """Filters and page of the list of problems."""

    after: Annotated[int, Field(ge=0, le=BIGGEST, description=gettext_noop("只取编号在此之后的"))] = 0
    limit: Annotated[int, Field(ge=1, le=MOST, description=gettext_noop("一页最多多少条"))] = 50
    status: (
        Annotated[str, Field(pattern="^(open|closed)$", description=gettext_noop("open 或 closed，空为全部"))]
        | None
    ) = None
    service_code: Code | None = None
    mine: Annotated[bool, Field(description=gettext_noop("只看本系统推送的"))] = False


class Feed(Schema):
    """The cursor to continue after, and how many changes to return."""

    cursor: Annotated[int, Field(ge=0, le=BIGGEST, description=gettext_noop("上次得到的游标"))] = 0
    limit: Annotated[int, Field(ge=1, le=MOST, description=gettext_noop("一次最多多少条变动"))] = 50


@api.get(
    "/services.json",
    url_name="api-services",
    response={200: list[Service], 401: Faults, 429: Faults},
    summary=gettext_noop("问题类别"),
)
def services(request: HttpRequest) -> Any:  # noqa: ARG001  the library passes it by this name
    """All categories a problem may be filed under."""
    return [Service(service_code=c.value, service_name=str(c.label)) for c in Category]


@api.get(
    "/requests.json", url_name="api-requests", response=READ, summary=gettext_noop("问题列表，按编号翻页")
)
def requests(request: HttpRequest, query: Query[Listed]) -> Any:
    """One page of the problems the system may read, in the order they were recorded."""
    system, today = calling_system(request), timezone.localdate()
    cursor = (
        outside_systems.latest_cursor()
    )  # before the rows: what changes meanwhile is told twice rather than never
    rows = outside_systems.readable_by(system).filter(pk__gt=query.after)
    if query.service_code:
        rows = rows.filter(category=query.service_code)
    if query.mine:
        rows = rows.filter(pushed__system=system)
    if query.status:
        rows = outside_systems.by_ending(rows, query.status)
    problems = list(rows[: query.limit + 1])
    shown = problems[: query.limit]
    drawn_ones = [
        as_request(routending, system.pk)
        for routending in outside_systems.with_last_change(shown, today=today)
    ]
    return Requests(
        requests=drawn_ones, next_after=shown[-1].pk if len(problems) > query.limit else None, cursor=cursor
    )


@api.post("/requests.json", url_name="api-requests", response=PUSHED, summary=gettext_noop("推送一个问题"))
def push(request: HttpRequest, new: NewRequest) -> Any:
    """Record a pushed problem: answers 201 when it is new, 200 when it is known, 409 when it can no longer be changed."""
    system, at = calling_system(request), timezone.now()
    if not system.pushes:
        return refusal(403, _("这个令牌只能读取，不能推送问题。需要推送请联系系统管理员。"))
    pushed = outside_systems.PushedContent(
        external_number=new.external_number,
        text=new.description,
        firm=_firm(system, new),
        kind=ProblemKind(new.kind),
        category=Category(new.service_code),
        origin=Origin(new.level),
        raised_by=new.raised_by,
    )
    receipt = outside_systems.push(system, pushed, at=at)
    problem = outside_systems.readable_by(system).get(pk=receipt.problem.pk)
    answer = as_request(
        outside_systems.with_last_change([problem], today=timezone.localdate(at))[0], system.pk
    )
    return Status(201 if receipt.is_new else 200, answer)


def _firm(system: ApiSystem, new: NewRequest) -> Enterprise:
    rows = visible_firms(system.account)
    code, name = fold_code(new.credit_code), new.firm.strip()
    if not code and not name:
        raise Refused(_("请写明是哪家企业：填统一社会信用代码，或企业全称。"), field="credit_code")
    firms = list(rows.filter(credit_code=code)[:2] if code else rows.filter(called(name))[:2])
    if len(firms) == 1:
        return firms[0]
    field, value = ("credit_code", code) if code else ("firm", name)
    if firms:
        raise Refused(
            _("有不止一家企业叫“%(given)s”。请改填统一社会信用代码。") % {"given": value}, field=field
        )
    raise Refused(
        _("%(area)s企业库里没有“%(given)s”。请核对；确有这家企业，请先请攻坚办登记，再推送。")
        % {"area": system.account.reads_area, "given": value},
        field=field,
    )


@api.get(
    "/requests/{int:pk}.json",
    url_name="api-request",
    response={200: Request, 404: Faults, **REFUSALS},
    summary=gettext_noop("一个问题"),
)
def request_(request: HttpRequest, pk: Path[Annotated[int, Field(ge=1, le=BIGGEST)]]) -> Any:
    """One problem by its number."""
    system = calling_system(request)
    problem = get_object_or_404(outside_systems.readable_by(system), pk=pk)
    return as_request(outside_systems.with_last_change([problem], today=timezone.localdate())[0], system.pk)


@api.get(
    "/changes.json",
    url_name="api-changes",
    response={200: Changed, **REFUSALS},
    summary=gettext_noop("游标之后的变动"),
)
def changes(request: HttpRequest, query: Query[Feed]) -> Any:
    """The problems that changed after a cursor, each as it stands now."""
    system = calling_system(request)
    feed = outside_systems.changes_after(outside_systems.readable_by(system), query.cursor, limit=query.limit)
    shown = outside_systems.with_last_change(feed.problems, today=timezone.localdate())
    return Changed(
        requests=[as_request(routending, system.pk) for routending in shown],
        cursor=feed.cursor,
        more=feed.more,
    )


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, refused: Refused) -> HttpResponse:
    status = 409 if refused.field == "external_number" else 422
    return refusal(status, refused.sentence, field=refused.field or "")


@api.exception_handler(Http404)
def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return refusal(404, _("没有这个问题，或不在本系统的查看范围内。"))


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal(error.status_code, _("请求内容不是有效的 JSON。请检查后重发。"))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answers 422 with one error for each wrong field."""
    fields = list(dict.fromkeys(str(part["loc"][-1]) for part in error.errors))
    sentence = _("“%(field)s”缺失或格式不对。请对照接口文档填写。")
    errors = [{"code": 422, "field": f[:60], "description": sentence % {"field": f[:60]}} for f in fields]
    answer: HttpResponse = api.create_response(_request, {"errors": errors}, status=422)
    return answer


OPERATIONS = {
    route.name: route for route in api.urls[0] if isinstance(route, URLPattern) and route.name != "api-root"
}
