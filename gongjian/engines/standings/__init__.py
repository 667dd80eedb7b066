"""Areas compared by a scheme: points, places with ties, red and black lists, how sure a place is, the way up (排名). No Django.

For: schemes as data, values with their guards, places within groups, resampled places, what changed, the cheapest way to the next place.
Not for: persons, who are never ranked; who may see or sign (`standings`); targets (`cascade`); forecasts (`forecast`).

Three counties on a ladder of six points; two that stand equal share a place and the next place is skipped.

>>> from decimal import Decimal
>>> from gongjian.engines.standings.readings import Reading
>>> from gongjian.engines.standings.schemes import Item, Scheme
>>> from gongjian.engines.standings.scoring import score
>>> scheme = Scheme("ladder", (Item("tax_share", Decimal(6)),))
>>> found = {"east": "71.2", "north": "68.0", "west": "71.2"}
>>> readings = {area: {"tax_share": Reading((Decimal(value),))} for area, value in found.items()}
>>> for row in score(scheme, readings).rows:
...     print(row.entrant, row.place, row.total)
east 1 6.00
west 1 6.00
north 3 5.40
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "stability")
