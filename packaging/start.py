"""Where the frozen program begins: as the command `backprop-gui` does."""

import sys

from backprop_gui.cli import main

sys.exit(main())
