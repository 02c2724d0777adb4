"""A number and a symbol look the same wherever a person reads them."""

import re
from collections.abc import Iterator

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.drawing.values import draw_table
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.checks import gradient_checks, printed_in_article
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position, end_of, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.outcome import outcome
from backprop_gui.lesson.samples import SAMPLES
from backprop_gui.lesson.value_table import as_markdown, as_text, rows
from backprop_gui.widgets.commands import COMMANDS

REFUSED = {
    "an exponent behind an e": r"\d[eE][+−-]?\d",
    "a cross before a power": r"×\s*10|\\times",
    "a caret before an exponent": r"10\^",
    "a hyphen for a minus": r"-\d",
    "a weight without its lowered digit": r"\bw[12]\b",
    "ten thousand without groups": r"(?<![\d.,])\d{5,}(?![\d.,])",
}
SETUPS = {
    "article": Setup(max_iterations=20_000),
    "tiny": Setup(input=1e-7, w1=-2e-6, w2=3e-9, tolerance=1e-12, max_iterations=3),
    "huge": Setup(target=123456.0, eta=1e6, tolerance=1e5, max_iterations=30_000),
    "overflow": Setup(target=1e200),
    "never": Setup(target=1.5, eta=0.0, tolerance=0.0, max_iterations=10_000),
}
SIGNS = {".": Numerals(), ",": Numerals(6, ",")}


def of_moment(moment: Moment, numerals: Numerals) -> Iterator[str]:
    table = rows(moment, numerals)
    yield formula(moment, numerals).text
    yield from (as_text(table), as_markdown(table))
    for drawing in (draw(moment, 1.6, numerals=numerals), draw_table(moment, numerals)):
        texts = (shape.text for shape in drawing.shapes if isinstance(shape, Text))
        yield from map(notation.plain, texts)
    for check in gradient_checks(moment, numerals):
        yield check.remark


def of_run(run: Run, numerals: Numerals) -> Iterator[str]:
    ended = outcome(run, numerals)
    yield from (ended.headline, *ended.remarks)
    for label, number in ended.report:
        yield from (label, numerals.all_of(number))


@pytest.mark.parametrize("numerals", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_no_text_of_a_run_has_a_number_or_a_symbol_in_another_form(
    setup: Setup, numerals: Numerals
) -> None:
    run = Run(setup)
    run.advance(setup.max_iterations)
    texts = list(of_run(run, numerals))
    for step in ARTICLE.steps:
        texts += of_moment(moment_at(run, Position(1, step.number)), numerals)
    texts += of_moment(end_of(run), numerals)
    assert_one_notation(texts)


def test_no_text_that_stands_in_the_window_has_another_form() -> None:
    assert_one_notation([command.hint for command in COMMANDS.values()])
    assert_one_notation([sample.note for sample in SAMPLES])
    assert_one_notation([each.reason for each in printed_in_article()])


def assert_one_notation(texts: list[str]) -> None:
    for why, form in REFUSED.items():
        assert [text for text in texts if re.search(form, text)] == [], why


@pytest.mark.parametrize("sign", ".,")
@pytest.mark.parametrize("x", [5e-5, -1e-5, 1e5, 12345.0, -123456.789, 1e300, 5e-324, 0.0001, 1e22])
def test_a_number_box_reads_what_is_shown_anywhere(x: float, sign: str) -> None:
    shown = Numerals(17, sign)
    for text in (shown.exact(x), shown.full(x), shown.given(x)):
        assert numbers.parse(text, sign) == x


@pytest.mark.parametrize("x", [0.00012345, 4.986e-5, 1234.5678, 12345.678, 9.9996, 9999.4])
def test_the_form_of_a_number_does_not_change_with_its_digits(x: float) -> None:
    shown = [Numerals(digits).short(x) for digits in range(5, 18)]
    assert len({"10" in text.partition("·")[2] for text in shown}) == 1
