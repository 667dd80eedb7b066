"""The words by which fields are recognised in reports, the same in every language of the page."""

from gongjian.visits.states import DayPart

PARTS = {"上午": DayPart.MORNING, "下午": DayPart.AFTERNOON, "晚上": DayPart.EVENING}
FIRMS = "家"  # what firms are counted in
# words in the title of a meeting that say what it is
WORDS_OF_KINDS = {
    "mobilisation": ("动员", "誓师"),
    "cadre_meeting": ("三级干部",),
    "economic_meeting": ("经济工作会",),
    "seminar": ("座谈", "对接会"),
    "inquiry": ("调研会",),
    "coordination": ("调度会", "例会", "常务会", "常委会"),
    "commendation": ("表彰", "颁奖"),
    "signing": ("签约", "签字"),
    "groundbreaking": ("开工", "奠基"),
}
