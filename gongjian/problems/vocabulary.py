"""Words of the printed hand-over slip (交办单): Chinese whatever the language of the page."""

AGREED_DAY = "约定日期"
ANSWERS_BY = "%(unit)s（%(on)s前答复）"
