"""Names of yearly notices as the calendar keeps them, and reasons that the product writes before what somebody said."""

DAYS_OFF = r"国务院办公厅关于(?P<year>\d{4})年部分节假日安排的通知(?:（国办发明电〔(?P<of>\d{4})〕(?P<number>\d+)号）)?"

# The laws behind the days off.
LAW_MESSAGES = {
    644: "全国年节及纪念日放假办法（国务院令第644号）",
    795: "全国年节及纪念日放假办法（国务院令第795号）",
}

UNHAPPY = "企业不满意：%(note)s"
UNHAPPY_SAMPLE = "抽样回访企业不满意：%(note)s"
REASON_MESSAGES = {"unhappy": "企业不满意：%(note)s", "sample": "抽样回访企业不满意：%(note)s"}
