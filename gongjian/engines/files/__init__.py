"""What a file really is, how its name is shown, and pictures made safe and small. Pure."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "pictures")
