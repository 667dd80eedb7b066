"""The checks of `gongjian doctor`, one function for each: folder and machine, settings, records."""
