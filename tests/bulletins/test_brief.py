"""The weekly brief: every number is its rows, the table adds up, the same file again, history stays as it was."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.wording import paper_words
from gongjian.bulletins import services
from gongjian.bulletins.editing import services as editing
from gongjian.bulletins.hand_over_slip.paper import slip_paper
from gongjian.bulletins.models import Bulletin
from gongjian.bulletins.queries import count_again, rows_of, visible_to
from gongjian.bulletins.weekly_brief.paper import brief_paper
from gongjian.problems import services as problems
from gongjian.problems.hand_over_slip import slip_of
from gongjian.visits import services as visits
from tests import scenes
from tests.factories import AT, TODAY, EnterpriseFactory
from tests.papers.reading import bookmarks, plain
from tests.problems.doing import hand_over, word

MONDAY = date(2026, 11, 23)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def week(c):
    """Two visits, a seminar, four problems: one open, one overdue later, one closed, one in the city itself."""
    own = EnterpriseFactory(name="安川市直属企业", area=c.city)
    facts = {"starts_on": MONDAY, "ends_on": MONDAY, "by": c.clerk, "at": AT}
    visit = visits.plan(kind="VISIT", title="走访", area=c.county, enterprises=[c.firm, own], **facts)
    seminar = visits.plan(kind="SEMINAR", title="座谈会", area=c.other_county, **facts)
    stop = visit.stops.get(enterprise=own)
    visits.record_stop(stop, result="NOTHING", notes={}, by=c.clerk, at=AT)
    rows = [problems.record(enterprise=c.firm, text=f"问题{n}", by=c.clerk, at=AT) for n in range(3)]
    rows.append(problems.record(enterprise=own, text="直属企业的问题", by=c.clerk, at=AT))
    for row in rows[:3]:
        hand_over(c, row)
        row.refresh_from_db()
    done = rows[2].assignment
    assignments.accept(done, by=c.handler, at=AT)
    assignments.resolve(done, outcome="SOLVED", text="好", by=c.handler, at=AT)
    word(c, rows[2], "SATISFIED")
    assignments.pass_check(done, by=c.clerk, at=AT)
    rows[2].refresh_from_db()
    problems.close(rows[2], by=c.clerk, at=AT)
    for one in (visit, seminar):
        visits.finish(one, by=c.clerk, at=AT)
    return rows


@pytest.fixture
def in_english(c):
    """The same city under names in Latin letters."""
    for place, name in (
        (c.city, "Anchuan City"),
        (c.county, "Linhe District"),
        (c.other_county, "Beiling District"),
    ):
        type(place).objects.filter(pk=place.pk).update(name=name)
        place.name = name
    return c


def make(c, *, at=AT, **more):
    facts = {"area": c.city, "first": MONDAY, "last": TODAY, "by": c.clerk, "at": at}
    return services.make_brief(**(facts | more))


def value(bulletin, label):
    return bulletin.numbers.filter(label=label).first().value


def test_counts_what_happened(c, week):
    bulletin = make(c)
    wanted = {
        "走访企业家次": 2,
        "会议次数": 1,
        "走访无问题": 1,
        "未找到企业": 0,
        "收集问题": 4,
        "交办问题": 3,
        "现场交办问题": 3,
        "办结问题": 1,
        "销号问题": 1,
        "未销号问题": 2,
        "绿灯问题": 2,
        "深红灯问题": 0,
        "办结中已解决": 1,
        "办结中解释说明": 0,
        "期间评价满意": 1,
        "期间评价不满意": 0,
    }
    assert {label: int(value(bulletin, f"安川市 {label}")) for label in wanted} == wanted


def test_every_number_is_the_rows_it_opens_to(c, week):
    for number in make(c).numbers.all():
        assert int(number.value) == rows_of(number).count() == count_again(number), number.label


def test_columns_add_up_with_the_city_s_own(c, week):
    bulletin = make(c)
    table = next(block for block in bulletin.content["blocks"] if block["kind"] == "table")
    *parts, total = [[int(cell["number"]) for cell in row[1:]] for row in table["rows"]]
    assert [row[0] for row in table["rows"]] == ["临河区", "北岭区", "市本级", "合计"]
    assert [sum(column) for column in zip(*parts, strict=True)] == total
    assert [row[2] for row in parts] == [0, 0, 0] or parts[0][1] == 3


def test_the_file_holds_the_numbers_of_the_screen_and_is_the_same_again(c, week):
    bulletin = make(c)
    content = brief_paper(bulletin)
    assert bookmarks(content) == {n.anchor: n.value for n in bulletin.numbers.all()}
    assert content == brief_paper(Bulletin.objects.get(pk=bulletin.pk))
    told = plain(content)
    for part in ("安川市全力拼经济工作情况", "一、总体情况", "11月23日至11月24日", "没有超期未办的问题。"):
        assert part in told


def test_history_stays_when_the_ledger_moves_on(c, week):
    bulletin = make(c)
    before = brief_paper(bulletin)
    problems.record(enterprise=c.firm, text="又一个", by=c.clerk, at=AT)
    again = Bulletin.objects.get(pk=bulletin.pk)
    number = again.numbers.filter(label="安川市 收集问题").first()
    assert (brief_paper(again), int(number.value), count_again(number)) == (before, 4, 5)


def test_what_is_overdue_is_named(c, week):
    late = AT + timedelta(days=14)
    bulletin = make(c, at=late, last=late.date())
    told = plain(brief_paper(bulletin))
    assert value(bulletin, "安川市 超期未办") == "2"
    assert week[0].number in told
    assert "问题0" in told


@pytest.mark.parametrize(
    "text", ["很长的问题" * 10, "订单。" * 150, "截至11月24日，欠款2000.5万元" + "，利息照算" * 40]
)
def test_a_long_text_stands_whole_in_the_list(c, week, text):
    long = problems.record(enterprise=c.firm, text=text, by=c.clerk, at=AT)
    hand_over(c, long)
    told = plain(brief_paper(make(c, at=AT + timedelta(days=14))))
    assert text in told
    assert "…" not in told


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], "没有召开会议。"),
        (["SEMINAR"], "召开座谈会1场。"),
        (["RALLY", "RALLY"], "召开动员会2场。"),
        (["RALLY", "SECTOR"], "召开动员会、行业会共2场。"),
        (
            ["RALLY", "CADRE", "ECONOMIC", "SEMINAR", "SECTOR"],
            "召开动员会、三级干部会、经济工作会、座谈会等会议共5场。",
        ),
    ],
)
def test_only_meetings_that_took_place_are_named(c, kinds, sentence):
    for kind in kinds:
        facts = {"starts_on": MONDAY, "ends_on": MONDAY, "by": c.clerk, "at": AT}
        visits.finish(visits.plan(kind=kind, title=kind, area=c.city, **facts), by=c.clerk, at=AT)
    with override("en"):
        told = plain(brief_paper(make(c)))
    assert sentence in told


def test_a_reopening_is_named_only_where_somebody_was_dissatisfied(c, week):
    assert "不满意0个。" in plain(brief_paper(make(c)))
    task = week[0].assignment
    assignments.accept(task, by=c.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="好", by=c.handler, at=AT)
    word(c, week[0], "DISSATISFIED", note="没有解决")
    assert "不满意1个；不满意的已重新交办。" in plain(
        brief_paper(make(c, despite=Bulletin.objects.latest("pk")))
    )


def test_the_list_says_how_many_there_are_and_how_many_it_names(c, week):
    late = AT + timedelta(days=14)
    assert "超期未办的问题2个。" in plain(brief_paper(make(c, at=late, last=late.date())))
    for n in range(10):
        hand_over(c, problems.record(enterprise=c.firm, text=f"又一{n}", by=c.clerk, at=AT))
    told = plain(brief_paper(make(c, despite=Bulletin.objects.latest("pk"), at=late, last=late.date())))
    assert "超期未办的问题12个，应办日期最早的10个如下。" in told


def test_a_county_has_its_own_brief_without_counties(c, week):
    bulletin = make(c, area=c.county, by=c.county_clerk)
    assert "各县（市、区）" not in plain(brief_paper(bulletin))
    assert value(bulletin, "临河区 收集问题") == "3"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"first": TODAY, "last": MONDAY}, "请对调"),
        ({"first": TODAY - timedelta(93)}, "最多统计 92 天"),
        ({"first": TODAY + timedelta(1), "last": TODAY + timedelta(2)}, "还没有开始"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(c, more, sentence):
    with pytest.raises(Refused, match=sentence):
        make(c, **more)


def test_only_clerks_of_the_area_make_it(c):
    for who in (c.leader, c.handler, c.auditor, c.county_clerk):
        with pytest.raises(Refused, match="可以编制简报"):
            make(c, by=who)


def test_issues_are_numbered_by_area_and_year_and_issued_once(c):
    first = make(c)
    second = make(c, despite=first)
    county = make(c, area=c.county)
    last_year = make(c, first=date(2025, 12, 1), last=date(2025, 12, 7))
    assert [bulletin.issue for bulletin in (first, second, county, last_year)] == [1, 2, 1, 1]
    with pytest.raises(Refused, match="还没有核签"):
        services.issue_bulletin(first, by=c.clerk, at=AT)
    editing.sign_bulletin(first, by=c.leader, at=AT)
    services.issue_bulletin(first, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经印发"):
        services.issue_bulletin(first, by=c.clerk, at=AT)
    assert [event.name for event in events_of(first)] == [
        "bulletin.made",
        "bulletin.signed",
        "bulletin.issued",
    ]


def test_the_run_of_numbers_goes_on_from_the_office_s_own_last_issue(c):
    assert make(c, issue=48).issue == 48
    assert make(c, last=MONDAY).issue == 49
    with pytest.raises(Refused, match="第 48 期已经有了"):
        make(c, first=MONDAY - timedelta(7), issue=48)


@pytest.mark.parametrize("days", [0, 1, 7])
def test_the_same_period_is_warned_of(c, days):
    first = make(c, first=MONDAY - timedelta(days))
    with pytest.raises(Refused, match="已经编过第 1 期"):
        make(c, first=MONDAY - timedelta(days))
    assert make(c, first=MONDAY - timedelta(days), despite=first).issue == 2
    assert make(c, area=c.county, first=MONDAY - timedelta(days)).issue == 1


def test_who_reads_which(c):
    city, county = make(c), make(c, area=c.county)
    assert set(visible_to(c.leader)) == {city, county}
    assert set(visible_to(c.county_clerk)) == {county}


def test_a_word_that_meant_something_else_then_is_not_compared(c, week):
    number = make(c).numbers.first()
    assert count_again(number) == int(number.value)
    del number.query["definition"]  # as in a brief made before the definition was kept
    assert count_again(number) is None


def test_a_city_with_an_english_name_has_english_papers(in_english, week):
    c = in_english
    bulletin = make(c)
    told = plain(brief_paper(bulletin))
    assert bulletin.title == "Anchuan City: progress of the economic campaign"
    assert "Firms raised 4 problems; 3 problems were handed over, 3 of them on the spot." in told
    assert "1 problem was resolved and 1 closed after the firm's feedback." in told
    assert (
        "held 1 meeting (Seminar). On 1 visit the firm had no problem to raise; on 0 the firm was not found."
        in told
    )
    assert "No. 1 of 2026" in told
    assert "1. Overview" in told
    for name in ("直属企业的问题", "安川市直属企业", c.firm.name, str(c.bureau), c.bureau.name, "问题"):
        told = told.replace(name, "")
    assert not [sign for sign in told if "\u4e00" <= sign <= "\u9fff"]


@pytest.mark.parametrize("reads", ["zh-hans", "en"])
def test_the_slip_is_in_the_language_of_the_city_not_of_the_reader(c, week, reads):
    with override(reads), paper_words(c.city.name):
        assert "企业问题交办单" in plain(slip_paper(slip_of(week[0], today=TODAY)))
    with override(reads), paper_words("Anchuan City"):
        told = plain(slip_paper(slip_of(week[0], today=TODAY)))
    assert "Hand-over slip" in told
    assert "24 Nov 2026" in told
    assert not set("签字年月日是否已解决满意") & set(told)
