"""The words by which fields are recognised in reports, the same in every language of the page."""

from gongjian.visits.states import DayPart

PARTS = {"上午": DayPart.MORNING, "下午": DayPart.AFTERNOON, "晚上": DayPart.EVENING}
FIRMS = "家"  # what firms are counted in
