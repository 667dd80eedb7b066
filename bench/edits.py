"""Two people on a real server: pairs of edits of one record, doubled and late submissions; what is lost is counted."""

import os
import random
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from bench.edits_browser import Browser, served
from bench.edits_city import CLERKS, HANDLER, PASSWORD, build
from bench.tables import Table
from samples.html_forms import form_to

PAIRS = int(os.environ.get("GONGJIAN_BENCH_PAIRS", "2000"))
DOUBLED = int(os.environ.get("GONGJIAN_BENCH_DOUBLED", "500"))
SEED = 20261201
IN_TEN_DAYS = (datetime.now(tz=UTC) + timedelta(days=10)).date().isoformat()
TAKEN, REFUSED = 302, (404, 409, 422)
FIELDS = {
    "firm": ("short_name", "address", "industry", "chain", "makes", "buys"),
    "person": ("name", "note"),
    "unit": ("short_name", "duties"),
    "visit": ("title", "place"),
    "problem": ("text", "raised_by"),
    "stop": ("received_by", "note_PLANNING", "note_MARKET", "note_PRODUCTION", "note_PRODUCT"),
}
PAGES = {
    "firm": "/enterprises/{}/edit/",
    "person": "/persons/{}/edit/",
    "unit": "/units/{}/edit/",
    "visit": "/visits/{}/edit/",
    "problem": "/problems/{}/edit/",
}
Data = dict[str, list[str]]


@dataclass(frozen=True)
class Subject:
    """A record to edit: its page, where its form goes, its fields as the form names them."""

    page: str
    action: str
    names: tuple[str, ...]
    result: str = ""  # the choice a stop asks for

    @property
    def always(self) -> dict[str, str]:
        """What is sent besides."""
        return {self.result: "NOTHING"} if self.result else {}


def subjects(keys: dict[str, list[int]]) -> list[Subject]:
    """Every record of the city that two people may edit."""
    found = [Subject(PAGES[kind].format(key), "", FIELDS[kind]) for kind in PAGES for key in keys[kind]]
    for visit, stop in zip(keys["visit"], keys["stop"], strict=True):
        names = tuple(f"s{stop}-{name}" for name in FIELDS["stop"])
        found.append(Subject(f"/visits/{visit}/", f"/stops/{stop}/", names, f"s{stop}-result"))
    return found


def stored(browser: Browser, subject: Subject) -> dict[str, str]:
    """What the record holds now, as its form shows it."""
    values = dict(browser.open(subject.page, subject.action).values)
    return {name: values.get(name, "") for name in subject.names}


class Pairs:
    """Pairs of edits, and what became of each field."""

    def __init__(self, desks: tuple[Browser, Browser], chance: random.Random) -> None:
        self.desks, self.chance = desks, chance
        self.counted: Counter[str] = Counter()
        self.number = 0
        self.held: dict[Subject, dict[str, str]] = {}

    def run(self, subject: Subject) -> None:
        """Both open, both change something, both send, at one moment or one after the other."""
        self.number += 1
        before = self.held.get(subject) or stored(self.desks[0], subject)
        forms = [desk.open(subject.page, subject.action) for desk in self.desks]
        typed = [self._typed(subject, who) for who in "甲乙"]
        sent = [form.filled(**words, **subject.always) for form, words in zip(forms, typed, strict=True)]
        address = subject.action or subject.page
        answers = self._send(address, sent)
        both = typed[0].keys() & typed[1].keys()
        taken = [who for who in (0, 1) if answers[who][0] == TAKEN]
        self.counted["pairs"] += 1
        self.counted["pairs that met in a field"] += bool(both)
        if both and len(taken) == 2:
            self.counted["silent overwrites"] += 1
        wanted = before.copy()
        for who in taken:
            wanted |= typed[who]
        for who in {0, 1} - set(taken):
            wanted |= self._settle(who, subject, typed, answers[who][1])
        after = self.held[subject] = stored(self.desks[0], subject)
        self.counted["lost fields"] += sum(after[name] != wanted[name] for name in subject.names)

    def _typed(self, subject: Subject, who: str) -> dict[str, str]:
        chosen = self.chance.sample(subject.names, self.chance.randint(1, min(3, len(subject.names))))
        return {name: f"{who}写{self.number}之{n}" for n, name in enumerate(chosen)}

    def _send(self, address: str, sent: list[Data]) -> list[tuple[int, str, str]]:
        if self.chance.random() < 0.5:  # at one moment
            with ThreadPoolExecutor(2) as pool:
                return list(pool.map(lambda who: self.desks[who].ask(address, sent[who]), (0, 1)))
        order = [0, 1] if self.chance.random() < 0.5 else [1, 0]
        answers = {who: self.desks[who].ask(address, sent[who]) for who in order}
        return [answers[0], answers[1]]

    def _settle(self, who: int, subject: Subject, typed: list[dict[str, str]], page: str) -> dict[str, str]:
        """Both texts must stand on the page; one is chosen, and the form sent again."""
        shown, both = unescape(page), typed[0].keys() & typed[1].keys()
        self.counted["asked"] += 1
        self.counted["texts not shown"] += sum(words[name] not in shown for words in typed for name in both)
        self.counted["typed words not shown"] += sum(text not in shown for text in typed[who].values())
        form = form_to(page, subject.action)
        choices, kept = {}, dict(typed[who])
        for name in both:
            which = self.chance.choice(("mine", "theirs"))
            prefix, _sep, plain = name.rpartition("-")
            radio = f"{prefix}-choose_{plain}" if prefix else f"choose_{plain}"
            part = page[page.index(f'name="{radio}" value="{which}:') :]
            choices[radio] = part.split('value="')[1].split('"')[0]
            if which == "theirs":
                del kept[name]
        status, _text, _to = self.desks[who].ask(
            subject.action or subject.page, form.filled(**choices, **subject.always)
        )
        self.counted["choices not taken"] += status != TAKEN
        return kept


class Doubled:
    """Forms sent twice or too late, and what became of them."""

    def __init__(
        self,
        desks: tuple[Browser, Browser],
        handler: Browser,
        keys: dict[str, list[int]],
        chance: random.Random,
    ) -> None:
        self.desks, self.handler, self.keys, self.chance = desks, handler, keys, chance
        self.counted: Counter[str] = Counter()
        self.number = 0

    def run(self) -> None:
        """One of the ways to send a form twice or late."""
        self.number += 1
        self.chance.choice(
            (self._pressed_twice, self._back_and_other_words, self._two_answers, self._reassigned)
        )()
        self.counted["submissions"] += 1

    def _facts(self) -> dict[str, str]:
        return {
            "enterprise": str(self.chance.choice(self.keys["firm"])),
            "category": "LAND",
            "text": f"第{self.number}号的问题：{self.chance.random()}",
        }

    def _pressed_twice(self) -> None:
        """Two requests with one form, at one moment: on one person's two tabs."""
        data = self.desks[0].open("/problems/new/", "").filled(**self._facts())
        self.desks[1].cookies, theirs = dict(self.desks[0].cookies), self.desks[1].cookies
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda desk: desk.ask("/problems/new/", data), self.desks))
        self.desks[1].cookies = theirs
        self._one(data["text"][0])
        self.counted["second answers that lead elsewhere"] += len({to for _s, _t, to in answers}) != 1

    def _back_and_other_words(self) -> None:
        """Back, another text, and sent again: one record, and the words on the page."""
        data = self.desks[0].open("/problems/new/", "").filled(**self._facts())
        self.desks[0].ask("/problems/new/", data)
        other = f"改写后的第{self.number}号，内容不同"
        status, page, _to = self.desks[0].ask("/problems/new/", data | {"text": [other]})
        self._one(data["text"][0])
        self.counted["lost texts"] += status not in REFUSED or other not in unescape(page)

    def _recorded(self) -> int:
        data = self.desks[0].open("/problems/new/", "").filled(**self._facts())
        _status, _page, to = self.desks[0].ask("/problems/new/", data)
        return int(to.strip("/").split("/")[-1])

    def _two_answers(self) -> None:
        """Two clerks answer one problem on the spot."""
        page = f"/problems/{self._recorded()}/"
        forms = [desk.open(page, f"{page}answer/") for desk in self.desks]
        words = [f"{who}的答复，第{self.number}号" for who in "甲乙"]
        answers = [
            desk.ask(f"{page}answer/", form.filled(answer=text))
            for desk, form, text in zip(self.desks, forms, words, strict=True)
        ]
        self.counted["doubled"] += sum(status == TAKEN for status, _p, _t in answers) != 1
        self.counted["lost texts"] += words[1] not in unescape(answers[1][1])

    def _reassigned(self) -> None:
        """A report of a unit whose matter was taken back meanwhile."""
        page = f"/problems/{self._recorded()}/"
        bureau, director = self.keys["bureau"]
        data = (
            self.desks[0]
            .open(page, f"{page}hand-over/")
            .filled(
                task="协调续贷",
                lead_unit=str(bureau),
                responsible_person=str(director),
                due=IN_TEN_DAYS,
            )
        )
        status, text, _to = self.desks[0].ask(f"{page}hand-over/", data)
        if status != TAKEN:
            raise RuntimeError(f"not handed over: {status}")
        _s, text, _t = self.handler.ask(page)
        task = text.split('action="/assignments/')[1].split("/")[0]
        accept = f"/assignments/{task}/accept/"
        self.handler.ask(accept, self.handler.open(page, accept).filled())
        report, move = f"/assignments/{task}/report/", f"/assignments/{task}/reassign/"
        form, words = self.handler.open(page, report), f"办理进展，第{self.number}号"
        unit, person = self.keys["other"]
        facts = {"lead_unit": str(unit), "responsible_person": str(person), "reason": "职责不符"}
        data = (
            self.desks[0]
            .open(page, move)
            .filled(**{f"reassign-{name}": value for name, value in facts.items()})
        )
        status, text, _to = self.desks[0].ask(move, data)
        if status != TAKEN:
            raise RuntimeError(f"not reassigned: {status}")
        status, answer, _to = self.handler.ask(report, form.filled(**{"report-text": words}))
        self.counted["lost texts"] += status == TAKEN or words not in unescape(answer)

    def _one(self, text: str) -> None:
        from gongjian.problems.models import Problem

        self.counted["doubled"] += Problem.objects.filter(text=text).count() != 1


def measure() -> list[Table]:
    """Both tables."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        keys = build(home)
        with served(home) as port:
            desks = (Browser(port, CLERKS[0], PASSWORD), Browser(port, CLERKS[1], PASSWORD))
            handler = Browser(port, HANDLER, PASSWORD)
            chance = random.Random(SEED)
            pairs, doubled = Pairs(desks, chance), Doubled(desks, handler, keys, chance)
            known = subjects(keys)
            for _n in range(PAIRS):
                pairs.run(chance.choice(known))
            for _n in range(DOUBLED):
                doubled.run()
    return [
        _table(
            "Two people edit one record",
            pairs.counted,
            (
                "lost fields",
                "silent overwrites",
                "texts not shown",
                "typed words not shown",
                "choices not taken",
            ),
        ),
        _table(
            "Forms sent twice or late",
            doubled.counted,
            ("doubled", "lost texts", "second answers that lead elsewhere"),
        ),
    ]


def _table(title: str, counted: Any, faults: tuple[str, ...]) -> Table:
    rows = [(name, str(counted[name])) for name in [*(key for key in counted if key not in faults), *faults]]
    note = "A real server, a SQLite file, two persons signed in; half of the pairs press at one moment. Every field is read back from its page."
    return Table(title, ("what", "how many"), rows, note)
