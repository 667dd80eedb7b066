"""Which records does a table hold that an office keeps in Excel, and what does each cell say? No Django.

`opening` opens a file and refuses what would cost too much · `heads` finds the headings · `rows` tells records from totals, notes and
sections · `values` reads a cell or says why not · `marked_workbook` gives the file back with its errors.

>>> from gongjian.engines.tables.heads import HeadWords, find_head
>>> from gongjian.engines.tables.rows import read_rows
>>> from gongjian.engines.tables.values import read_day
>>> grid = [["单位台账", "", ""], ["序号", "单位名称", "成立时间"], [1.0, "市金融局", "2019.3.5"], ["合计", "1", ""]]
>>> known = HeadWords({"单位名称": "name", "成立时间": "since"}, anchors=["name"], beside={}, chosen={})
>>> head = find_head(grid, [], known)
>>> [column.field for column in head.columns]
['', 'name', 'since']
>>> [(row.number, row.values["name"], read_day(row.values["since"])) for row in read_rows(grid, head).records]
[(2, '市金融局', datetime.date(2019, 3, 5))]
"""
