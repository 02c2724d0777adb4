"""`python -m backprop_gui`, or this file itself, from any folder."""

import os
import sys


def _start() -> int:
    if not __package__:  # started as a file: Python does not know yet where the package is
        sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        import backprop_gui  # noqa: F401 - what is beside the package is looked at last

        sys.path.append(sys.path.pop(0))
    from backprop_gui.system.programs import forget_working_folder

    forget_working_folder()  # before anything else is imported
    from backprop_gui.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(_start())
