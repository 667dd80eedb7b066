"""Words of the hand-over slip, a paper: Chinese in every language of the page."""

AGREED_DAY = "约定日期"
ANSWERS_BY = "%(unit)s（%(on)s前答复）"
