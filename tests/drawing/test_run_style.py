"""The colours and dashes of compared runs, as people see them."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from backprop_gui.core.kept_run import COLOURS, FADED, MOST_KEPT
from backprop_gui.drawing.run_style import DASHES, style
from backprop_gui.drawing.shapes import Ink
from backprop_gui.paint.theme import DARK, LIGHT, Theme

RUNS = [ink for ink in Ink if ink.value in COLOURS]
# Machado, Oliveira and Fernandes 2009, for linear RGB, the severest form of each.
SIGHTS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
}  # fmt: skip
# Ottosson's Oklab: linear RGB to cone responses, and their cube roots to L, a, b.
TO_CONES = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
LEAST = 0.11  # 0.02 is just seen where two large areas touch


def _linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _seen(colour: str, sight: str) -> np.ndarray:
    rgb = np.clip(SIGHTS[sight] @ _linear(colour), 0, 1)
    return TO_LAB @ np.cbrt(TO_CONES @ rgb)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_everybody_can_tell_the_colours_of_runs_apart(theme: Theme, sight: str) -> None:
    seen = [_seen(theme.inks[ink], sight) for ink in (*RUNS, Ink.FORWARD)]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > LEAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_run_s_line_stands_out_from_the_ground(theme: Theme) -> None:
    weights = np.array([0.2126, 0.7152, 0.0722])
    ground = float(weights @ _linear(theme.ground))
    for ink in RUNS:
        line = float(weights @ _linear(theme.inks[ink]))
        light, dark = max(line, ground), min(line, ground)
        assert (light + 0.05) / (dark + 0.05) >= 3, ink


def test_runs_that_follow_each_other_differ_in_colour_and_in_dash() -> None:
    styles = [style(colour) for colour in COLOURS]
    assert len(set(styles)) == MOST_KEPT == len(RUNS) * len(DASHES)
    for (ink, dash), (next_ink, next_dash) in pairwise(styles):
        assert ink is not next_ink
        assert dash != next_dash


def test_a_run_of_a_former_version_is_faded_and_has_no_dash() -> None:
    assert style(FADED) == (Ink.MUTED, ())
    with pytest.raises(ValueError, match="pink"):
        style("pink")
