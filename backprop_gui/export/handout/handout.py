"""A worked example as a file of any of its formats."""

from pathlib import Path

from backprop_gui.export import formats
from backprop_gui.export.handout.html import html
from backprop_gui.export.handout.latex import latex
from backprop_gui.export.handout.markdown import markdown
from backprop_gui.export.handout.pdf import pdf_handout
from backprop_gui.export.handout.worked_example import Handout
from backprop_gui.export.paper import A4, PaperSheet
from backprop_gui.storage import files

_WRITERS = {formats.LATEX: latex, formats.HTML: html}


def save_handout(handout: Handout, path: Path, sheet: PaperSheet = A4) -> None:
    """Write a handout for a sheet as the name of the file says. Raises FormatError and OSError."""
    kind = formats.of(path, formats.EXAMPLES)
    if kind is formats.PDF:
        files.write(path, pdf_handout(handout, sheet.size))
    elif kind is formats.MARKDOWN:
        files.write(path, markdown(handout).encode())
    else:
        files.write(path, _WRITERS[kind](handout, sheet).encode())
