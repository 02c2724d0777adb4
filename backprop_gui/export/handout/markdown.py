"""The worked example as Markdown, with formulas between dollars."""

import re
from functools import singledispatchmethod

from backprop_gui.export.handout import worked_example as written
from backprop_gui.lesson import notation

_BLANK = r"\_" * 30


def markdown(handout: written.Handout) -> str:
    """Return a handout as Markdown, with formulas between dollars."""
    head = f"<!-- {handout.line} -->\n\n# {markdown_text(handout.title)}"
    return "\n\n".join([head, *filter(None, map(_Markdown().block, handout.blocks))]) + "\n"


def markdown_text(text: str) -> str:
    """Return a text as Markdown has it."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text.replace("&", "&amp;"))


class _Markdown:
    """Blocks as Markdown."""

    @singledispatchmethod
    def block(self, block: written.Block) -> str:
        """Return a block in this format."""
        raise TypeError(f"no Markdown for a {type(block).__name__}")

    @block.register
    def _(self, block: written.Heading) -> str:
        return f"## {markdown_text(block.text)}"

    @block.register
    def _(self, block: written.Paragraph) -> str:
        return markdown_text(block.text)

    @block.register
    def _(self, block: written.Blanks) -> str:
        return " ".join(f"{markdown_text(word)} {_BLANK}" for word in block.words)

    @block.register
    def _(self, block: written.Chain) -> str:
        return " → ".join(notation.plain(link) for link in block.links)

    @block.register
    def _(self, _block: written.Figure) -> str:
        return ""  # a picture would be a file of its own

    @block.register
    def _(self, block: written.WorkedStep) -> str:
        step = block.step
        title = f"**{step.number}. {markdown_text(block.title)}**"
        return f"{title}\n\n$$\n{block.formula.latex}\n$$\n\n{markdown_text(step.why)}"

    @block.register
    def _(self, block: written.Table) -> str:
        rules = ("---",) * (len(block.head) - 1) + ("---:",)
        rows = (block.head, rules, *block.rows)
        return "\n".join(
            "| " + " | ".join(cell if row is rules else markdown_text(cell) for cell in row) + " |"
            for row in rows
        )

    @block.register
    def _(self, _block: written.PageBreak) -> str:
        return '---\n\n<div style="page-break-before: always"></div>'
