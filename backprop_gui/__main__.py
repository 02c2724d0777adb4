"""`python -m backprop_gui`."""

import sys

from backprop_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
