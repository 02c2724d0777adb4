"""Where the frozen program begins: as the command `backprop-gui` does."""

import sys

from backprop_gui.cli.main import main

sys.exit(main())
