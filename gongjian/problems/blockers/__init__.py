"""Blockers of major projects (项目卡点): problems that name their project. For: naming it, listing them. Clock and lights are those of every problem."""
