"""People with a pencil: honest workings and mistaken ones, transcribed by hand.

Nothing here reads the lesson's trees: it is the oracle of the check of a working.
"""

import math
import random
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

CUTTING = ROUND_DOWN

Values = dict[str, float]
Formula = Callable[[Mapping[str, float]], float]


def sigma(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def slope_o(v: Mapping[str, float]) -> float:
    return v["out_o"] * (1 - v["out_o"])


def slope_h(v: Mapping[str, float]) -> float:
    return v["out_h"] * (1 - v["out_h"])


def new_w2(v: Mapping[str, float]) -> float:
    return v["w2"] - v["eta"] * v["de_dw2"]


RIGHT: dict[str, Formula] = {
    "net_h": lambda v: v["input"] * v["w1"],
    "out_h": lambda v: sigma(v["net_h"]),
    "net_o": lambda v: v["out_h"] * v["w2"],
    "out_o": lambda v: sigma(v["net_o"]),
    "error": lambda v: (v["target"] - v["out_o"]) ** 2 / 2,
    "de_dout_o": lambda v: v["out_o"] - v["target"],
    "dout_o_dnet_o": slope_o,
    "dnet_o_dw2": lambda v: v["out_h"],
    "de_dw2": lambda v: v["de_dout_o"] * v["dout_o_dnet_o"] * v["dnet_o_dw2"],
    "dnet_o_dout_h": lambda v: v["w2"],
    "dout_h_dnet_h": slope_h,
    "dnet_h_dw1": lambda v: v["input"],
    "de_dw1": lambda v: (
        v["de_dout_o"]
        * v["dout_o_dnet_o"]
        * v["dnet_o_dout_h"]
        * v["dout_h_dnet_h"]
        * v["dnet_h_dw1"]
    ),
    "new_w1": lambda v: v["w1"] - v["eta"] * v["de_dw1"],
    "new_w2": lambda v: v["w2"] - v["eta"] * v["de_dw2"],
}

# By line and what was done, its kind and which of them: the mistaken formula by hand.
WRONG: dict[tuple[str, str], Formula] = {
    ("net_h", "sign_lost"): lambda v: -v["input"] * v["w1"],
    ("net_h", "left_out w1"): lambda v: v["input"],
    ("net_h", "wrong_quantity"): lambda v: v["target"] * v["w1"],
    ("out_h", "brackets_forgotten"): lambda v: 1 / 1 + math.exp(-v["net_h"]),
    ("out_h", "power_alone"): lambda v: math.exp(-v["net_h"]),
    ("out_h", "degrees"): lambda v: sigma(math.radians(v["net_h"])),
    ("net_o", "left_out w2"): lambda v: v["out_h"],
    ("out_o", "base_ten"): lambda v: 1 / (1 + 10 ** -v["net_o"]),
    ("out_o", "brackets_forgotten"): lambda v: 1 / 1 + math.exp(-v["net_o"]),
    ("out_o", "power_alone"): lambda v: math.exp(-v["net_o"]),
    ("out_o", "degrees"): lambda v: sigma(math.radians(v["net_o"])),
    ("out_o", "wrong_quantity"): lambda v: sigma(v["net_h"]),
    ("error", "plus_for_minus"): lambda v: (v["target"] + v["out_o"]) ** 2 / 2,
    ("error", "sigmoid_forgotten"): lambda v: (v["target"] - v["net_o"]) ** 2 / 2,
    ("error", "wrong_quantity"): lambda v: (v["target"] - v["out_h"]) ** 2 / 2,
    ("de_dout_o", "half_kept"): lambda v: (v["out_o"] - v["target"]) / 2,
    ("de_dout_o", "square_kept"): lambda v: (v["out_o"] - v["target"]) ** 2,
    ("de_dout_o", "sigmoid_forgotten"): lambda v: v["net_o"] - v["target"],
    ("de_dout_o", "difference_alone"): lambda v: -v["target"],
    ("dout_o_dnet_o", "sigmoid_forgotten"): lambda v: v["net_o"] * (1 - v["out_o"]),
    ("dout_o_dnet_o", "slope_forgotten"): lambda v: 1.0,
    ("dout_o_dnet_o", "plus_for_minus"): lambda v: v["out_o"] * (1 + v["out_o"]),
    ("dout_o_dnet_o", "sum_for_product"): lambda v: v["out_o"] + (1 - v["out_o"]),
    ("dout_o_dnet_o", "sign_lost"): lambda v: -slope_o(v),
    ("dnet_o_dw2", "wrong_quantity net"): lambda v: v["net_o"],
    ("de_dw2", "left_out error"): lambda v: v["dout_o_dnet_o"] * v["dnet_o_dw2"],
    ("de_dw2", "left_out lever"): lambda v: v["de_dout_o"] * v["dout_o_dnet_o"],
    ("de_dw2", "wrong_quantity"): lambda v: v["error"] * v["dout_o_dnet_o"] * v["dnet_o_dw2"],
    ("de_dw2", "slope_incomplete"): lambda v: v["de_dout_o"] * (1 - v["out_o"]) * v["dnet_o_dw2"],
    ("de_dw2", "two_kept"): lambda v: (
        2 * (v["out_o"] - v["target"]) * v["dout_o_dnet_o"] * v["dnet_o_dw2"]
    ),
    ("dnet_o_dout_h", "sign_lost"): lambda v: -v["w2"],
    ("dnet_o_dout_h", "wrong_quantity"): lambda v: v["out_h"],
    ("dout_h_dnet_h", "slope_forgotten"): lambda v: 1.0,
    ("dout_h_dnet_h", "slope_at_target"): lambda v: v["target"] * (1 - v["target"]),
    ("dout_h_dnet_h", "sigmoid_forgotten"): lambda v: v["net_h"] * (1 - v["out_h"]),
    ("dout_h_dnet_h", "plus_for_minus"): lambda v: v["out_h"] * (1 + v["out_h"]),
    ("dnet_h_dw1", "wrong_quantity net"): lambda v: v["net_h"],
    ("de_dw1", "left_out error"): lambda v: (
        v["dout_o_dnet_o"] * v["dnet_o_dout_h"] * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "left_out slope_o"): lambda v: (
        v["de_dout_o"] * v["dnet_o_dout_h"] * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "left_out w2"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "left_out slope_h"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] * v["dnet_o_dout_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "other_slope"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] ** 2 * v["dnet_o_dout_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "other_slope o"): lambda v: (
        v["de_dout_o"] * v["dout_h_dnet_h"] ** 2 * v["dnet_o_dout_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "sum_for_product"): lambda v: (
        v["de_dout_o"]
        + v["dout_o_dnet_o"]
        + v["dnet_o_dout_h"]
        + v["dout_h_dnet_h"]
        + v["dnet_h_dw1"]
    ),
    ("de_dw1", "new_weight"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] * new_w2(v) * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "other_weight"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] * v["w1"] * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("de_dw1", "wrong_quantity"): lambda v: (
        v["error"] * v["dout_o_dnet_o"] * v["dnet_o_dout_h"] * v["dout_h_dnet_h"] * v["dnet_h_dw1"]
    ),
    ("new_w1", "rate_twice"): lambda v: v["w1"] - v["eta"] ** 2 * v["de_dw1"],
    ("new_w1", "weight_unchanged"): lambda v: v["w1"],
    ("new_w1", "sum_for_product"): lambda v: v["w1"] - (v["eta"] + v["de_dw1"]),
    ("new_w1", "sign_lost"): lambda v: v["eta"] * v["de_dw1"] - v["w1"],
    ("new_w2", "other_weight"): lambda v: v["w1"] - v["eta"] * v["de_dw2"],
    ("new_w2", "step_alone down"): lambda v: -v["eta"] * v["de_dw2"],
    ("net_h", "sum_for_product"): lambda v: v["input"] + v["w1"],
    ("net_h", "other_weight"): lambda v: v["input"] * v["w2"],
    ("net_h", "left_out"): lambda v: v["w1"],
    ("out_h", "sigmoid_forgotten"): lambda v: v["net_h"],
    ("out_h", "sigmoid_twice"): lambda v: sigma(sigma(v["net_h"])),
    ("out_h", "exponent_sign"): lambda v: 1 / (1 + math.exp(v["net_h"])),
    ("out_h", "tanh"): lambda v: math.tanh(v["net_h"]),
    ("out_h", "base_ten"): lambda v: 1 / (1 + 10 ** -v["net_h"]),
    ("net_o", "sum_for_product"): lambda v: v["out_h"] + v["w2"],
    ("net_o", "other_weight"): lambda v: v["out_h"] * v["w1"],
    ("net_o", "sigmoid_forgotten"): lambda v: v["net_h"] * v["w2"],
    ("net_o", "left_out"): lambda v: v["w2"],
    ("out_o", "sigmoid_forgotten"): lambda v: v["net_o"],
    ("out_o", "sigmoid_twice"): lambda v: sigma(sigma(v["net_o"])),
    ("out_o", "exponent_sign"): lambda v: 1 / (1 + math.exp(v["net_o"])),
    ("out_o", "tanh"): lambda v: math.tanh(v["net_o"]),
    ("error", "half_forgotten"): lambda v: (v["target"] - v["out_o"]) ** 2,
    ("error", "square_forgotten"): lambda v: (v["target"] - v["out_o"]) / 2,
    ("error", "difference_alone"): lambda v: v["target"] - v["out_o"],
    ("de_dout_o", "sign_lost"): lambda v: v["target"] - v["out_o"],
    ("de_dout_o", "two_kept"): lambda v: -2 * (v["target"] - v["out_o"]),
    ("de_dout_o", "error_for_derivative"): lambda v: v["error"],
    ("de_dout_o", "plus_for_minus"): lambda v: v["target"] + v["out_o"],
    ("dout_o_dnet_o", "slope_incomplete"): lambda v: 1 - v["out_o"],
    ("dout_o_dnet_o", "slope_squared"): lambda v: v["out_o"] * v["out_o"],
    ("dout_o_dnet_o", "other_slope"): slope_h,
    ("dout_o_dnet_o", "slope_at_net"): lambda v: v["net_o"] * (1 - v["net_o"]),
    ("dout_o_dnet_o", "slope_at_target"): lambda v: v["target"] * (1 - v["target"]),
    ("dnet_o_dw2", "wrong_quantity"): lambda v: v["out_o"],
    ("dnet_o_dw2", "sigmoid_forgotten"): lambda v: v["net_h"],
    ("de_dw2", "left_out"): lambda v: v["de_dout_o"] * v["dnet_o_dw2"],
    ("de_dw2", "sign_lost"): lambda v: -RIGHT["de_dw2"](v),
    ("de_dw2", "sum_for_product"): lambda v: v["de_dout_o"] + v["dout_o_dnet_o"] + v["dnet_o_dw2"],
    ("de_dw2", "other_slope"): lambda v: v["de_dout_o"] * slope_h(v) * v["dnet_o_dw2"],
    ("dnet_o_dout_h", "other_weight"): lambda v: v["w1"],
    ("dnet_o_dout_h", "new_weight"): new_w2,
    ("dout_h_dnet_h", "slope_incomplete"): lambda v: 1 - v["out_h"],
    ("dout_h_dnet_h", "slope_squared"): lambda v: v["out_h"] * v["out_h"],
    ("dout_h_dnet_h", "other_slope"): slope_o,
    ("dout_h_dnet_h", "slope_at_net"): lambda v: v["net_h"] * (1 - v["net_h"]),
    ("dnet_h_dw1", "wrong_quantity"): lambda v: v["w1"],
    ("de_dw1", "left_out"): lambda v: (
        v["de_dout_o"] * v["dout_o_dnet_o"] * v["dnet_o_dout_h"] * v["dout_h_dnet_h"]
    ),
    ("de_dw1", "sign_lost"): lambda v: -RIGHT["de_dw1"](v),
    ("new_w1", "plus_for_minus"): lambda v: v["w1"] + v["eta"] * v["de_dw1"],
    ("new_w1", "rate_left_out"): lambda v: v["w1"] - v["de_dw1"],
    ("new_w1", "step_alone"): lambda v: v["eta"] * v["de_dw1"],
    ("new_w1", "other_gradient"): lambda v: v["w1"] - v["eta"] * v["de_dw2"],
    ("new_w1", "other_weight"): lambda v: v["w2"] - v["eta"] * v["de_dw1"],
    ("new_w2", "plus_for_minus"): lambda v: v["w2"] + v["eta"] * v["de_dw2"],
    ("new_w2", "rate_left_out"): lambda v: v["w2"] - v["de_dw2"],
    ("new_w2", "rate_twice"): lambda v: v["w2"] - v["eta"] * v["eta"] * v["de_dw2"],
    ("new_w2", "step_alone"): lambda v: v["eta"] * v["de_dw2"],
    ("new_w2", "other_gradient"): lambda v: v["w2"] - v["eta"] * v["de_dw1"],
    ("new_w2", "weight_unchanged"): lambda v: v["w2"],
}


class Person(NamedTuple):
    """How somebody writes: so many significant digits or decimals, rounded or cut off.

    Who `keeps` the calculator's digits goes on with those, others with what they wrote.
    """

    digits: int
    are_decimals: bool = False
    rounding: str = ROUND_HALF_UP
    keeps: bool = False

    def write(self, x: float) -> str:
        number = Decimal(repr(x))
        if self.are_decimals:
            unit = Decimal(1).scaleb(-self.digits)
            return f"{number.quantize(unit, rounding=self.rounding):f}"
        rounded = Context(prec=self.digits, rounding=self.rounding).create_decimal(number)
        unit = Decimal(1).scaleb(rounded.adjusted() - self.digits + 1) if rounded else Decimal(1)
        return f"{rounded.quantize(unit):f}"


def anybody(dice: random.Random) -> Person:
    """Return somebody who writes four digits, rounded or cut off."""
    rounding = dice.choice((ROUND_HALF_UP, CUTTING))
    return Person(4, rounding=rounding, keeps=dice.random() < 0.5)


def setup(dice: random.Random) -> Values:
    """Return a setup with one decimal, as a teacher would choose."""
    while True:
        made = {
            "input": dice.randint(-20, 20) / 10,
            "target": dice.randint(1, 9) / 10,
            "w1": dice.randint(-20, 20) / 10,
            "w2": dice.randint(-20, 20) / 10,
            "eta": dice.choice((0.1, 0.5, 0.9, 1.5)),
        }
        if made["input"] and made["w1"] and made["w2"] and made["w1"] != made["w2"]:
            return made


def work(
    given: Values, person: Person, mistaken: Mapping[str, Formula] | None = None
) -> dict[str, str]:
    """Return a working of one iteration as texts, with some lines computed by mistake."""
    values, texts = dict(given), {}
    for name, right in RIGHT.items():
        formula = (mistaken or {}).get(name, right)
        try:
            exact = formula(values)
        except KeyError:  # the new weight before there is a gradient
            exact = right(values)
        texts[name] = person.write(exact)
        values[name] = exact if person.keeps else float(texts[name])
    return texts
