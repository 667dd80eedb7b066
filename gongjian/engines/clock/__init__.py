"""The clock of an assignment (时钟): what is due when, which light shows and why. No Django, no database.

`regime_file` reads regimes, `checkpoints` and `deadlines` count days, `events` and `fold` say what has happened,
`lights` is the one rule of lights, `reading` gives its reason, `ladder` the steps due, `what_if` another regime.

A matter handed over two days before National Day, signed for at once and looked at after the holiday:

>>> from datetime import date, datetime
>>> from gongjian.engines.clock import deadlines, dues, events, fold, reading, regime_file
>>> from gongjian.engines.workdays.announcements import load_years
>>> calendar, moment = load_years(), datetime(2026, 9, 29, 9, 30)
>>> regime = next(regime for regime in regime_file.package_regimes() if regime["code"] == "quanzhou")
>>> grade = regime["grades"][0]
>>> owed = deadlines.opening_dues(grade["checkpoints"], moment, calendar, due=None)
>>> [(checkpoint.name, str(checkpoint.due_on)) for checkpoint in owed.checkpoints]
[('签收', '2026-09-30'), ('答复企业并报告', '2026-10-14')]
>>> handed_over = events.HandedOver(
...     unit="市金融局", unit_id=1, person="张局长", person_id=2, task="协调贷款", on_the_spot=True, dues=owed,
...     rule_used=dues.RuleUsed(rule=tuple(grade["checkpoints"]), regime=regime["name"], grade=grade["name"]),
... )
>>> story = [handed_over, events.Accepted(unit="市金融局")]
>>> snapshot = fold.replay(events.Happened(event=event, at=moment) for event in story)
>>> clock = reading.read_clock(snapshot=snapshot, today=date(2026, 10, 12), calendar=calendar)
>>> print(clock.light, clock.working_days_left, [reason.key for reason in clock.reasons])
YELLOW 2 ['rule', 'skipped', 'make_up', 'left']
>>> print(clock.reasons[0], clock.reasons[-1])
2026-09-29交办，按泉州受理制·主办事项，“答复企业并报告”应于2026-10-14前完成。 还剩2个工作日。
"""
