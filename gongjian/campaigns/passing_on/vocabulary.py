"""Units of measurement in which there are whole numbers only (计量单位)."""

COUNTED = ("家", "户", "个", "人", "件", "台", "辆", "次")
