"""One search (统一搜索): firms, persons, units, policies, problems, visits and numbers of slips from one box.

Every kind asks the room's own rule of sight; nothing is kept beside the records.
"""
