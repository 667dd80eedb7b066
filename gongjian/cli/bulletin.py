"""`gongjian bulletin`."""
