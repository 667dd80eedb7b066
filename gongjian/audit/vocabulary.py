"""Names of the State Council's yearly notices as the calendar keeps them."""

DAYS_OFF = r"国务院办公厅关于(?P<year>\d{4})年部分节假日安排的通知(?:（国办发明电〔(?P<of>\d{4})〕(?P<number>\d+)号）)?"
