"""The worked example for plain pdflatex with the amsmath package."""

from collections.abc import Iterator
from functools import singledispatchmethod

from backprop_gui.export.handout import worked_example as written
from backprop_gui.export.handout.latex_text import PREAMBLE, latex_text
from backprop_gui.export.paper import A4, PaperSheet
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.formula import Formula
from backprop_gui.lesson.written import Piece, as_latex

_PREAMBLE = rf"""\usepackage{{amsmath}}
{PREAMBLE}% exponents of nine points, where plain LaTeX has eight
\DeclareMathSizes{{10.95}}{{10.95}}{{9}}{{7}}
\setlength{{\parindent}}{{0pt}}
\setlength{{\parskip}}{{6pt plus 2pt}}
\begin{{document}}
"""


_MOST_GAPS = 3  # on a line
_BLANKS_WIDTH, _WORD_WIDTH = 150, 18  # of all lines beside each other, of a word, in mm


def latex(handout: written.Handout, sheet: PaperSheet = A4) -> str:
    """Return a handout for plain pdflatex with the amsmath and geometry packages, on a sheet."""
    way = ",landscape" if sheet.is_landscape else ""
    head = (
        rf"\documentclass[11pt,{sheet.paper.word}paper{way}]{{article}}"
        "\n\\usepackage[margin=25mm]{geometry}\n"
    )
    title = rf"\section*{{\raggedright {latex_text(handout.title)}}}"
    body = "\n\n".join([title, *filter(None, map(_Latex().block, handout.blocks))])
    return f"% {handout.line}\n{head}{_PREAMBLE}\n{body}\n\n\\end{{document}}\n"


def _latex_lines(made: Formula) -> str:
    """The right sides below each other, since five factors are wider than a page."""
    left = " ".join(piece.latex for piece in made.left)
    rights = [line for right in made.rights for line in _broken(right)]
    lines = " \\\\\n".join(f"&{right}" for right in rights)
    return f"\\[\n\\begin{{aligned}}\n{left} {lines}\n\\end{{aligned}}\n\\]"


def _broken(right: tuple[Piece, ...]) -> Iterator[str]:
    """Yield a right side in lines that are no wider than a page, however many gaps it has."""
    line: list[Piece] = []
    for piece in right:
        if piece.may_begin_line and sum(each.is_gap for each in line) >= _MOST_GAPS:
            yield as_latex(line)
            line = []
        line.append(piece)
    yield as_latex(line)


def latex_cell(cell: str) -> str:
    """Return the cell of a table: a number in mathematics, or a text."""
    is_number = numbers.parts(cell) or cell.endswith("∞")
    return f"${numbers.latex(cell)}$" if is_number else latex_text(cell)


class _Latex:
    """Blocks as LaTeX."""

    @singledispatchmethod
    def block(self, block: written.Block) -> str:
        """Return a block in this format."""
        raise TypeError(f"no LaTeX for a {type(block).__name__}")

    @block.register
    def _(self, block: written.Heading) -> str:
        return rf"\subsection*{{{latex_text(block.text)}}}"

    @block.register
    def _(self, block: written.Paragraph) -> str:
        return latex_text(block.text)

    @block.register
    def _(self, block: written.Blanks) -> str:
        width = _BLANKS_WIDTH // len(block.words) - _WORD_WIDTH
        line = rf"\underline{{\rule{{0pt}}{{18pt}}\hspace{{{width}mm}}}}"
        return r"\hfill ".join(f"{latex_text(word)}~{line}" for word in block.words)

    @block.register
    def _(self, block: written.Chain) -> str:
        first, *rest = block.links
        arrows = "".join(
            rf" \xrightarrow{{{notation.latex(weight)}}} {notation.latex(neuron)}"
            for weight, neuron in zip(rest[::2], rest[1::2], strict=True)
        )
        return rf"\[ {notation.latex(first)}{arrows} \]"

    @block.register
    def _(self, _block: written.Figure) -> str:
        return ""  # a picture would be a file of its own

    @block.register
    def _(self, block: written.WorkedStep) -> str:
        step = block.step
        title = rf"\textbf{{{step.number}.~{latex_text(block.title)}}}"
        return (
            f"{title}\\nopagebreak\n{_latex_lines(block.formula)}\n"
            rf"\nopagebreak {latex_text(step.why)}"
        )

    @block.register
    def _(self, block: written.Table) -> str:
        columns = "l" * (len(block.head) - 1) + "r"
        rows = [" & ".join(map(latex_text, block.head)) + r" \\ \hline"]
        rows += [" & ".join(map(latex_cell, row)) + r" \\" for row in block.rows]
        body = "\n".join(rows)
        return (
            f"\\begin{{center}}\n\\renewcommand{{\\arraystretch}}{{1.3}}\n"
            f"\\begin{{tabular}}{{{columns}}}\n{body}\n\\end{{tabular}}\n\\end{{center}}"
        )

    @block.register
    def _(self, _block: written.PageBreak) -> str:
        return r"\clearpage"
