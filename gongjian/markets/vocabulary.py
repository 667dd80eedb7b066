"""How a list of goods is written, the same in every language of the page."""

import re

JOINT = "；"  # between the reasons kept with an introduction
PARTED = re.compile(r"[、,，;；\n]+|(?<=.)和(?=.{2,})")
