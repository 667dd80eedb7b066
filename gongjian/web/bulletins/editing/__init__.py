"""The page on which a bulletin is edited, and what is done with its versions."""
