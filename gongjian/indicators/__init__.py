"""Figures of areas by month (指标数据): what was reported (调度数) and what statistics accepted (统计数), side by side.

For: the catalogue of indicators, monthly figures with provenance and history, questions about odd ones, approval.
Not for: figures of one firm (enterprises); targets (campaigns); ranks (standings).
"""
