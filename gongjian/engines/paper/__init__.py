"""Official papers (公文) as Word files laid out by GB/T 9704-2012: blocks in, bytes of a .docx out. No Django.

The same paper gives the same bytes.

>>> from datetime import date
>>> from io import BytesIO
>>> from docx import Document
>>> from gongjian.engines.paper.blocks import Brief, LinkedNumber, PaperHeading, PaperParagraph
>>> from gongjian.engines.paper.word_file import render
>>> brief = Brief(
...     head="全力拼经济简报", year=2026, issue=12, unit="安川市攻坚办", on=date(2026, 11, 24), title="一周情况",
...     blocks=(PaperHeading(1, "走访"), PaperParagraph(("本周走访企业", LinkedNumber("36", "visits"), "家。"))),
... )
>>> content = render(brief)
>>> "本周走访企业36家。" in [line.text for line in Document(BytesIO(content)).paragraphs]
True
>>> content == render(brief)
True
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "cut_slips", "own_template", "word_file")
