"""Formulas as vectors: ziamath sets each piece like a book, here the pieces are put in lines.

A formula is set piece by piece, so that a new number costs nothing but the placing of glyphs that
are known, each piece knows which quantity it stands for, and a long product can be broken. The
pieces that every run has are in resources/glyphs.json, as packaging/glyphs.py had them set: the
window opens without ziamath.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from backprop_gui.lesson.formula import Formula
from backprop_gui.lesson.written import Piece
from backprop_gui.system.resources import resource

_SET_AT = 48.0  # the size at which ziamath works; lengths below are in em
_LEADING = 0.42
_STRUT = (0.72, 0.22)  # the least ascent and descent of a line
_SIZE_STEP = 0.95
_GLYPH = re.compile(r"(?:\\cdot )?10\^\{-?\d+\}|\{,\}|.", re.DOTALL)
_LEAST_WIDTH = 8.0  # pixels; a view that is not laid out yet may have none
_OUTER_ROW = re.compile(r"^(<math[^>]*>)<mrow>(<mfrac>.*</mfrac>)</mrow>(</math>)$")
_BAR = re.compile(r'<rect x="0(?:\.0)?" [^>]*width="([\d.]+)"')
_BAR_SPACE = 0.06
PADDING = 0.12  # around a formula, in em
_one_at_a_time = threading.Lock()  # ziamath reads its font at one place at a time


class Glyphs(NamedTuple):
    """A typeset piece: SVG elements with the baseline at y = 0, and its measures in em."""

    svg: str
    width: float
    ascent: float
    descent: float


# 28 mm wide at GAP_SIZE, on a line with room for handwriting.
GAP_SIZE = 18.0  # pixels per em
_GAP = Glyphs(f'<rect x="0" y="4" width="{6 * _SET_AT}" height="2"/>', 6.0, 1.2, 0.25)


class Placed(NamedTuple):
    """Glyphs at a place: x and y of the baseline's beginning, in em."""

    glyphs: Glyphs
    x: float
    y: float
    piece: Piece


class Setting(NamedTuple):
    """A formula in lines: `size` is pixels per em, all else is in pixels of the picture."""

    size: float
    width: float
    height: float
    placed: tuple[Placed, ...]

    def quantity_at(self, x: float, y: float) -> str | None:
        """Return the code name of the quantity whose symbol or number is at a point, or None."""
        x, y = x / self.size, y / self.size
        for glyphs, left, baseline, piece in self.placed:
            is_beside = not left <= x <= left + glyphs.width
            is_apart = not baseline - glyphs.ascent <= y <= baseline + glyphs.descent
            if piece.quantity and not is_beside and not is_apart:
                return piece.quantity
        return None

    def svg(
        self,
        colours: Mapping[str | None, str],
        ground: str,
        lit: str | None = None,
        room: tuple[float, float] | None = None,
        marks: Mapping[int, str] | None = None,
    ) -> bytes:
        """Return the picture as SVG, as large as the formula or in the corner of a larger `room`.

        `colours` has a colour for the code names that stand out and, under None, for all else;
        the quantity `lit` stands on `ground`, and so do the pieces at the places of `marks`, from
        0, each in a colour of its own.
        """
        width, height = room or (self.width, self.height)
        view = f"0 0 {width:.2f} {height:.2f}"
        parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">']
        scale = self.size / _SET_AT
        for place, (glyphs, x, y, piece) in enumerate(self.placed):
            left, baseline = x * self.size, y * self.size
            mark = marks.get(place) if marks else None
            colour = mark or colours.get(piece.quantity, colours[None])
            if mark or (lit and piece.quantity == lit):
                parts.append(self._frame(glyphs, x, y, ground))
            parts.append(
                f'<g transform="translate({left:.2f} {baseline:.2f}) scale({scale:.4f})" '
                f'fill="{colour}">{glyphs.svg}</g>'
            )
        return "".join([*parts, "</svg>"]).encode()

    def _frame(self, glyphs: Glyphs, x: float, y: float, colour: str) -> str:
        pad, size = PADDING, self.size
        ascent, descent = max(glyphs.ascent, _STRUT[0]), max(glyphs.descent, _STRUT[1] / 2)
        left, top = (x - pad) * size, (y - ascent - pad) * size
        width, height = (glyphs.width + 2 * pad) * size, (ascent + descent + 2 * pad) * size
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'rx="4" fill="{colour}"/>'
        )


def fit(
    formula: Formula,
    width: float,
    height: float,
    largest: float,
    least: float,
    rise: float = 0.0,
    step: float = _SIZE_STEP,
) -> Setting:
    """Set the formula as large as it fits into `width` × `height` pixels.

    The size is between `largest` and `least` pixels per em, smaller by a `step` at each try; what
    is too wide even at the least size is set smaller yet, so that nothing is ever cut off. The
    first baseline is at least `rise` em below the upper edge.
    """
    size, width = largest, max(width, _LEAST_WIDTH)
    while True:
        setting = _set(formula, width, size, rise)
        if setting.width <= width and setting.height <= height:
            return setting
        if size <= least and setting.width <= width and size <= least * _SIZE_STEP**12:
            return setting
        size = max(size * step, least) if size > least else size * _SIZE_STEP


def rise(formula: Formula) -> float:
    """Return how high the formula is above its first baseline, in em."""
    pieces = (*formula.left, *formula.rights[0])
    return max(placed.glyphs.ascent for placed in _row(pieces, 0.0))


def forget() -> None:
    """Forget all that is typeset; the next formula is as the first one."""
    _typeset.cache_clear()
    _number.cache_clear()


def prepare() -> threading.Thread:
    """Load ziamath in a thread, which is returned: the first number in an exponent needs it."""
    thread = threading.Thread(target=typeset_by_ziamath, args=(r"\sigma",), name="typesetting")
    thread.start()
    return thread


def _set(formula: Formula, width: float, size: float, rise: float) -> Setting:
    room = width / size
    placed: list[Placed] = []
    y = PADDING
    widest = 0.0
    for line in _lines(formula, room):
        least = _STRUT[0] if placed else max(_STRUT[0], rise)
        ascent = max(least, *(p.glyphs.ascent for p in line))
        descent = max(_STRUT[1], *(p.glyphs.descent for p in line))
        y += ascent
        placed += [p._replace(y=y) for p in line]
        y += descent + _LEADING
        widest = max(widest, _end(line) + PADDING)
    return Setting(size, widest * size, (y - _LEADING + PADDING) * size, tuple(placed))


def _lines(formula: Formula, room: float) -> Iterator[list[Placed]]:
    """Yield the lines: one for all, or one for the symbols and one for the numbers, or more."""
    whole = _row(formula.pieces, PADDING)
    if _end(whole) + PADDING <= room:
        yield whole
        return
    left = _row(formula.left, PADDING)
    indent = _end(left)
    first, *numbers = formula.rights
    yield from _broken([*formula.left, *first], PADDING, indent, room)
    row = [piece for right in numbers for piece in right]
    yield from _broken(row, indent, indent, room)


def _broken(pieces: list[Piece], x: float, indent: float, room: float) -> Iterator[list[Placed]]:
    """Yield the pieces in lines that end before `room`, broken where a line may begin."""
    line: list[Placed] = []
    for chunk in _chunks(pieces):
        row = _row(chunk, _end(line) if line else x)
        if line and _end(row) + PADDING > room:
            yield line
            line, row = [], _row(chunk, indent)
        line += row
    yield line


def _chunks(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    chunk: list[Piece] = []
    for piece in pieces:
        if piece.may_begin_line and chunk:
            yield tuple(chunk)
            chunk = []
        chunk.append(piece)
    yield tuple(chunk)


def _row(pieces: tuple[Piece, ...], x: float) -> list[Placed]:
    row = []
    for piece in pieces:
        glyphs = _GAP if piece.is_gap else _glyphs(piece.latex, piece.is_number)
        x += piece.space
        row.append(Placed(glyphs, x, 0.0, piece))
        x += glyphs.width
    return row


def _end(row: list[Placed]) -> float:
    return row[-1].x + row[-1].glyphs.width


@cache
def _typeset(latex: str) -> Glyphs:
    return _known().get(latex) or typeset_by_ziamath(latex)


@cache
def _known() -> dict[str, Glyphs]:
    made = json.loads(resource("glyphs.json").read_text(encoding="utf-8"))
    return {latex: Glyphs(*glyphs) for latex, glyphs in made.items()}


def typeset_by_ziamath(latex: str) -> Glyphs:
    """Return what ziamath makes of a piece of LaTeX; takes some 26 ms."""
    # Late: a third of a second that the window does without when it opens.
    from ziamath.config import config
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math

    config.svg2 = False  # Qt draws no <symbol>
    with _one_at_a_time:
        # ziamath sets what is in a row twice, so a row around a single thing doubles its time.
        made = Math(_OUTER_ROW.sub(r"\1\2\3", tex2mml(latex)), size=_SET_AT)
        box = made.node.bbox
        svg = re.sub(r"^<svg[^>]*>|</svg>$", "", made.svg()).replace(' fill="black"', "")
    width = box.xmax
    if bar := _BAR.search(svg):  # ziamath leaves room behind a fraction, and none before it
        svg = f'<g transform="translate({_BAR_SPACE * _SET_AT:.3f} 0)">{svg}</g>'
        width = float(bar[1]) + 2 * _BAR_SPACE * _SET_AT
    return Glyphs(svg, width / _SET_AT, box.ymax / _SET_AT, -box.ymin / _SET_AT)


def _glyphs(latex: str, is_number: bool) -> Glyphs:
    return _number(latex) if is_number else _typeset(latex)


@lru_cache(512)  # those of a moment, in each of the sizes that are tried
def _number(latex: str) -> Glyphs:
    """Return a number, put together from glyphs that are typeset once."""
    if not re.fullmatch(r"(?:[-().\d]|\{,\})*(?:(?:\\cdot )?10\^\{-?\d+\}\)?)?", latex):
        return _typeset(latex)
    svg, x = [], 0.0
    parts = [_typeset(part) for part in _GLYPH.findall(latex)]
    for glyphs in parts:
        svg.append(f'<g transform="translate({x * _SET_AT:.3f} 0)">{glyphs.svg}</g>')
        x += glyphs.width
    return Glyphs("".join(svg), x, max(g.ascent for g in parts), max(g.descent for g in parts))
