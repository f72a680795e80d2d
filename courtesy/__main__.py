"""``python -m courtesy`` is the command line."""

import sys

from courtesy.config.commandline import main

sys.exit(main())
