"""Setups for hypothesis to draw."""

from hypothesis import strategies as st

from backprop_gui.core.network import Setup

EXTREMES = (0.0, 5e-324, 1e-300, 1e-160, 1.0, 700.0, 1e154, 1e200, 1.7e308)


def ordinary(max_iterations: int = 200) -> st.SearchStrategy[Setup]:
    """Setups such as a person chooses."""
    weight = st.floats(-8, 8)
    return st.builds(
        Setup,
        input=st.floats(-5, 5),
        target=st.floats(-0.5, 1.5),
        w1=weight,
        w2=weight,
        eta=st.floats(0, 50),
        tolerance=st.sampled_from([0.0, 5e-5, 1e-3, 0.05]),
        max_iterations=st.integers(1, max_iterations),
    )


def wild(max_iterations: int = 40) -> st.SearchStrategy[Setup]:
    """Setups of any doubles that a setup may have, the largest and smallest among them."""
    size = st.sampled_from(EXTREMES) | st.floats(0, allow_infinity=False)
    signed = st.builds(lambda sign, x: sign * x, st.sampled_from([-1.0, 1.0]), size)
    return st.builds(
        Setup,
        input=signed,
        target=signed,
        w1=signed,
        w2=signed,
        eta=size,
        tolerance=st.sampled_from([0.0, 5e-5, 1e300]),
        max_iterations=st.integers(1, max_iterations),
    )
