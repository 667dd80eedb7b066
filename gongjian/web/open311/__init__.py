"""The interface for other systems (接口): problems pushed in, their state read out, in the manner of Open311 without a place."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "operations")
