"""`python -m samples.office FOLDER`: write the workbooks of the invented office."""

import sys
from pathlib import Path

from samples.office.invented import office
from samples.office.workbooks import WORKBOOKS

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
made = office()
for name, make in WORKBOOKS.items():
    (folder / f"{name}.xlsx").write_bytes(make(made))
