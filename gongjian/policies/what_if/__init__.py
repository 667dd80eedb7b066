"""What a rule with other thresholds would mean (试算)."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "queries")
