"""Excel sheets of an official ledger (台账): title, note, frozen head, one row a record. No Django.

>>> from io import BytesIO
>>> from openpyxl import load_workbook
>>> from gongjian.engines.sheets.workbook import SheetColumn, write_sheet
>>> content = write_sheet(
...     title="走访台账",
...     note="全部",
...     columns=[SheetColumn("企业", 24), SheetColumn("次数", 8)],
...     rows=[("安川特钢有限公司", 3), ("安川焦化有限公司", 1)],
...     number_in_words=lambda n: f"共 {n} 行",
... )
>>> page = load_workbook(BytesIO(content)).active
>>> [page.cell(3, 1).value, page.cell(4, 1).value, page.cell(4, 2).value, page.cell(6, 1).value]
['企业', '安川特钢有限公司', 3, '共 2 行']
"""
