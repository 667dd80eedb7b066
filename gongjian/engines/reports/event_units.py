"""Which area an event belongs to: the one named beside its title, else that of somebody's post."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.engines.reports import areas as area_rules
from gongjian.engines.reports.areas import AreaMentions
from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.event_words import EventSign, has_speech_verb
from gongjian.engines.reports.people import PersonMention, PersonMentions

BARE_ZONE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,10}?(?:园区|产业园|工业园|科技园|物流园|港区|片区|管理区|示范区|集聚区|集中区|功能区)|高新区|经开区|开发区|示范区|新区|产业集聚区|工业园区)(?=(?:组织)?(?:召开|举行|举办)|第[一二三四五六七八九十\d]+[次期]|20\d\d年|“)"
)
BARE_NAME = 2  # characters of 高新 and the like, which name no area by themselves
HEIGHT = {"镇": 1, "乡": 1, "县": 2, "区": 2, "旗": 2, "市": 3, "州": 3, "盟": 3, "省": 4}
YEAR = re.compile(r"“?20\d\d年度?")
ARRIVES = re.compile(r"(?:到|赴|深入|走进|前往|在|来|莅临)(?:了|位于|我[省市县])?$")


@dataclass(frozen=True)
class EventUnits:
    """Finds the area of an event and the range that names it; `posts` are all posts printed for each name."""

    source: SourceText
    people: PersonMentions
    areas: AreaMentions
    posts: dict[str, list[tuple[int, int]]]

    @classmethod
    def of(cls, source: SourceText, people: PersonMentions, areas: AreaMentions) -> "EventUnits":
        """The finder for one report."""
        posts: dict[str, list[tuple[int, int]]] = {}
        for place in people.mentions:
            posts.setdefault(place.name, []).extend(place.posts)
        return cls(source, people, areas, posts)

    def of_meeting(self, sentence: Sentence, sign: EventSign) -> tuple[str, tuple[int, int] | None]:
        """The area that holds the meeting and its range: named beside the title, else by the post of somebody present."""
        start = sign.title[0] if sign.title else sign.start
        year = YEAR.match(self.source.text, start)
        named_from = year.end() if year else start
        for area in reversed(self.areas.mentions_in(max(start - 20, sentence.start), sign.end)):
            gap = self.source.text[area.end : start]
            if (
                area.start >= start - 1
                or re.fullmatch(
                    r"(?:\(.*?\))?(?:胜利|隆重|率先|组织|主持)?(?:召开|举行|举办)?(?:的|了)?", gap
                )
            ) and area.start <= named_from + 4:
                return area.name, (area.start, area.end)
        bare = BARE_ZONE.search(self.source.text, sentence.start, sign.end)
        if bare:
            return bare.group(), bare.span()
        whole = re.search(r"[全我]([市县区镇乡旗州])", self.source.text[sentence.start : sign.end])
        named = self.of_people(sentence, list(self.people.mentions_in(sentence.start, sentence.end)))
        if named[0] or not whole:
            return named
        at = sentence.start + whole.start()
        meant = self.areas.nearest(whole.group(1), at, 0)
        return (meant, (at, at + len(whole.group()))) if meant else ("", None)

    def of_people(
        self, sentence: Sentence, people: list[PersonMention]
    ) -> tuple[str, tuple[int, int] | None]:
        """The area of the first person whose post names one, else the first area named before any speech."""
        for person in people:
            unit = self.of_person(person)
            if unit[0]:
                return unit
        near = [
            a
            for a in self.areas.mentions_in(sentence.start, sentence.end)
            if not has_speech_verb(self.source.text, sentence.start, a.start)
        ]
        return (near[0].name, (near[0].start, near[0].end)) if near else ("", None)

    def of_visit(self, sentence: Sentence, subject: PersonMention) -> tuple[str, tuple[int, int] | None]:
        """The area of a visit: that of the leader's post, else the one he goes to: 市长甲到云台区调研."""
        unit = self.of_person(subject)
        visited = self._visited(sentence, subject)
        if visited is not None and not self._is_named_in_post(subject):
            return visited
        if unit[0]:
            return unit
        levels = {HEIGHT.get(level, 0) for level in self._levels(subject.posts)}
        for area in self.areas.mentions_in(subject.end, sentence.end):
            if levels and max(levels) < HEIGHT.get(area.name[-1], 0):
                continue  # 副县长甲赴杭州 is not of 杭州
            if ARRIVES.search(self.source.text[subject.end : area.start]):
                return area.name, (area.start, area.end)
        return "", None

    def _is_named_in_post(self, person: PersonMention) -> bool:
        posts = list(person.posts) or self.posts.get(person.name, [])
        return any(area_rules.area_of_post(self.source.text[start:end]) for start, end in posts)

    def _visited(self, sentence: Sentence, subject: PersonMention) -> tuple[str, tuple[int, int]] | None:
        """The county or district right after 到 where somebody of the city goes: 市长甲到云台区调研."""
        if not {"市", "州", "盟"} & self._levels(list(subject.posts) or self.posts.get(subject.name, [])):
            return None
        for area in self.areas.mentions_in(subject.end, sentence.end):
            before = self.source.text[max(subject.end, area.start - 14) : area.start]
            if area.name[-1] in "县区旗" and len(area.name) > BARE_NAME and ARRIVES.search(before):
                return area.name, (area.start, area.end)
        return None

    def only_area(self, lead: PersonMention | None) -> tuple[str, tuple[int, int] | None]:
        """The one area a report names, unless the leader's post is of another level (市长 in 云台区)."""
        unit, at = self.areas.only_one()
        levels = self._levels(lead.posts) if lead else set()
        return (unit, at) if at and (not levels or unit.endswith(tuple(levels))) else ("", None)

    def _levels(self, posts: Iterable[tuple[int, int]]) -> set[str]:
        return {area_rules.level_of_post(self.source.text[start:end]) for start, end in posts} - {""}

    def of_person(self, person: PersonMention) -> tuple[str, tuple[int, int] | None]:
        """The area of a person's posts and its range: the last one named, else the one a bare 县长 refers to; empty if unknown."""
        posts = list(person.posts) or self.posts.get(person.name, [])
        for start, end in reversed(posts):
            named = area_rules.area_of_post(self.source.text[start:end])
            if named and named not in {"园区", "新区", "本区"}:
                return named, (start, end)
        for start, end in posts:
            level = area_rules.level_of_post(self.source.text[start:end])
            named = self.areas.nearest(level, start, 0) if level else ""
            if named:
                return named, (start, end)
        return "", None
