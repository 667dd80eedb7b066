"""Rules as dated data: a policy, its YAML file, a folder of them."""
