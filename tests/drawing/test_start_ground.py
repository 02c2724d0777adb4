"""The map of starts as the ground of a landscape."""

import math

from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import ends_of
from backprop_gui.drawing.landscape import Scene, draw_landscape
from backprop_gui.drawing.shapes import Line, Raster, Text
from backprop_gui.drawing.start_ground import start_field, start_legend
from backprop_gui.lesson.start_map import FATES, UNKNOWN, StartMap, starts_in
from backprop_gui.lesson.surface import Layer, Region

SQUARE = Region(-5, 5, -5, 5)
SIZE = (600.0, 600.0)


def scene(layer: Layer, setup: Setup = Setup(), region: Region = SQUARE) -> Scene:  # noqa: B008
    starts = starts_in(SQUARE, 6, 6)
    ends = ends_of(setup, starts, range(starts.total))
    return Scene(setup, region, layer, start_map=StartMap(setup, SQUARE, 6, 6, ends))


def test_the_legend_of_iterations_has_its_values_where_their_logarithms_are() -> None:
    legend = start_legend(scene(Layer.ITERATIONS))
    values = {mark.words.removesuffix(" iterations"): mark.share for mark in legend.marks}
    assert list(values)[:2] == ["2,000", "1"]  # both ends, which matter most
    for words, share in values.items():
        n = int(words.replace(",", ""))
        assert math.isclose(share, math.log(n) / math.log(2000), abs_tol=1e-12)
    assert legend.flats == ()


def test_the_legend_of_ends_has_the_weights_w2_at_equal_distances() -> None:
    legend = start_legend(scene(Layer.ENDS))
    assert legend.symbol == "w_2"
    steps = {
        round((after.share - before.share) / (float(after.words) - float(before.words)), 9)
        for before, after in zip(legend.marks, legend.marks[1:], strict=False)
    }
    assert len(legend.marks) > 3
    assert len(steps) == 1


def test_each_flat_colour_that_the_map_has_is_named_and_no_other() -> None:
    for setup in (Setup(target=1.5, max_iterations=3), Setup(max_iterations=3)):
        shown = scene(Layer.ITERATIONS, setup)
        assert shown.start_map is not None
        expected = [FATES[fate] for fate in FATES if fate in shown.start_map.fates]
        assert [words for _flat, words in start_legend(shown).flats] == expected
        texts = {shape.text for shape in draw_landscape(shown, SIZE).shapes
                 if isinstance(shape, Text)}  # fmt: skip
        assert set(expected) <= texts


def test_a_map_that_was_given_up_early_says_after_how_many_iterations() -> None:
    made = scene(Layer.ITERATIONS, Setup(max_iterations=3)).start_map
    assert made is not None
    early = StartMap(Setup(max_iterations=4), SQUARE, 6, 6, made.ends, limit=3)
    shown = Scene(early.setup, SQUARE, Layer.ITERATIONS, start_map=early)
    assert [words for _flat, words in start_legend(shown).flats] == ["more than 3 iterations"]


def test_around_its_region_a_map_is_unknown_and_inside_it_stays_where_it_is() -> None:
    whole = list(start_field(scene(Layer.ITERATIONS)).indices(10, 10))
    left = Region(-15, 5, -5, 5)  # as high, and twice as wide
    wide = list(start_field(scene(Layer.ITERATIONS, region=left)).indices(20, 10))
    rows = [wide[n : n + 20] for n in range(0, 200, 20)]
    assert [row[10:] for row in rows] == [whole[n : n + 10] for n in range(0, 100, 10)]
    assert {index for row in rows for index in row[:9]} == {UNKNOWN}


def test_without_a_map_the_landscape_says_that_it_is_not_computed_yet() -> None:
    for layer in (Layer.ITERATIONS, Layer.ENDS):
        made = draw_landscape(Scene(Setup(), SQUARE, layer), SIZE)
        texts = [shape.text for shape in made.shapes if isinstance(shape, Text)]
        assert "not computed yet" in texts
        ground = next(shape for shape in made.shapes if isinstance(shape, Raster))
        assert set(ground.field.indices(5, 5)) == {UNKNOWN}


def test_a_map_seen_from_too_near_is_not_taken_for_one_of_that_part() -> None:
    for region in (Region(0, 1e-3, 0, 1e-3), Region(-5, 5, 0, 1e-3), Region(0, 1e-3, -5, 5)):
        near = scene(Layer.ITERATIONS, region=region)
        assert [words for _flat, words in start_legend(near).flats] == ["not computed yet"]
        assert set(start_field(near).indices(5, 5)) == {UNKNOWN}


def test_contours_of_the_error_are_not_drawn_on_a_map_of_starts() -> None:
    on_error, on_starts = (
        {shape.name for shape in draw_landscape(made, SIZE).shapes if isinstance(shape, Line)}
        for made in (Scene(Setup(), SQUARE), scene(Layer.ITERATIONS))
    )
    assert {"E = 0.1", "E = 0", "E = tolerance"} <= on_error
    assert {name for name in on_starts if name.startswith("E =")} == {"E = 0", "E = tolerance"}
