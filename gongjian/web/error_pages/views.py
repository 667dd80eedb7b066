"""Error pages: each says what happened and what to do, and keeps what the user typed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.people.states import Role
from gongjian.web.error_pages.typed_input import file_names, form_address, sent_from_our_form, typed_values
from gongjian.web.moved_on.since_opened import happened
from gongjian.web.open311.authentication import refusal

LIMIT_STATUS = 413
REFUSALS = frozenset({409, 422})


def failure(request: HttpRequest, title: str, sentence: str, *, status: int, **more: object) -> HttpResponse:
    """The page all errors share: title, what to do, the typed values."""
    if status in REFUSALS:
        more.setdefault("happened", happened(request))
    context = {"title": title, "sentence": sentence, **more}
    response = render(request, "sign_in/failure.html", context, status=status)
    if request.headers.get("HX-Request") == "true":
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def session_expired(request: HttpRequest) -> HttpResponse:
    """The form was sent by a user who is no longer signed in."""
    sentence = _("登录已过期，刚才的内容还没有保存。请先登录，再回到原页面提交；内容列在下面，可以复制。")
    more = {
        "typed": typed_values(request),
        "files": file_names(request),
        "sign_in": True,
        "back": form_address(request),
    }
    return failure(request, _("登录已过期"), sentence, status=401, **more)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A part of a page was asked for without a session: said beside the form, which stays with its text."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{page.path}?{page.query}" if page.query else page.path or "/"
    text = render_to_string("components/_signed_out.html", {"back": back}, request)
    return HttpResponse(text, status=401, headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})


def token_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  the framework passes it
    """The form's token has expired; one press sends the same values again."""
    route = request.resolver_match.url_name if request.resolver_match else ""
    if route == "sign-in" or not request.user.is_authenticated:
        if route != "sign-in":
            return session_expired(request)
        return failure(
            request, _("页面已过期"), _("登录页打开太久，请重新打开后再登录。"), status=403, sign_in=True
        )
    more: dict[str, object] = {
        "typed": typed_values(request),
        "files": file_names(request),
        "back": form_address(request),
    }
    if sent_from_our_form(request):
        sentence = _("这一页打开太久，刚才没有提交成功。内容都在下面，核对后按“再次提交”即可。")
        return failure(request, _("页面已过期"), sentence, status=403, resend=request.get_full_path(), **more)
    sentence = _("无法确认这份表单来自本系统，没有提交。请复制下面的内容，打开原页面重新填写。")
    return failure(request, _("没有提交"), sentence, status=403, **more)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A service refused: its sentence is shown on a page, or as a notice beside the fragment."""
    if request.headers.get("HX-Request") == "true":
        text = render_to_string(
            "components/_toast.html", {"tone": "error", "text": refusal.sentence}, request
        )
        headers = {"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"}
        return HttpResponse(text, status=409, headers=headers)
    more = {
        "typed": typed_values(request),
        "files": file_names(request),
        "back": form_address(request) if request.method == "POST" else "",
    }
    return failure(request, _("不能这样办"), refusal.sentence, status=409, **more)


def not_allowed(request: HttpRequest, roles: frozenset[Role]) -> HttpResponse:
    """The account's role may not use this route; the page names the roles that may."""
    names = _("、").join(str(role.label) for role in Role if role in roles)
    sentence = _(
        "您的角色不能打开这一页。可以打开的角色：%(names)s。如需办理，请联系攻坚办或系统管理员。"
    ) % {"names": names}
    return failure(request, _("没有权限"), sentence, status=403, **_kept(request))


def moved_on(request: HttpRequest) -> HttpResponse:
    """The matter moved on since the form was opened: what happened, all that was typed, and a button for who means it still."""
    sentence = _(
        "您打开这一页以后，这件事有了变动，所以这次还没有办，什么都没有改。请先看发生了什么；仍要这样办，按“仍然办理”。您写的都在下面，可以复制。"
    )
    more: dict[str, object] = {
        "typed": typed_values(request),
        "files": file_names(request),
        "file_fields": list(request.FILES),
        "back": form_address(request),
        "back_name": _("打开原页面看看"),
        "resend": request.get_full_path(),
        "resend_name": _("仍然办理"),
    }
    return failure(request, _("这件事已有变动"), sentence, status=409, **more)


def must_change_password(request: HttpRequest) -> HttpResponse:
    """The form came before the new password was set: first the password, then the form, whose text is shown."""
    sentence = _("请先修改一次性密码，再回来提交。这次没有保存，您写的都在下面，可以复制。")
    more = _kept(request) | {"back": reverse("password"), "back_name": _("去修改密码")}
    return failure(request, _("先修改密码"), sentence, status=403, **more)


def must_turn_on_factor(request: HttpRequest) -> HttpResponse:
    """The form came before the second factor that the role demands was turned on."""
    sentence = _("您的角色须用两步验证。请先开启，再回来提交。这次没有保存，您写的都在下面，可以复制。")
    more = _kept(request) | {"back": reverse("second-factor"), "back_name": _("去开启两步验证")}
    return failure(request, _("先开启两步验证"), sentence, status=403, **more)


def _kept(request: HttpRequest) -> dict[str, object]:
    """What was typed, for the page that says why it could not be taken."""
    if request.method != "POST":
        return {}
    return {"typed": typed_values(request), "files": file_names(request)}


def _kept_of_broken(request: HttpRequest) -> dict[str, object]:
    """What was typed, for the page of an error nobody foresaw: this must not fail as well."""
    kept: dict[str, object] = {"at": timezone.now()}
    try:
        return kept | _kept(request) | ({"back": form_address(request)} if request.method == "POST" else {})
    except Exception:  # noqa: BLE001  the request itself may be what cannot be read
        return kept


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """The request is larger than this instance accepts."""
    sentence = _(
        "提交的内容超过 %(limit)d MB，没有保存。请按浏览器的“后退”回到原页面（已填内容仍在），换小一些的文件或分几次提交。"
    )
    return failure(request, _("内容太大"), sentence % {"limit": limit // 1024 // 1024}, status=LIMIT_STATUS)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request is malformed or too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, settings.UPLOAD_LIMIT)
    sentence = _("服务器看不懂这次请求。请回到首页，从菜单重新进入。")
    return failure(request, _("请求有误"), sentence, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A view denied permission."""
    sentence = _("您不能查看或办理这一项。如需办理，请联系攻坚办或系统管理员。")
    return failure(request, _("没有权限"), sentence, status=403, **_kept(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such page, or a record this account may not see."""
    if request.path.startswith("/open311/"):
        return refusal(404, _("接口没有这个地址。请对照接口文档检查。"))
    if request.method == "POST":
        sentence = _(
            "您打开以后，这一项有了变动（可能已改派、并入或撤回），不再由您办理，这次没有保存。您写的都在下面，可以复制后转给现在的经办人。"
        )
        return failure(request, _("没有办成"), sentence, status=404, **_kept(request))
    sentence = _("这一页不存在，或不在您的查看范围内。请检查网址，或从菜单重新进入。")
    return failure(request, _("找不到这一页"), sentence, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """An internal error: a page or notice that needs neither database nor session."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponse(render_to_string("sign_in/broken.html", _kept_of_broken(request)), status=500)
    sentence = _(
        "系统内部出错，这次操作没有完成。请再试一次；仍不行，请把时间和正在办理的事项告诉系统管理员。"
    )
    text = render_to_string("components/_toast.html", {"tone": "error", "text": sentence})
    return HttpResponse(text, status=500, headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})
