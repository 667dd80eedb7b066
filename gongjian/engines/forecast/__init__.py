"""How far a target is along its year, and where the year will end. No Django.

For: the linear pace, the seasonal pace, the forecast with its interval and back-test, what is still needed per working day.
Not for: what a target is and who owes it (`campaigns`), what is counted (`indicators`).

Ten months into a year, 629.0 of a planned 647.4 are done: 13.8 points ahead of the calendar.

>>> from decimal import Decimal
>>> from gongjian.engines.forecast.pace import time_pace, points
>>> pace = time_pace(Decimal("629.0"), Decimal("647.4"), months=10)
>>> print(points(pace.completion, 1), points(pace.lead, 1))
97.2 13.8
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "families", "outlook", "series", "usual_share")
