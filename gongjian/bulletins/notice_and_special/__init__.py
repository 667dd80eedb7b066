"""The notice (通报) to all units and the special report (专报) on one of them: what they say, by the outline of the brief."""
