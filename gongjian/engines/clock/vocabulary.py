"""Default names of checkpoints and grades for regimes that give none; their English is with the presets."""

BY_DATE = {"key": "close", "name": "办结", "span": "DATE", "amount": 0, "met_by": "resolve"}
PUT_RIGHT = "整改到位"
DISSATISFIED = "不满意整改"
