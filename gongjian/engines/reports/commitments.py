"""Commitments in a report: requirements, promises and tasks handed over (要求、承诺、交办), with who must do what by when.

A requirement is a unit as the subject of what is to be done: 责成县供电公司…, or 县供电公司要…. A unit named as such binds
by any act; 各部门 and the like bind by a term or a concrete act, so that slogans stay out.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from gongjian.engines.reports import promises
from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.deadlines import DEADLINE, bare_term, working_days
from gongjian.engines.reports.draft import Commitment
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.tellers import Voice, voice_of
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

# what a unit has done, as an attribute: 由青禾集团投资建设的项目
OF_WHOM = re.compile(
    r"(?:共同|联合|独家)?(?:投资|组成|打造|组织|实施|承建|开发|研发|主办|承办|提供|建设|运营)[^,。;]{0,10}(?:的|$)"
)
SPOKEN_TO = re.compile(
    r"(?:[与和同向对跟]|[叫喊找请约]来|联系|连线|拨通|安排|责成|要求|委托)(?:了|随行的?|在场的?)?$"
)
LEAST_ACT = 3  # characters of what is to be done


@cache
def _unit() -> str:
    """One unit that may have to act: of the generic ones, or by the ending of its name."""
    stop = "要把在的上下到将须应长召是他她我你,。;:!?、\\s“”（）()和及与由对向让"
    organ = either(words("commitments", "organ_suffix"))
    named = rf"(?:应急|对外|长江|上市|下派|(?!问题|方面|事项)(?![{stop}])[{CJK}]|(?:规划|资源|住房|信息化|改革|保障|教育|文化|广电|卫生|林业|农村|服务|科技|体育|应急|城市管理|商务|数据|园林|市政)和){{1,14}}?{organ}"
    more = either(words("commitments", "organ_goes_on"))
    headed = "[市县区](?:“[^“”]{2,12}”)(?:活动)?(?:领导小组)?(?:办公室|工作专班|专班|指挥部|办)|[市县区镇]“[^“”]{1,10}(?:办|专班|中心)”"
    return rf"(?:{either(words('commitments', 'receivers'))}|{headed}|{named})(?!{more})(?:\([^()]{{1,6}}\))?"


@cache
def _ordered() -> re.Pattern[str]:
    """A verb of ordering and the units it is addressed to: 责成县供电公司."""
    orders = either(words("commitments", "orders"))
    there = r"(?:(?:随行|在场|到场|同行|陪同|随同|到会|参会|一旁)的?)?"
    return re.compile(
        rf"(?<![邀申恳聘])(?<!邀请){orders}(?:了)?[,:]?(?:由)?{there}(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?:等(?:部门|单位)?)?"
    )


# what a unit does that only lends its name to what took place: 由县人民政府主办的签约仪式举行
HOSTED = re.compile(r"[^,。;]{0,30}?(?:主办|承办|协办|举办|组织的|举行)")
HEAD_OF_CLAUSE = r"(?:(?<=[,;:。“”\n])|(?<=问题)|(?<=方面)|(?<=事项))"


@cache
def _units_bound() -> str:
    """Units with a word that obliges them or a term: 县供电公司要, 县供电公司3日内."""
    modal = rf"(?:主动|分别|均|都|也|就此|各自|按照|还|一定|会后)?(?:于|在)?(?:{either(words('commitments', 'modals'))}|(?={bare_term()}))"
    return rf"(?:[一二三四五六七八九十]+、|[一二三四五六七八九]是|[一二三四五六]要|此外,?|同时,?|另外,?)?(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?:等(?:部门|单位)?)?,?{modal}"


@cache
def _subject() -> re.Pattern[str]:
    """Units at the head of a clause that are bound."""
    return re.compile(HEAD_OF_CLAUSE + _units_bound())


@cache
def _further() -> re.Pattern[str]:
    """One more unit with its act, behind one that is obliged: …,县投资促进局全程跟踪."""
    return re.compile(
        rf"(?<=[,;])(?=[市县区省州旗镇乡各园街]|[{CJK}]{{2,3}}[市县区镇乡])(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?=[{CJK}]{{3}})"
    )


@cache
def _after_semicolon() -> re.Pattern[str]:
    """One more unit with its act, where a list of tasks goes on after a semicolon: ;招商局牵线…."""
    return re.compile(
        rf"(?<=;)(?:[一二三四五六七八九]是)?(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?=[{CJK}]{{3}})"
    )


@cache
def _subject_at_start() -> re.Pattern[str]:
    """The same where the text itself begins with the units."""
    return re.compile(_units_bound())


@cache
def _attendance() -> re.Pattern[str]:
    return re.compile(
        r"(?:等)?(?:有关|相关)?(?:部门|单位)?的?(?:主要|有关|相关|分管)?(?:负责人|负责同志|领导|班子|书记|局长|主任|干部职工)"
        rf"|[^,。;]{{0,6}}?{either(words('commitments', 'attendance'))}"
    )


@cache
def _obliged() -> re.Pattern[str]:
    """The opening of an act that is owed whatever it is: 要参加…, 3月5日前举办…."""
    return re.compile(rf"(?:分别|均|都|也)?(?:要(?!求)|须|应当|务必|必须|(?:于|在)?(?:{bare_term()}))")


@dataclass(frozen=True)
class _Receiver:
    """The range of the units that must act."""

    start: int
    end: int


@dataclass(frozen=True)
class _Told:
    """A sentence and who tells it; `goes_on` when the one before it ended in a semicolon and set a task."""

    sentence: Sentence
    speaker: PersonMention | None
    utterance: Utterance | None
    of_office: bool
    goes_on: bool

    @property
    def named(self) -> bool:
        return self.utterance is not None or self.of_office


def find_commitments(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> tuple[Commitment, ...]:
    """One commitment for each unit with its act; promises and tasks handed over on the spot by their sentence."""
    commitments: list[Commitment] = []
    speaker: PersonMention | None = None
    officer: PersonMention | None = None
    paragraph, goes_on = -1, False
    spoken = {id(u.sentence): u for u in reversed(utterances)}
    voices = voice_of(source, people)
    for sentence in source.sentences:
        if sentence.kind != "body":
            continue
        if sentence.paragraph != paragraph:
            paragraph, speaker, goes_on = sentence.paragraph, None, False
        utterance = spoken.get(id(sentence))
        mentioned = people.mentions_in(sentence.start, sentence.end)
        spoken_to = mentioned and SPOKEN_TO.search(
            source.text, sentence.start, min([a for a, _b in mentioned[0].posts], default=mentioned[0].start)
        )
        named = mentioned[0] if mentioned and not (spoken_to and speaker) else speaker
        speaker = utterance.speaker if utterance else named
        if not utterance and _speaks_for_meeting(source.text, sentence):
            speaker = None
        officer = next((p for p in reversed(mentioned) if voices.get(p.name) is Voice.OFFICE), officer)
        of_office = speaker is not None and voices.get(speaker.name) is Voice.OFFICE
        found = _commitments_in_sentence(
            source,
            _Told(sentence, speaker, utterance, of_office=of_office, goes_on=goes_on),
        )
        if speaker is not None and not of_office and voices.get(speaker.name) is Voice.FIRM:
            found = [_by_office(source, c, officer) for c in found]
        goes_on = source.text[sentence.end - 1] == ";" and any(c.to for c in found)
        commitments += found
    return tuple(commitments)


def _by_office(source: SourceText, task: Commitment, officer: PersonMention | None) -> Commitment:
    """A task for a unit whose sentence names only somebody of a firm is set by whoever of office was told of last."""
    if task.to is None or task.mode == "承诺" or officer is None:
        return task
    return replace(task, by=officer.span(source, confidence=60))


def _speaks_for_meeting(text: str, sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"[“\s]*(?:会议|大会|会上)(?:还)?(?:强调|指出|要求|明确|决定|提出)",
            text[sentence.start : sentence.end],
        )
    )


def _commitments_in_sentence(source: SourceText, told: "_Told") -> list[Commitment]:
    """The tasks of a sentence, or else what is promised in it, or a task that names no unit."""
    sentence, speaker = told.sentence, told.speaker
    text = source.text[sentence.start : sentence.end]
    mode = "现场交办" if any_of("commitments", "on_spot").search(text) else "要求"
    receivers = _receivers(source, sentence, goes_on=told.goes_on)
    found = []
    for number, receiver in enumerate(receivers):
        end = receivers[number + 1].start if number + 1 < len(receivers) else sentence.end
        if _is_binding(source.text, receiver, end):
            found.append(_commitment(source, speaker, (receiver.start, end), receiver=receiver, mode=mode))
    promised = _promised(text, told)
    if promised and not any(
        c.deadline_text or not _will(source.text, r) for c, r in zip(found, receivers, strict=False)
    ):
        return [_commitment(source, speaker if told.named else None, promised, mode="承诺")]
    return found or _without_receiver(source, sentence, speaker, told.utterance)


def _will(text: str, receiver: _Receiver) -> bool:
    return text.startswith("将", receiver.end)


def _promised(text: str, told: "_Told") -> tuple[int, int] | None:
    if told.utterance:
        promised = promises.promised_by(text, told.sentence, told.utterance)
        if promised:
            return promised
    if told.of_office and (quoted := promises.promised_in_quotation(text, told.sentence)):
        return quoted
    return None if told.utterance else promises.promised_by_nobody(text, told.sentence)


def _receivers(source: SourceText, sentence: Sentence, *, goes_on: bool) -> list[_Receiver]:
    """The units that must act in a sentence, in order, each once."""
    text = source.text
    low = max(sentence.start - 1, 0)
    found: dict[int, _Receiver] = {}
    patterns = (_ordered(), _subject(), *([_after_semicolon()] if goes_on else []), _further())
    for pattern in patterns:
        if pattern is _further() and not (found or goes_on):
            break
        for match in pattern.finditer(
            text, low if text[low] in ",;:。“”\n" else sentence.start, sentence.end
        ):
            start, end = match.span("to")
            after = pattern is not _further() or goes_on or start > min(found)
            if (
                after
                and start >= sentence.start
                and not any(r.start < end and start < r.end for r in found.values())
            ):
                found[start] = _Receiver(start, end)
    opening = _subject_at_start().match(text, 0, sentence.end) if sentence.start == 0 else None
    if opening:
        found.setdefault(0, _Receiver(*opening.span("to")))
    return sorted(found.values(), key=lambda r: r.start)


def _is_binding(text: str, receiver: _Receiver, end: int) -> bool:
    """Whether units are bound: not merely present, and if not named then by a term or a concrete act."""
    act = text[receiver.end : end].strip(",。;:! \n")
    obliged = _obliged().match(act)
    if len(act) < LEAST_ACT or (not obliged and _attendance().match(act)):
        return False
    to = text[receiver.start : receiver.end]
    if to.startswith(("全", "我", "这", "该")) or re.search(r"全[市县区镇]", to):
        return False

    if DEADLINE.search(act):
        return True
    if (OF_WHOM.match(act) or HOSTED.match(act)) and text[receiver.start - 1] in "由经":
        return False
    generic = to.split("、")[0] in words("commitments", "anybody")
    classed = any_of("commitments", "receivers").fullmatch(to.split("、")[0]) or to.startswith("各")
    if generic or text.startswith("将", receiver.end):
        return bool(any_of("commitments", "concrete").search(act)) and not _is_slogan(act)
    return not (classed and _is_slogan(act))


def _is_slogan(act: str) -> bool:
    wish = re.sub(rf"^(?:{either(words('commitments', 'modals'))}|将|会)", "", act)
    return bool(any_of("commitments", "slogans").match(wish))


def _without_receiver(
    source: SourceText, sentence: Sentence, speaker: PersonMention | None, utterance: Utterance | None
) -> list[Commitment]:
    """A task handed over on the spot or with a term whose receiver is not named."""
    text = source.text[sentence.start : sentence.end]
    if re.search(r"[现当]场交办", text):
        at = source.text.rfind(",", sentence.start, sentence.start + text.index("场交办")) + 1
        return [_commitment(source, speaker, (max(at, sentence.start), sentence.end), mode="现场交办")]
    asked = re.search(
        r"(?:强调|指出|提出)[^。]*?(?:要|确保)|要求|责成|务必|请(?:其|他们?|她|对方)|限期|督办函|商定|约定|敲定|议定|明确[,:]|答应|同意[,:]|[叫喊找]来",
        text,
    )
    due = DEADLINE.search(source.text, sentence.start + (asked.end() if asked else 0), sentence.end)
    dated = due is not None and bool(re.search(r"\d|[月周节]|[一二三四五六七八九十半]|[明次当]", due.group()))
    if asked and (dated or re.search(r"限时办结|逐个明确|明确(?:解决)?时限", text)):
        start = utterance.verb_end if utterance else sentence.start
        return [_commitment(source, speaker, (start, sentence.end), mode="要求")]
    return []


def _commitment(
    source: SourceText,
    speaker: PersonMention | None,
    piece: tuple[int, int],
    *,
    receiver: _Receiver | None = None,
    mode: str,
) -> Commitment:
    start, end = source.trimmed(*piece)
    end = max(end, start + 1)
    due = DEADLINE.search(source.text, start, end)
    return Commitment(
        text=source.span(start, end, confidence=55),
        by=speaker.span(source, confidence=70) if speaker else None,
        to=source.span(receiver.start, receiver.end, confidence=65) if receiver else None,
        deadline_text=source.span(due.start(), due.end(), confidence=75) if due else None,
        deadline=working_days(due) if due else None,
        mode=mode,
    )
