"""Monthly returns of firms (企业月报): who has reported a month, and what sectors and areas add up to."""
