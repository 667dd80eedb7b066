"""How long a complaint may wait for its answer."""

ANSWER_WITHIN = 5  # working days; the product's own promise, since no rule names a number
