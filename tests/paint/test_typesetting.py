"""Typeset formulas."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.typesetting import Setting, fit, typeset_by_ziamath
from backprop_gui.system.resources import resource

RUN = Run(Setup())
HUGE = Run(Setup(input=-1e-300, w1=1e300, w2=-1e250, target=-1e100, tolerance=0.0))


def setting(step: int, digits: int = 4, width: float = 600, height: float = 160) -> Setting:
    return fit(
        formula(moment_at(RUN, Position(1, step)), Numerals(digits)), width, height, 34.0, 14.0
    )


def boxes(made: Setting) -> list[tuple[float, float, float, float]]:
    return [
        (p.x, p.y - p.glyphs.ascent, p.x + p.glyphs.width, p.y + p.glyphs.descent)
        for p in made.placed
    ]


@pytest.mark.parametrize("width", [300.0, 600.0, 1200.0])
@pytest.mark.parametrize("digits", [3, 4, 17])
@pytest.mark.parametrize("run", [RUN, HUGE], ids=["article", "huge"])
def test_a_formula_never_leaves_its_room_and_nothing_overlaps(
    run: Run, digits: int, width: float
) -> None:
    last = moment_at(run, Position(1, 15)).position.step
    for step in range(1, last + 1):
        made = fit(
            formula(moment_at(run, Position(1, step)), Numerals(digits)), width, 160, 34.0, 14.0
        )
        assert made.width <= width
        right = max(end for _left, _top, end, _bottom in boxes(made))
        assert right * made.size <= made.width + 1e-6
        for (_, top, end, bottom), (start, other_top, _, other_bottom) in pairwise(boxes(made)):
            is_below = other_top >= bottom - 0.5 and start < end
            assert start >= end - 1e-9 or is_below or other_bottom > bottom, (step, top)


@pytest.mark.parametrize("step", range(1, 16))
def test_qt_draws_what_is_typeset(step: int) -> None:
    made = setting(step)
    svg = made.svg(
        {None: "#112233", ARTICLE.steps[step - 1].quantity.name: "#c24f00"}, "#ffeedd", "out_o"
    )
    renderer = QSvgRenderer(svg)
    assert renderer.isValid()
    assert (renderer.viewBoxF().width(), renderer.viewBoxF().height()) == pytest.approx(
        (made.width, made.height), abs=0.01
    )
    root = ET.fromstring(svg)
    assert {g.get("fill") for g in root} >= {"#112233", "#c24f00"}
    assert "<symbol" not in svg.decode()  # Qt draws none


@pytest.mark.parametrize("step", range(1, 16))
def test_pointing_at_a_piece_finds_its_quantity(step: int) -> None:
    made = setting(step)
    for placed in made.placed:
        x = (placed.x + placed.glyphs.width / 2) * made.size
        y = (placed.y + (placed.glyphs.descent - placed.glyphs.ascent) / 2) * made.size
        assert made.quantity_at(x, y) == placed.piece.quantity
    assert made.quantity_at(-5, -5) is None


def test_a_long_product_is_broken_before_its_operators() -> None:
    made = setting(13, 17, width=420)
    lines: dict[float, list[str]] = {}
    for placed in made.placed:
        lines.setdefault(placed.y, []).append(placed.piece.text)
    assert len(lines) > 3
    assert all(re.fullmatch(r"[·=≈]", line[0]) for line in list(lines.values())[1:])


def test_a_short_formula_stands_on_one_line_as_large_as_allowed() -> None:
    made = setting(1)
    assert made.size == 34.0
    assert len({placed.y for placed in made.placed}) == 1


def test_digits_have_equal_widths_so_that_numbers_do_not_dance() -> None:
    runs = [Run(Setup(w1=w1)) for w1 in (0.1111, 0.8888)]
    widths = {fit(formula(moment_at(r, Position(1, 1))), 900, 160, 34, 14).width for r in runs}
    assert len(widths) == 1


def test_what_is_typeset_already_is_what_ziamath_makes_of_it() -> None:
    known = json.loads(resource("glyphs.json").read_text(encoding="utf-8"))
    assert len(known) > 60
    assert {latex: tuple(typeset_by_ziamath(latex)) for latex in known} == {
        latex: tuple(glyphs) for latex, glyphs in known.items()
    }


def test_no_symbol_and_no_number_waits_for_ziamath() -> None:
    program = """
import sys
from backprop_gui.core.network import Setup
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.paint.typesetting import fit
setup = Setup(w1=-0.5, input=3e-7)
for step in ARTICLE.steps:
    if step.quantity.name not in ("out_h", "out_o"):  # with their numbers in an exponent
        made = formula(Moment(setup, Position(1, step.number), setup.w1, setup.w2))
        assert fit(made, 600, 160, 34.0, 14.0).placed
assert "ziamath" not in sys.modules, step
"""
    subprocess.run([sys.executable, "-c", program], check=True)
