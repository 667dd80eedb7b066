"""Facts of firms from a workbook (数据导入): read, checked, written, given back with its errors marked."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "error_workbook")
