"""How a line of goods is written: data, the same in every language of the page."""

import re

PARTED = re.compile(r"[、,，;；\n]+|(?<=.)和(?=.{2,})")
