"""How a list of goods is written, the same in every language of the page."""

import re

PARTED = re.compile(r"[、,，;；\n]+|(?<=.)和(?=.{2,})")
