"""The policy engine (政策引擎): rules in, three-valued verdicts and amounts out. Pure, usable alone."""
