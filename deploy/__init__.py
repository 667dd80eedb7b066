"""How the product reaches a machine: the bundle and its bill of materials; `system/` holds what stands beside the program."""
