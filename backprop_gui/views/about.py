"""What the About box says."""

import platform
from html import escape
from importlib.metadata import version

from PySide6.QtCore import qVersion

from backprop_gui import __version__
from backprop_gui.core import kernel
from backprop_gui.lesson.article import TITLE
from backprop_gui.system.texts import _


def about_text() -> str:
    """Return the program's purpose and the versions of what it is made of, as HTML."""
    kind = _("plain Python") if kernel.__file__.endswith(".py") else _("compiled")
    versions = (
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("PySide6", version("PySide6-Essentials")),
        ("pyqtgraph", version("pyqtgraph")),
        (_("Kernel"), kind),
    )
    lines = "<br>".join(escape(f"{name}: {value}") for name, value in versions)
    purpose = _(
        "See, step through and check back-propagation on the smallest network with a hidden "
        "layer, number by number."
    )
    article = _("It begins with the numbers of the article {article}.").format(article=TITLE)
    return f"<h3>Backprop {__version__}</h3><p>{purpose}</p><p>{article}</p><p>{lines}</p>"
