"""Hand something over and bring it to a state, by the verbs themselves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongjian.assignments import services
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import State
from gongjian.people.models import Account, Person, Tenure, Unit
from tests.factories import RegimeFactory, TenureFactory
from tests.scenes import City

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """2026-11-24 or 2026-11-24 17:30, in the city's time."""
    return datetime.fromisoformat(text if " " in text else f"{text} 09:30").replace(tzinfo=SHANGHAI)


AT = moment("2026-11-24")  # Tuesday


def signed(*, span="WORKING_DAYS", reply=3, close=7):
    """A regime that is signed for, reported on and resolved."""
    steps = [
        ("start", "签收", 1, "WORKING_DAYS", "accept"),
        ("reply", "反馈", reply, span, "report"),
        ("close", "办结", close, span, "resolve"),
    ]
    keys = ("key", "name", "amount", "span", "met_by")
    listed = [dict(zip(keys, step, strict=True)) for step in steps]
    return RegimeFactory(name="测试制度", grades=[{"key": "general", "name": "一般", "checkpoints": listed}])


def handed_over(c: City, *, at: datetime = AT, **given: Any) -> Assignment:
    """By the clerk to the bureau, under a regime of working days unless a date or a regime is given."""
    if "due" not in given and "regime" not in given:
        given["regime"] = signed()
    facts: Any = {
        "source": "PROBLEM",
        "task": "协调贷款",
        "area": c.county,
        "lead_unit": c.bureau,
        "responsible_person": c.director,
        "grade": "general" if given.get("regime") else "",
        "on_the_spot": False,
        "by": c.clerk,
        "at": at,
    }
    return services.assign(**(facts | given))


PATHS = {
    State.ASSIGNED: "",
    State.OBJECTED: "object_to",
    State.IN_PROGRESS: "accept",
    State.ON_HOLD: "accept hold",
    State.RESOLVED: "accept resolve",
    State.CHECKED: "accept resolve pass_check",
    State.CLOSED: "accept resolve pass_check close",
    State.WITHDRAWN: "withdraw",
}


def colleague(unit: Unit) -> Person:
    """Another person of the unit: its deputy."""
    held = Tenure.objects.filter(post__unit=unit, post__title="副局长").first()
    held = held or TenureFactory(post__unit=unit, post__title="副局长")
    person: Person = held.person
    return person


def arguments(c: City, a: Assignment, verb: str) -> Any:
    """Good arguments for a verb."""
    other = {"lead_unit": c.other_bureau, "responsible_person": c.other_director}
    later = a.due_on.replace(year=a.due_on.year + 1)
    reason = {"reason": "写明理由"}
    return {
        "object_to": reason,
        "overrule": reason,
        "reassign": other | reason,
        "take_over": other | reason,
        "change_person": reason | {"responsible_person": colleague(a.lead_unit)},
        "report": {"text": "正在对接银行"},
        "ask_extension": {"until": later} | reason,
        "refuse_extension": reason,
        "hold": reason,
        "resolve": {"outcome": "SOLVED", "text": "贷款已到位"},
        "return_": reason,
        "reopen": reason,
        "withdraw": reason,
    }.get(verb, {})


OF_THE_UNIT = ("accept", "object_to", "report", "ask_extension", "resolve")


def usual(c: City, a: Assignment, verb: str) -> Account:
    """Who makes this move: the unit that owes the matter signs, reports and resolves; the rest is the office's."""
    owing = {c.bureau.pk: c.handler, c.other_bureau.pk: c.other_handler}
    return owing.get(a.lead_unit_id, c.clerk) if verb in OF_THE_UNIT else c.clerk


def do(c: City, a: Assignment, verb: str, *, by: Any = None, at: datetime = AT, **given: Any) -> Assignment:
    """One move by whoever usually makes it unless somebody else is named."""
    facts = arguments(c, a, verb) | given
    return getattr(services, verb)(a, **facts, by=by or usual(c, a, verb), at=at)


def bring_to(c: City, state: State, *, at: datetime = AT, **given) -> Assignment:
    """A fresh assignment in this state."""
    a = handed_over(c, at=at, **given)
    for verb in PATHS[state].split():
        a = do(c, a, verb, at=at)
    return a
