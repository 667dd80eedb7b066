"""Briefs made at random: figures, dates, codes and documents in paragraphs, cells and headings of any length."""

from datetime import date, timedelta
from random import Random

from gongjian.engines.paper.blocks import Block, Brief, LinkedNumber, PaperHeading, PaperParagraph, PaperTable

WORDS = (
    "企业",
    "续贷",
    "手续",
    "用工",
    "缺口",
    "订单",
    "下滑",
    "厂房",
    "环评",
    "批复",
    "供电",
    "增容",
    "道路",
    "仓储",
    "减税",
    "奖补",
    "资金",
    "市场",
    "监管",
    "专班",
    "走访",
    "现场",
    "交办",
    "协调",
    "解决",
    "反馈",
    "落实",
    "推进",
    "研究",
    "办理",
)
TAILS = ("，", "，", "、", "；", "。")
UNITS = ("市财政局", "市自然资源和规划局", "市供电公司", "平阳县人力资源和社会保障局", "经济技术开发区管委会")
FIRMS = ("恒岳机械", "启明天衡新能源", "豫岭兴达", "云溪食品", "安川市永固兴达特种纸业有限公司")


MOST_PARTS, MOST_ROWS = 8, 24


def briefs(count: int, *, seed: int = 9704, parts: int = MOST_PARTS, rows: int = MOST_ROWS) -> list[Brief]:
    """So many briefs of at most so many parts beside the first, and rows a table; the same seed gives the same."""
    return [brief(Random(seed + at), parts, rows) for at in range(count)]


def brief(random: Random, parts: int = MOST_PARTS, rows: int = MOST_ROWS) -> Brief:
    """One brief of three to nine parts, or of one to fewer."""
    blocks: list[Block] = []
    for level in [1, *random.choices((1, 1, 2, 3), k=random.randint(min(2, parts), parts))]:
        blocks += [PaperHeading(level, sentence(random, 2, 8).rstrip("，、；。")), *_part(random, rows)]
    return Brief(
        head=f"{random.choice(('安川市', '平阳县', '安川市高新技术产业开发区'))}攻坚工作简报",
        year=2026,
        issue=random.randint(1, 120),
        unit="安川市攻坚办",
        on=date(2026, 1, 1) + timedelta(days=random.randint(0, 364)),
        title=f"{figure(random)}全力拼经济工作情况",
        blocks=tuple(blocks),
        sent_to=(
            "报：安川市领导。",
            "送：" + "、".join(random.choices(UNITS, k=random.randint(1, 9))) + "。",
        ),
    )


def _part(random: Random, rows: int) -> list[Block]:
    paragraphs: list[Block] = [
        PaperParagraph(
            (sentence(random, 3, 40), LinkedNumber(str(random.randint(0, 99999)), f"n{at}"), "个。")
        )
        for at in range(random.randint(0, 3))
    ]
    if not paragraphs or random.random() < 0.4:
        paragraphs.append(table(random, rows))
    return paragraphs


def table(random: Random, most: int = MOST_ROWS) -> PaperTable:
    """A list of problems or a table of figures."""
    rows = range(random.randint(1, most))
    if random.random() < 0.5:
        head = ("编号", "企业", "问题", "牵头单位", "应办日期")
        return PaperTable(head, tuple(_problem(random) for _row in rows))
    columns = random.randint(2, 8)
    figures = tuple(
        (random.choice(UNITS), *(f"{random.uniform(-9e4, 9e5):,.1f}" for _column in range(columns)))
        for _row in rows
    )
    return PaperTable(("单位", *(f"指标{at + 1}" for at in range(columns))), figures)


def _problem(random: Random) -> tuple[str, ...]:
    return (
        f"WT2026-{random.randint(1, 999999):06d}",
        random.choice(FIRMS),
        sentence(random, 3, random.choice((10, 30, 90))),
        random.choice(UNITS),
        random.choice((f"{random.randint(1, 12):02d}-{random.randint(10, 28)}", "2027-02-28")),
    )


def sentence(random: Random, least: int, most: int) -> str:
    """Words and figures, so many at least and at most."""
    said = []
    for at in range(random.randint(least, most)):
        is_figure = at % 2 and random.random() < 0.6
        said.append(figure(random) if is_figure else random.choice(WORDS))
        if random.random() < 0.25:
            said.append(random.choice(TAILS))
    return "".join(said) + "。"


def figure(random: Random) -> str:
    """A date, an amount, a code or the number of a document."""
    n, month, day = random.randint(1, 99999), random.randint(1, 12), random.randint(1, 28)
    return random.choice(
        (
            f"2026年{month}月{day}日",
            f"{month}月{day}日",
            f"2026年{month}月",
            f"2026-{month:02d}-{day:02d}",
            f"{n:,}万元",
            f"{n / 7:.2f}亿元",
            f"{n % 100}.{day}%",
            f"-{day}.{month}%",
            f"WT2026-{n:06d}",
            f"JB2026-{n:06d}",
            f"安政〔2026〕{day}号",
            f"第{day}期",
            f"0372-{n:07d}",
            f"{month}～{month + 3}个百分点",
            f"{month:02d}:{day:02d}",
        )
    )
