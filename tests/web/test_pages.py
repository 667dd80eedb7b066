"""Every route and every role: who may comes in and sees a whole page, who may not learns why; few queries; both languages."""

import html
import re

import pytest
from django.apps import apps
from django.core import serializers, signing
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from gongjian.assignments.vocabulary import own_name
from gongjian.engines.workdays.announcements import FOLDER
from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.people.models import Area
from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.editing.presence import SALT
from gongjian.web.enterprises.vocabulary import SOURCES
from gongjian.web.forms import DASHES
from gongjian.web.middleware import ALWAYS
from gongjian.web.rights import PUBLIC, SIGNED_IN, SYSTEMS, matrix
from tests import scenes
from tests.factories import (
    AT,
    AccountFactory,
    AlertRuleFactory,
    ApiSystemFactory,
    ComplaintFactory,
    ConfidenceResultFactory,
    EnterpriseAccountFactory,
    FigureQuestionFactory,
    MonthlyReturnFactory,
    SuperiorTemplateFactory,
)
from tests.journeys.pages import PAGES
from tests.standings.scene import commended, drafted_and_published
from tests.superior_templates.blank_books import made, plain
from tests.web.page_records import (
    PLAIN,
    any_alert,
    boundaries_of,
    corrected_figure,
    own_file,
    project_of,
    rally_of,
    target_of,
)
from tests.web.walked_pages import by_role, walked

MOST_QUERIES = 12
# Who might handle a problem of the visit is read besides, with the units and persons chosen of late; so is who else has
# the visit open. Each slip of a visit is replayed from its events.
SUGGESTING = {"visit": 18, "visit-slips": 16}
DATA = {
    "序号",  # headings of a superior's form
    "问题描述",
    "市金融局",
    "约定日期",
    "中文",
    "没有的公司",  # of the scene, on the component page, in its workbook; the way back to Chinese
    "单位名称",
    "主要职责",
    "上级单位",
    "企业融资",
    "没有的局",  # headings and cells of an uploaded ledger
    *SOURCES,
}
CHINESE_ONLY = {
    "sign-out",
    "components",
    "bulletin",
    "bulletin-edit",
    "paper-templates",
    "calendar-new",
}  # samples of data; an official paper; a file to fill in
LOOKED_AT = {name for names in PAGES.values() for name in names}  # in real browsers
WRITES = 405  # only a form may do this


@pytest.fixture
def world(db):
    made = scenes.ledger(AT)
    results_in_memory.results_on(timezone.localdate())  # kept in memory from the first page that asks on
    return made


def arguments(world, role=None):
    """What each route with an argument is asked for; the complaint and a firm's file are the role's own."""
    file = own_file(world) if role == Role.ENTERPRISE else world.file
    number = world.bulletin.numbers.first()
    figure = corrected_figure(world.city)
    target = target_of(world.city, figure)
    returned = MonthlyReturnFactory(area=figure.area, state="HANDED_UP")
    question = FigureQuestionFactory(area=figure.area, indicator=figure.indicator, batch=figure.batch)
    honoured = commended(world.city, figure)
    draft, signed, published = drafted_and_published(world.city, figure.indicator)
    one = {
        "visit": world.visit.pk,
        "stop": world.stop.pk,
        "problem": world.resolved.pk,
        "bulk": world.bulk.pk,
        "firm": world.city.firm.pk,
        "assignment": world.resolved.assignment_id,
        "article": world.article.pk,
        "draft": world.article.drafts.first().pk,
        "bulletin": world.bulletin.pk,
        "common": world.common.pk,
        "introduction": world.introduction.pk,
        "indicator": figure.indicator_id,
        "confidence": ConfidenceResultFactory(survey__area=world.city.city).survey_id,
        "area": world.city.county.pk,
        "unit": world.city.bureau.pk,
        "person": world.city.director.pk,
        "batch": world.batch.pk,
        "import": world.ledger_in.pk,
        "choice": world.choice.pk,
        "tenure": world.tenure.pk,
        "pairing": world.pairing.pk,
        "account": world.city.handler.pk,
        "saved": world.saved.pk,
        "escalation": world.escalation.pk,
        "notice": world.notice.pk,
        "channel": world.sending.channel_id,
        "sending": world.sending.pk,
        "system": ApiSystemFactory().pk,
        "complaint": ComplaintFactory(area=world.city.city, made_by=accounts(world).get(role)).pk,
        "proposal": world.proposal.pk,
        "regime": world.owed.assignment.regime_id,
        "policy": world.payout.version.policy_id,
        "payout": world.payout.pk,
        "project": project_of(world.city).pk,
        "alert": any_alert(figure),
        "rule": AlertRuleFactory(document="本办自定").pk,
        "scheme": signed.scheme_id,
        "commendation": honoured.line.commendation_id,
        "commended": honoured.line_id,
        "certificate": honoured.line_id,
        "objection": honoured.pk,
        "published": published.pk,
        "target": target.pk,
        "battle": target.battle_id,
        "rally": rally_of(world.city, target).pk,
    }
    template = SuperiorTemplateFactory(area=world.city.city, file=made(plain))
    special = {
        "import-template": ["units"],
        "stop-add": [one["visit"]],
        "note-add": [one["visit"]],
        "hand-over": [world.fresh.pk],
        "suggestion-take": [world.fresh.pk],
        "common-join": [world.fresh.pk],
        "common-proposal": [world.fresh.pk],
        "measure": ["overdue_tasks"],
        "figure-history": [figure.indicator_id, figure.area_id, 2026, 10],
        "figure-batch": [figure.batch_id],
        "target-step": [target.pk, "change"],
        "responsibility-letter": [target.area_id],
        "target-answers": [target.battle.campaign_id],
        **boundaries_of(world.city),
        **{name: [] for name in PLAIN},
        "figure-answer": [question.pk],
        "return-move": [returned.pk, "approve"],
        "figure-restate": [figure.pk],
        "standing": [signed.scheme_id, figure.area_id],
        "commendation-move": [honoured.line.commendation_id, "open"],
        "standings-publish": [signed.scheme_id],
        "scheme-edit": [draft.pk],
        "scheme-simulation": [draft.pk],
        "scheme-move": [draft.pk, "propose"],
        "market-firm": [one["firm"]],
        "market-add": [one["firm"]],
        "market-read": [one["firm"]],
        "market-take": [one["stop"]],
        "market-end": [world.introduction.need_id],
        "market-introduce": [world.introduction.need_id, world.introduction.offer_id],
        "problem-edit": [world.fresh.pk],
        "problem-answer": [world.fresh.pk],
        "problem-decline": [world.fresh.pk],
        "visit-slips": [one["visit"]],
        "chat-problem": [one["problem"]],
        "chat-visit": [one["visit"]],
        "bulletin-restore": [one["bulletin"], 1],
        "paper-template-file": [world.template.pk],
        "paper-template-withdraw": [world.template.pk],
        "paper-template-sample": ["SLIP"],
        "slip": [one["problem"]],
        "slip-word": [one["problem"]],
        "firm-code": [one["problem"]],
        "firm-word": [one["problem"]],
        "bulk-undo": [one["bulk"]],
        "filter-drop": [one["saved"]],
        "drafts-confirm": [one["article"]],
        "draft-decide": [one["draft"]],
        "attach": ["problem", world.owed.pk],
        "attachment": [file.pk],
        "attachment-small": [file.pk],
        "attachment-remove": [file.pk],
        "call-backs-drawn": [world.draw.pk],
        "call-back-record": [world.draw.pk, 1],
        "assignment-move": [one["assignment"], "pass_check"],
        "instruct": [one["assignment"]],
        "support-add": [one["assignment"]],
        "support-move": [one["assignment"], one["unit"], "accept_support"],
        "firm-problem": [one["problem"]],
        "enterprise": [one["firm"]],
        "enterprise-edit": [one["firm"]],
        "firm-ask": [one["firm"]],
        "enterprise-add": [one["firm"], "contact"],
        "enterprise-merge": [one["firm"]],
        "number": [one["bulletin"], number.anchor],
        "calendar-proposal": [one["proposal"]],
        "regime-change": [world.change.pk],
        "regime-adopt": [world.change.pk],
        "ladder-unit": [one["unit"]],
        "calendar-adopt": [one["proposal"]],
        "api-request": [one["problem"]],
        "manual-page": ["ledgers"],
        "pick-new": ["contact" if role == Role.OFFICER else "unit"],
        "superior-templates": ["problems"],
        "superior-keep": ["problems"],
        **{name: [template.pk] for name in ("superior-headings", "superior-filled", "superior-forget")},
        **{f"policy-{name}": [world.draft.pk] for name in ("version", "budget", "budget-export", "ceiling")},
        "policy-move": [world.draft.pk, "propose"],
        "payout-move": [one["payout"], "approve"],
        "datum-ask": [one["firm"]],
        **{name: [] for name in ("project-export", "project-find", "project-new")},
        "present": [signing.dumps(["people.person", world.city.director.pk], salt=SALT)],
    }
    found = {}
    for name in matrix():
        possibilities = get_resolver().reverse_dict.getlist(name)
        wanted = possibilities[0][0][0][1]
        found[name] = special.get(name) or ([one[name.split("-")[0]]] if wanted else [])
    return found


def accounts(world):
    c = world.city
    return {
        Role.CLERK: c.clerk,
        Role.LEADER: c.leader,
        Role.HANDLER: c.handler,
        Role.OFFICER: c.officer,
        Role.ENTERPRISE: world.enterprise,
        Role.AUDITOR: c.auditor,
        Role.ADMINISTRATOR: c.administrator,
    }


def everything_stored():
    """All that stands in the database, as one text: what a page may show in Chinese whatever its language."""
    models = [model for model in apps.get_models() if model.__module__.startswith("gongjian.")]
    rows = [serializers.serialize("json", model._base_manager.all(), ensure_ascii=False) for model in models]
    catalogue = [
        repr(entry) for entry in all_facts().values()
    ]  # names and units of facts: the words of the rules
    years = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml")]
    proposed = [own_name(area.name) for area in Area.objects.all()]  # written into the office's own papers
    return "\n".join([*rows, *catalogue, *years, *proposed, scenes.NEXT_YEAR, *DATA])


def stored(piece, known):
    """Whether it stands there, whole or as two names side by side (市金融局局长)."""
    halves = ((piece[:n], piece[n:]) for n in range(2, len(piece) - 1))
    return piece in known or any(first in known and second in known for first, second in halves)


def chinese_of(page):
    """Pieces of Chinese a page shows, in its text and its attributes, figures between signs kept."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    return re.findall(r"[\u4e00-\u9fff][\u4e00-\u9fff0-9]*", html.unescape(shown))


def signed_in(account, language="zh-hans"):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(account, backend="gongjian.web.session.Backend")
    client.cookies["django_language"] = language
    return client


@by_role(SIGNED_IN)
def test_a_role_meets_exactly_what_the_matrix_says(world, role):
    for page in walked(signed_in(accounts(world)[role]), role, arguments(world, role)):
        name, roles = page.route, matrix()[page.route]
        if name in {"sign-in", "password"}:
            continue
        if roles == SYSTEMS:  # a session opens nothing there
            assert page.status == 401, name
        elif role not in roles and roles != PUBLIC:
            assert page.status == 403, name
            assert "可以打开的角色" in page.html, name
        else:
            assert page.status in {200, 302, WRITES}, (name, page.status)
            assert page.queries <= SUGGESTING.get(name, MOST_QUERIES), (name, page.queries)


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_pages_are_whole_and_english_throughout_in_english(world, role):
    client, wanted = signed_in(accounts(world)[role], "en"), arguments(world, role)
    known = everything_stored()
    for name, roles in matrix().items():
        if role not in roles or name in CHINESE_ONLY:
            continue
        answer = client.get(reverse(name, args=wanted[name]))
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        if page.startswith("<!DOCTYPE html>"):
            assert page.rstrip().endswith("</html>"), name
            assert name in LOOKED_AT, f"{name} is missing from tests/journeys/pages.py"
            assert len(re.findall(r"<h1\b", page)) == 1, name
        assert [piece for piece in chinese_of(page) if not stored(piece, known)] == [], name
        assert DASHES not in page, name


def test_a_stranger_reaches_only_the_public_pages(world):
    wanted = arguments(world)
    for name, roles in matrix().items():
        answer = Client().get(reverse(name, args=wanted[name]))
        if roles == SYSTEMS:
            assert answer.status_code == 401, name
        elif roles == PUBLIC:
            assert answer.status_code == 200, name
        else:
            assert answer.status_code in {302, WRITES}, name
            assert answer.status_code == WRITES or "sign-in" in answer["Location"], name
    assert {"set_language"} <= ALWAYS


@pytest.mark.parametrize("role", [Role.HANDLER, Role.OFFICER, Role.ENTERPRISE, Role.CLERK])
def test_what_lies_outside_ones_area_or_unit_is_not_found(world, role):
    c = world.city
    stranger = {
        Role.HANDLER: c.other_handler,
        Role.ENTERPRISE: EnterpriseAccountFactory().account,
        Role.CLERK: AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county),
        Role.OFFICER: AccountFactory(role="OFFICER", reads_area=c.other_county, writes_area=c.other_county),
    }[role]
    client, wanted = signed_in(stranger), arguments(world)
    names = ("firm-problem",) if role == Role.ENTERPRISE else ("problem", "slip", "slip-word", "assignment")
    for name in names:
        assert client.get(reverse(name, args=wanted[name])).status_code == 404, name
