"""The life of an assignment computed again, the slow way, by a table and a calendar that share no code with the engine."""

from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.engines.clock.naive_calendar import (
    EDITED,
    KNOWN,
    count,
    plus,
    turns_dark,
    turns_yellow,
    works,
)
from tests.engines.clock.naive_checkpoint import Owed

A, B, P, H, R, C, E = ("ASSIGNED", "OBJECTED", "IN_PROGRESS", "ON_HOLD", "RESOLVED", "CHECKED", "CLOSED")
TABLE = {
    "accept": ({A}, "unit"),  # both units have accounts, so the office does not act for them
    "object_to": ({A}, "unit"),
    "overrule": ({B}, "office"),
    "reassign": ({A, B, P}, "office"),
    "take_over": ({A, B, P, H, R, C}, "office"),
    "change_person": ({A, B, P, H, R, C}, "unit office"),
    "report": ({P}, "unit"),
    "ask_extension": ({P}, "unit"),
    "grant_extension": ({P}, "office leader"),
    "refuse_extension": ({P}, "office leader"),
    "hold": ({A, P}, "office"),
    "resume": ({H}, "office"),
    "resolve": ({P}, "unit"),
    "pass_check": ({R}, "office"),
    "return_": ({R}, "office"),
    "close": ({C}, "office"),
    "reopen": ({R, C, E}, "office system"),
    "withdraw": ({A}, "office"),
    "escalate": ({A, P}, "system"),
    "remind": ({A, B, P}, "office leader"),
}


@dataclass
class Shadow:
    """What the assignment should be, move by move."""

    unit: int
    person: int
    rule: list[dict]
    start: datetime
    given: date | None
    state: str = A
    owed: list[Owed] = field(default_factory=list)
    round: int = 1
    resolved_on: Any = None
    outcome: str = ""
    closed_on: Any = None
    wish: date | None = None
    objections: int = 0
    ruled: bool = False
    dispatches: int = 1
    dispatched: Any = None
    granted: int = 0
    climbed: list[tuple[tuple, str]] = field(default_factory=list)
    held_since: Any = None
    held_from: str = ""
    units: dict[int, int] = field(default_factory=dict)  # whose person somebody is
    signed_on: Any = None
    sign_due_kept: Any = None
    over: Any = None
    reported: datetime | None = None  # when the present unit last wrote how far it has come
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.dispatched, self.now = self.start.date(), self.start
        self.open_round(self.start, self.given)

    def open_round(self, start: datetime, due: date | None) -> None:
        self.start = start
        rule = self.rule or [{"name": "办结", "span": "DATE", "amount": 0, "met_by": "resolve"}]
        self.owed = [
            Owed(e["name"], e["span"], e["amount"], e["met_by"], e.get("repeat", False), e.get("anchor", 0))
            for e in rule
        ]
        if due is not None:
            self.owed[-1].fixed = due
            for one in self.owed:
                if one.due(start) > due:
                    one.fixed = due

    @property
    def due(self) -> date:
        return self.owed[-1].due(self.start)

    def next(self) -> Owed:
        unmet = [one for one in self.owed if one.met_on is None]
        return min(unmet, key=lambda one: one.due(self.start)) if unmet else self.owed[-1]

    def end(self) -> None:
        """A matter that is over is not counted anew."""
        self.over = None
        self.over = {k: v for k, v in self.columns().items() if k.endswith("_on") or k == "provisional"}

    def columns(self) -> dict[str, object]:
        return self.counted() | (self.over or {})

    def counted(self) -> dict[str, object]:
        day, owed = self.start.date(), self.next()
        due = owed.due(self.start)
        latest = max(one.due(self.start) for one in self.owed)
        return {
            "state": self.state,
            "lead_unit_id": self.unit,
            "responsible_person_id": self.person,
            "round": self.round,
            "due_on": self.due,
            "provisional": not set(range(day.year, latest.year + 1)) <= {*KNOWN, *EDITED},
            "next_name": owed.name,
            "next_due_on": due,
            "next_warn_on": turns_yellow(day, due),
            "next_grave_on": turns_dark(due),
            "resolved_on": self.resolved_on,
            "outcome": self.outcome,
            "closed_on": self.closed_on,
            "extension_until": self.wish,
            "objections": self.objections,
            "dispatches": self.dispatches,
            "signed_on": self.signed_on,
            "sign_due_on": self.sign_due_kept if self.signed_on else self.sign_due(),
            "proxies": "",
            "lacks": "",  # only what comes from an older ledger lacks anything
            "climbed": ([step for cycle, step in self.climbed if cycle == self.cycle()] or [""])[-1],
        }

    def sign_due(self) -> Any:
        return next(
            (one.due(self.start) for one in self.owed if one.met_by == "accept" and one.met_on is None), None
        )

    # --- the ladder

    def cycle(self) -> tuple:
        owed = self.next()
        return self.round, self.dispatches, owed.name, owed.nth, self.granted

    def climb(self, today: date, *, limit: int = 99) -> None:
        """Reminder from two working days before, supervision from one after, interview from eight after."""
        if self.state not in (A, P) or not works(today) or today <= max(self.dispatched, self.start.date()):
            return
        due, taken = self.next().due(self.start), [s for cycle, s in self.climbed if cycle == self.cycle()]
        wanted = [
            ("REMINDER", count(today, due) <= 2),
            ("SUPERVISION", count(due, today) >= 1),
            ("INTERVIEW", count(due, today) >= 8),
        ]
        for step, is_due in wanted:
            if is_due and step not in taken and limit:
                self.climbed.append((self.cycle(), step))
                limit -= 1

    def escalate(self, _given: dict, now: datetime) -> None:
        self.climb(now.date(), limit=1)

    def light(self, today: date) -> str:
        if self.state in (E, "WITHDRAWN"):
            return "DONE"
        if self.state == H:
            return "GREY"
        on = self.resolved_on if self.state in (R, C) else today
        due = self.next().due(self.start)
        if count(due, on) > 7:
            return "DARK_RED"
        if on > due:
            return "RED"
        start = self.start.date()
        if on < start or (on < due and not count(start, on)):
            return "GREEN"
        few = count(on, due) <= 2
        return "YELLOW" if few or count(start, on) * 10 >= 7 * count(start, due) else "GREEN"

    # --- may it be done

    def allows(self, verb: str, party: str, given: dict, today: date) -> bool:
        sources, who = TABLE[verb]
        if self.state not in sources or party not in who.split():
            return False
        if not given.get("reason", "写明") or not given.get("text", "写明"):
            return False
        due = given.get("due")
        if due is not None and due < today:
            return False
        own = getattr(self, f"allows_{verb}", None)
        return own is None or own(given, today)

    def allows_object_to(self, _given: dict, today: date) -> bool:
        return not self.objections and not self.ruled and today <= plus(self.dispatched, 1)

    def allows_remind(self, _given: dict, today: date) -> bool:
        fresh = self.reported is not None and self.now - self.reported <= timedelta(days=2)
        due = self.columns()["next_due_on"]
        return not fresh or (isinstance(due, date) and due < today)

    def allows_reassign(self, given: dict, _today: date) -> bool:
        return given["lead_unit"].pk != self.unit

    def allows_take_over(self, given: dict, _today: date) -> bool:
        return given["lead_unit"].pk != self.unit

    def allows_change_person(self, given: dict, _today: date) -> bool:
        pk = given["responsible_person"].pk
        return pk != self.person and self.units.get(pk) == self.unit

    def allows_ask_extension(self, given: dict, today: date) -> bool:
        return self.wish is None and given["until"] > self.due and count(today, self.due) >= 1

    def allows_grant_extension(self, _given: dict, _today: date) -> bool:
        return self.wish is not None and self.wish > self.due

    def allows_refuse_extension(self, _given: dict, _today: date) -> bool:
        return self.wish is not None

    # --- what it does

    def do(self, verb: str, given: dict, now: datetime) -> None:
        getattr(self, verb)(given, now)

    def meet(self, kind: str, day: date, *, limit: int = 99) -> None:
        for one in [o for o in self.owed if o.met_on is None and o.met_by == kind][:limit]:
            one.kept = one.due(self.start)
            one.met_on = day

    def accept(self, _given: dict, now: datetime) -> None:
        self.state, self.sign_due_kept, self.signed_on = P, self.sign_due(), now.date()
        self.meet("accept", now.date())

    def object_to(self, _given: dict, _now: datetime) -> None:
        self.state, self.objections = B, self.objections + 1

    def overrule(self, _given: dict, _now: datetime) -> None:
        self.state, self.ruled = A, True

    def reassign(self, given: dict, now: datetime) -> None:
        self.unit, self.person = given["lead_unit"].pk, given["responsible_person"].pk
        self.state, self.dispatched, self.dispatches = A, now.date(), self.dispatches + 1
        self.objections, self.ruled, self.wish, self.signed_on = 0, False, None, None
        self.reported = None
        if given.get("due"):
            self.owed[-1].fixed, self.owed[-1].rested = given["due"], []

    def take_over(self, given: dict, _now: datetime) -> None:
        self.reported = None
        self.unit, self.person = given["lead_unit"].pk, given["responsible_person"].pk

    def change_person(self, given: dict, _now: datetime) -> None:
        self.person = given["responsible_person"].pk

    def report(self, _given: dict, now: datetime) -> None:
        self.reported = now
        unmet = [one for one in self.owed if one.met_on is None and one.met_by == "report"]
        self.meet("report", now.date(), limit=1)
        if unmet and unmet[0].repeat:
            again = copy(unmet[0])
            again.met_on, again.fixed, again.kept = None, None, None
            again.nth += 1
            while again.due(self.start) <= now.date():
                again.nth += 1
            self.owed.insert(self.owed.index(unmet[0]) + 1, again)

    def ask_extension(self, given: dict, _now: datetime) -> None:
        self.wish = given["until"]

    def grant_extension(self, _given: dict, _now: datetime) -> None:
        self.owed[-1].fixed, self.owed[-1].rested, self.wish = self.wish, [], None
        self.granted += 1

    def refuse_extension(self, _given: dict, _now: datetime) -> None:
        self.wish = None

    def hold(self, _given: dict, now: datetime) -> None:
        self.held_from, self.state, self.held_since = self.state, H, now.date()

    def resume(self, _given: dict, now: datetime) -> None:
        for one in [one for one in self.owed if one.met_on is None]:
            one.rested = [*one.rested, (self.held_since, now.date())]
        self.state = self.held_from  # going on is not signing for the unit

    def resolve(self, given: dict, now: datetime) -> None:
        self.state, self.resolved_on, self.outcome, self.wish = R, now.date(), given["outcome"], None

    def pass_check(self, _given: dict, _now: datetime) -> None:
        self.state = C

    def return_(self, _given: dict, _now: datetime) -> None:
        self.state, self.resolved_on, self.outcome = P, None, ""

    def close(self, _given: dict, now: datetime) -> None:
        self.state, self.closed_on = E, now.date()
        for one in self.owed:
            one.met_on = one.met_on or self.resolved_on
        self.end()

    def reopen(self, given: dict, now: datetime) -> None:
        due, days = given.get("due"), 0
        if due is None and (not self.rule or self.rule[-1]["span"] == "DATE"):
            days = max(1, count(self.start.date(), self.due))
            due = plus(now.date(), days)
        self.open_round(now, due)
        if days:  # as many working days as before, whatever the calendar becomes
            self.owed[-1] = replace(self.owed[-1], fixed=None, span="WORKING_DAYS", amount=days)
        self.over = None
        self.state, self.round, self.granted = P, self.round + 1, 0
        self.resolved_on, self.outcome, self.closed_on = None, "", None
        self.meet("accept", now.date())

    def withdraw(self, _given: dict, _now: datetime) -> None:
        self.state = "WITHDRAWN"
        self.end()

    def remind(self, _given: dict, _now: datetime) -> None:
        pass
