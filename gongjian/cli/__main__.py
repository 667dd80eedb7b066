"""`python -m gongjian.cli` is the command `gongjian`."""

import sys

from gongjian.cli.main import main

sys.exit(main())
