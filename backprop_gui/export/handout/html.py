"""The worked example as one HTML file that needs no other and no network."""

from functools import singledispatchmethod
from html import escape

from backprop_gui.export import render
from backprop_gui.export.handout import worked_example as written
from backprop_gui.export.handout.figure import figure_picture
from backprop_gui.export.paper import A4, PaperSheet
from backprop_gui.lesson import notation
from backprop_gui.paint.theme import DARK, LIGHT, phase_ink
from backprop_gui.paint.typesetting import GAP_SIZE, fit
from backprop_gui.system.texts import _

_FORMULA_WIDTH, _FORMULA_PX, _BLANKED_PX = 660.0, (21.0, 15.0), (GAP_SIZE, GAP_SIZE)
_NO_BREAK = 10_000.0  # pixels: as high as a formula likes
_COLOURS = f"""
:root {{ color-scheme: light dark; {LIGHT.css()} }}
@media (prefers-color-scheme: dark) {{ :root {{ {DARK.css()} }} }}
figure {{ background: {LIGHT.ground}; }}
"""
_STYLE = """
body { max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; color: var(--text);
  background: var(--ground); font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin: 2.2rem 0 0.4rem; font-size: 1.2rem; }
.forward { color: var(--forward); } .backward { color: var(--backward); }
.update { color: var(--update); }
.step { margin: 1.4rem 0; padding-left: 1rem; border-left: 3px solid currentColor;
  break-inside: avoid; }
.step > * { color: var(--text); } .step .value { color: inherit; }
.step h3 { margin: 0; font-size: 1rem; } .step p { margin: 0.2rem 0 0; color: var(--muted); }
.formula { overflow-x: auto; margin: 0.5rem 0; } svg { max-width: 100%; height: auto; }
figure { margin: 1.5rem 0; padding: 0.5rem; border-radius: 8px;
  border: 1px solid var(--line); break-inside: avoid; }
table { border-collapse: collapse; } th, td { padding: 0.25rem 1.2rem 0.25rem 0; text-align: left;
  border-bottom: 1px solid var(--line); } th { color: var(--muted); font-weight: 500; }
td:last-child, th:last-child { text-align: right; padding-right: 0;
  font-variant-numeric: tabular-nums; }
.chain { font-size: 1.1rem; }
.blanks { display: flex; gap: 1rem; margin: 1.2rem 0 1.6rem; }
.blanks span { flex: 1; line-height: 1.5rem; border-bottom: 1px solid var(--text); }
.answers { break-before: page; margin-top: 4rem; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; }
  figure { margin: 1rem 0; padding: 0; border: 0; } figure svg { display: block; }
  h2, h3 { break-after: avoid; } .formula { overflow: visible; } }
@media screen { .answers { border-top: 1px dashed var(--line); } }
"""


def html(handout: written.Handout, sheet: PaperSheet = A4) -> str:
    """Return a handout as one HTML file that needs no other and no network; printed, on a sheet."""
    title = escape(handout.title)
    blocks = _Html(is_blanked=handout.is_blanked)
    way = "landscape" if sheet.is_landscape else "portrait"
    page = f"@page {{ size: {sheet.paper.word} {way}; margin: 15mm; }}\n"
    body = "\n".join(map(blocks.block, handout.blocks))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="backprop" content="{escape(handout.line)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_COLOURS}{_STYLE.lstrip()}{page}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{title}</h1>\n{body}\n</body>\n</html>\n'
    )


def _formula_svg(block: written.WorkedStep, *, is_blanked: bool) -> str:
    """The formula as glyphs, in the colours of the page, with its text for screen readers."""
    sizes = _BLANKED_PX if is_blanked else _FORMULA_PX
    setting = fit(block.formula, _FORMULA_WIDTH, _NO_BREAK, *sizes)
    own = block.step.quantity.name
    colours = {None: "currentColor", own: f"var(--{phase_ink(block.step.phase).value})"}
    svg = setting.svg(colours, "none").decode()
    says = escape(block.formula.text)
    size = f'width="{setting.width:.0f}" height="{setting.height:.0f}"'
    return svg.replace("<svg ", f'<svg role="img" aria-label="{says}" {size} ', 1)


class _Html:
    """Blocks as HTML."""

    def __init__(self, *, is_blanked: bool) -> None:
        self._is_blanked = is_blanked

    @singledispatchmethod
    def block(self, block: written.Block) -> str:
        """Return a block in this format."""
        raise TypeError(f"no HTML for a {type(block).__name__}")

    @block.register
    def _(self, block: written.Heading) -> str:
        phase = f' class="{block.phase.value}"' if block.phase else ""
        return f"<h2{phase}>{escape(block.text)}</h2>"

    @block.register
    def _(self, block: written.Paragraph) -> str:
        return f"<p>{escape(block.text)}</p>"

    @block.register
    def _(self, block: written.Blanks) -> str:
        return f'<p class="blanks">{"".join(f"<span>{escape(w)}</span>" for w in block.words)}</p>'

    @block.register
    def _(self, block: written.Chain) -> str:
        return (
            '<p class="chain">' + " → ".join(notation.rich(link) for link in block.links) + "</p>"
        )

    @block.register
    def _(self, block: written.Figure) -> str:
        picture = figure_picture(block.moment, block.digits, is_blanked=self._is_blanked)
        svg = render.svg(picture, None, _("The network"), "", outlines=True).decode()
        return f"<figure>{svg[svg.index('<svg') :]}</figure>"

    @block.register
    def _(self, block: written.WorkedStep) -> str:
        step, formula = block.step, _formula_svg(block, is_blanked=self._is_blanked)
        return (
            f'<section class="step {step.phase.value}"><h3>{step.number}. '
            f"{escape(block.title)}</h3>"
            f'<div class="formula">{formula}</div><p>{escape(step.why)}</p></section>'
        )

    @block.register
    def _(self, block: written.Table) -> str:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in block.head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
            for row in block.rows
        )
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"

    @block.register
    def _(self, _block: written.PageBreak) -> str:
        return '<div class="answers"></div>'
