"""Likeness of short texts (相似): which of them say the same thing, and which line of offices handles a text. No Django.

`clusters`, `related_groups` and `shared_words` find common problems; `training` and `classifier` learn who handled what;
`thresholds` holds the likeness each of these asks for.

>>> from gongjian.engines.likeness.clusters import cluster
>>> from gongjian.engines.likeness.similarity import SimilarityIndex
>>> texts = ["厂区用电负荷不足，申请增容", "用电负荷不够，想申请增容", "银行抽贷，流动资金紧张"]
>>> index = SimilarityIndex()
>>> index.add(enumerate(texts))
>>> cluster(index.matrix())
[[0, 1], [2]]
"""
