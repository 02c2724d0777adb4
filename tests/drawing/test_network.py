"""The drawing of a moment."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.forward import edge_width
from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import (
    Box,
    Disc,
    Drawing,
    HalfDisc,
    HalfRing,
    Ink,
    Line,
    Ring,
    Shape,
    Spot,
    Text,
)
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import COMMA, FILES, Numerals
from tests.extent import extent

# Every number of its third iteration has other digits than every other one.
SETUP = Setup(input=0.3, target=0.8, w1=-0.7, w2=1.9)
SAME = {"dnet_o_dw2": "out_h", "dnet_o_dout_h": "w2", "dnet_h_dw1": "input"}

finite = st.floats(allow_nan=False, allow_infinity=False)
every_step = pytest.mark.parametrize("step", range(1, 16))


def moment(step: int, setup: Setup = SETUP) -> Moment:
    run = Run(setup)
    run.advance(2)
    return moment_at(run, Position(run.iteration, step))


def ended(setup: Setup) -> Moment:
    run = Run(setup)
    run.advance(setup.max_iterations)
    return moment_at(run, Position(run.iteration, 5))


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def dashed_edges(drawing: Drawing) -> int:
    edges = (s for s in drawing.shapes if isinstance(s, Line) and s.name.startswith("edge of"))
    return sum(edge.is_dashed for edge in edges)


def is_rounded_to(text: str, value: float) -> bool:
    """Say whether a text is the number, rounded to the digits that it has."""
    number, decimals = text.replace("−", "-"), len(text.partition(".")[2])
    if not re.fullmatch(r"-?\d+\.\d+", number):
        return False
    return float(number) == value or (decimals > 1 and number == f"{value:.{decimals}f}")


def known(moment: Moment) -> set[str]:
    """Return what is seen."""
    return {name for name in ARTICLE.quantities if moment.value(name) is not None}


def box(shape: Shape | Spot) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what a shape covers, for a text at the most."""
    match shape:
        case HalfDisc(x, y, radius, is_right):
            left, right = (x, x + radius) if is_right else (x - radius, x)
            return left, y - radius, right, y + radius
        case HalfRing(x, y, radius, is_right, _stroke, width):
            r = radius + width / 2
            left, right = (x, x + r) if is_right else (x - r, x)
            return left, y - r, right, y + r
        case Disc(x, y, radius):
            return x - radius, y - radius, x + radius, y + radius
        case Ring(x, y, radius, _stroke, width):
            r = radius + width / 2
            return x - r, y - r, x + r, y + r
        case Box(x, y, width, height, _fill, _stroke, stroke):
            w, h = (width + stroke) / 2, (height + stroke) / 2
            return x - w, y - h, x + w, y + h
        case Line(points, _stroke, width):
            xs, ys, h = *zip(*points, strict=True), width / 2
            return min(xs) - h, min(ys) - h, max(xs) + h, max(ys) + h
        case Text(x, y, text, size, _ink, max_width):
            w = min(0.7 * size * len(text), max_width) / 2
            return x - w, y - 0.6 * size, x + w, y + 0.6 * size
        case Spot(x, y, width, height):
            return x - width / 2, y - height / 2, x + width / 2, y + height / 2
    raise TypeError(shape)


def overlap(a: Spot, b: Spot) -> bool:
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = box(a), box(b)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


@every_step
def test_every_known_quantity_has_a_spot_and_no_unknown_one_has(step: int) -> None:
    shown = moment(step)
    assert {spot.quantity for spot in draw(shown).spots} == known(shown)


def test_no_quantity_but_the_learning_rate_has_two_spots() -> None:
    for step in range(1, 16):
        spots = [spot.quantity for spot in draw(moment(step)).spots]
        assert sorted(spots) == sorted([*set(spots), "eta"])


@pytest.mark.parametrize("step", range(1, 16))
def test_pointing_at_the_number_of_a_quantity_finds_the_quantity(step: int) -> None:
    shown = moment(step)
    drawing = draw(shown)
    for name in known(shown):
        value = shown.value(name)
        assert value is not None
        found = {
            drawing.quantity_at(text.x, text.y)
            for text in texts(drawing)
            if is_rounded_to(text.text.split()[-1], value)
        }
        assert name in found, name
        assert found <= {name, SAME.get(name), *(k for k, v in SAME.items() if v == name)}


@every_step
def test_no_number_that_lies_ahead_is_drawn(step: int) -> None:
    shown, whole = moment(step), moment(15)
    words = {word for text in texts(draw(shown)) for word in text.text.split()}
    for name in set(ARTICLE.quantities) - known(shown):
        value = whole.value(name)
        assert value is not None
        if shown.value(SAME.get(name, name)) is None:
            assert FILES.short(value) not in words, name


@every_step
@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.6, 2.5, 4.0])
@pytest.mark.parametrize("measures", [DESK, LECTURE], ids=["desk", "lecture"])
def test_spots_of_different_quantities_do_not_overlap(
    step: int, aspect: float, measures: Measures
) -> None:
    for a, b in combinations(draw(moment(step), aspect, measures).spots, 2):
        assert a.quantity == b.quantity or not overlap(a, b), (a, b)


@given(
    setup=st.builds(
        Setup, input=finite, target=finite, w1=finite, w2=finite, eta=st.floats(0, 1e300)
    ),
    step=st.integers(1, 15),
    aspect=st.floats(0.5, 4.0),
    measures=st.sampled_from([DESK, LECTURE]),
    lit=st.none() | st.sampled_from(list(ARTICLE.quantities)),
    progress=st.floats(0, 1),
)
@settings(deadline=None, max_examples=extent(300, 60))
def test_every_shape_and_spot_lies_within_the_drawing(
    setup: Setup,
    step: int,
    aspect: float,
    measures: Measures,
    lit: str | None,
    progress: float,
) -> None:
    drawing = draw(moment(step, setup), aspect, measures, lit, progress)
    for part in (*drawing.shapes, *drawing.spots):
        left, top, right, bottom = box(part)
        assert left >= 0, part
        assert top >= 0, part
        assert right <= drawing.width, part
        assert bottom <= drawing.height, part


@pytest.mark.parametrize("step", range(1, 16))
def test_every_text_of_a_lecture_is_large_enough(step: int) -> None:
    texts_of = texts(draw(moment(step), 2.0, LECTURE))
    assert min(text.size for text in texts_of) >= 20 / 72 * 96  # at 1,000 pixels across


@every_step
def test_the_step_s_own_place_and_what_it_uses_stand_out(step: int) -> None:
    shown = moment(step)
    quantity, ink = shown.step.quantity, Ink(shown.step.phase.value)
    drawing = draw(shown)
    frames = [
        shape
        for shape in drawing.shapes
        if (isinstance(shape, Box) and shape.fill is None)
        or (isinstance(shape, HalfRing) and "this step" in shape.name)
    ]
    assert all(frame.stroke.ink is ink for frame in frames)
    framed = {drawing.quantity_at(*centre(frame)) for frame in frames}
    replaced = {"new_w1": "w1", "new_w2": "w2"}.get(quantity.name)
    uses = [name for name in quantity.uses if name != replaced]
    assert framed == {quantity.name, *uses}
    assert len(frames) == 1 + len(uses)


def centre(frame: Box | HalfRing) -> tuple[float, float]:
    if isinstance(frame, Box):
        return frame.x, frame.y
    return frame.x + (1 if frame.is_right else -1) * frame.radius / 2, frame.y


def test_the_factors_that_both_gradients_use_are_drawn_once() -> None:
    symbols = [text.text for text in texts(draw(moment(13)))]
    assert symbols.count("∂E/∂out_o") == symbols.count("∂out_o/∂net_o") == 1
    assert "used for w_2 and for w_1" in symbols


@every_step
def test_a_pulse_goes_along_the_step_s_way_and_only_while_it_moves(step: int) -> None:
    def pulse(progress: float) -> tuple[float, float]:
        drawing = draw(moment(step), 1.6, DESK, None, progress)
        *tail, head = (shape for shape in drawing.shapes if isinstance(shape, Disc))
        for behind, ahead in pairwise((*tail, head)):  # it fades away from the head
            assert 0 < behind.fill.depth < ahead.fill.depth <= 1
            assert 0 < behind.radius < ahead.radius
        return head.x, head.y

    assert not any(isinstance(shape, Disc) for shape in draw(moment(step)).shapes)
    (x0, y0), (x1, y1) = pulse(0.0), pulse(0.999)
    if step <= 5:
        assert x1 > x0  # forward
    elif step <= 13:
        assert x1 < x0 or y1 != y0  # back, down from the error or up to a weight
    else:
        assert y1 < y0  # up to the edge


@pytest.mark.parametrize(("step", "name", "symbol"), [(14, "w1", "w₁"), (15, "w2", "w₂")])
def test_an_update_lets_the_edge_go_from_the_old_weight_to_the_new(
    step: int, name: str, symbol: str
) -> None:
    shown = moment(step, Setup(eta=80.0))

    def width(progress: float) -> float:
        shapes = draw(shown, 1.6, DESK, None, progress).shapes
        return next(s.width for s in shapes if s.name == f"edge of {symbol}")  # type: ignore[union-attr]

    old, new = shown.value(name), shown.value(f"new_{name}")
    assert old is not None
    assert new is not None
    assert width(0.0) == edge_width(old)
    assert width(1.0) == edge_width(new)
    assert min(width(0), width(1)) < width(0.5) < max(width(0), width(1))


def test_a_lit_quantity_is_framed_once_more_and_an_unknown_one_is_not() -> None:
    for name in ARTICLE.quantities:
        plain, lit = (len(draw(moment(9), 1.6, DESK, lit).shapes) for lit in (None, name))
        assert lit - plain == (2 if name == "eta" else name in known(moment(9)))


@given(aspect=st.floats(1.0, 1.85))
@settings(deadline=None)
def test_the_drawing_has_the_shape_that_it_is_asked_for(aspect: float) -> None:
    drawing = draw(moment(15), aspect)
    assert drawing.width / drawing.height == pytest.approx(aspect)


@given(a=finite, b=finite)
@settings(deadline=None)
def test_an_edge_grows_with_the_size_of_its_weight_whatever_its_sign(a: float, b: float) -> None:
    small, large = sorted([abs(a), abs(b)])
    assert 0 < edge_width(small) <= edge_width(large) + 1e-12
    assert edge_width(large) <= 20
    assert edge_width(-large) == edge_width(large)


def test_ordinary_weights_have_visibly_different_edges() -> None:
    widths = [edge_width(weight) for weight in (0, 0.5, 1, 2, 4, 8, 16)]
    assert all(after - before >= 0.9 for before, after in pairwise(widths))


@pytest.mark.parametrize(
    ("w1", "w2", "count"), [(0, 0.1, 0), (-0.1, 1, 1), (1, -5e-324, 1), (-1, -1, 2)]
)
def test_only_the_edge_of_a_negative_weight_is_dashed(w1: float, w2: float, count: int) -> None:
    assert dashed_edges(draw(moment_at(Run(Setup(w1=w1, w2=w2)), Position(1, 13)))) == count


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (ended(Setup()), "E is below the tolerance of 5·10⁻⁵."),
        (ended(Setup(max_iterations=3)), "The maximum of 3 iterations is reached."),
        (ended(Setup(target=1e200)), "E is no longer finite."),
    ],
)
def test_a_run_that_ends_has_no_way_back_and_says_why(shown: Moment, sentence: str) -> None:
    drawing = draw(shown)
    words = [text.text for text in texts(drawing)]
    assert words.count(sentence) == 1
    assert "The run ends here, without a backward pass." in words
    assert not any(shape.name.startswith("way") for shape in drawing.shapes)


@pytest.mark.parametrize(
    ("eta", "text"), [(0.9, "η = 0.9"), (0.00012, "η = 0.00012"), (1 / 3, "η ≈ 0.3333")]
)
def test_the_learning_rate_says_whether_it_is_rounded(eta: float, text: str) -> None:
    shown = draw(moment(1, Setup(eta=eta)))
    assert [each.text for each in texts(shown) if each.name == "value of η"] == [text, text]


@pytest.mark.parametrize(
    "shown",
    [moment(15), ended(Setup(tolerance=0.0125, max_iterations=900))],
    ids=["goes on", "ends"],
)
def test_every_number_has_the_decimal_sign_that_was_chosen(shown: Moment) -> None:
    drawn = draw(shown, numerals=Numerals(decimal_sign=COMMA))
    words = [shape.text for shape in drawn.shapes if isinstance(shape, Text)]
    assert any(re.search(r"\d,\d", text) for text in words)
    assert not [text for text in words if re.search(r"\d\.\d", text)]


def test_equal_moments_have_equal_drawings() -> None:
    assert draw(moment(9)) == draw(moment(9))
    assert draw(moment(9)) != draw(moment(10))
