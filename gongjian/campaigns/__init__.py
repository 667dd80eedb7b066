"""Campaigns, their battles (攻坚战) and the targets (目标) that areas and units owe, passed down so that the parts add up.

For: battles with who leads each, targets by area and horizon, how far each is, who has not passed targets on.
Not for: figures (indicators); how a split or a pace is computed (engines `cascade`, `forecast`); ranks (standings).
"""
