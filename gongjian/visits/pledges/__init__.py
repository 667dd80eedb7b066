"""Pledges (表态): what was promised at a meeting for a target, each an assignment with its clock, lights and ladder."""
