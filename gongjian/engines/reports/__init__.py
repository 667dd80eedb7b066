"""Reading press reports (来稿提取): a Chinese news report becomes draft ledger entries, offline and by rules alone.

Words and grammar are data in the `.toml` files beside. Every value names its source sentence and waits for a clerk.

>>> from datetime import date
>>> from gongjian.engines.reports.as_json import to_json
>>> from gongjian.engines.reports.extractor import extract
>>> report = "11月23日，安川市委书记林远山到安川特钢有限公司调研。林远山要求，市发改委要在11月30日前协调解决用电问题。"
>>> draft = to_json(extract(report, hint=date(2026, 11, 24)))
>>> visit = draft["events"][0]
>>> visit["type"], visit["date_start"], visit["lead"], visit["enterprises"]
('visit', '2026-11-23', '林远山', ['安川特钢有限公司'])
>>> draft["actions"][0]["to"], draft["actions"][0]["deadline_text"]
('市发改委', '11月30日前')
"""
