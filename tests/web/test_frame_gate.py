"""The gate: every route has a line; who is not in it learns why and loses nothing."""

import io
import logging
import os
import re
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, reverse

from gongjian.audit import Refused
from gongjian.conf.settings import LOGGING
from gongjian.people.states import Role
from gongjian.web import cookies, urls
from gongjian.web.attachments import views as attachments
from gongjian.web.log_lines import WhoAndWhere
from gongjian.web.middleware import ALWAYS, ContentSecurity
from gongjian.web.rights import PUBLIC, SIGNED_IN, matrix
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def refuse(request):
    raise Refused("这条问题已经交办，请打开任务页查看。")


def fine(request):
    return HttpResponse("ok")


@pytest.fixture
def extra(settings, monkeypatch):
    """A few routes of the test's own."""
    from gongjian.web.manual import urls as manual

    module = ModuleType("extra")
    patterns = [
        *urls.urlpatterns,
        path("t-refuse", refuse, name="t-refuse"),
        path("t-admin", fine, name="t-admin"),
        path("t-open", fine, name="t-open"),
        path("t-none", fine, name="t-none"),
    ]
    vars(module)["urlpatterns"] = patterns
    for name in ("handler400", "handler403", "handler404", "handler500"):
        setattr(module, name, getattr(urls, name))
    lines = {"t-refuse": SIGNED_IN, "t-admin": frozenset({Role.ADMINISTRATOR}), "t-open": PUBLIC}
    monkeypatch.setattr(manual, "RIGHTS", manual.RIGHTS | lines)
    settings.ROOT_URLCONF = module
    matrix.cache_clear()
    yield
    monkeypatch.undo()
    matrix.cache_clear()


def signed_in(**facts):
    client = Client()
    client.force_login(AccountFactory(**facts), backend="gongjian.web.session.Backend")
    return client


def text(response):
    return response.content.decode()


def test_every_route_has_a_line_and_every_line_a_route():
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert routes - ALWAYS == set(matrix())


def test_a_route_without_a_line_is_an_error_of_the_program(extra):
    with pytest.raises(ImproperlyConfigured, match="t-none"):
        signed_in().get("/t-none")


def test_a_public_route_is_open(extra, client):
    assert client.get("/t-open").status_code == 200


def test_a_stranger_is_sent_to_sign_in_and_back(extra, client):
    answer = client.get("/t-admin?a=1")
    assert answer.status_code == 302
    assert answer.url == f"{reverse('sign-in')}?next=%2Ft-admin%3Fa%3D1"


def test_a_stranger_behind_htmx_signs_in_beside_the_page_whose_text_stays(extra, client):
    answer = client.get("/t-admin", headers={"HX-Request": "true", "HX-Current-URL": "/t-open?light=RED"})
    assert answer.status_code == 401
    assert answer.headers["HX-Retarget"] == "#toasts"
    assert f"{reverse('sign-in')}?next=/t-open%3Flight%3DRED" in answer.content.decode()
    assert "HX-Redirect" not in answer.headers


def test_what_was_typed_after_the_session_ended_is_kept(extra, client):
    typed = {"text": "贷款到期<b>", "password": "secret-word"}
    answer = client.post("/t-admin", typed, headers={"Referer": "http://testserver/t-open?x=1"})
    assert answer.status_code == 401
    assert "登录已过期" in text(answer)
    assert "贷款到期&lt;b&gt;" in text(answer)
    assert "secret-word" not in text(answer)
    assert "next=/t-open%3Fx%3D1" in text(answer)


def test_the_wrong_role_learns_which_roles_may(extra):
    answer = signed_in(role=Role.CLERK).get("/t-admin")
    assert answer.status_code == 403
    assert "系统管理员" in text(answer)


def test_the_right_role_passes(extra):
    assert signed_in(role=Role.ADMINISTRATOR).get("/t-admin").status_code == 200


def test_a_first_password_comes_before_everything(extra):
    client = signed_in(role=Role.ADMINISTRATOR, must_change_password=True)
    answer = client.get("/t-admin")
    assert answer.status_code == 302
    assert answer.url == f"{reverse('password')}?next=%2Ft-admin"
    assert client.get(reverse("manual")).status_code == 200


def test_a_refusal_nobody_caught_is_a_page_with_its_sentence(extra):
    answer = signed_in().post("/t-refuse", {"text": "再交办一次"})
    assert answer.status_code == 409
    assert "这条问题已经交办，请打开任务页查看。" in text(answer)
    assert "再交办一次" in text(answer)


def test_a_refusal_behind_htmx_is_a_notice_that_leaves_the_form_alone(extra):
    answer = signed_in().post("/t-refuse", {"text": "再"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#toasts"
    assert "这条问题已经交办" in text(answer)
    assert "<html" not in text(answer)


def test_too_large_a_form_is_answered_by_a_sentence(extra, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = signed_in().post("/t-refuse", {"text": "长" * 2000})
    assert answer.status_code == 413
    assert "已填内容仍在" in text(answer)


def test_too_large_a_file_is_answered_by_a_sentence(extra, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    file = io.BytesIO(b"x" * 1200_000)
    file.name = "报告.docx"
    answer = signed_in().post("/t-refuse", {"file": file})
    assert answer.status_code == 413
    assert "1 MB" in text(answer)


def test_an_unknown_page_says_what_to_do(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "从菜单重新进入" in text(answer)


def test_pages_load_nothing_from_outside_and_run_nothing_inline(client):
    answer = client.get(reverse("sign-in"))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "HX-Request" in answer.headers["Vary"]
    assert "onclick" not in text(answer)
    assert " style=" not in text(answer)


def test_a_fragment_is_never_kept_by_the_browser():
    client = signed_in()
    whole = client.get(reverse("components"))
    part = client.get(reverse("components"), headers={"HX-Request": "true"})
    assert part.headers["Cache-Control"] == "no-store"
    assert whole.headers["Cache-Control"] == "private, no-cache"


def test_a_fragment_equals_its_part_of_the_whole_page():
    client = signed_in()
    part = text(client.get(reverse("components"), headers={"HX-Request": "true"})).strip()
    assert part.startswith('<div class="sheet-wrap">')
    assert part in text(client.get(reverse("components")))


SETTINGS_BEHIND_HTTPS = """
from gongjian.conf import settings as s
names = (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME)
assert all(name.startswith("__Host-") for name in names), names
assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE
assert s.CSRF_COOKIE_HTTPONLY and s.LANGUAGE_COOKIE_HTTPONLY
assert {s.SESSION_COOKIE_SAMESITE, s.LANGUAGE_COOKIE_SAMESITE} == {"Lax"}
assert s.SECURE_HSTS_SECONDS >= 31_536_000 and s.SECURE_HSTS_INCLUDE_SUBDOMAINS
assert s.SECURE_CROSS_ORIGIN_OPENER_POLICY == "same-origin"
"""


def test_behind_https_cookies_are_bound_to_this_host(tmp_path):
    """In a process of its own: these are settled when the settings are read."""
    told = os.environ | {"GONGJIAN_HTTPS": "yes", "GONGJIAN_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", SETTINGS_BEHIND_HTTPS], env=told, check=True)


def test_cookies_of_our_own_are_bound_to_this_host_too(rf, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = cookies.keep(HttpResponse(), "shown", "a").cookies["__Host-shown"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    request = rf.get("/")
    request.COOKIES = {"shown": "planted by a neighbour", "__Host-shown": "a"}
    assert cookies.kept(request, "shown") == "a"


@pytest.mark.parametrize("address", ["/sign-in/", "/healthz", "/nowhere", "/open311/v2/requests.json"])
def test_every_answer_says_what_a_browser_may_do(client, address):
    answer = client.get(address)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    kind = answer.headers["Content-Type"]
    assert "charset=utf-8" in kind or kind == "application/json"


@pytest.mark.parametrize("policy", [ContentSecurity.POLICY, attachments.POLICY])
def test_no_policy_forgets_what_it_does_not_inherit(policy):
    """`default-src` covers neither frames around a page nor its base."""
    assert {"base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "object-src 'none'" in policy or policy.startswith("default-src 'none'")


def test_trace_is_not_answered():
    assert signed_in().generic("TRACE", reverse("own-sessions")).status_code == 405


def test_signing_out_clears_the_store_of_the_browser():
    assert signed_in().post(reverse("sign-out")).headers["Clear-Site-Data"] == '"cache"'


def lines_of(caplog):
    """The lines as the journal gets them."""
    how: Any = LOGGING["formatters"]
    how = how["line"]
    line = logging.Formatter(how["format"], how["datefmt"])
    return [line.format(entry) for entry in caplog.records if WhoAndWhere().filter(entry)]


def test_a_refused_page_leaves_a_line_with_account_and_address(extra, caplog):
    client = signed_in(role=Role.AUDITOR)
    client.get("/t-admin", REMOTE_ADDR="10.1.2.3")
    line = lines_of(caplog)[-1]
    assert "address=10.1.2.3 " in line
    assert re.search(r"account=\d+ ", line)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING django\.request ", line)


def test_nobody_writes_lines_into_the_log(client, caplog, settings):
    settings.PROXIES = 1
    client.get("/nowhere%0A2026-12-02%20forged", headers={"X-Forwarded-For": "1.2.3.4\nforged line"})
    assert all("\n" not in line for line in lines_of(caplog))
