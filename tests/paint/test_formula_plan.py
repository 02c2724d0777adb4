"""One size and one baseline for the formulas of a lesson, and the curve beside four of them."""

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Text
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.formula_plan import FormulaPlan, plan

TEXT, MOST, LEAST = 12.0, 34.0, 14.0
CURVED = {"out_h", "out_o", "dout_h_dnet_h", "dout_o_dnet_o"}
ROOMS = [(420.0, 130.0), (700.0, 90.0), (700.0, 132.0), (980.0, 200.0), (1300.0, 620.0)]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def run() -> Run:
    made = Run(Setup())
    made.advance(900)
    return made


def plans(
    run: Run, iteration: int, room: tuple[float, float], digits: int = 4
) -> list[FormulaPlan]:
    places = (Position(iteration, step.number) for step in ARTICLE.steps)
    numerals = Numerals(digits)
    return [plan(moment_at(run, at), numerals, room, TEXT, MOST, LEAST) for at in places]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("digits", [3, 4])
def test_all_steps_have_one_size_one_left_edge_and_one_baseline(
    run: Run, room: tuple[float, float], digits: int
) -> None:
    seen = [each.setting for each in plans(run, 1, room, digits)]
    assert len({round(setting.size, 6) for setting in seen}) == 1
    assert len({round(setting.placed[0].x, 6) for setting in seen}) == 1
    assert len({round(setting.placed[0].y * setting.size, 3) for setting in seen}) == 1
    assert all(setting.width <= room[0] and setting.height <= room[1] for setting in seen)


def test_a_whole_run_has_at_most_two_sizes(run: Run) -> None:
    for room in ROOMS[1:]:
        seen = (each for n in (1, 2, 50, 400, 812) for each in plans(run, n, room))
        assert len({round(each.setting.size, 6) for each in seen}) <= 2


@pytest.mark.parametrize("room", ROOMS[1:])
def test_the_curve_stands_beside_the_four_formulas_of_the_sigmoid_and_touches_none(
    run: Run, room: tuple[float, float]
) -> None:
    for step, each in zip(ARTICLE.steps, plans(run, 1, room), strict=True):
        assert bool(each.figure) == (step.quantity.name in CURVED)
        if each.figure:
            assert each.setting.width <= each.x
            assert each.x + each.figure.width == pytest.approx(room[0])
            assert 0 <= each.y <= room[1] - each.figure.height
            texts = [shape.size for shape in each.figure.shapes if isinstance(shape, Text)]
            assert min(texts) >= TEXT


def test_the_curve_goes_where_the_formula_needs_the_room(run: Run) -> None:
    narrow = plans(run, 1, (250.0, 100.0))
    assert not any(each.figure for each in narrow)


def test_the_figure_tells_what_is_pointed_at(run: Run) -> None:
    shown = plans(run, 1, (700.0, 132.0))[10]
    assert shown.figure
    spots = {spot.quantity: spot for spot in shown.figure.spots}
    assert set(spots) == {"net_h", "out_h", "dout_h_dnet_h"}
    for name, spot in spots.items():
        assert shown.quantity_at(shown.x + spot.x, shown.y + spot.y) == name
    assert shown.quantity_at(shown.x - 5, 4.0) is None


def test_numbers_without_end_have_formulas_too(qtbot: QtBot) -> None:
    run = Run(Setup(input=1e200, w1=1e200))
    for number in (1, 2, 11):
        made = plan(
            moment_at(run, Position(1, number)), Numerals(), (700.0, 132.0), TEXT, MOST, LEAST
        )
        assert made.figure is None
        assert made.setting.placed


@pytest.mark.parametrize("room", [(0.0, 0.0), (5.0, 100.0), (200.0, 0.0)])
def test_a_room_that_is_none_yet_has_a_plan_too(run: Run, room: tuple[float, float]) -> None:
    assert plans(run, 1, room)[12].setting.placed


def test_the_size_of_a_new_setup_s_formulas_needs_nothing_typeset_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unwanted(latex: str) -> None:
        raise AssertionError(f"{latex} is typeset")

    monkeypatch.setattr("backprop_gui.paint.typesetting.typeset_by_ziamath", unwanted)
    for setup in (Setup(), Setup(w1=-0.31, w2=4.25, input=0.7)):
        moment = moment_at(Run(setup), Position(1, 13))
        assert plan(moment, Numerals(), (700.0, 132.0), TEXT, MOST, LEAST).setting.placed
