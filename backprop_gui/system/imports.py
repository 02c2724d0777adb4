"""How modules are imported once PySide is there."""

import builtins


def import_plainly() -> None:
    """Import PySide without its search for features. Raises ImportError where it is missing.

    PySide's own `__import__` reads the source of each imported module to see whether that switches
    features of PySide on (`from __feature__ import …`). Nothing here does so, and reading some 400
    sources takes a tenth of the start.
    """
    import PySide6.QtCore  # noqa: F401 - puts its import there

    # The one below it, by PySide's name for it; a release without that name keeps what it does.
    vars(builtins)["__import__"] = getattr(builtins, "__orig_import__", builtins.__import__)
