"""The calendar in force, and the years the office announces and adopts (工作日历)."""
