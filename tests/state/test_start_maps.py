"""Maps of starts for the screen: exact, coarse at once, and ended whenever that is asked for."""

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.surface import Region
from backprop_gui.state import start_maps
from backprop_gui.state.start_maps import StartMaps

REGION = Region(-5.0, 5.0, -5.0, 5.0)


@pytest.fixture(autouse=True)
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_maps, "_SIDES", (3, 5))
    monkeypatch.setattr(start_maps, "MOST_TRIED", 40_000)


def whole(qtbot: QtBot, maps: StartMaps) -> list[int]:
    """Return how fine the maps were that there were, until there comes no other."""
    sides: list[int] = []

    def hear() -> None:
        if maps.map and maps.map.columns not in sides:
            sides.append(maps.map.columns)

    maps.changed.connect(hear)
    qtbot.waitUntil(lambda: maps.computing is None)
    hear()
    return sides


def test_each_cell_has_the_iterations_of_a_run_from_there(qtbot: QtBot) -> None:
    maps = StartMaps()
    maps.want(Setup(), REGION)
    assert whole(qtbot, maps)[-1] == 5
    assert maps.map is not None
    ends = iter(maps.map.ends)
    for row in range(5):
        for column in range(5):
            run = Run(Setup(w1=-5.0 + 2.5 * column, w2=-5.0 + 2.5 * row))
            run.advance(100_000)
            end = next(ends)
            assert (end.iterations, end.stop, end.w1, end.w2) == (
                run.iteration,
                run.stop,
                run.w1,
                run.w2,
            )


def test_a_map_does_not_depend_on_where_the_run_starts(qtbot: QtBot) -> None:
    maps = StartMaps()
    maps.want(Setup(), REGION)
    whole(qtbot, maps)
    before = maps.map
    maps.want(Setup(w1=3.0, w2=-2.0), REGION)
    assert maps.map is before
    assert maps.computing is None


def test_another_part_keeps_the_map_until_there_is_a_new_one_and_another_setup_does_not(
    qtbot: QtBot,
) -> None:
    maps = StartMaps()
    maps.want(Setup(), REGION)
    whole(qtbot, maps)
    before = maps.map
    maps.want(Setup(), Region(-1.0, 1.0, -1.0, 1.0))
    assert maps.map is before
    whole(qtbot, maps)
    assert maps.map is not None
    assert maps.map.region == Region(-1.0, 1.0, -1.0, 1.0)
    maps.want(Setup(eta=5.0), REGION)
    assert maps.map is None
    maps.stop()


def test_stopping_leaves_no_thread_and_wanting_goes_on(qtbot: QtBot) -> None:
    maps = StartMaps()
    slow = Setup(eta=1e-9)  # no run from anywhere gets far
    maps.want(slow, REGION)
    maps.stop()
    assert maps.computing is None
    maps.want(slow, REGION)
    assert maps.computing is not None
    maps.stop()
    assert maps.computing is None


def test_a_target_out_of_reach_is_no_long_wait(qtbot: QtBot) -> None:
    maps = StartMaps()
    maps.want(Setup(target=1.5), REGION)
    whole(qtbot, maps)
    assert maps.map is not None
    assert set(maps.map.fates) == {255}
