"""Rule files (规则文件): checked, edited field by field, brought in from the library."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "checks")
