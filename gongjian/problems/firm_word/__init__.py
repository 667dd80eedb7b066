"""The firm's own word (企业评价)."""
