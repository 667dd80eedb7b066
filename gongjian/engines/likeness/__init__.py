"""Likeness of short texts (相似): which of them say the same, and whose matter a text is. No Django.

`clusters`, `related_groups` and `shared_words` find common problems; `training` and `classifier` learn who handled what;
`thresholds` says from which likeness on.

>>> from gongjian.engines.likeness.clusters import cluster
>>> from gongjian.engines.likeness.similarity import Likeness
>>> texts = ["厂区用电负荷不足，申请增容", "用电负荷不够，想申请增容", "银行抽贷，流动资金紧张"]
>>> likeness = Likeness()
>>> likeness.add(enumerate(texts))
>>> cluster(likeness.matrix())
[[0, 1], [2]]
"""
