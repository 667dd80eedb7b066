"""What a report proposes: requirements with a unit or a term, problems with their firm, no slogan; and how sure each value is."""

from datetime import date

import pytest

from gongjian.engines.reports.draft import Commitment, ReportDraft, ReportedEvent, ReportedPerson, TextSpan
from gongjian.engines.reports.registers import KnownEnterprise, KnownPerson, KnownUnit, Registers
from gongjian.intake.draft_proposals import draft_proposals
from gongjian.intake.models import least_confidence
from gongjian.intake.rules import ON_RECORD, SURE, UNSURE

TEXT = "某日某时某地。" * 40
PUBLISHED = date(2026, 11, 20)
KNOWN = Registers(
    persons=(KnownPerson("沈若谷", ("区长",)), KnownPerson("闻一鸣", ("副区长",))),
    units=(KnownUnit("临河区", ("临河",)), KnownUnit("北岭区")),
    enterprises=(KnownEnterprise("恒岳机械", ("恒岳",)),),
)


def span(value, *, at=0, sentence=0, confidence=85):
    return TextSpan(value, value, at, at + 3, sentence, sentence + 20, confidence)


def event(kind="visit", *, at=0, **values):
    """An event in a sentence of its own that begins at `at`."""
    facts = {"date_start": span("2026-11-19", at=at, sentence=at), "lead": span("沈若谷", at=at, sentence=at)}
    facts |= values
    return ReportedEvent(type=span(kind, at=at, sentence=at), **facts)


def proposals(draft, registers=KNOWN):
    return draft_proposals(draft, TEXT, published=PUBLISHED, today=date(2026, 11, 24), registers=registers)


@pytest.mark.parametrize(
    ("to", "term", "count"),
    [("区供电公司", "", 1), ("", "5月20日前", 1), ("区供电公司", "5月20日前", 1), ("", "", 0)],
)
def test_a_call_that_names_no_unit_and_no_term_is_no_draft(to, term, count):
    said = Commitment(
        text=span("要狠抓落实、只争朝夕"),
        by=span("沈若谷"),
        to=span(to) if to else None,
        deadline_text=span(term) if term else None,
    )
    found = proposals(ReportDraft(commitments=(said,)))
    assert [one.kind for one in found] == ["COMMITMENT"] * count


@pytest.mark.parametrize(
    ("firms", "wanted"),
    [
        ((), None),
        (("恒岳机械",), "恒岳机械"),
        (("恒岳机械", "青禾家俬"), None),
        (("恒岳机械", "恒岳机械"), "恒岳机械"),
    ],
)
def test_a_problem_names_its_firm_when_there_is_just_one(firms, wanted):
    named = tuple(span(name, at=50, sentence=50) for name in firms)
    found = proposals(ReportDraft(events=(event(enterprises=named),), problems=(span("用电", at=4),)))
    problem = next(one for one in found if one.kind == "PROBLEM")
    assert problem.fields.get("enterprise", {}).get("value") == wanted
    assert problem.about == 0


def test_the_firm_of_the_problems_own_sentence_comes_first():
    firms = (span("恒岳机械", at=4), span("青禾家俬", at=50, sentence=50))
    found = proposals(ReportDraft(events=(event(enterprises=firms),), problems=(span("用电", at=8),)))
    assert found[-1].fields["enterprise"]["value"] == "恒岳机械"


def least(found, n=0):
    return least_confidence(found[n].fields)


def test_an_event_with_everything_on_record_is_sure():
    found = proposals(ReportDraft(events=(event(unit=span("临河区"), enterprises=(span("恒岳"),)),)))
    assert least(found) >= SURE
    assert {found[0].fields[name]["confidence"] for name in ("unit", "lead", "enterprises")} == {ON_RECORD}


DOUBTS = {
    "a leader on no register": {"lead": span("许怀远")},
    "nobody at all": {"lead": None},
    "a person on no register": {"people": (span("沈若谷"), span("许怀远"))},
    "a firm on no register": {"enterprises": (span("恒岳机械"), span("青禾家俬"))},
    "an area on no register": {"unit": span("立市")},
    "no day": {"date_start": None},
    "the day of publication": {"date_start": span("2026-11-20")},
    "no kind": {"kind": "other"},
    "a title of another kind": {"kind": "coordination", "title": span("区委经济工作会议")},
    "a title of two kinds": {"kind": "seminar", "title": span("座谈会暨签约仪式")},
    "a day without a year": {"date_start": span("XXXX-11-19")},
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_an_event_with_a_doubt_is_not_sure(doubt):
    values = dict(DOUBTS[doubt])
    found = proposals(ReportDraft(events=(event(values.pop("kind", "visit"), **values),)))
    assert least(found) <= UNSURE < SURE


def test_events_that_share_day_and_people_may_be_one():
    first, second = event(), event("seminar", at=40)
    found = proposals(ReportDraft(events=(first, second)))
    assert [least(found, n) <= UNSURE for n in (0, 1)] == [True, True]
    apart = event("seminar", at=40, lead=span("闻一鸣", at=40, sentence=40))
    found = proposals(ReportDraft(events=(first, apart)))
    assert [least(found, n) >= SURE for n in (0, 1)] == [True, True]


@pytest.mark.parametrize("field", ["unit", "people", "enterprises"])
def test_among_several_events_what_stands_in_another_sentence_is_not_sure(field):
    far = {
        "unit": span("北岭区", at=90),
        "people": (span("闻一鸣", at=90),),
        "enterprises": (span("恒岳", at=90),),
    }
    alone = event(**{field: far[field]})
    other = event("seminar", at=40, lead=span("闻一鸣", at=40, sentence=40), date_start=span("2026-11-18"))
    assert least(proposals(ReportDraft(events=(alone,)))) >= SURE
    assert least(proposals(ReportDraft(events=(alone, other)))) <= UNSURE


def test_a_person_is_sure_with_every_printed_post_on_record():
    def found(name, *posts, conflict=""):
        person = ReportedPerson(span(name), tuple(span(post) for post in posts), conflict)
        return least(proposals(ReportDraft(people=(person,))))

    assert found("沈若谷", "临河区区长") >= SURE
    assert found("沈若谷") >= SURE
    assert found("沈若谷", "区长", "人大代表") < SURE
    assert found("沈若谷", "区长", conflict="职务对不上") < SURE
    assert found("许怀远", "区长") < SURE
