"""Campaigns and their battles (攻坚战): the names everything else is filed under.

For: which campaign of which year, its battles in official order, who leads each.
Not for: targets and pace, which come with the cascade.
"""
