"""The day on which the tests stand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AT = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 24)
