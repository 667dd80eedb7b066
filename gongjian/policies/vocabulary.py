"""Keys of facts that pages of policies name themselves: data, the same in every language."""

ELECTRICITY, GAS = "用电量", "用气量"
