"""`python -m bot` is `deskcheck`."""

import sys

from bot.cli import main

sys.exit(main())
