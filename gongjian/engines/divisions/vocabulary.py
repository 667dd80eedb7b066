"""Words of the register of divisions."""

NAMES_OF_GROUPS = (
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
)  # of lines that gather counties
