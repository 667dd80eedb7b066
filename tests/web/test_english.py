"""The English invented city in English: no page, paper or workbook of any role shows a Chinese sign or a date of the ledger.

All that people typed there is English, and the city is built while Chinese is the language of the one who acts: a stored
word that nobody words again shows through as Chinese.
"""

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from gongjian.assignments import services as assignments
from gongjian.audit.queries import verify
from gongjian.invented_city import city, language, world
from gongjian.people.models import Account
from gongjian.people.states import Role
from tests.factories import AT
from tests.web.sight.accounts import walking_accounts
from tests.web.sight.crawl import Walk
from tests.web.sight.reading import Shown, read
from tests.web.sight.records import Registry

SMALL = replace(world.SIZES["demo"], firms=60, visits=20, problems=50, days=70)
CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+")
LEDGER_DAY = re.compile(
    r"\b20\d\d-\d\d-\d\d\b(?! 00:00:00)"
)  # a typed cell of a workbook is shown as the sheet says
DOUBLED = re.compile(r"\.\.(?!\.)|[,;:] ?[,;]|(?<=[a-z]);(?=[A-Za-z])|，，|。。|；；|、、|：：|，。|。，")
NOT_READ = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<textarea.*?</textarea>"
    r'|<(\w+)\b[^>]*\blang="zh"[^>]*>.*?</\1>',
    re.DOTALL,
)
NOT_SHOWN = re.compile(
    r'\b(?:href|action|value|(?:data|hx)-[\w-]+|name|id|for|datetime|min|max|style)="[^"]*"'
)
READERS = (
    Role.CLERK,
    Role.ADMINISTRATOR,
    Role.LEADER,
    Role.ENTERPRISE,
)  # between them they meet nearly every page
SWITCH = "中文"  # the button that leads to the Chinese pages
# Pages that show a source text as it stands, each with its reason. A source text within a page bears lang="zh".
SOURCES = {
    "calendar-new": "how a day is written in the sheet to fill in",
    "firm-policies-json": "for machines: rules and dates as the rule files write them",
    "paper-template-sample": "the fields of an office's own template have Chinese names in every language",
}


@dataclass
class Reading(Walk):
    """A walk in one language that notes what its reader cannot read."""

    reads: str = "en"
    chinese: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.client.cookies["django_language"] = self.reads

    def look(self, address: str, route: str, shown: Shown) -> None:
        """Nothing here: `get` reads the answer itself, with its titles and labels."""

    def get(self, address: str) -> Shown | None:
        """Read one address and note the signs its reader cannot read."""
        answer = self.client.get(address)
        if answer.status_code == 302:
            return Shown((answer.headers["Location"],), "")
        if answer.status_code != 200:
            return None
        shown = read(answer)
        route = answer.resolver_match.url_name or ""
        self.pages[route] += 1
        text = shown.text
        if answer.headers["Content-Type"].startswith("text/html"):
            text = html.unescape(NOT_SHOWN.sub("", NOT_READ.sub("", answer.content.decode())))
        for found in CHINESE.finditer(text):
            if found[0] != SWITCH:
                self.chinese[route].add(around(text, found))
        for found in LEDGER_DAY.finditer(text):
            self.days[route].add(around(text, found))
        for found in DOUBLED.finditer(shown.text):
            self.doubled[route].add(around(shown.text, found))
        return shown


def around(text: str, found: re.Match[str]) -> str:
    """What was found, with its neighbours."""
    return " ".join(text[max(0, found.start() - 30) : found.end() + 20].split())


@pytest.fixture
def english_city(db, settings, tmp_path, monkeypatch):
    """The English city, built while the acting language is Chinese."""
    settings.HOME = tmp_path
    monkeypatch.setitem(world.SIZES, "small", SMALL)
    with translation.override("zh-hans"):
        assignments.load_regimes(by=None, at=AT)
        city.build(size="small", at=AT, tell=lambda _line: None, language="en")


def walked(reads: str) -> Reading:
    """The findings of all accounts together."""
    registry = Registry.of_instance()
    whole: Reading | None = None
    for account in {account.role: account for account in walking_accounts()}.values():
        if account.role not in READERS:
            continue
        walk = Reading(account, registry, 1, reads=reads)
        walk.run()
        assert sum(walk.pages.values()) >= (6 if account.role == Role.ENTERPRISE else 40), account
        if whole is None:
            whole = walk
        for mine, theirs in (
            (whole.chinese, walk.chinese),
            (whole.days, walk.days),
            (whole.doubled, walk.doubled),
        ):
            for route, found in theirs.items():
                mine[route] |= found
    assert whole is not None
    return whole


@pytest.mark.slow(70)
def test_the_english_city_is_english_on_every_page(english_city):
    assert not Account.objects.filter(name__regex="[一-鿿]").exists()
    whole = walked("en")
    assert {route: sorted(found)[:5] for route, found in whole.chinese.items() if route not in SOURCES} == {}
    assert {route: sorted(found)[:5] for route, found in whole.days.items() if route not in SOURCES} == {}
    assert {route: sorted(found)[:5] for route, found in whole.doubled.items() if route not in SOURCES} == {}
    assert verify() is None


def test_every_text_of_the_city_has_its_english():
    texts = world.load("city.toml")
    for name in ("county", "names", "elsewhere"):
        texts.pop(name)  # names, written in pinyin
    texts.pop("name")
    assert not [
        text for text in spoken(texts) if language.is_chinese(text) and text not in language.english()
    ]
    assert not [text for text in language.english().values() if language.is_chinese(text)]


def spoken(data: object) -> list[str]:
    """All texts of a table of data."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in spoken(value)]
    if isinstance(data, list):
        return [text for value in data for text in spoken(value)]
    return [data] if isinstance(data, str) else []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("安川市", "Anchuan City"),
        ("东关街道", "Dongguan Subdistrict"),
        ("平阳县", "Pingyang County"),
        ("上庄乡", "Shangzhuang Township"),
        ("恒岳", "Hengyue"),
        ("南泉", "Nanquan"),
    ],
)
def test_places_are_written_in_pinyin(name, said):
    assert language.place(name, "en") == said
    assert language.place(name, "zh") == name


def test_persons_are_written_in_pinyin():
    assert language.person("林", "一诺", "en") == "Lin Yinuo"
    assert language.person("林", "一诺", "zh") == "林一诺"


def test_a_text_without_english_is_an_error():
    with pytest.raises(KeyError):
        language.say("没有译文的一句话", "en")


def test_an_instance_in_english_speaks_chinese_to_who_reads_chinese(settings):
    """Django looks up what a catalogue lacks in the language of the instance: the source has one of its own."""
    settings.LANGUAGE_CODE = "en"
    spoken = trans_real.DjangoTranslation("zh-hans")
    assert [spoken.gettext(word) for word in ("满意", "交办", "已解决", "问题台账")] == [
        "满意",
        "交办",
        "已解决",
        "问题台账",
    ]
    counted = "共 %(number)s 个问题"
    assert spoken.ngettext(counted, counted, 3) == counted
