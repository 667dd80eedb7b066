"""Excel ledgers (台账): a view and a workbook, never a table of their own."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "fact_marking")
