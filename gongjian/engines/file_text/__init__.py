"""The text of a file (文件里的文字): Word, web page, PDF, RTF, Markdown or plain text in any usual encoding. No Django.

The kind is decided by the first bytes. Rows of tables become sentences with their headings; what cannot be read is said.

>>> from gongjian.engines.file_text.reading import Unreadable, read_text
>>> page = "<html><body><p>县委书记许怀远讲话。</p><table><tr><th>企业<th>订单<tr><td>海拓机械<td>20万元</table>"
>>> read_text(page.encode("gb18030"), "报道.html").splitlines()
['县委书记许怀远讲话。', '企业：海拓机械，订单：20万元。']
>>> try:
...     read_text(b"%PDF-1.7 nothing", "扫描.pdf")
... except Unreadable as refused:
...     print(refused.why)
broken
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "word", "web_page", "pdf", "rich_text", "markdown")
