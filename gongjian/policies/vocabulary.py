"""Keys of facts that the policy pages refer to by name; they are the same in every language."""

ELECTRICITY, GAS = "用电量", "用气量"
