"""`python -m tests.house.manual`: the page of moves in the manual, printed from the table the engine runs on."""

from django.utils import translation

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
    """Bring both pages up to date."""
    for language in HEADS:
        (TEXT / language / "moves.md").write_text(moves_page(language), encoding="utf-8")


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    django.setup()
    write()
