"""Where things stand in the drawing: measured with the fonts that paint it."""

import math
from functools import cache
from itertools import combinations, pairwise
from typing import TypeVar

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Box, Drawing, HalfRing, Ink, Line, Ring, Text, pieces
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.theme import TABULAR, interface_font, symbol_family

_SETUPS = {
    "article": (Setup(), 1),
    "negative": (Setup(input=-0.35, target=0.2, w1=-0.5123, w2=-1.7), 1),
    "long": (Setup(input=-1.234e-12, target=-1.234e-12, w1=1 / 3, w2=-2e-7, eta=1.2345e-6), 1),
    "late": (Setup(w1=-0.5, w2=-1.5, target=0.2), 300),
    "saturated": (Setup(input=40.0, w1=-19.5, w2=37.25), 1),
    "end": (Setup(), 813),
    "not finite": (Setup(input=1e200, w1=1e200), 1),
    "no number": (Setup(), 1),
}
_EXACT = {"seven digits": 7, "all digits": 17}  # as in a file, where none is left out
_FORMS: dict[str, tuple[float, Measures, float]] = {  # aspect, measures, text scale
    "high": (1.2, DESK, 1.0),
    "card": (1.85, DESK, 1.0),
    "flat": (2.6, DESK, 1.0),
    "text 125 %": (1.7, DESK, 1.25),
    "text 150 %": (2.2, DESK, 1.5),
    "lowest card": (2.5, DESK, 2.0),
    "lecture": (1.9, LECTURE, 1.0),
    "flat lecture": (2.9, LECTURE, 1.0),
    "seven digits": (1.8, DESK, 1.0),
    "all digits": (1.8, DESK, 1.0),
}
_GRADIENTS = {"new_w1": "de_dw1", "new_w2": "de_dw2"}

_T = TypeVar("_T")

# Odd numbers are tried where it is narrow; what does not hang on them is tried with the article's.
_NARROW = ("card", "text 150 %", "lecture")
forms = pytest.mark.parametrize("form", _FORMS)
cases = pytest.mark.parametrize(
    ("setup", "form"),
    [(s, f) for s in _SETUPS for f in _FORMS if f in _NARROW or s in ("article", "negative")],
)


@cache
def _moments(setup: str) -> list[Moment]:
    given, iteration = _SETUPS[setup]
    if setup == "no number":
        return [Moment(given, Position(1, 1), math.nan, -0.5, Stop.NOT_FINITE)]
    run = Run(given)
    run.advance(iteration)
    last = moment_at(run, Position(iteration, 15)).position.step
    return [moment_at(run, Position(iteration, step)) for step in range(1, last + 1)]


@cache
def _drawings(setup: str, form: str) -> list[tuple[Moment, Drawing]]:
    aspect, measures, scale = _FORMS[form]
    numerals, is_fitted = Numerals(_EXACT.get(form, 4)), form not in _EXACT
    return [
        (
            moment,
            draw(
                moment,
                aspect,
                measures,
                text_scale=scale,
                numerals=numerals,
                is_fitted=is_fitted,
            ),
        )
        for moment in _moments(setup)
    ]


@cache
def _font(size: int, *, is_symbol: bool, is_bold: bool) -> QFontMetricsF:
    font = QFont(symbol_family()) if is_symbol else interface_font()
    if is_symbol:
        font.setItalic(True)
    else:
        font.setFeature(TABULAR, 1)
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(size)
    return QFontMetricsF(font)


@cache
def _ink(text: str, symbols: tuple[str, ...], size: float, is_bold: bool) -> QRectF:
    """Return where the ink of a text is, its middle at x = 0 and its baseline at y = 0."""
    ink, x = QRectF(), 0.0
    for piece in pieces(text, symbols):
        px = round(size * (0.72 if piece.is_lowered else 1.0))
        metrics = _font(px, is_symbol=piece.is_symbol, is_bold=is_bold)
        drop = 0.22 * size if piece.is_lowered else 0.0
        ink |= metrics.tightBoundingRect(piece.text).translated(x, drop)
        x += metrics.horizontalAdvance(piece.text)
    return ink.translated(-x / 2, 0)


def _ink_of(text: Text) -> QRectF:
    ink = _ink(text.text, text.symbols, text.size, text.is_bold)
    return ink.translated(text.x, text.y + 0.36 * text.size)


def _widest(text: Text) -> QRectF:
    """Return where a text is that fills its room."""
    ink = _ink_of(text)
    return QRectF(text.x - text.max_width / 2, ink.top(), text.max_width, ink.height())


def _of(drawing: Drawing, kind: type[_T]) -> list[_T]:
    return [shape for shape in drawing.shapes if isinstance(shape, kind)]


def _texts(drawing: Drawing) -> list[Text]:
    return [text for text in _of(drawing, Text) if text.text.strip()]


def _outer(box: Box) -> QRectF:
    w, h = box.width + box.stroke_width, box.height + box.stroke_width
    return QRectF(box.x - w / 2, box.y - h / 2, w, h)


def _inner(box: Box) -> QRectF:
    return _outer(box).adjusted(*(2 * sign * box.stroke_width / 2 for sign in (1, 1, -1, -1)))


def _grown(area: QRectF, by: float) -> QRectF:
    return area.adjusted(-by, -by, by, by)


def _gap(ring: Ring, area: QRectF) -> float:
    """Return how far an area is from the middle of a circle."""
    x = min(max(ring.x, area.left()), area.right())
    y = min(max(ring.y, area.top()), area.bottom())
    return math.dist((x, y), (ring.x, ring.y))


def _corners(area: QRectF) -> list[QPointF]:
    return [area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight()]


@cases
def test_every_text_is_eight_units_from_every_border(qtbot: QtBot, setup: str, form: str) -> None:
    # A lecture's units are half as large on a screen of 1024 × 768: so many of them are 8 pixels.
    least = 14.5 if _FORMS[form][1].is_large else 8
    for moment, drawing in _drawings(setup, form):
        for text in _texts(drawing):
            ink = _ink_of(text)
            where = (moment.position.step, text)
            for box in _of(drawing, Box):
                if _outer(box).contains(text.x, text.y):
                    inner = _grown(_inner(box), 0.1)
                    clear = 8 if box.name == "input" else least
                    assert inner.contains(_grown(ink, clear)), (*where, box)
                    assert inner.contains(_grown(_widest(text), 8)), (*where, box)
                else:
                    assert not _outer(box).intersects(_grown(ink, 5)), (*where, box)
            for ring in _of(drawing, Ring):
                if math.dist((text.x, text.y), (ring.x, ring.y)) > ring.radius:
                    assert _gap(ring, ink) >= ring.radius + ring.width / 2 + 5, where
                    continue
                reach = ring.radius - 5 / 2 - 8 + 1.3  # of this step's half
                corners = _corners(ink) + (_corners(_widest(text)) if text.name[0] == "v" else [])
                assert all(math.dist((p.x(), p.y()), (ring.x, ring.y)) <= reach for p in corners), (
                    where
                )
                assert min(abs(ink.left() - ring.x), abs(ink.right() - ring.x)) >= 8, where
                assert (ink.left() - ring.x) * (ink.right() - ring.x) > 0, where


@cases
def test_no_text_is_squeezed_or_stands_on_another(qtbot: QtBot, setup: str, form: str) -> None:
    for moment, drawing in _drawings(setup, form):
        texts = _texts(drawing)
        for text in texts:
            assert _ink_of(text).width() <= text.max_width, (moment.position.step, text)
        for one, other in combinations(texts, 2):
            assert not _grown(_ink_of(one), 1).intersects(_ink_of(other)), (one, other)


@forms
def test_no_line_runs_through_a_text_or_a_box(qtbot: QtBot, form: str) -> None:
    for _moment, drawing in _drawings("article", form):
        shapes = list(enumerate(drawing.shapes))
        boxes = [(at, _inner(s)) for at, s in shapes if isinstance(s, Box) and s.fill]
        inks = [_ink_of(text) for text in _texts(drawing)]
        for place, line in shapes:
            if not isinstance(line, Line) or line.name.startswith("middle"):
                continue
            below = [box for at, box in boxes if at < place]
            bare = [
                ink for ink in inks if not any(b.contains(ink) for at, b in boxes if at > place)
            ]
            for a, b in pairwise(line.points):
                half = line.width / 2
                covered = _grown(QRectF(QPointF(*a), QPointF(*b)).normalized(), half)
                assert not any(covered.intersects(_grown(ink, 3)) for ink in bare), line
                assert not any(covered.intersects(_grown(box, -4)) for box in below), line


@cases
def test_boxes_touch_neither_each_other_nor_a_neuron(qtbot: QtBot, setup: str, form: str) -> None:
    for _moment, drawing in _drawings(setup, form):
        boxes = _of(drawing, Box)
        for one, other in combinations(boxes, 2):
            if (one.x, one.y) == (other.x, other.y):
                assert (one.width, one.height) == (other.width, other.height)
            else:
                assert not _grown(_outer(one), 5).intersects(_outer(other)), (one, other)
        for box in boxes:
            for ring in _of(drawing, Ring):
                assert _gap(ring, _outer(box)) >= ring.radius + ring.width / 2 + 6, (box, ring)


@cases
def test_edges_and_arrows_are_long_enough(qtbot: QtBot, setup: str, form: str) -> None:
    for _moment, drawing in _drawings(setup, form):
        lines = {line.name: line for line in _of(drawing, Line)}
        edges = [
            lines[name]
            for name in ("edge of w₁", "edge of w₂", "from the output neuron to the error")
        ]
        lengths = []
        for line in edges:
            (x0, y0), (x1, y1) = line.points
            assert x1 - x0 >= 170
            assert y0 == y1
            lengths.append(x1 - x0)
        assert lengths[0] == pytest.approx(lengths[1])
        assert lengths[2] <= lengths[0] + 1e-6  # it has no weight, and gives way first
        for line in _of(drawing, Line):
            if line.has_arrow:
                assert sum(math.dist(a, b) for a, b in pairwise(line.points)) >= 36, line


@pytest.mark.parametrize("measures", [DESK, LECTURE], ids=["desk", "lecture"])
def test_what_a_wide_ground_has_to_spare_goes_to_all_edges_alike(
    qtbot: QtBot, measures: Measures
) -> None:
    drawing = draw(_moments("article")[0], 2.9, measures)
    names = ("edge of w₁", "edge of w₂", "from the output neuron to the error")
    edges = [line.points for line in _of(drawing, Line) if line.name in names]
    assert len({round(end - start, 6) for (start, _y), (end, _same) in edges}) == 1


@forms
def test_every_line_ends_at_what_it_connects(qtbot: QtBot, form: str) -> None:
    ends = {
        "way to ∂E/∂outₒ": ("error E", "∂E/∂outₒ"),
        "way to ∂outₒ/∂netₒ": ("∂E/∂outₒ", "∂outₒ/∂netₒ"),
        "way to ∂netₒ/∂w₂": ("∂outₒ/∂netₒ", "∂netₒ/∂w₂"),
        "way to ∂E/∂w₂": ("∂netₒ/∂w₂", "∂E/∂w₂"),
        "way to ∂netₒ/∂outₕ": (None, "∂netₒ/∂outₕ"),
        "way to ∂outₕ/∂netₕ": ("∂netₒ/∂outₕ", "∂outₕ/∂netₕ"),
        "way to ∂netₕ/∂w₁": ("∂outₕ/∂netₕ", "∂netₕ/∂w₁"),
        "way to ∂E/∂w₁": ("∂netₕ/∂w₁", "∂E/∂w₁"),
    }
    for _moment, drawing in _drawings("article", form):
        lines = {line.name: line for line in _of(drawing, Line)}
        boxes = {box.name: box for box in _of(drawing, Box)}
        for name, (start, end) in ends.items():
            points = lines[name].points
            for point, box_name in ((points[0], start), (points[-1], end)):
                if box_name is not None:
                    assert _is_middle_of_a_side(point, boxes[box_name]), (name, box_name)
                    inside = _grown(_inner(boxes[box_name]), -2)
                    for a, b in pairwise(points):
                        way = _grown(QRectF(QPointF(*a), QPointF(*b)).normalized(), 1)
                        assert not way.intersects(inside), (name, box_name)
        # The way to w1 leaves that to w2 between its last two factors.
        (x, y), *_rest = lines["way to ∂netₒ/∂outₕ"].points
        (right, height), (left, _height) = lines["way to ∂netₒ/∂w₂"].points
        assert y == height
        assert left + 10 < x < right - 10
        for name, box_name in (
            ("edge of w₁", "hidden neuron h"),
            ("edge of w₂", "output neuron o"),
        ):
            ring = next(r for r in _of(drawing, Ring) if r.name == box_name)
            assert lines[name].points[-1] == pytest.approx((ring.x - ring.radius, ring.y))
        hidden, output = _of(drawing, Ring)
        assert lines["edge of w₂"].points[0] == pytest.approx((hidden.x + hidden.radius, hidden.y))
        error = lines["from the output neuron to the error"].points
        assert error[0] == pytest.approx((output.x + output.radius, output.y))
        assert _is_middle_of_a_side(error[1], boxes["error E"])
        assert _is_middle_of_a_side(lines["edge of w₁"].points[0], boxes["input"])
        assert _is_middle_of_a_side(
            lines["from the target to the error"].points[1], boxes["error E"]
        )


def _is_middle_of_a_side(point: tuple[float, float], box: Box) -> bool:
    dx, dy = abs(point[0] - box.x), abs(point[1] - box.y)
    level = math.isclose(dx, box.width / 2) and dy < 1e-6
    return level or (dx < 1e-6 and math.isclose(dy, box.height / 2))


@cases
def test_rings_clear_the_circle_and_stand_around_what_is_used(
    qtbot: QtBot, setup: str, form: str
) -> None:
    for moment, drawing in _drawings(setup, form):
        spots = {spot.quantity: spot for spot in drawing.spots}
        arcs = [ring for ring in _of(drawing, HalfRing) if ring.name == "what this step uses"]
        halves = {"net_h": False, "out_h": True, "net_o": False, "out_o": True}
        used = moment.step.quantity.uses
        assert len(arcs) == sum(name in halves for name in used)
        for name in set(used) & set(halves):
            spot, is_right = spots[name], halves[name]
            (circle,) = (
                r for r in _of(drawing, Ring) if abs(r.x - spot.x) < r.radius and r.y == spot.y
            )
            assert (spot.x > circle.x) == is_right
            (arc,) = (
                a
                for a in arcs
                if math.dist((a.x, a.y), (circle.x, circle.y)) < 1e-6 and a.is_right == is_right
            )
            assert arc.is_open
            inner, outer = arc.radius - arc.width / 2, circle.radius + circle.width / 2
            assert 6 <= inner - outer <= 10
        for frame in _of(drawing, Box):
            if frame.fill is None:
                places = [(s.x, s.y, s.width, s.height) for s in drawing.spots]
                assert (frame.x, frame.y, frame.width, frame.height) in places


@forms
def test_what_comes_is_there_from_the_first_step_on_and_nothing_jumps(
    qtbot: QtBot, form: str
) -> None:
    drawings = _drawings("negative", form)
    places, symbols = [], []
    for moment, drawing in drawings:
        boxes = {box.name: box for box in _of(drawing, Box) if box.fill}
        places.append({name: box[:4] for name, box in boxes.items()})
        symbols.append(
            {
                (text.name, text.x, text.y)
                for text in _texts(drawing)
                if text.name.startswith("label") and not text.text.startswith("new")
            }
        )
        for step in ARTICLE.steps[4:]:
            name = notation.plain(step.quantity.symbol) if step.number > 5 else "error E"
            assert boxes[name].is_dashed == (step.number > moment.position.step), (name, moment)
        last = {(text.name, text.x, text.y) for text in _texts(drawings[-1][1])}
        values = [text for text in _texts(drawing) if text.name.startswith("value")]
        assert {(text.name, text.x, text.y) for text in values} <= last
    assert all(place == places[0] for place in places)
    assert all(symbol == symbols[0] for symbol in symbols)
    assert len(symbols[0]) == 4 + 8 + 2 + 5  # halves; the way back; weights; what has a name


@forms
def test_no_step_leaves_half_of_the_card_empty(qtbot: QtBot, form: str) -> None:
    columns, rows = 6, 4
    for moment, drawing in _drawings("article", form):
        width, height = drawing.width / columns, drawing.height / rows
        things = [_outer(box) for box in _of(drawing, Box)]
        for ring in _of(drawing, Ring):
            r = ring.radius
            things.append(QRectF(ring.x - r, ring.y - r, 2 * r, 2 * r))
        filled = sum(
            any(thing.intersects(QRectF(c * width, r * height, width, height)) for thing in things)
            for c in range(columns)
            for r in range(rows)
        )
        assert filled >= 0.6 * columns * rows, moment.position


@cases
def test_an_old_weight_is_grey_apart_from_the_new_one_and_without_a_ring(
    qtbot: QtBot, setup: str, form: str
) -> None:
    least = 52 if _FORMS[form][1].is_large else 40
    for moment, drawing in _drawings(setup, form):
        texts = {text.name: text for text in _texts(drawing)}
        for weight, symbol in (("w1", "w₁"), ("w2", "w₂")):
            old = texts[f"value of {symbol}"]
            new = texts.get(f"value of {symbol} ←")
            assert old.ink is (Ink.TEXT if new is None else Ink.MUTED)
            if new is None:
                continue
            assert new.ink is Ink.UPDATE
            assert new.x == old.x
            assert new.y - old.y >= least
            is_ringed = any(
                box.fill is None and _outer(box).contains(old.x, old.y) for box in _of(drawing, Box)
            )
            assert not is_ringed or moment.step.quantity.name != f"new_{weight}"
            edge = next(line for line in _of(drawing, Line) if line.name == f"edge of {symbol}")
            assert old.y < edge.points[0][1] - edge.width / 2
            assert new.y > edge.points[0][1] + edge.width / 2


@forms
def test_the_learning_rate_stands_on_the_way_from_a_gradient_up_to_its_edge(
    qtbot: QtBot, form: str
) -> None:
    for _moment, drawing in _drawings("article", form):
        boxes = {box.name: box for box in _of(drawing, Box)}
        rates = [box for box in _of(drawing, Box) if box.name == "learning rate η"]
        rates.sort(key=lambda box: box.x)
        for rate, number in zip(rates, "₁₂", strict=True):
            way = next(s for s in _of(drawing, Line) if s.name == f"way to w{number} ←")
            (x0, start), (x1, end) = way.points
            gradient, new = boxes[f"∂E/∂w{number}"], boxes[f"w{number} ←"]
            edge = next(s for s in _of(drawing, Line) if s.name == f"edge of w{number}")
            assert x0 == x1 == rate.x == gradient.x == new.x
            assert start == gradient.y - gradient.height / 2
            assert 2 <= end - (new.y + new.height / 2) <= 6
            assert end < rate.y - rate.height / 2 < rate.y + rate.height / 2 < start
            assert edge.points[0][1] < new.y < end
            assert edge.points[0][0] < rate.x < edge.points[1][0]


@pytest.mark.parametrize("setup", _SETUPS)
def test_only_the_step_s_number_is_bold(qtbot: QtBot, setup: str) -> None:
    for moment, drawing in _drawings(setup, "card"):
        symbol = notation.plain(moment.step.quantity.symbol)
        assert {t.name for t in _texts(drawing) if t.is_bold} == {f"value of {symbol}"}


@pytest.mark.parametrize("setup", _SETUPS)
def test_symbols_have_the_formula_s_letters_and_numbers_have_not(qtbot: QtBot, setup: str) -> None:
    plain = {quantity.symbol.removesuffix(" ←") for quantity in ARTICLE.quantities.values()}
    for _moment, drawing in _drawings(setup, "card"):
        seen = set()
        for text in _texts(drawing):
            serif = "".join(p.text for p in pieces(text.text, text.symbols) if p.is_symbol)
            if text.name.startswith("label"):
                assert serif == text.text.split()[-1].replace("_", "")
                seen.add(text.text.split()[-1])
            elif text.name.startswith("value"):
                assert serif == ("η" if "η" in text.text else "")
        assert seen <= plain | {"h", "o"}


@pytest.mark.parametrize("setup", _SETUPS)
def test_what_is_known_and_idle_is_drawn_with_three_fifths_of_its_ink(
    qtbot: QtBot, setup: str
) -> None:
    for _moment, drawing in _drawings(setup, "card"):
        for box in _of(drawing, Box):
            assert box.is_dashed or box.stroke.depth >= 0.6, box


@cases
def test_a_drawing_is_as_wide_as_its_ground(qtbot: QtBot, setup: str, form: str) -> None:
    for _moment, drawing in _drawings(setup, form):
        assert drawing.width / drawing.height == pytest.approx(_FORMS[form][0])
