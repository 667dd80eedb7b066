"""Extraction (来稿提取): a Chinese news report becomes draft ledger entries, offline and by rules alone.

Start at `extractor.extract` and `export.to_json`; words and grammar are data in the `.toml` files beside.
Not for deciding anything: every value names its source sentence and waits for a clerk. Knows no Django.
"""
