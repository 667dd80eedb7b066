"""Dated facts of firms (企业数据): the catalogue, values as people write them, one fact recorded."""
