"""Writes resources/glyphs.json: the pieces of formulas that every run has, typeset."""

import json
from pathlib import Path

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.typesetting import typeset_by_ziamath
from backprop_gui.storage import files

GLYPHS = Path(__file__).parent.parent / "resources" / "glyphs.json"
_POWERS = [rf"{dot}10^{{{n}}}" for dot in ("", r"\cdot ") for n in range(-12, 13)]
_OF_NUMBERS = (*"0123456789.-()", "{,}", *_POWERS)


def wanted() -> list[str]:
    """Return the LaTeX of the pieces: symbols and signs of all steps, and what numbers have."""
    run = Run(Setup())
    made = (formula(moment_at(run, Position(1, step.number))) for step in ARTICLE.steps)
    pieces = (piece for each in made for piece in (*each.left, *each.rights[0], each.rights[-1][0]))
    relations = "=", r"\approx"
    return sorted({*(piece.latex for piece in pieces), *relations, *_OF_NUMBERS})


if __name__ == "__main__":
    lines = (f"{json.dumps(latex)}: {json.dumps(typeset_by_ziamath(latex))}" for latex in wanted())
    files.write(GLYPHS, ("{\n" + ",\n".join(lines) + "\n}\n").encode())
