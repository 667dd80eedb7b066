"""First pages by role: the leader's two screens, what waits for the office acted on in place, a unit's days, and the way back."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments.models import Assignment
from gongjian.assignments.states import State
from gongjian.measures.measure import Scope
from gongjian.measures.queries import rows_of
from gongjian.web.assignments.leader import home
from gongjian.web.way_back import way_back
from tests import scenes
from tests.factories import TODAY, AccountFactory, AreaFactory, FigureFactory, PairingFactory, TargetFactory
from tests.standings.scene import drafted_and_published
from tests.web.counting import numbers_of
from tests.web.page_records import corrected_figure
from tests.web.test_pages import MOST_QUERIES, signed_in

HOME = "/leader/"


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def make_late(problem, days=9):
    """The matter's checkpoint has passed."""
    day = timezone.localdate() - timedelta(days)
    Assignment.objects.filter(pk=problem.assignment_id).update(
        state=State.IN_PROGRESS,
        next_due_on=day,
        next_warn_on=day - timedelta(2),
        next_grave_on=day + timedelta(400),
        due_on=day,
    )
    return problem.assignment_id


def main(client, address, **data):
    answer = (
        client.post(address, data, follow=True) if data else client.get(address, follow=True)
    ).content.decode()
    return answer.split('<main id="main"')[1].split("</main>")[0]


def test_a_word_given_in_place_shows_at_once_and_makes_room_the_next_day(world):
    late, leader = make_late(world.owed), signed_in(world.city.leader)
    page = main(leader, HOME)
    assert f'id="matter-{late}"' in page
    assert "已批示" not in page
    assert "批示已交" in main(leader, reverse("instruct", args=[late]), ready="finish")
    make_late(world.owed)  # the event made the row anew from its story, in which it is in time
    page = main(leader, HOME)
    row = page.split(f'id="matter-{late}"')[1].split("</li>")[0]
    assert "已批示" in row
    assert "请抓紧办结" in row
    yesterday = timezone.now() - timedelta(1)
    Assignment.objects.filter(source="INSTRUCTION").update(handed_over_at=yesterday)
    assert f'id="matter-{late}"' not in main(leader, HOME)
    assert f'id="matter-{late}"' in main(leader, reverse("leader-lists"))
    assert "请抓紧办结" in main(leader, reverse("leader-lists") + "?list=instructions")


def test_a_word_given_on_another_page_is_on_the_first_page_too(world):
    leader = signed_in(world.city.leader)
    page = main(leader, reverse("instruct", args=[world.owed.assignment_id]), text="请局长亲自过问")
    assert "请局长亲自过问" in page
    assert "已批示" in page


def test_four_figures_a_ranking_and_own_firms(world):
    make_late(world.owed)
    person = world.city.director
    world.city.leader.person = person
    world.city.leader.save(update_fields=["person"])
    PairingFactory(enterprise=world.city.firm, person=person)
    page = main(signed_in(world.city.leader), HOME)
    assert page.count('<div class="figure') == 4
    keys = [number.measure for number in numbers_of(page, HOME)]
    for key in ("overdue_tasks", "newly_overdue_tasks", "resolved", "firms_visited", "content", "spoken"):
        assert key in keys, key
    assert str(world.city.firm) in page.split("我包联的企业")[1]


@dataclass(frozen=True)
class Line:
    """What is counted of an area."""

    area: object
    total: int
    late: int

    @property
    def marked(self):
        return {"overdue_tasks": self.late}


def test_areas_are_ranked_by_the_share_of_their_tasks_that_is_late(world):
    areas = [AreaFactory(name=name, level="COUNTY") for name in ("甲县", "乙县", "丙县", "丁县")]
    large, small, few, none = areas
    lines = [Line(large, 40, 14), Line(small, 18, 11), Line(few, 2, 2), Line(none, 30, 0)]
    shown = home.ranking(SimpleNamespace(by_area=lambda _area: lines), None, Scope(TODAY))
    assert [one.area for one in shown] == [small, large]
    assert [one.hundredths for one in shown] == [61, 35]


@pytest.mark.parametrize(
    ("changes", "tone"),
    [
        ((3, 2, -1), "better"),
        ((3, -2, -1), "worse"),
        ((3, -2, None), ""),
        ((0, 0, None), ""),
        ((None, None, -4), "worse"),
    ],
)
def test_one_sentence_says_how_the_week_went(changes, tone):
    figures = [home.Figure("", more=more) for more in changes]
    found, sentence = home.verdict(figures)
    assert found == tone
    assert bool(sentence) == bool(tone)


def test_the_figures_compare_with_the_week_before(world):
    today = timezone.localdate()
    before = Scope(today, first=today - timedelta(13), last=today - timedelta(7))
    Assignment.objects.filter(pk=world.resolved.assignment_id).update(resolved_on=today - timedelta(8))
    then = rows_of("resolved", before).count()
    assert then > 0
    now = rows_of("resolved", Scope(today, first=today - timedelta(6), last=today)).count()
    page = main(signed_in(world.city.leader), HOME)
    figure = page.split("近7天办结问题")[1].split("</div>")[0]
    sign = f"多 {now - then}" if now > then else f"少 {then - now}" if now < then else "持平"
    assert sign in figure


def test_what_waits_for_the_office_names_its_next_act_and_is_done_in_place(world):
    clerk = signed_in(world.city.clerk)
    page = main(clerk, "/")
    row = page.split(f'id="problem-{world.fresh.pk}"')[1].split("</li>")[0]
    assert ">交办<" in row
    load = reverse("problem-act", args=[world.fresh.pk])
    assert f'data-act="{load}?back=/"' in row
    part = clerk.get(load + "?back=/").content.decode()
    assert "<!DOCTYPE" not in part
    assert 'name="back" value="/"' in part
    assert reverse("hand-over", args=[world.fresh.pk]) in part
    whole = main(clerk, reverse("problem", args=[world.fresh.pk]) + "?back=/")
    assert whole.index('id="act"') < whole.index('class="facts"')
    assert 'name="back" value="/"' in whole


@pytest.mark.parametrize(
    ("state", "act"), [(State.OBJECTED, "裁定"), (State.RESOLVED, "核查"), (State.CHECKED, "销号")]
)
def test_each_row_says_what_comes_next(world, state, act):
    Assignment.objects.filter(pk=world.owed.assignment_id).update(
        state=state, resolved_on=timezone.localdate() if act != "裁定" else None
    )
    row = main(signed_in(world.city.clerk), "/").split(f'id="problem-{world.owed.pk}"')[1].split("</li>")[0]
    assert f">{act}<" in row


def test_a_unit_s_matters_stand_by_their_day_and_are_signed_where_they_stand(world):
    Assignment.objects.filter(pk=world.owed.assignment_id).update(
        state=State.ASSIGNED, next_due_on=timezone.localdate()
    )
    handler, desk = signed_in(world.city.handler), reverse("desk")
    page = main(handler, desk)
    today = page.split('id="tasks_due_today"')[1].split("</section>")[0]
    accept = reverse("assignment-move", args=[world.owed.assignment_id, "accept"])
    assert accept in today
    page = main(handler, accept, back=desk)
    assert "待办" in page
    assert accept not in page
    part = handler.get(
        reverse("assignment-act", args=[world.owed.assignment_id]) + f"?back={desk}"
    ).content.decode()
    assert reverse("assignment-move", args=[world.owed.assignment_id, "report"]) in part
    assert f'name="back" value="{desk}"' in part
    done = handler.post(
        reverse("assignment-move", args=[world.owed.assignment_id, "report"]),
        {"report-text": "已约银行见面", "back": desk},
    )
    assert done["Location"] == desk


def test_another_unit_s_desk_has_no_buttons(world):
    page = main(signed_in(world.city.clerk), reverse("desk") + f"?unit={world.city.bureau.pk}")
    assert "data-act" not in page


@pytest.mark.parametrize(
    "outside", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_outside(rf, outside):
    assert way_back(rf.post("/x/", {"back": outside}), "/here/") == "/here/"
    assert way_back(rf.get("/x/", {"back": outside}), "/here/") == "/here/"
    assert way_back(rf.post("/x/", {"back": "/desk/"}), "/here/", place="#row") == "/desk/#row"


def test_the_administrator_s_page_is_about_the_instance(world):
    page = main(signed_in(world.city.administrator), "/")
    assert "没有送达的通知" in page
    assert reverse("visit-new") not in page


def test_an_officer_s_page_is_about_its_firms(world):
    page = main(signed_in(world.city.officer), "/")
    assert "记走访" in page


def test_a_county_leader_has_pace_lights_satisfaction_and_rank_within_twelve_queries(world):
    figure = corrected_figure(world.city)
    for month in range(1, 10):
        FigureFactory(
            area=figure.area,
            indicator=figure.indicator,
            batch=figure.batch,
            month=figure.month.replace(month=month),
        )
    TargetFactory(area=world.city.county, indicator=figure.indicator, year=figure.month.year)
    drafted_and_published(world.city, figure.indicator)
    make_late(world.owed)
    county = AccountFactory(role="LEADER", reads_area=world.city.county)
    client = signed_in(county)
    client.get(HOME)
    with CaptureQueriesContext(connection) as asked:
        page = main(client, HOME)
    assert len(asked) <= MOST_QUERIES
    for word in ("达到同期进度", "满意率", "第1位", "超期"):
        assert word in page
