"""Somebody else's blank workbook filled with records: its headings found, its styles, merged blocks, formulas and total rows kept.

>>> import io, openpyxl
>>> from gongjian.engines.tables.heads import HeadWords
>>> book = openpyxl.Workbook()
>>> for row in (["重点企业情况表"], ["序号", "企业名称"], [1, None], ["合计", "=COUNTA(B3:B3)"]):
...     book.active.append(row)
>>> file = io.BytesIO(); book.save(file)
>>> words = HeadWords({"企业名称": "firm", "序号": "serial"}, anchors=["firm"], beside={}, chosen={})
>>> template = read_template(file.getvalue(), words)
>>> [column.field for column in template.sheets[0].head.columns]
['serial', 'firm']
>>> filled = fill_template(template, lambda _sheet: [{"serial": 1, "firm": "甲厂"}, {"serial": 2, "firm": "乙厂"}])
>>> page = openpyxl.load_workbook(io.BytesIO(filled)).active
>>> page["B4"].value, page["B5"].value
('乙厂', '=COUNTA(B3:B4)')
"""

from gongjian.engines.templates.filling import fill_template
from gongjian.engines.templates.reading import NoTemplate, Template, TemplateSheet, read_template, undated

__all__ = ["NoTemplate", "Template", "TemplateSheet", "fill_template", "read_template", "undated"]
