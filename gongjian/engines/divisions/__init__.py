"""The divisions of China by statistics code (统计用区划代码), down to townships. No Django.

For: which counties, zones and townships lie in a city or county. Not for: who governs them (`people` keeps that).

>>> from gongjian.engines.divisions.register import divisions_below, divisions_called
>>> [city] = divisions_called("安阳市")
>>> below = divisions_below(city)
>>> city.code, len(below), below[0].name, below[1].name
('4105', 147, '文峰区', '东大街街道')
"""
