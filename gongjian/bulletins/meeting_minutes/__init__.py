"""The minutes (会议纪要) of a rally as a Word file."""
