"""How a person's predictions were, in words."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import NumberError, Numerals
from backprop_gui.lesson.predicted import Answer, Predicted
from backprop_gui.lesson.predictions import Question, question
from backprop_gui.lesson.steps import Step
from backprop_gui.lesson.working import CheckedLine, Verdict, check_working
from backprop_gui.lesson.working_words import NOTHING, Said
from backprop_gui.system.texts import _, ngettext


class Told(NamedTuple):
    """What stands above a formula: the step that it is about, how an answer was, and a text."""

    step: Step
    said: Said
    words: str

    @staticmethod
    def why(step: Step) -> "Told":
        """Return why a step is computed."""
        return Told(step, NOTHING, step.why)

    @property
    def verdict(self) -> str:
        """How the answer was, by sign and word."""
        return f"{self.said.sign} {self.said.words}".strip()


def what_to_say(predicted: Predicted, moment: Moment, numerals: Numerals) -> Told:
    """Return the question that waits, or what is said of the moment's step when it is known."""
    if asked := open_question(predicted, moment, numerals):
        step = moment.lesson.steps[moment.lesson.step_of[asked.name] - 1]
        return Told(step, Said("", _("Predict:")), asked.text)
    name = moment.step.quantity.name
    known = question(moment, name, numerals) if name in predicted.answers else None
    if known:
        said = verdict(moment, name, predicted.answers[name], numerals)
        return Told(moment.step, said, known.reason)
    return Told(moment.step, result(predicted, moment, numerals), moment.step.why)


def in_a_line(predicted: Predicted, moment: Moment, numerals: Numerals) -> str:
    """Return the question that waits with its answers, or the one given, or how that was."""
    if asked := open_question(predicted, moment, numerals):
        return f"{asked.text} {_answers(asked, predicted.answer)}"
    told = what_to_say(predicted, moment, numerals)
    return f"{told.said.words} {told.words}" if told.said.words else ""


def _answers(asked: Question, given: Answer | None) -> str:
    if given is None:
        return " ".join(f"{number}: {each}." for number, each in enumerate(asked.answers, start=1))
    answer = numbers.quoted(given) if isinstance(given, str) else asked.answers[given - 1]
    return _("Your answer: {answer}.").format(answer=answer)


def longest(numerals: Numerals) -> Iterator[Told]:
    """Yield what may be said of each question, with an answer that is wrong, of usual length."""
    setup = Setup()
    moment = Moment(setup, Position(1, ARTICLE.last_step), setup.w1, setup.w2)
    for name, step in ARTICLE.step_of.items():
        if asked := question(moment, name, numerals):
            said = verdict(moment, name, asked.right % 3 + 1, numerals)
            yield Told(ARTICLE.steps[step - 1], said, asked.reason)


def open_question(predicted: Predicted, moment: Moment, numerals: Numerals) -> Question | None:
    """Return what is asked now, or None."""
    return question(moment, predicted.asked, numerals) if predicted.asked else None


def problem_of(text: str, numerals: Numerals) -> str:
    """Return why a typed number cannot be read, "" where it can be or where there is none."""
    try:
        if text.strip():
            numbers.parse(text, numerals.decimal_sign)
    except NumberError as error:
        return f"{error}."
    return ""


def verdict(moment: Moment, name: str, answer: Answer | None, numerals: Numerals) -> Said:
    """Return how an answer about a quantity of the moment's iteration was; nothing for none."""
    asked = question(moment, name, numerals)
    if answer is None or asked is None:
        return NOTHING
    if isinstance(answer, str):
        return _verdict_on_number(moment, name, answer, numerals)
    if answer == asked.right:
        return Said("✓", _("Right: {answer}.").format(answer=asked.answers[answer - 1]), "good")
    sentence = _("Not {answer}, but {right}.")
    said = sentence.format(
        answer=f"“{asked.answers[answer - 1]}”", right=f"“{asked.answers[asked.right - 1]}”"
    )
    return Said("✗", said, "bad")


@lru_cache(maxsize=16)
def _verdict_on_number(moment: Moment, name: str, text: str, numerals: Numerals) -> Said:
    """Judge a number as a line of a working, from the numbers before it as they are shown.

    The text of the number itself is right, though a working may tell nothing from its digits.
    """
    step = moment.lesson.step_of[name]
    known = replace(moment, position=Position(moment.iteration, step))
    if _plain(text) == _plain(known.text(name, numerals)):
        return Said("✓", _("Right: {number}.").format(number=numbers.quoted(text.strip())), "good")
    before = replace(moment, position=Position(moment.iteration, step - 1))
    texts = {
        each.quantity.name: before.text(each.quantity.name, numerals)
        for each in moment.lesson.steps[: step - 1]
    }
    checked = check_working(moment.setup, moment.w1, moment.w2, {**texts, name: text}, numerals)
    return _said_of(checked.lines[step - 1], numerals)


def _plain(text: str) -> str:
    """Return the text of a number with one minus sign and one decimal sign, to be compared."""
    return text.strip().replace(numbers.MINUS, "-").replace(numbers.COMMA, numbers.POINT)


def _said_of(line: CheckedLine, numerals: Numerals) -> Said:
    number = numbers.quoted(line.written)
    match line.verdict:
        case Verdict.RIGHT | Verdict.FROM_YOURS:
            return Said("✓", _("Right: {number}.").format(number=number), "good")
        case Verdict.CUT_OFF if _is_cut(line, numerals):
            sentence = _("Right: {number} is cut off, not rounded.")
            return Said("✓", sentence.format(number=number), "good")
        case Verdict.UNCLEAR:
            return Said("?", _("{number} has too few digits to tell.").format(number=number))
        case Verdict.WRONG if line.causes:
            sentence = _("Not {number}. Perhaps: {cause}.")
            return Said("✗", sentence.format(number=number, cause=line.causes[0].text), "bad")
    return Said("✗", _("Not {number}.").format(number=number), "bad")


def _is_cut(line: CheckedLine, numerals: Numerals) -> bool:
    """Say whether a number is nearer to 0 than its value, as one is that was cut off."""
    written = numbers.parse(line.written, numerals.decimal_sign)
    return line.expected is not None and abs(written) <= abs(line.expected)


def result(predicted: Predicted, moment: Moment, numerals: Numerals) -> Said:
    """Return how it went, at the end of an iteration in which something was answered."""
    if moment.position.step < moment.last_step:
        return NOTHING
    said = [verdict(moment, name, answer, numerals) for name, answer in predicted.seen]
    if not any(said_one != NOTHING for said_one in said):
        return NOTHING
    right = sum(each.state == "good" for each in said)
    words = ngettext(
        "{right} of {count} prediction right.", "{right} of {count} predictions right.", len(said)
    ).format(right=right, count=len(said))
    if missing := said.count(NOTHING):
        unanswered = ngettext("{count} not answered.", "{count} not answered.", missing)
        words = f"{words} {unanswered.format(count=missing)}"
    return Said("✓" if right == len(said) else "", words, "good" if right == len(said) else "")
