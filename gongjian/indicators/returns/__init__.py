"""Monthly returns (月报): handed up by an area, approved by the office above, then locked."""
