"""Confidence surveys (企业信心调查) among firms, anonymous by design: answers are counted where they fall and never kept one by one.

For: opening a survey, a firm's answer, the index with response rate and interval, groups large enough to be told.
Not for: a firm's opinion on a problem (problems, firm_word); figures of areas (indicators).
"""
