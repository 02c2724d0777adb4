"""The worked example, as data."""

import re
from decimal import Context, Decimal

import pytest
from hypothesis import given, settings

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.remake import Experiment, find
from backprop_gui.lesson.steps import GIVEN, STEPS
from backprop_gui.lesson.worked_example import (
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Work,
    worked_example,
)
from tests.core.article import iteration
from tests.core.setups import ordinary, wild

ARTICLE = moment_at(Run(Setup()), Position(1, 15))


def _of(document: Document, kind: type) -> list:
    return [block for block in document.blocks if isinstance(block, kind)]


def _last(setup: Setup) -> Moment:
    run = Run(setup)
    run.advance(1000)
    return moment_at(run, Position(run.iteration, 15))


def _rounded(value: float, digits: int) -> Decimal:
    return Context(prec=digits).create_decimal(Decimal(value))


@pytest.mark.parametrize("digits", [3, 5, 17])
def test_every_step_has_its_formula_and_ends_with_the_oracle_s_value(digits: int) -> None:
    document = worked_example(ARTICLE, digits)
    oracle = iteration(Setup(), 0.5, 0.5)
    works = _of(document, Work)
    assert [work.step for work in works] == list(STEPS)
    for work in works:
        text = work.formula.pieces[-1].text.replace(numbers.MINUS, "-").strip("()")
        assert Decimal(text) == _rounded(oracle[work.step.quantity.name], digits)


@given(setup=ordinary())
@settings(deadline=None, max_examples=40)
def test_in_full_the_formulas_are_those_of_the_lesson(setup: Setup) -> None:
    moment = moment_at(Run(setup), Position(1, 15))
    for work in _of(worked_example(moment), Work):
        at_step = Moment(setup, Position(1, work.step.number), moment.w1, moment.w2, moment.stop)
        assert work.formula == formula(at_step, 5)


def _before_answers(document: Document) -> str:
    texts = []
    for block in document.blocks:
        if isinstance(block, PageBreak):
            break
        if isinstance(block, Work):
            texts.append(block.formula.text)
        elif isinstance(block, Paragraph | Heading):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
    return "\n".join(texts)


@given(setup=ordinary())
@settings(deadline=None, max_examples=60)
def test_blanked_no_computed_number_is_told_before_the_answers(setup: Setup) -> None:
    moment = moment_at(Run(setup), Position(1, 15))
    document = worked_example(moment, 5, is_blanked=True)
    given_texts = {moment.text(q.name, 5).strip("−") for q in GIVEN}
    told = set(re.findall(r"[\d.]+(?:e[−-]?\d+)?", _before_answers(document)))
    for step in STEPS[: moment.position.step]:
        text = moment.text(step.quantity.name, 5)
        if text.strip("−") not in given_texts and len(text.strip("−")) > 2:
            assert text.strip("−") not in told, step


@given(setup=wild())
@settings(deadline=None, max_examples=60)
def test_blanked_the_answers_have_every_value_in_order(setup: Setup) -> None:
    moment = _last(setup)
    document = worked_example(moment, 6, is_blanked=True)
    answers = _of(document, Table)[-1].rows
    steps = STEPS[: moment.position.step]
    assert [row[2] for row in answers[: len(steps)]] == [
        moment.text(step.quantity.name, 6) for step in steps
    ]


def test_gaps_stand_for_computed_numbers_and_given_ones_stay() -> None:
    document = worked_example(ARTICLE, is_blanked=True)
    texts = {w.step.quantity.name: w.formula.text for w in _of(document, Work)}
    assert texts["net_h"] == "netₕ = i · w₁ = 0.1 · 0.50000 = ______"
    assert texts["out_h"] == "outₕ = σ(netₕ) = σ(______) ≈ ______"
    assert texts["error"].endswith("(0.9 − ______)² ≈ ______")
    assert texts["new_w1"].endswith("0.50000 − 0.9 · ______ ≈ ______")


def test_the_stopping_iteration_has_no_backward_pass_and_says_why() -> None:
    document = worked_example(_last(Setup()))
    assert [work.step.number for work in _of(document, Work)] == [1, 2, 3, 4, 5]
    assert "E is below the tolerance" in _of(document, Paragraph)[-1].text
    assert not any("Backward" in heading.text for heading in _of(document, Heading))


def test_what_goes_beyond_the_doubles_ends_there() -> None:
    document = worked_example(_last(Setup(input=1e308, w1=1e308)))
    assert len(_of(document, Work)) == 1
    assert "no longer finite" in _of(document, Paragraph)[-1].text


@pytest.mark.parametrize(
    ("setup", "words"),
    [(Setup(), "it was 0.056544, so it has fallen"), (Setup(eta=0), "as it was before"),
     (Setup(target=0.6, w1=1, input=1, eta=300, tolerance=0), "it has risen: the learning rate")],
)  # fmt: skip
def test_the_check_tells_whether_the_error_fell(setup: Setup, words: str) -> None:
    document = worked_example(moment_at(Run(setup), Position(1, 15)))
    assert any(words in paragraph.text for paragraph in _of(document, Paragraph))


def test_it_carries_what_remakes_it_and_its_title_on_one_line() -> None:
    document = worked_example(ARTICLE, title=" Week\n3 ")
    assert document.title == "Week 3"
    assert find(document.line) == Experiment(Setup(), Position(1, 15))
    assert worked_example(ARTICLE).title == "Back-propagation by hand: iteration 1"
