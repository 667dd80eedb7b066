"""Names of checkpoints and grades that a regime does not give: data, with their English beside the presets."""

BY_DATE = {"key": "close", "name": "办结", "span": "DATE", "amount": 0, "met_by": "resolve"}
PUT_RIGHT = "整改到位"
DISSATISFIED = "不满意整改"
