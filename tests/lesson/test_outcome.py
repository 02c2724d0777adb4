"""What is said of a run that has stopped."""

import re
from decimal import Context, Decimal

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.outcome import Outcome, outcome, report
from tests.shown import typed

UNREACHABLE = "cannot be reached"
SETTLED = "too small to change a digit"
FIRST_UPDATE = "the first update takes w₂"
SATURATED = "neuron is saturated"
NO_INPUT = "The input is 0"
NO_RATE = "no weight ever changes"
TOO_LARGE = "beyond the largest double"

OVERFLOW = Setup(input=1e10, w1=1e-10, eta=1e300)


def outcome_of(setup: Setup) -> Outcome:
    run = Run(setup)
    run.advance(setup.max_iterations)
    return outcome(run)


def test_the_article_s_run_is_reported_as_its_program_does_and_without_a_remark() -> None:
    assert outcome_of(Setup()) == Outcome(
        is_learned=True,
        headline="E is below the tolerance of 5·10⁻⁵",
        remarks=(),
        report=(
            ("target", 0.9),
            ("output", 0.8900135432882583),
            ("E", 4.9864658827745406e-5),
            ("w₁", 0.8800250148952212),
            ("w₂", 4.005620243943087),
            ("iterations", 813),
        ),
    )


@pytest.mark.parametrize(
    ("setup", "headline"),
    [
        (Setup(max_iterations=812), "The maximum of 812 iterations is reached"),
        (Setup(target=1.5, max_iterations=1234), "The maximum of 1,234 iterations is reached"),
        (Setup(tolerance=0.01), "E is below the tolerance of 0.01"),
        (Setup(tolerance=0.0), "E no longer changes"),
        (Setup(eta=0.0), "E no longer changes"),
        (Setup(w2=-40, max_iterations=50), "E no longer changes"),
        (OVERFLOW, "netₕ is no longer finite"),
        (Setup(target=1e200), "E is no longer finite"),
        (Setup(target=1e5, eta=1e308), "w₁ ← is no longer finite"),
    ],
)
def test_the_headline_says_why_the_run_ended(setup: Setup, headline: str) -> None:
    assert outcome_of(setup).headline == headline


@pytest.mark.parametrize(
    ("setup", "topics"),
    [
        (Setup(target=1.5, max_iterations=1000), [UNREACHABLE]),
        (Setup(target=1.0, max_iterations=10), [UNREACHABLE]),
        (Setup(target=0.0, max_iterations=10), [UNREACHABLE]),
        (Setup(target=1.0, tolerance=0.01), []),  # it came near enough
        (Setup(eta=600, max_iterations=1000), [FIRST_UPDATE]),
        (Setup(tolerance=0.0), [SETTLED]),
        (Setup(input=0, max_iterations=100), [NO_INPUT]),
        (Setup(eta=0.0), [SETTLED, NO_RATE]),
        (Setup(eta=0.0, input=0, target=2), [SETTLED, NO_RATE, UNREACHABLE, NO_INPUT]),
        (Setup(w2=-40, max_iterations=50), [SATURATED]),
        (OVERFLOW, [TOO_LARGE, FIRST_UPDATE]),
        (Setup(max_iterations=1), []),
    ],
)
def test_each_remark_is_made_in_its_case_only(setup: Setup, topics: list[str]) -> None:
    remarks = outcome_of(setup).remarks
    assert len(remarks) == len(topics)
    assert all(topic in remark for topic, remark in zip(topics, remarks, strict=True))


def test_remarks_give_the_numbers_that_they_are_about() -> None:
    settled = outcome_of(Setup(tolerance=0.0)).remarks[0]
    assert "iteration 17,775 on" in settled  # counted by the loop in core/test_run.py
    assert "maximum of 10,000,000" in settled
    assert "η = 600" in outcome_of(Setup(eta=600)).remarks[0]
    assert "from 0.5000 to 25.93" in outcome_of(Setup(eta=600)).remarks[0]
    assert "In iteration 2 the net input" in outcome_of(OVERFLOW).remarks[0]


def test_a_run_that_can_go_on_has_no_outcome() -> None:
    with pytest.raises(ValueError, match="has not stopped"):
        outcome(Run(Setup()))


def test_any_moment_can_be_reported() -> None:
    lines = dict(report(moment_at(Run(Setup()), Position(1, 5))))
    assert (lines["output"], lines["iterations"]) == (0.5637139161734462, 1)


@pytest.mark.parametrize("w2", [14.0, 22.5, 40.0, -33.3])
def test_the_slope_that_is_told_follows_from_the_output_that_is_told(w2: float) -> None:
    (remark,) = (
        text
        for text in outcome_of(Setup(w2=w2, target=0.5, max_iterations=3, eta=1e-9)).remarks
        if SATURATED in text
    )
    sign, out, slope = re.search(
        r"(.) (\S+) lies on .* Its slope there is only ([^,]+),", remark
    ).groups()
    output = Decimal(typed(out))
    assert Context(2).plus(output * (1 - output)) == Decimal(typed(slope))
    assert sign == "≈"
