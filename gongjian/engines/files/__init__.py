"""Uploaded files (附件): what kind a file really is, how its name is shown, a picture made safe and small. No Django.

The kind is decided by the first bytes and not by the ending of the name.

>>> from gongjian.engines.files.names import clean_name, size_in_words
>>> from gongjian.engines.files.types import BadFile, kind_of
>>> kind_of(b"%PDF-1.7 ...", "营业执照.pdf").media_type
'application/pdf'
>>> try:
...     kind_of(b"MZ\\x90\\x00", "合同.pdf")
... except BadFile as refused:
...     print(refused.why)
unknown
>>> clean_name("C:\\\\tmp\\\\合同 终稿.pdf"), size_in_words(2_500_000)
('合同 终稿.pdf', '2.4 MB')
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "pictures")
