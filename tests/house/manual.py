"""`python -m tests.house.manual`: the pages of moves, of measures, of columns of imports and of the policy language in the manual, printed from the tables behind them."""

from django.utils import translation

from tests.house import policy_language
from tests.house.sources import PACKAGE

TEXT = PACKAGE / "web" / "manual" / "text"
HEADS = {
    "zh": (
        "办理环节一览",
        "下表由系统实际运行的办理环节打印，谁在什么状态下能做什么，以此为准。",
        ("环节", "从", "到", "谁来做"),
        "状态不变",
    ),
    "en": (
        "All moves at a glance",
        "Printed from the table of moves the system runs on: who may do what, and when.",
        ("Move", "From", "To", "By"),
        "stays",
    ),
}


MEASURE_HEADS = {
    "zh": (
        "口径表：一个词一个数",
        (
            "系统里每个数都按这张表来数：同一个词在每个页面、简报、导出、接口和通知里是同一个意思；意思不同，词就不同。"
            "“数什么”说一行算几个：问题按个，任务按件，一项任务可以管几个问题，所以任务数和问题数可以不等。"
            "点开一个数，列出的就是它数的那些行，只含您看得到的地区和单位。"
        ),
        ("词", "口径", "数什么", "时间范围"),
    ),
    "en": (
        "Table of measures: one word, one number",
        (
            "Every number is counted by this table: a word means the same on every page and in every brief, export, interface "
            "and notice; where the meaning differs, the word does. The unit of count says what one is: one task may serve several problems, "
            "so tasks and problems need not be as many. A number opens exactly the rows it counts, within the areas and units you see."
        ),
        ("Word", "Definition", "Unit of count", "Days"),
    ),
}


IMPORT_HEADS = {
    "zh": (
        "导入各列：哪些必填，哪些读不懂也不耽误",
        (
            "每种台账的列分成几类，导入时照此办理。“必填”空着，整行不写入。“写了就要读得懂”可以空着，但写了读不懂，整行不写入："
            "它说的是哪一条记录，或者事情、钱办到了哪一步，猜错了比不写更糟。“读不懂就不写这一格”：那一格不写入、列在错误表里，"
            "行照常写入。导出的表用的就是这些表头。"
        ),
        ("台账", "必填", "写了就要读得懂", "读不懂就不写这一格"),
    ),
    "en": (
        "Columns of imports: what is needed, and what does not hold a row up",
        (
            "The columns of each ledger are of different kinds. A row whose “needed” cell is blank is not written. A cell that “counts when "
            "written” may be blank, but keeps its row out when it cannot be read: it says which record the row is about, or how a matter or "
            "its money stands, and a wrong guess would be worse than none. Any other cell that cannot be read is “left out”: it is "
            "listed in the marked workbook, and the row goes in without it. Exports have these headings."
        ),
        ("Ledger", "Needed", "Counts when written", "Left out when it cannot be read"),
    ),
}


def columns_page(language: str) -> str:
    """The columns of every ledger that is imported in one language, as the page should stand."""
    from gongjian.imports.reading.fields import FIELDS

    title, told, heads = IMPORT_HEADS[language]
    with translation.override({"zh": "zh-hans", "en": "en"}[language]):
        joint = "、" if language == "zh" else ", "
        lines = [heads, ("---",) * len(heads)]
        for kind, fields in FIELDS.items():
            needed = [str(field.label) for field in fields if field.required]
            counts = [str(field.label) for field in fields if not (field.required or field.optional)]
            rest = [str(field.label) for field in fields if field.optional]
            lines.append((str(kind.label), *(joint.join(labels) or "—" for labels in (needed, counts, rest))))
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# {title}\n\n{told}\n\n{table}\n"


def measures_page(language: str) -> str:
    """The table of measures in one language, as it should stand."""
    from gongjian.measures.table import TABLE

    title, told, heads = MEASURE_HEADS[language]
    with translation.override({"zh": "zh-hans", "en": "en"}[language]):
        lines = [heads, ("---",) * len(heads)]
        lines += [(m.name, m.meaning, str(m.counts.label), str(m.days.label)) for m in TABLE]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# {title}\n\n{told}\n\n{table}\n"


def moves_page(language: str) -> str:
    """The page in one language, as it should stand."""
    from gongjian.assignments.states import MOVES, State

    title, told, heads, stays = HEADS[language]
    with translation.override({"zh": "zh-hans", "en": "en"}[language]):
        joint = "、" if language == "zh" else ", "
        lines = [heads, ("---",) * len(heads)]
        for move in MOVES:
            sources = joint.join(str(State(one).label) for one in move.sources)
            to = str(move.to.label) if move.to else stays
            lines.append((str(move.label), sources, to, joint.join(str(p.label) for p in move.parties)))
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# {title}\n\n{told}\n\n{table}\n"


def write() -> None:
    """Bring these pages up to date in both languages."""
    for language in HEADS:
        (TEXT / language / "import-columns.md").write_text(columns_page(language), encoding="utf-8")
        (TEXT / language / "measures.md").write_text(measures_page(language), encoding="utf-8")
        (TEXT / language / "moves.md").write_text(moves_page(language), encoding="utf-8")
    policy_language.write()


if __name__ == "__main__":
    import os

    import django

    from hatch_build import compile_catalogues

    compile_catalogues()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    django.setup()
    write()
