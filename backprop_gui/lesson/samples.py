"""Setups that are worth a look, each with two sentences on what to look at.

resources/samples holds an experiment file for each; the tests compare them with this list.
"""

from dataclasses import replace
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.methods import method_of
from backprop_gui.lesson.moment import START, Position
from backprop_gui.system.texts import _


class Sample(NamedTuple):
    """A setup under a name.

    `name` is that of its file, `title` what a menu calls it, `note` what to look at. Beside it,
    the first so many iterations of other setups are `kept`, and of the same one with a mistake,
    by its code, are `raced`.
    """

    name: str
    title: str
    note: str
    setup: Setup
    position: Position = START
    kept: tuple[tuple[Setup, int], ...] = ()
    raced: tuple[tuple[str, int], ...] = ()

    @property
    def beside(self) -> tuple[tuple[Setup, int], ...]:
        """All setups beside it, with their iterations."""
        raced = ((replace(self.setup, method=method_of(code)), n) for code, n in self.raced)
        return (*self.kept, *raced)


_OVERSHOOTING = Setup(input=1.0, target=0.3, w1=1.0, w2=1.0, eta=100.0, max_iterations=40)
_ARTICLE_RUN = (Setup(), 813)
_TWO_STARTS = Setup(input=5.0, target=0.2, w1=0.9, w2=-3.6, eta=0.5)

SAMPLES = (
    Sample(
        "article",
        _("The &article"),
        _(
            "Press → fourteen times: each press computes one more number of the article, from net "
            "input to new weight. Then press Space, and E falls below the tolerance in iteration "
            "813."
        ),
        Setup(),
        Position(1, ARTICLE.first_step),
    ),
    Sample(
        "another-start",
        _("Another &starting point"),
        _(
            "Both weights begin negative, and w₂ has to change its sign on the way: run it and see "
            "the answer climb from below ½. The other curve is the article's: other weights reach "
            "the same target by another path."
        ),
        Setup(w1=-2.0, w2=-1.0),
        kept=(_ARTICLE_RUN,),
    ),
    Sample(
        "saturated-neuron",
        _("A saturated &neuron"),
        _(
            "Step to ∂outₒ/∂netₒ: where the sigmoid is flat, its slope is near 0, and so is every "
            "gradient, although the error is large. Run it: the curve is a plateau for some three "
            "hundred iterations, until the neuron leaves the flat part."
        ),
        Setup(w2=-8.0),
        kept=(_ARTICLE_RUN,),
    ),
    Sample(
        "overshooting-rate",
        _("A learning &rate that overshoots"),
        _(
            "With η = 100 an update jumps over the lowest point and lands on the other side: watch "
            "E zigzag from iteration 5 on, for 457 iterations where the maximum allows them. The "
            "other curve has η = 10: it falls in each iteration, and is done after 13."
        ),
        _OVERSHOOTING,
        kept=((replace(_OVERSHOOTING, eta=10.0), 13),),
    ),
    Sample(
        "target-out-of-reach",
        _("A &target out of reach"),
        _(
            "A sigmoid's answer stays below 1, so no weights reach 1.2: run it and see E level "
            "off above ½ (1.2 − 1)² = 0.02. The weights keep growing, but more and more slowly, "
            "because the slope of the sigmoid approaches 0."
        ),
        Setup(target=1.2, max_iterations=100_000),
    ),
    Sample(
        "whole-curve",
        _("A whole &curve of answers"),
        _(
            "Press Ctrl+7: five runs start in five places, and each ends at other weights with an "
            "error below the tolerance. There is no best pair of weights but a whole curve of "
            "them, and a run stops where it meets the band around that curve."
        ),
        Setup(),
        kept=(
            (Setup(w1=-3.0, w2=-1.5), 1180),
            (Setup(w1=5.0, w2=-2.0), 609),
            (Setup(w1=-2.0, w2=7.0), 2279),
            (Setup(w1=6.0, w2=6.5), 2744),
        ),
    ),
    Sample(
        "two-starts",
        _("Two starts, two &ends"),
        _(
            "Two starts lie side by side, 0.2 apart in w₁: run it and press Ctrl+7. On the ridge "
            "between them the slope changes its direction, so one run ends with w₂ = −2.35 after "
            "395 iterations, and the other with w₂ = −1.46 after 681."
        ),
        _TWO_STARTS,
        kept=((replace(_TWO_STARTS, w1=1.1), 681),),
    ),
    Sample(
        "rough-map",
        _("A &map that becomes rough"),
        _(
            "With η = 600 an update jumps far over the valley: press Ctrl+7 and choose "
            "“iterations”. Starts that lie next to each other take very different numbers of "
            "iterations, and zooming in shows more of that."
        ),
        Setup(w1=8.0, w2=-9.0, eta=600.0, max_iterations=100_000),
    ),
    Sample(
        "lost-sign",
        _("A &lost sign"),
        _(
            "The other run has lost the sign of ∂E/∂w₁: its error falls to 0.0042 in iteration 335 "
            "and rises from there, while the right run is done after 461. Press Ctrl+9, then "
            "Space: its step turns away from −∇E, and is uphill from iteration 335 on."
        ),
        Setup(input=0.7, target=0.8, w1=0.2, w2=-0.8, eta=0.5),
        raced=(("de_dw1.sign_lost", 4610),),
    ),
    Sample(
        "forgotten-slope",
        _("A &forgotten slope"),
        _(
            "The other run leaves ∂outₕ/∂netₕ out of ∂E/∂w₁: its error falls in every iteration, "
            "but never below ½ (0.7 − 0.5)² = 0.02, while the right run is done after 919. Press "
            "Ctrl+9: a finite difference finds the mistake in iteration 1, and the curve does not."
        ),
        Setup(input=1.1, target=0.7, w1=-0.9, w2=-1.3, eta=0.5),
        raced=(("de_dw1.left_out.4", 9190),),
    ),
    Sample(
        "unseen-mistake",
        _("A mistake that is &unseen"),
        _(
            "The other run takes w₁ for w₂ in ∂netₒ/∂outₕ, and as both begin with 0.5, all of its "
            "numbers in iteration 1 are right. Press Ctrl+9, then Ctrl+→: the check finds the "
            "mistake from iteration 2 on, and yet the run is done after 848 iterations."
        ),
        Setup(),
        raced=(("dnet_o_dout_h.other_weight", 848),),
    ),
)

SAMPLE_BY_NAME = {sample.name: sample for sample in SAMPLES}
