"""The invented city 安川市: every person, firm and problem in it is made up.

For: the demo and tests under load; spread around the day it is made, from a fixed seed.
"""
