"""Writing as people paste it (文字): signs nobody sees taken out, names compared folded, phone numbers hidden. No Django.

`signs` cleans what comes in and what goes on paper; `folding` says when two names, codes or phone numbers are the same;
`phones` hides a number by its shape; `merging` brings two versions of a text together; `vocabulary` holds the words and the tables they go by.

>>> from gongjian.engines.writing.folding import fold_name
>>> from gongjian.engines.writing.phones import mask_phones
>>> from gongjian.engines.writing.signs import clean_text
>>> clean_text("道路\\u0002破损\\u200b严重")
'道路破损严重'
>>> fold_name("安川 华星（集团）") == fold_name("安川华星(集团)")
True
>>> mask_phones("请拨 138 1234 5678 找李工，投资 12345678 元")
'请拨 138****5678 找李工，投资 12345678 元'
"""
