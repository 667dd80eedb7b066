"""The column beside a page is left out where it is empty; what takes a matter on is the first act of its page."""

from datetime import timedelta

import pytest
from django.template import Context, Template

from gongjian.assignments.events import AssignmentEvent
from gongjian.assignments.states import MOVE
from gongjian.assignments.vocabulary import own_name
from gongjian.audit.events import sentence
from gongjian.people.models import Post, Unit
from gongjian.policies.events import PayoutEvent, PolicyEvent
from gongjian.web.assignments.forms import _in_order
from gongjian.web.bulletins.tables_on_screen import on_screen
from tests.factories import TODAY, AssignmentFactory


@pytest.mark.parametrize(
    ("inside", "drawn"),
    [
        ("", ""),
        ("\n  {% if nothing %}<h2>经过</h2>{% endif %}\n", ""),
        ("{% for one in nothing %}<p>{{ one }}</p>{% endfor %}", ""),
        ("\n<h2>经过</h2>\n", '<aside class="aside"><h2>经过</h2></aside>'),
        ("{{ text }}", '<aside class="aside">&lt;b&gt;</aside>'),
    ],
)
def test_an_empty_column_is_not_drawn(inside, drawn):
    assert Template("{% aside %}" + inside + "{% endaside %}").render(Context({"text": "<b>"})) == drawn


@pytest.mark.parametrize(
    ("step_is_the_last", "first"), [(True, ["resolve", "report"]), (False, ["report", "resolve"])]
)
def test_the_act_the_next_checkpoint_waits_for_stands_first_and_what_is_seldom_wanted_last(
    db, step_is_the_last, first
):
    task = AssignmentFactory(state="IN_PROGRESS", due_on=TODAY)
    task.next_due_on = TODAY if step_is_the_last else TODAY - timedelta(days=3)
    moves = [MOVE[verb] for verb in ("change_person", "report", "ask_extension", "resolve")]
    assert [move.verb for move in _in_order(moves, task)] == [*first, "ask_extension", "change_person"]


ESCALATED = {"step_word": "催办", "next": "办结", "due": "2026-09-28", "unit": "市市场监管局"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            AssignmentEvent.ESCALATED,
            ESCALATED | {"to": "", "person_id": None},
            "催办：“办结”应于2026-09-28前完成，通知市市场监管局",
        ),
        (
            AssignmentEvent.ESCALATED,
            ESCALATED | {"to": "魏建业", "person_id": 7},
            "催办：“办结”应于2026-09-28前完成，通知市市场监管局 魏建业",
        ),
        (
            PayoutEvent.LISTED,
            {"firms": 142, "amount": "21400000.00"},
            "列入免申即享名单，142家，共21,400,000元",
        ),
        (PayoutEvent.APPROVED, {"amount": "80000.50"}, "核准80,000.50元"),
        (PayoutEvent.PAID, {"day": "2026-11-02", "amount": "100000"}, "2026-11-02拨付100,000元"),
        (PolicyEvent.CEILING_SET, {"amount": "3,000,000.00"}, "预算上限定为3,000,000.00元"),
    ],
)
def test_sentences_of_the_trail_name_who_was_told_and_amounts_as_people_write_them(name, data, said):
    assert sentence(name, data) == said


@pytest.mark.parametrize(
    ("unit", "title", "said"),
    [
        ("市供电公司", "总经理", "市供电公司总经理"),
        ("City Power Company", "Director", "Director, City Power Company"),
        ("GCL新能源", "CEO", "GCL新能源CEO"),
        ("Tax Bureau", "局长", "Tax Bureau局长"),
    ],
)
def test_a_post_is_told_with_its_unit_as_its_language_joins_them(unit, title, said):
    assert Post(unit=Unit(short_name=unit), title=title).in_full == said


LONG = "开工手续跑了4个月，窗口换人就换要求，盼尽快解决，不然订单保不住"


@pytest.mark.parametrize(
    ("row", "cards", "looks"),
    [
        (["临河区", {"number": "2", "anchor": "n1"}], False, ["short-text", "num"]),
        (["安川市行政审批和政务信息管理局", {"number": "2", "anchor": "n1"}], False, ["", "num"]),
        (["WT2026-000164", LONG], True, ["short-text", "long-text wide"]),
        (["Anchuan City Housing and Urban-Rural Bureau", "29 Sep"], False, ["", "short-text"]),
        (
            ["WT2026-000164", "The starting permits took us four months, and every counter asks anew"],
            True,
            ["short-text", "long-text wide"],
        ),
    ],
)
def test_a_table_of_a_bulletin_with_running_text_is_cards_on_a_phone(row, cards, looks):
    (block,) = on_screen([{"kind": "table", "head": ["一", "二"], "rows": [row]}])
    assert block["cards"] is cards
    assert [(head, look) for _value, head, look in block["cells"][0]] == list(
        zip(["一", "二"], looks, strict=True)
    )


@pytest.mark.parametrize(
    ("city", "name"),
    [
        ("安川市", "安川市企业问题办理时限"),
        ("Anchuan City", "Anchuan City Time Limits for Matters of Firms"),
        ("", "企业问题办理时限"),
    ],
)
def test_the_name_proposed_for_an_office_s_regime_is_in_the_language_of_its_city(city, name):
    assert own_name(city) == name
